"""The folder of PDFs: how its files are called, and which of them are there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tui_digest.errors import ExportError
from tui_digest.export.files import expand_home, safe_name
from tui_digest.latex import to_unicode
from tui_digest.paper import Paper
from tui_digest.render.author_names import read_authors
from tui_digest.text.sanitise import one_line

HEAD: Final = b"%PDF-"
"""What a PDF begins with, after at most `HEAD_WITHIN` bytes (ISO 32000-2, annex I)."""

HEAD_WITHIN: Final = 1024

TAIL: Final = b"%%EOF"
"""What a PDF ends with, before at most `TAIL_WITHIN` bytes (ISO 32000-1, annex H.3)."""

TAIL_WITHIN: Final = 2048

_LONGEST_TITLE: Final = 100


class PdfFolder:
    """Names and finds PDFs.

    Args:
        folder: `[pdf] folder`.
        pattern: `[pdf] name`.
    """

    def __init__(self, folder: str, pattern: str) -> None:
        self._folder = Path(folder)
        self._pattern = pattern

    def path(self, paper: Paper) -> Path:
        """Return where the PDF of a paper at its version belongs.

        Raises:
            ExportError: the folder is in a home that is not known.
        """
        return expand_home(self._folder).absolute() / pdf_name(self._pattern, paper)

    def find(self, paper: Paper) -> Path | None:
        """Return the PDF of a paper at its version, None if it is not here whole."""
        try:
            path = self.path(paper)
        except ExportError:  # told when one is downloaded
            return None
        return path if is_whole_pdf(path) else None


def pdf_name(pattern: str, paper: Paper) -> str:
    """Return the name of a paper's PDF: `hep-th_9901001v2 - Surname - Title.pdf`.

    The id, with its version, is in every name, so that no two papers or versions share a file.
    """
    authors = read_authors(paper.authors).names
    dated = paper.published or paper.announced
    fields = {
        "id": str(paper.arxiv_id).replace("/", "_"),
        "version": str(paper.version),
        "author": authors[0].short if authors else "",
        "year": str(dated.year) if dated else "",
        "title": _shortened(one_line(to_unicode(one_line(paper.title)))),
    }
    if "{id}" not in pattern:
        pattern += " {id}"
    return safe_name(f"{one_line(pattern.format(**fields)).strip(' -')}.pdf")


def is_whole_pdf(path: Path) -> bool:
    """Tell whether a file is a PDF with head and end."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            head = file.read(HEAD_WITHIN)
            file.seek(max(0, path.stat().st_size - TAIL_WITHIN))
            return HEAD in head and TAIL in file.read()
    except OSError:
        return False


def _shortened(title: str) -> str:
    """Return a title cut at a word, so that names stay below what file systems take."""
    if len(title) <= _LONGEST_TITLE:
        return title
    return f"{title[:_LONGEST_TITLE].rpartition(' ')[0] or title[:_LONGEST_TITLE]}…"
