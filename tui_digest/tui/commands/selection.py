"""Selecting papers, for what is then done to all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.tui.reader import Reader


def select(reader: Reader, count: int | None) -> None:
    """Toggle the selection of the chosen paper, or of `count` papers, and go on."""
    listing, place = reader.listing, reader.papers.cursor
    places = range(place, min(place + (count or 1), listing.count))
    listing.toggle_selection(places, place)
    reader.papers.select(listing.selection(place))
    reader.papers.move_to(places.stop)
    reader.refresh_status()


def select_range(reader: Reader, count: int | None) -> None:
    """Start a range at the chosen paper, or end it here."""
    listing, chosen = reader.listing, reader.papers.chosen
    if listing.anchor or chosen is None:
        listing.keep_range(reader.papers.cursor)
    else:
        listing.anchor = chosen.paper.id
        reader.notify("A range begins here: move, then mark; v ends the range.")
    reader.papers.select(listing.selection(reader.papers.cursor))
    reader.refresh_status()


def select_all(reader: Reader, count: int | None) -> None:
    """Select all papers shown; when all are selected, none."""
    listing = reader.listing
    listing.toggle_all(reader.papers.cursor)
    reader.papers.select(listing.selection(reader.papers.cursor))
    reader.refresh_status()
