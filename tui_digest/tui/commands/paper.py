"""Commands on the chosen paper: its pages and PDF, TeX, authors, notation, links."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from tui_digest.tui.tasks.pdf import download_pdfs

if TYPE_CHECKING:
    from tui_digest.core.links import Link
    from tui_digest.tui.reader import Reader


def open_abstract(reader: Reader, count: int | None) -> None:
    """Open the abstract page in the browser."""
    if (entry := reader.papers.chosen) is not None:
        open_address(reader, entry.paper.abs_url, "The abstract page was")


def open_pdf(reader: Reader, count: int | None) -> None:
    """Open the PDF, in the browser or the viewer as the settings say."""
    entry = reader.papers.chosen
    if entry is not None and reader.state.settings.pdf.open == "viewer":
        download_pdfs(reader, [entry.paper])
    elif entry is not None:
        open_address(reader, entry.paper.pdf_url, "The PDF was")


def download_pdf(reader: Reader, count: int | None) -> None:
    """Download PDFs of the selected papers, or the chosen one's and open it."""
    download_pdfs(reader, [entry.paper for entry in reader.targets(count)])


def tex(reader: Reader, count: int | None) -> None:
    """Toggle between TeX as written and rendered."""
    reader.state.page.tex = not reader.state.page.tex
    reader.show_page()
    reader.notify("TeX is shown as written." if reader.state.page.tex else "TeX is rendered.")


def all_authors(reader: Reader, count: int | None) -> None:
    """Toggle whether long lists of authors are shown in full."""
    reader.state.page.all_authors = not reader.state.page.all_authors
    reader.show_page()
    reader.notify(
        "All authors are shown." if reader.state.page.all_authors else "Long lists of authors are folded."
    )


def notation(reader: Reader, count: int | None) -> None:
    """Toggle the notation card under the abstract; scroll to it if it is out of view.

    Where there is room for one pane, the paper is opened with it.
    """
    from tui_digest.tui.page.notation import TITLE

    opens = reader.panes.narrow and not reader.panes.paper_open
    reader.state.page.notation = opens or not reader.state.page.notation
    if opens:
        reader.panes.open_paper()
    reader.show_page()
    if not reader.state.page.notation:
        reader.notify("The notation card is hidden.")
        return
    pane = reader.pane
    place = next((n for n, line in enumerate(pane.lines) if line.content.plain == TITLE), None)
    if place is not None and place >= pane.top + pane.size.height - 4:
        pane.scroll_to_line(place)
    reader.notify(
        f"The notation of the abstract, each formula with its TeX; {reader.key('notation')} hides it."
    )


def links(reader: Reader, count: int | None) -> None:
    """Give each link of the paper a letter that opens it."""
    from tui_digest.core.links import links_of
    from tui_digest.tui.dialogs.links import LinksScreen

    entry = reader.papers.chosen
    if entry is None:
        return
    found = links_of(entry)

    def on_chosen(link: Link | None) -> None:
        if link is not None:
            open_address(reader, link.address)

    if found:
        reader.open_dialog(LinksScreen(reader.keymap, found), on_chosen)
    else:
        reader.notify("This paper has no link that can be opened.")


def open_address(reader: Reader, address: str, what: str = "The link was", remark: str = "") -> None:
    """Open an address in the user's browser, and say so, with a remark."""
    reader.run_in_background(partial(_open, reader, address, what, remark), f"open {address}")


async def _open(reader: Reader, address: str, what: str, remark: str) -> None:
    from textual.app import SuspendNotSupported

    browser = reader.services.browser
    if await asyncio.to_thread(browser.takes_terminal):
        try:
            with reader.app.suspend():
                opened = browser.open(address)
        except SuspendNotSupported:
            opened = False
    else:
        opened = await asyncio.to_thread(browser.open, address)
    told = f"{what} sent to the browser: {address}" if opened else f"No browser could be started: {address}"
    reader.notify(f"{told} {remark}".rstrip())
