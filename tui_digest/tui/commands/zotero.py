"""Sending papers to Zotero, in a thread that quitting waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from tui_digest.errors import TuiDigestError

if TYPE_CHECKING:
    from tui_digest.entry import Entry
    from tui_digest.tui.reader import Reader

_GROUP: Final = "zotero"


def send_to_zotero(reader: Reader, count: int | None) -> None:
    """Send the selected papers, or the chosen one, to Zotero."""
    if reader.is_running(_GROUP):
        raise TuiDigestError("Papers are being sent to Zotero already; it is told when they are there.")
    entries = tuple(reader.targets(count))
    reader.run_in_background(partial(_send, reader, entries), _GROUP)


async def _send(reader: Reader, entries: Sequence[Entry]) -> None:
    from tui_digest.tui.tasks.thread_pools import run_to_end

    loop = asyncio.get_running_loop()

    def tell(words: str) -> None:
        loop.call_soon_threadsafe(reader.show_progress, words)

    try:
        send = reader.services.send_to_zotero
        outcome = await run_to_end(partial(send, entries, tell))
    finally:
        reader.show_progress("")
    if reader.is_open:
        reader.notify(outcome.sentence, warning=not outcome.complete)
