"""What one does with the chosen paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.tui.screens.reader import ReaderScreen


def _open(reader: ReaderScreen, address: str, what: str) -> None:
    opened = reader.services.open_address(address)
    reader.say(
        f"{what} sent to the browser: {address}" if opened else f"No browser could be started: {address}"
    )


def open_abstract(reader: ReaderScreen, count: int | None) -> None:
    """Open the abstract page in the browser."""
    if (entry := reader.papers.chosen) is not None:
        _open(reader, entry.paper.abs_url, "The abstract page was")


def open_pdf(reader: ReaderScreen, count: int | None) -> None:
    """Open the PDF in the browser."""
    if (entry := reader.papers.chosen) is not None:
        _open(reader, entry.paper.pdf_url, "The PDF was")


def tex(reader: ReaderScreen, count: int | None) -> None:
    """TeX as written, or rendered."""
    reader.tex = not reader.tex
    reader.show_paper()
    reader.say("TeX is shown as written." if reader.tex else "TeX is rendered.")
