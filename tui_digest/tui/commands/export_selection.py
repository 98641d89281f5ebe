"""Which papers are exported, as what day, and with what contents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui_digest.core.entry_rows import NOT_READ_YET
from tui_digest.core.listing import OF_ALL_DAYS
from tui_digest.entry import Entry
from tui_digest.errors import LibraryError
from tui_digest.export.collection import Collection
from tui_digest.export.rendering import render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui_digest.paper import Digest
    from tui_digest.tui.reader import Reader


def choices(reader: Reader) -> Mapping[str, Sequence[Entry]]:
    """Return the selections that can be exported, by name; empty ones are left out.

    They stay while a dialog is open over a list that a search, a fetch or another machine changes.
    """
    listing = reader.listing
    selected = listing.selection(reader.papers.cursor).count
    found = {
        f"the {selected} selected" if selected else "the chosen one": reader.targets().lasting(),
        f"all {listing.count} shown": listing.slice(0, listing.count).lasting(),
        "marked to read, of these": listing.where("is:to-read").lasting(),
        "the pick": listing.picked,
    }
    return {name: entries for name, entries in found.items() if entries}


def collection(reader: Reader, entries: Sequence[Entry], format_name: str) -> Collection:
    """Return what exports are made from.

    Papers of the day that is shown are its digest; a single one stands for itself, unless the
    format needs a day.

    Raises:
        LibraryError: papers are gone from the library or cannot be read.
    """
    entries = tuple(entries)
    if not entries or NOT_READ_YET in entries:
        raise LibraryError("These papers cannot be read now, so nothing was exported; choose them again.")
    digest = None
    if reader.state.browsing.in_day and (len(entries) > 1 or format_name == "jekyll"):
        digest = _stored_digest(reader)
    list_name = reader.listing.title.removesuffix(OF_ALL_DAYS)
    papers = Collection.of(entries, digest, list_name or reader.state.settings.name)
    stored = {entry.paper.id: reader.services.pdfs().stored(entry.paper) for entry in entries}
    pdfs = {paper: path for paper, path in stored.items() if path is not None}
    return replace(papers, pdfs=pdfs, model_configured=not reader.state.model_problem)


def _stored_digest(reader: Reader) -> Digest | None:
    """Return the day's digest as stored, so that a day always gives the same file."""
    if reader.state.digest is None:
        return None
    return reader.services.days.papers(reader.state.digest.date)


def rendered(reader: Reader, format_name: str) -> str:
    """The selected papers, or the chosen one, as text in a format of the exports."""
    papers = collection(reader, reader.targets(), format_name)
    return render(format_name, papers, reader.state.settings.export)
