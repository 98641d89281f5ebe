"""Papers similar to the chosen one, among all that are stored."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.entry import Entry
    from tui_digest.tui.reader import Reader


def similar(reader: Reader, count: int | None) -> None:
    """Show the papers similar to the chosen one, with the words that make them so."""
    if (entry := reader.papers.chosen) is not None:
        reader.run_in_background(partial(_show, reader, entry), "similar")


async def _show(reader: Reader, entry: Entry) -> None:
    """Find similar papers in a thread, and show them unless another list was opened."""
    from tui_digest.tui.text import tex_line

    shown = reader.listing
    found = await asyncio.to_thread(reader.services.library.similar.find, entry.paper.id)
    if reader.listing is not shown or not reader.is_open:
        return
    if not found.scope.size:
        reader.notify("No paper that is stored is similar to this one.")
        return
    title = tex_line(entry.paper.title, reader.state.settings.reader.glyphs).plain
    reader.enter_list(f"Similar to \u201c{title}\u201d", found.scope, picked=found.rows)
