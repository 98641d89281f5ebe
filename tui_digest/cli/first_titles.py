"""Rendered titles that the next start is likely to show first.

The readers of TeX take a tenth of the reader's start. Which titles come first is known when the reader
is left; they are read then, and a start that shows them imports none of it. The file belongs to the
installed program; one that is stale, damaged, not the user's own or open to others is not used.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

from tui_digest.saved_screen import program_status, read_private
from tui_digest.settings import Glyphs, private_folder
from tui_digest.tui.text import ReadLine, know_lines, read_lines

FILE_NAME: Final = "first-titles"


class _File(msgspec.Struct, frozen=True, array_like=True):
    """The content of the file."""

    program: tuple[int, int, int] | None
    lines: tuple[ReadLine, ...]


def load_first_titles(folder: Path) -> None:
    """Use the titles kept in the state folder, if they are this user's and program's."""
    if sys.platform == "win32":
        return
    with suppress(OSError, ValueError):  # msgspec's errors are ValueErrors
        kept = msgspec.json.decode(read_private(str(folder / FILE_NAME)), type=_File)
        if kept.program == program_status():
            know_lines(kept.lines)


def save_first_titles(folder: Path, titles: Sequence[str], glyphs: Glyphs) -> None:
    """Read titles, and keep those with TeX in the state folder; a failure is ignored.

    A file that is cut off is not used, so nothing is flushed to the disk or moved.
    """
    lines = read_lines(titles, glyphs)
    if not lines or sys.platform == "win32":
        return
    with suppress(OSError):
        private_folder(folder)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
        descriptor = os.open(folder / FILE_NAME, flags, 0o600)
        try:
            os.write(descriptor, msgspec.json.encode(_File(program_status(), lines)))
        finally:
            os.close(descriptor)
