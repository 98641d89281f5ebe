"""Input of an export: the papers, their digest, and what of each is included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Self

import msgspec

from tui_digest.entry import Entry
from tui_digest.export.whole_text import ExportedText
from tui_digest.paper import Completeness, Digest
from tui_digest.settings import ExportContents


class Collection(msgspec.Struct, frozen=True, kw_only=True):
    """The papers to export, in their order, and the digest that they are of.

    `date`, `categories` and `completeness` are known when the papers are of one day's digest;
    `name` is what the user calls the digest. `model_configured` is whether a language model is set
    up: a post says another thing of a paper that was not explained than of one that could not be.
    `texts` are the whole texts of papers by their ids, where they are to go in; `pdfs` the files of
    those that were downloaded, for formats that stay on this machine.
    """

    entries: tuple[Entry, ...]
    name: str = ""
    date: date | None = None
    categories: tuple[str, ...] = ()
    completeness: Completeness | None = None
    model_configured: bool = False
    texts: Mapping[str, ExportedText] = {}
    pdfs: Mapping[str, Path] = {}

    @classmethod
    def of(cls, entries: Sequence[Entry], digest: Digest | None, name: str) -> Self:
        """Some papers of a digest; without a digest (None) they are of no day."""
        if digest is None:
            return cls(entries=tuple(entries), name=name)
        return cls(
            entries=tuple(entries),
            name=name,
            date=digest.date,
            categories=digest.categories,
            completeness=digest.completeness,
        )


EVERYTHING = ExportContents()


def select_contents(entry: Entry, contents: ExportContents) -> Entry:
    """Return an entry without what is left out, for formats that show a whole entry."""
    paper, reading = entry.paper, entry.reading
    return msgspec.structs.replace(
        entry,
        paper=paper if contents.abstract else msgspec.structs.replace(paper, abstract=""),
        reading=msgspec.structs.replace(
            reading,
            note=reading.note if contents.notes else "",
            mark=reading.mark if contents.marks else None,
        ),
        explanation=entry.explanation if contents.explanation else None,
        tags=entry.tags if contents.marks else (),
    )
