"""Input of an export: the papers, their digest, and what of each is included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, Self

import msgspec

from tui_digest.entry import Entry
from tui_digest.export.whole_text import ExportedText
from tui_digest.paper import Completeness, Digest
from tui_digest.settings import ExportSettings


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


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What of each paper is exported, how BibTeX writes accents, a mail's recipient."""

    abstract: bool = True
    explanation: bool = True
    notes: bool = True
    marks: bool = True
    bibtex_accents: Literal["escaped", "unicode"] = "escaped"
    mail_to: str = ""

    @classmethod
    def of(cls, settings: ExportSettings) -> Self:
        """Return what the settings say."""
        return cls(
            abstract=settings.abstract,
            explanation=settings.explanation,
            notes=settings.notes,
            marks=settings.marks,
            bibtex_accents=settings.bibtex_accents,
            mail_to=settings.mail_to,
        )

    def select(self, entry: Entry) -> Entry:
        """Return an entry without what is left out, for formats that show a whole entry."""
        paper, reading = entry.paper, entry.reading
        return msgspec.structs.replace(
            entry,
            paper=paper if self.abstract else msgspec.structs.replace(paper, abstract=""),
            reading=msgspec.structs.replace(
                reading,
                note=reading.note if self.notes else "",
                mark=reading.mark if self.marks else None,
            ),
            explanation=entry.explanation if self.explanation else None,
            tags=entry.tags if self.marks else (),
        )


EVERYTHING = Contents()
