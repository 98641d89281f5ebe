"""The records of what a reader likes: followed and muted, and the terms of marked papers."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class InterestKind(StrEnum):
    """What can be followed or muted. A category can be muted only: which ones to read, the settings say."""

    AUTHOR = "author"
    WORD = "word"
    CATEGORY = "category"


class Stance(StrEnum):
    """How the reader stands to an author, a word or a category."""

    FOLLOW = "follow"
    MUTE = "mute"


class Interest(msgspec.Struct, frozen=True, kw_only=True):
    """One author, word or category that is followed or muted, in the reader's own spelling."""

    kind: InterestKind
    text: str
    stance: Stance


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """A folded word of marked papers: how much it speaks for a paper, and how many marked papers have it.

    `weight` is below zero when dismissed papers have it more often.
    """

    weight: float
    papers: int


class Taste(msgspec.Struct, frozen=True, kw_only=True):
    """All that the pick knows of the reader: interests, and the terms of papers marked and dismissed."""

    interests: tuple[Interest, ...] = ()
    terms: dict[str, Term] = {}
