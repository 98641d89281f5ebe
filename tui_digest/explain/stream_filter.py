"""Sanitising a text that arrives in pieces."""

from __future__ import annotations

import re

from tui_digest.text.sanitise import sanitise

# The beginnings of what `sanitise` removes or replaces as a whole, as far as the end of the text:
# a control sequence, a string sequence with its payload, an escape; and the first half of \r\n.
_UNDECIDED = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,8}\Z"
    r"|(?:\x1b[\]P^_X]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c\n]{0,4096}\x1b?\Z"
    r"|\x1b[ -/]{0,4}\Z"
    r"|\r\Z"
)


_OPENED, _CLOSED = "<think>", "</think>"


class ThoughtFilter:
    """Leaves out the thoughts that some local services put before the answer, between `<think>` tags."""

    def __init__(self) -> None:
        """A stream that nothing has come of yet."""
        self._held = ""
        self._thinking = True

    def feed(self, piece: str) -> str:
        """The part of this piece, and of what was held back, that belongs to the answer."""
        if not self._thinking:
            return piece
        self._held += piece
        begun = self._held.lstrip()
        if begun.startswith(_OPENED):
            _, closed, answer = begun.partition(_CLOSED)
            if not closed:
                return ""
            self._held = answer
        elif _OPENED.startswith(begun):
            return ""
        return self.finish()

    def finish(self) -> str:
        """What was held back and is no thought, now that the answer begins or nothing follows."""
        held, self._held = self._held, ""
        thought = self._thinking and held.lstrip().startswith(_OPENED)
        self._thinking = False
        return "" if thought else held


class StreamCleaner:
    """Gives out a stream's text sanitised as a whole, as soon as what follows cannot change it.

    An escape sequence may be split over pieces; so the end of the text is held back while it could
    still be the beginning of one.
    """

    def __init__(self) -> None:
        """A stream that nothing has come of yet."""
        self._held = ""

    def feed(self, piece: str) -> str:
        """What can be shown now that this piece is there."""
        text = self._held + piece
        undecided = _UNDECIDED.search(text)
        end = undecided.start() if undecided else len(text)
        self._held = text[end:]
        return sanitise(text[:end])

    def finish(self) -> str:
        """What was held back, now that nothing follows."""
        held, self._held = self._held, ""
        return sanitise(held)
