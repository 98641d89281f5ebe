"""What an export is made from: the papers, the digest they come from, and what of each goes in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
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
    `texts` are the whole texts of papers by their ids, where they are to go in.
    """

    entries: tuple[Entry, ...]
    name: str = ""
    date: date | None = None
    categories: tuple[str, ...] = ()
    completeness: Completeness | None = None
    model_configured: bool = False
    texts: Mapping[str, ExportedText] = {}

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
    """What of each paper goes into an export, and how BibTeX writes accents."""

    abstract: bool = True
    explanation: bool = True
    notes: bool = True
    marks: bool = True
    bibtex_accents: Literal["escaped", "unicode"] = "escaped"

    @classmethod
    def of(cls, settings: ExportSettings) -> Self:
        """What the settings say."""
        return cls(
            abstract=settings.abstract,
            explanation=settings.explanation,
            notes=settings.notes,
            marks=settings.marks,
            bibtex_accents=settings.bibtex_accents,
        )


EVERYTHING = Contents()
