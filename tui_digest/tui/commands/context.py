"""What is true in the reader now, as far as commands depend on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_digest.tui.keymap.definitions import Situation

if TYPE_CHECKING:
    from tui_digest.tui.screens.reader import ReaderScreen


def situation_of(reader: ReaderScreen) -> Situation:
    """The situation of the reader."""
    days, digest, listing = reader.services.days, reader.digest, reader.listing
    return Situation(
        paper=reader.papers.chosen is not None,
        papers=bool(reader.papers.entries),
        undecided=lambda: any(entry.reading.mark is None for entry in reader.papers.entries),
        online=not reader.options.offline,
        fetching=bool(reader.progress),
        older=lambda: digest is not None and days.older(digest.date) is not None,
        newer=lambda: digest is not None and days.newer(digest.date) is not None,
        selected=len(listing.selection(reader.papers.cursor)),
        searching=listing.search is not None,
        model=reader.model_problem,
        undo=reader.browsing.undoable,
        redo=reader.browsing.redoable,
    )
