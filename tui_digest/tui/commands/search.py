"""Searching: in what is shown, and from match to match or unread to unread."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tui_digest.tui.commands.paper_by_id import open_by_id, parse_id

if TYPE_CHECKING:
    from tui_digest.tui.reader import Reader


def search(reader: Reader, count: int | None) -> None:
    """Search in what is shown, while the query is typed."""
    from tui_digest.tui.prompts import ask_line
    from tui_digest.tui.widgets.field import TextRequest

    listing, start = reader.listing, reader.papers.cursor
    before, left = listing.search, listing.place

    def on_typed(text: str) -> None:
        if not listing.is_large:
            listing.search_for(text, typing=True)
            found()
        else:
            reader.run_in_background(lambda: search_aside(text), "match")

    async def search_aside(text: str) -> None:
        matches = await asyncio.to_thread(listing.matches, text) if text.strip() else None
        if reader.listing is listing and reader.is_open:
            listing.adopt_search(text, matches)
            found()

    def found() -> None:
        places = listing.found
        place = listing.next_match(start - 1, 1)
        _show_match(reader, place if place is not None else places[0] if places else start)
        if listing.search:
            reader.notify(f"{len(places)} of {listing.count} papers match.")

    def on_done(text: str) -> None:
        if (wanted := parse_id(text)) is not None:
            listing.search_for(before)
            reader.show_list()
            open_by_id(reader, wanted)
            return
        reader.services.library.search.check(text)
        if listing.search and not listing.found:
            reader.notify(
                f"No paper shown matches; {reader.key('search_library')} searches everything ever fetched."
            )

    def on_cancelled() -> None:
        listing.search_for(before)
        _show_match(reader, listing.place_of(left, start))

    ask_line(reader, "/", TextRequest(on_done, on_typed, on_cancelled))


def _show_match(reader: Reader, place: int) -> None:
    """Highlight the words searched for, the cursor on a place of the list."""
    listing = reader.listing
    if listing.count:
        listing.place = listing.rows[min(place, listing.count - 1)].paper.id
    reader.show_list()


def clear_search(reader: Reader) -> None:
    """Search for nothing."""
    reader.listing.search_for("")
    reader.show_list()


def next_match(reader: Reader, count: int | None) -> None:
    """The next match; with no search, the next unread paper."""
    for _ in range(count or 1):
        _go(reader, 1)


def previous_match(reader: Reader, count: int | None) -> None:
    """The match before; with no search, the unread paper before."""
    for _ in range(count or 1):
        _go(reader, -1)


def _go(reader: Reader, step: int) -> None:
    listing, cursor = reader.listing, reader.papers.cursor
    if not listing.search:
        place = listing.unread_from(cursor, step)
        if place is None:
            reader.notify("No unread paper is left below." if step > 0 else "No unread paper is left above.")
        else:
            reader.papers.move_to(place)
        return
    if not listing.found:
        reader.notify("No paper shown matches.")
        return
    place = listing.next_match(cursor, step)
    if place is None:
        reader.notify("The search went on from the top." if step > 0 else "The search went on from the end.")
        place = listing.found[0 if step > 0 else -1]
    reader.papers.move_to(place)
