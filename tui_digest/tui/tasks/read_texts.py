"""Progress in whole texts, for the pages of their papers."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from tui_digest.errors import LibraryError

if TYPE_CHECKING:
    from tui_digest.tui.reader import Reader


async def load_read_texts(reader: Reader) -> None:
    """Read how far the reader is in each text, and say it on the page that is shown."""
    with suppress(LibraryError):  # another program holds the library: the next text that is left will do
        state = reader.state
        state.read_texts = await asyncio.to_thread(reader.services.library.texts.read_texts)
        chosen = reader.papers.chosen if reader.is_open else None
        if chosen is not None and chosen.paper.id in state.read_texts:
            reader.show_page()
