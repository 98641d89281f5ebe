"""The records of what a reader follows and has muted."""

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
