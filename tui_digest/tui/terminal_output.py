"""Bytes to the terminal, of which those that it has not taken can be dropped."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from typing import IO, Final

PIECE: Final = 4096
"""About how many characters are written at a time; what comes after them can still be dropped."""

GO_ON: Final = "\x1b[?2026l\x1b[m"
"""What ends the dropping: the terminal draws at once again (a frame may be cut), in no style."""

_COMMAND_TO_TERMINAL: Final = "\x1b]"
"""How what is more than drawing begins, such as text for the clipboard."""


class TerminalOutput(io.TextIOBase):
    """The terminal as a file whose waiting output can be dropped.

    Textual hands its frames to a thread that writes them one after the other. A terminal that takes them
    slower than they are made, over a slow line or with half a million cells, would hold up the end of the
    application until it has drawn them all.
    """

    def __init__(self, file: IO[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._file = file
        self._clock = clock
        self._drop_from: float | None = None

    def drop_after(self, seconds: float) -> None:
        """Drop frames that are not written by then, until `GO_ON` is written."""
        self._drop_from = self._clock() + seconds

    def write(self, text: str) -> int:
        """Write a text in pieces, the rest of which may be dropped meanwhile."""
        if text == GO_ON:
            self._drop_from = None
        is_command = text.startswith(_COMMAND_TO_TERMINAL)
        for piece in split_output(text):
            if self._drop_from is not None and self._clock() >= self._drop_from and not is_command:
                break
            self._file.write(piece)
            self._file.flush()
        return len(text)

    def flush(self) -> None:
        """Write what the file holds back."""
        self._file.flush()

    def fileno(self) -> int:
        """Return the terminal's file descriptor."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Tell whether it is a terminal."""
        return self._file.isatty()


def split_output(text: str) -> Iterator[str]:
    """Cut a text before escape sequences into pieces of about `PIECE` characters."""
    start = 0
    while len(text) - start > PIECE:
        end = text.rfind("\x1b", start + 1, start + PIECE)
        if end < 0:
            end = text.find("\x1b", start + PIECE)
        if end < 0:
            break
        yield text[start:end]
        start = end
    yield text[start:]
