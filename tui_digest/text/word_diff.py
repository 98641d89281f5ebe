"""The word diff between two versions of a text."""

from __future__ import annotations

from difflib import SequenceMatcher
from enum import StrEnum

import msgspec

from tui_digest.latex.find import split_words


class DiffKind(StrEnum):
    """Kind of a part of a diff: the same, removed or added."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class DiffPart(msgspec.Struct, frozen=True):
    """A run of words of one kind; it includes a space before it, if there is any."""

    kind: DiffKind
    text: str


def word_changes(older: str, newer: str) -> tuple[DiffPart, ...]:
    """Return the parts that lead from the older text to the newer, in order.

    The parts that are not added make up the older text, those not removed the newer one, but for
    white space, which differs between versions of an abstract without meaning.
    """
    before, after = _words(older), _words(newer)
    matcher = SequenceMatcher(None, [word for _, word in before], [word for _, word in after], autojunk=False)
    pieces: list[DiffPart] = []
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(_piece(DiffKind.SAME, after[new_start:new_end]))
            continue
        if end > start:
            pieces.append(_piece(DiffKind.REMOVED, before[start:end]))
        if new_end > new_start:
            pieces.append(_piece(DiffKind.ADDED, after[new_start:new_end]))
    return tuple(pieces)


def _words(text: str) -> list[tuple[str, str]]:
    """Each word with the space before it: one, or none. A formula is one word."""
    return [(" " if word[0].isspace() else "", word.lstrip()) for word in split_words(text.strip())]


def _piece(kind: DiffKind, words: list[tuple[str, str]]) -> DiffPart:
    return DiffPart(kind, "".join(space + word for space, word in words))
