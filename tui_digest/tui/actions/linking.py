"""Links of the page, opened by a letter."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.core.links import Link
    from tui_digest.tui.screens.reader import ReaderScreen


def links(reader: ReaderScreen, count: int | None) -> None:
    """A letter for each link of the paper; it opens it."""
    from tui_digest.core.links import links_of
    from tui_digest.tui.screens.links import LinksScreen

    entry = reader.papers.chosen
    if entry is None:
        return
    found = links_of(entry)

    def chosen(link: Link | None) -> None:
        if link is not None:
            open_address(reader, link.address)

    if found:
        reader.app.push_screen(LinksScreen(found), chosen)
    else:
        reader.say("This paper has no link that can be opened.")


def open_address(reader: ReaderScreen, address: str, what: str = "The link was") -> None:
    """Open an address in the user's browser, and say so."""
    reader.in_background(partial(_open, reader, address, what), f"open {address}")


async def _open(reader: ReaderScreen, address: str, what: str) -> None:
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
    reader.say(
        f"{what} sent to the browser: {address}" if opened else f"No browser could be started: {address}"
    )
