"""The papers that leave the reader: which ones, of which day, and with what the settings put in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui_digest.entry import Entry, Mark
from tui_digest.export import render
from tui_digest.export.collection import Collection, Contents
from tui_digest.settings import shown_path
from tui_digest.tui.commands.marks import targets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui_digest.export.files import Written
    from tui_digest.paper import Digest
    from tui_digest.tui.screens.reader import ReaderScreen


def chosen_papers(reader: ReaderScreen) -> Sequence[Entry]:
    """The selected papers, else the chosen one, as they are shown."""
    return targets(reader)


def choices(reader: ReaderScreen) -> Mapping[str, Sequence[Entry]]:
    """The papers that can be meant, by what to call them; those that are none are left out."""
    listing = reader.listing
    selected = len(listing.selection(reader.papers.cursor))
    found = {
        f"the {selected} selected" if selected else "the chosen one": targets(reader),
        f"all {len(reader.shown)} shown": reader.shown,
        "marked to read, of these": [e for e in listing.entries if e.reading.mark is Mark.TO_READ],
        "the pick": listing.picked,
    }
    return {name: entries for name, entries in found.items() if entries}


def collection(reader: ReaderScreen, entries: Sequence[Entry], format_name: str) -> Collection:
    """What exports are made from.

    Papers of the day that is shown are its digest; a single one stands for itself, unless the
    format needs a day.
    """
    digest = None
    if reader.browsing.in_day and (len(entries) > 1 or format_name == "jekyll"):
        digest = _stored_digest(reader)
    papers = Collection.of(entries, digest, reader.settings.name)
    return replace(papers, model_configured=not reader.model_problem)


def _stored_digest(reader: ReaderScreen) -> Digest | None:
    """The day's digest with what is lasting of its completeness, so that the same day gives the same file."""
    if reader.digest is None:
        return None
    return reader.services.days.stored(reader.digest.date) or reader.digest


def rendered(reader: ReaderScreen, format_name: str) -> str:
    """The selected papers, or the chosen one, as text in a format of the exports."""
    papers = collection(reader, chosen_papers(reader), format_name)
    return render(format_name, papers, Contents.of(reader.settings.export))


def written_words(files: Sequence[Written], papers: int, *, demo: bool = False) -> str:
    """What was written and where, as a sentence; in the demo also what becomes of it."""
    number = "1 paper" if papers == 1 else f"{papers} papers"
    if len(files) == 1:
        words = f"{files[0].words} {shown_path(files[0].path)}: {number}."
    else:
        kinds = {file.words for file in files}
        kind = kinds.pop() if len(kinds) == 1 else "Wrote"
        words = f"{kind} {len(files)} notes in {shown_path(files[0].path.parent)}: {number}."
    return f"{words} The demo's own folder goes when the demo ends." if demo else words
