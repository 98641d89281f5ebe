"""Textual's parser of a terminal's keys, with Esc and a letter as two keys.

A terminal sends Alt+J as Esc and J. Of both typed quickly, or read at once because the line or the
machine is slow, Textual makes Alt+J, which means nothing here: the Esc that closes a note would be lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final

from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from tui_digest.tui.terminal_input import split_sequences

_ESCAPE: Final = "\x1b"

_BEGIN_SEQUENCES: Final = frozenset("[O]PX^_")
"""What follows the Esc of a control sequence."""

_KEYS_WITH_ESCAPE: Final = frozenset("bf\x7f\t")
"""What terminals send at once behind an Esc: Alt with an arrow or Backspace, Shift with Tab."""


class KeyParser:
    """Parses what a terminal sends; no input makes it fail.

    Args:
        debug: whether Textual's parser writes a log.
    """

    def __init__(self, debug: bool = False) -> None:
        self._debug = debug
        self._parser = XTermParser(debug)
        self._escape_waits = False
        self._begun = ""

    def feed(self, text: str) -> Iterator[Message]:
        """Parse what one read brought.

        A line feed is an Enter that was pressed before the terminal was the reader's.
        """
        for number, part in enumerate(split_sequences(text.replace("\n", "\r"))):
            begins = part[0] in _BEGIN_SEQUENCES
            if self._escape_waits and not begins and not (number and part[0] in _KEYS_WITH_ESCAPE):
                yield from self._escape()
            self._begun = part if self._escape_waits and begins and len(part) == 1 else ""
            self._escape_waits = part == _ESCAPE
            yield from self._parsed(partial(self._parser.feed, part))

    def tick(self) -> Iterator[Message]:
        """Yield the keys that nothing followed in time."""
        messages = list(self._parsed(self._parser.tick))
        if not messages:
            return
        begun, self._begun, self._escape_waits = self._begun, "", False
        if begun:
            yield from self._escape()
            messages = list(self._parsed(partial(self._parser.feed, begun)))
        yield from messages

    def _escape(self) -> Iterator[Message]:
        """Yield an Esc for which Textual's parser waits for the rest of a sequence."""
        self._parser = XTermParser(self._debug)
        yield events.Key("escape", _ESCAPE)

    def _parsed(self, parse: Callable[[], Iterable[Message]]) -> Iterator[Message]:
        """Parse; of a sequence that Textual's parser fails on, drop the rest.

        `ESC [ 1141121 ~` is no character.
        """
        try:
            yield from parse()
        except Exception:
            self._parser = XTermParser(self._debug)
