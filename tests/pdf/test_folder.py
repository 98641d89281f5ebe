"""How PDFs are called, and which files count as whole."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.library.invented import make_paper
from tests.servers.pdfs import make_pdf
from tui_digest.errors import ExportError
from tui_digest.pdf.folder import PdfFolder, pdf_name
from tui_digest.settings import PdfSettings

PATTERN = PdfSettings().name


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        (
            {
                "id": "hep-th/9901001",
                "version": 2,
                "authors": ("Ludwig van Beethoven",),
                "title": "On $\\alpha$",
            },
            "hep-th_9901001v2 - van Beethoven - On α.pdf",
        ),
        ({"id": "2611.00001", "authors": (), "title": "A/B: \\emph{yes}?"}, "2611.00001v1 - - A-B- yes-.pdf"),
        ({"id": "2611.00001", "title": "x" * 300}, f"2611.00001v1 - Example - {'x' * 100}….pdf"),
        ({"id": "2611.00001", "title": "\x1b[31m../../etc"}, "2611.00001v1 - Example - ..-..-etc.pdf"),
    ],
)
def test_names(changes: dict[str, object], name: str) -> None:
    assert pdf_name(PATTERN, make_paper(1, **changes)) == name


def test_other_patterns_hold_the_id_too_so_that_versions_do_not_meet() -> None:
    published = datetime(2026, 11, 3, tzinfo=UTC)
    first, second = (make_paper(1, version=version, published=published) for version in (1, 2))
    assert pdf_name("{author} {year}", first) == "Example 2026 2611.00001v1.pdf"
    assert pdf_name("{author} {year}", first) != pdf_name("{author} {year}", second)
    assert pdf_name("{id}", first) == "2611.00001v1.pdf"


@pytest.mark.parametrize(
    ("content", "whole"),
    [
        (make_pdf(), True),
        (b"junk before\n" + make_pdf(), True),
        (make_pdf() + b"\n\n", True),
        (make_pdf()[:-20], False),
        (b"<html></html>", False),
        (b"", False),
    ],
)
def test_only_a_whole_pdf_is_found(tmp_path: Path, content: bytes, whole: bool) -> None:
    folder = PdfFolder(str(tmp_path), PATTERN)
    assert folder.find(make_paper(1)) is None
    folder.path(make_paper(1)).write_bytes(content)
    assert (folder.find(make_paper(1)) is not None) == whole
    assert folder.find(make_paper(1, version=2)) is None


def test_in_a_home_that_is_not_known_none_is_found() -> None:
    folder = PdfFolder("~nobody-of-that-name/pdf", PATTERN)
    assert folder.find(make_paper(1)) is None
    with pytest.raises(ExportError, match="home folder is not known"):
        folder.path(make_paper(1))
