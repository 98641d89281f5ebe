"""Searching: in what is shown, and from match to match or unread to unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.tui.reader import Reader


def search(reader: Reader, count: int | None) -> None:
    """Search in what is shown, as one types."""
    from tui_digest.tui.prompts import ask_line
    from tui_digest.tui.widgets.field import TextRequest

    listing, start = reader.listing, reader.papers.cursor
    before, left = listing.search, listing.place

    def typed(text: str) -> None:
        question = reader.services.shelf.question(text, typing=True)
        listing.look_for(question if text.strip() else None)
        places = listing.found
        place = next((place for place in places if place >= start), places[0] if places else start)
        _show_match(reader, place)
        if listing.search is not None:
            reader.notify(f"{len(places)} of {reader.listing.count} papers match.")

    def done(text: str) -> None:
        reader.services.shelf.question(text)
        if listing.search is not None and not listing.found:
            reader.notify("No paper shown matches; gs searches everything ever fetched.")

    def cancelled() -> None:
        listing.look_for(before)
        _show_match(reader, listing.place_of(left, start))

    ask_line(reader, "/", TextRequest(done, typed, cancelled))


def _show_match(reader: Reader, place: int) -> None:
    """Draw the words that are searched for, the cursor on a place; the list may have grown shorter."""
    listing = reader.listing
    if listing.count:
        (entry,) = listing.slice(place := min(place, listing.count - 1), place + 1)
        listing.place = entry.paper.id
    reader.show_list()


def clear_search(reader: Reader) -> None:
    """Search for nothing."""
    reader.listing.look_for(None)
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
    if listing.search is None:
        place = listing.unread_from(cursor, step)
        if place is None:
            reader.notify("No unread paper is left below." if step > 0 else "No unread paper is left above.")
        else:
            reader.papers.move_to(place)
        return
    places = listing.found[::step]
    if not places:
        reader.notify("No paper shown matches.")
        return
    beyond = [place for place in places if (place - cursor) * step > 0]
    if not beyond:
        reader.notify("The search went on from the top." if step > 0 else "The search went on from the end.")
    reader.papers.move_to((beyond or places)[0])
