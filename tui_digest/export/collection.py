"""What an export is made from: the papers, the digest they come from, and what of each goes in."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from tui_digest.paper import Completeness
from tui_digest.reading import Entry


class Collection(msgspec.Struct, frozen=True, kw_only=True):
    """The papers to export, in their order, and the digest that they are of.

    `date`, `categories` and `completeness` are known when the papers are of one day's digest;
    `name` is what the user calls the digest. `model_configured` is whether a language model is set
    up: a post says another thing of a paper that was not explained than of one that could not be.
    """

    entries: tuple[Entry, ...]
    name: str = ""
    date: date | None = None
    categories: tuple[str, ...] = ()
    completeness: Completeness | None = None
    model_configured: bool = False


class Contents(msgspec.Struct, frozen=True, kw_only=True):
    """What of each paper goes into an export, and how BibTeX writes accents."""

    abstract: bool = True
    explanation: bool = True
    notes: bool = True
    marks: bool = True
    bibtex_accents: Literal["escaped", "unicode"] = "escaped"


EVERYTHING = Contents()
