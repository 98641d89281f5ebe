"""Bytes to the terminal: what waits for it is counted, and can be dropped."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from threading import Lock
from typing import IO, Final

PIECE: Final = 4096
"""About how many characters are written at a time; what comes after them can still be dropped."""

MOST_WAITING: Final = 64 * 1024
"""Characters that wait for the terminal, beyond which nothing more is drawn until it has taken them."""

MOST_TEXTS: Final = 12
"""Texts that wait at most, three for each frame. Textual's queue takes thirty, and then stops the keys."""

GO_ON: Final = "\x1b[?2026l\x1b[m"
"""What ends the dropping: the terminal draws at once again (a frame may be cut), in no style."""

_COMMAND_TO_TERMINAL: Final = "\x1b]"
"""How what is more than drawing begins, such as text for the clipboard."""


class TerminalOutput(io.TextIOBase):
    """The terminal as a file that tells when it is behind, and can drop what waits.

    Textual hands its frames to a thread that writes them one after the other. A terminal that takes them
    slower than they are made, over a slow line or with half a million cells, would hold up the keys once
    the queue is full, show long afterwards what nobody waits for any more, and hold up the end of the
    application until it has drawn them all.
    """

    def __init__(self, file: IO[str], clock: Callable[[], float] = time.monotonic) -> None:
        self._file = file
        self._clock = clock
        self._drop_from: float | None = None
        self._lock = Lock()
        self._texts = self._characters = 0
        self._draw: Callable[[], object] | None = None

    def expect(self, text: str) -> None:
        """Count a text that is about to be handed to the thread that writes."""
        with self._lock:
            self._texts += 1
            self._characters += len(text)

    @property
    def is_behind(self) -> bool:
        """Whether so much waits for the terminal that nothing more should be drawn."""
        return self._characters > MOST_WAITING or self._texts > MOST_TEXTS

    def put_off(self, draw: Callable[[], object]) -> bool:
        """Have something drawn once the terminal has caught up, if it is still behind.

        Args:
            draw: called by the thread that writes, when it has written all that waits. A later one takes
                its place.

        Returns:
            False if it is not behind any more: then `draw` will not be called.
        """
        with self._lock:
            behind = self.is_behind
            if behind:
                self._draw = draw
        return behind

    def _count_written(self, text: str) -> None:
        draw = None
        with self._lock:
            self._texts = max(self._texts - 1, 0)
            self._characters = max(self._characters - len(text), 0)
            if not self._texts:
                draw, self._draw = self._draw, None
        if draw is not None:
            draw()

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
        self._count_written(text)
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
