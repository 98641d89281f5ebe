"""Titles and authors that the next start shows first, as they were read.

The readers of TeX and of names take a tenth of the reader's start. Which rows are likely to come first is
known when the reader is left and after a fetch; they are read then, and a start that shows them imports
none of it. The file belongs to the installed program; one that is stale, damaged, not the user's own or
open to others is not used.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from tui_digest.folders import private_folder
from tui_digest.paper import Paper
from tui_digest.render.author_names import AuthorList, know_authors, read_authors
from tui_digest.saved_screen import program_status, read_private
from tui_digest.settings import Glyphs
from tui_digest.tui.text import ReadLine, know_lines, read_lines

if TYPE_CHECKING:
    from tui_digest.cli.container import Parts

FILE_NAME: Final = "first-rows"

_ROWS: Final = 60
"""Rows of a new day that are read after a fetch: no terminal shows more of them at first."""


class _File(msgspec.Struct, frozen=True, array_like=True):
    """The content of the file."""

    program: tuple[int, int, int] | None
    titles: tuple[ReadLine, ...]
    authors: tuple[tuple[tuple[str, ...], AuthorList], ...]


def load_first_rows(folder: Path) -> None:
    """Use the rows kept in the state folder, if they are this user's and program's."""
    if sys.platform == "win32":
        return
    with suppress(OSError, ValueError):  # msgspec's errors are ValueErrors
        kept = msgspec.json.decode(read_private(str(folder / FILE_NAME)), type=_File)
        if kept.program == program_status():
            know_lines(kept.titles)
            know_authors(kept.authors)


def save_first_rows(folder: Path, papers: Sequence[Paper], glyphs: Glyphs) -> None:
    """Read the titles with TeX and the authors, and keep them in the state folder.

    A failure is ignored. A file that is cut off is not used, so nothing is flushed to the disk or moved.
    """
    if not papers or sys.platform == "win32":
        return
    authors = tuple((paper.authors, read_authors(paper.authors)) for paper in papers)
    content = _File(program_status(), read_lines([paper.title for paper in papers], glyphs), authors)
    with suppress(OSError):
        private_folder(folder)
        # Without waiting: on a pipe of that name it would be without end.
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_NONBLOCK
        descriptor = os.open(folder / FILE_NAME, flags, 0o600)
        try:
            os.write(descriptor, msgspec.json.encode(content))
        finally:
            os.close(descriptor)


def save_first_rows_of_day(parts: Parts) -> None:
    """Keep the first rows of the newest day, as the next start shows them."""
    from tui_digest.core.navigation import Browsing

    digest = parts.stored_digest(None)
    if digest is None:
        return
    library, name, settings = parts.library, parts.digest.name, parts.settings.reader
    browsing = Browsing(library, settings)
    place = library.positions.paper(digest.date, name) or ""
    browsing.set_day(digest, library.picks.stored(digest.scope, name), place)
    day = browsing.day
    at = day.place_of(place)
    papers = [entry.paper for entry in day.slice(at - _ROWS // 2 if at else 0, at + _ROWS)]
    save_first_rows(parts.places.state, papers, settings.glyphs)
