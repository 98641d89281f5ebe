"""Records of followed and muted authors, words and categories."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class InterestKind(StrEnum):
    """What can be followed or muted; a category can only be muted."""

    AUTHOR = "author"
    WORD = "word"
    CATEGORY = "category"


class Stance(StrEnum):
    """Whether an author, a word or a category is followed or muted."""

    FOLLOW = "follow"
    MUTE = "mute"


class Interest(msgspec.Struct, frozen=True, kw_only=True):
    """A followed or muted author, word or category, in the reader's spelling."""

    kind: InterestKind
    text: str
    stance: Stance
