"""Opening a paper by its id: from the shown list, the library, or arXiv."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui_digest.paper import ArxivId

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui_digest.paper import Paper
    from tui_digest.tui.reader import Reader

OPEN_PAPER = "open paper"
"""The group of background work that fetches a paper."""


def parse_id(text: str) -> ArxivId | None:
    """Return the id in a text, in any form of an id or a link, or None."""
    try:
        return ArxivId.parse(text)
    except ValueError:
        return None


def open_by_id(reader: Reader, wanted: ArxivId, then: Callable[[], object] = lambda: None) -> None:
    """Open a paper at full width, fetched if it is not stored.

    Args:
        reader: where it is opened.
        wanted: the paper, and the version if one is meant.
        then: called in the end, also when the paper could not be had.
    """
    if reader.panes.text is not None:
        from tui_digest.tui.tasks.text import close_text

        close_text(reader)
    stored = reader.services.library.mailings.paper(wanted.number, wanted.version)
    if stored is not None:
        _show(reader, wanted)
        then()
    else:
        reader.run_in_background(partial(_fetch, reader, wanted, then), OPEN_PAPER)


async def _fetch(reader: Reader, wanted: ArxivId, then: Callable[[], object]) -> None:
    reader.show_progress(f"fetching {wanted}")
    try:
        paper: Paper = await reader.services.days.paper(wanted, reader.show_progress)
        if reader.is_open:
            _show(reader, ArxivId(paper.id, wanted.version))
    finally:
        reader.show_progress("")
        if reader.is_open:
            then()


def _show(reader: Reader, wanted: ArxivId) -> None:
    """Open a stored paper: in the list if shown there, else as a list of its own."""
    listing = reader.listing
    place = listing.place_of(wanted.number, -1)
    if place < 0 or wanted.version not in (None, listing.rows[place].paper.version):
        scope = reader.services.library.lists.papers([wanted.number])
        reader.enter_list(f"Paper {wanted.number}", scope)
        place = 0
    reader.papers.move_to(place)
    reader.turn_to_chosen()
    reader.panes.open_paper()
    entry = reader.papers.chosen
    if entry is None:
        return
    reader.mark_read(entry)
    if wanted.version is not None and wanted.version != entry.paper.version:
        reader.notify(f"This is version {entry.paper.version}, the newest that is stored.")
