"""PDFs of the made-up papers: one page that says that it is made up."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from tui_digest.latex import to_unicode
from tui_digest.paper import Paper
from tui_digest.pdf.folder import PdfFolder
from tui_digest.text.files import write_atomic

_COLUMNS: Final = 66
_NOTICE: Final = "A made-up paper of the demo of tui_digest. It has no more than this page."


class DemoPdfs:
    """Makes PDFs where others are downloaded."""

    def __init__(self, folder: PdfFolder) -> None:
        self._folder = folder

    async def fetch(self, paper: Paper, tell: Callable[[str], None]) -> Path:
        """Write the PDF of a made-up paper and return its file."""
        path = self._folder.path(paper)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, one_page_pdf(_lines(paper)))
        return path


def _lines(paper: Paper) -> Iterator[str]:
    yield from textwrap.wrap(to_unicode(paper.title), _COLUMNS)
    yield ", ".join(map(to_unicode, paper.authors))
    yield str(paper.arxiv_id)
    yield ""
    yield _NOTICE
    yield ""
    yield from textwrap.wrap(to_unicode(paper.abstract), _COLUMNS)


def one_page_pdf(lines: Iterator[str]) -> bytes:
    """Return a PDF of text lines on an A4 page; letters outside Latin-1 become `?`.

    ISO 32000-1: the file's structure in section 7.5, text in section 9.4.
    """
    shown = "\n".join(f"({_escaped(line)}) Tj T*" for line in lines)
    content = f"BT /F 11 Tf 15 TL 60 780 Td\n{shown}\nET".encode("latin-1", "replace")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
        b" /Resources << /Font << /F 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    body, places = bytearray(b"%PDF-1.4\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return bytes(
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(body))
    )


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
