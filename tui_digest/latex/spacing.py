"""The spaces of one line: TeX's spacing between classes of atoms, reduced to a space or none."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple


class Slot(IntEnum):
    """What a piece of a line is to its neighbours: TeX's classes, and what one line needs beside them.

    A `SIGN` is a binary operator without a left or right operand; a `TIGHT` piece (a slash, a bar
    that divides) takes no space and is no operand; a `NAME` is a word that must not touch letters;
    something `DELIMITED` opens to its left and closes to its right.
    """

    ORDINARY = 0
    OPERATOR = 1
    BINARY = 2
    RELATION = 3
    OPENING = 4
    CLOSING = 5
    PUNCTUATION = 6
    FRACTION = 7
    NAME = 8
    TEXT = 9
    TIGHT = 10
    SIGN = 11
    DELIMITED = 12
    SPACE = 13


class Mode(IntEnum):
    """How close a line is set: a formula; the parts of a fraction or under a root; a script."""

    LOOSE = 0
    SNUG = 1
    CLOSE = 2


class Piece(NamedTuple):
    """A stretch of the line. `open_end` is true when a letter right after it would seem to belong to it."""

    text: str
    slot: Slot
    open_end: bool = False


OPERANDS = frozenset((Slot.ORDINARY, Slot.CLOSING, Slot.FRACTION, Slot.NAME, Slot.TEXT, Slot.DELIMITED))
_ENDS = frozenset((Slot.CLOSING, Slot.PUNCTUATION, Slot.RELATION))
_TIGHT_OPERATORS = frozenset("*∗∘⋆")
_BARS = frozenset("|‖")
_START = Piece("", Slot.OPENING)
_LETTERED = frozenset((Slot.ORDINARY, Slot.FRACTION, Slot.TEXT))

# A line for the left neighbour, a column for the right one, both in the order of `Slot`:
# ordinary operator binary relation opening closing punctuation fraction name text tight sign delimited.
_LOOSE = """
0 1 1 1 0 0 0 1 1 0 0 0 0
1 1 1 1 1 0 0 1 1 1 0 1 1
1 1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 0 1 0 0 1 1 1 1 1 1
0 0 0 0 0 0 0 0 0 0 0 0 0
0 1 1 1 0 0 0 1 1 0 0 0 0
1 1 1 1 1 0 0 1 1 1 1 1 1
1 1 1 1 1 0 0 1 1 0 0 0 1
1 1 1 1 0 0 0 1 1 1 0 1 0
0 1 1 1 0 0 0 0 1 0 0 0 0
0 0 0 0 0 0 0 0 0 0 0 0 0
0 0 0 0 0 0 0 0 0 0 0 0 0
0 1 1 1 0 0 0 1 1 0 0 0 0
"""


def _table(text: str) -> tuple[tuple[bool, ...], ...]:
    return tuple(tuple(cell == "1" for cell in line.split()) for line in text.split("\n") if line)


def _without(table: tuple[tuple[bool, ...], ...], slots: Sequence[Slot]) -> tuple[tuple[bool, ...], ...]:
    """The table without any space at these slots; only after a large operator a space stays."""
    return tuple(
        tuple(
            cell and right not in slots and (left not in slots or left == Slot.OPERATOR)
            for right, cell in enumerate(line)
        )
        for left, line in enumerate(table)
    )


_SPACED = _table(_LOOSE)
_TABLES = (
    _SPACED,
    _without(_SPACED, (Slot.BINARY,)),
    _without(_SPACED, (Slot.BINARY, Slot.RELATION, Slot.PUNCTUATION, Slot.OPERATOR)),
)


def join(pieces: Sequence[Piece], mode: Mode = Mode.LOOSE) -> str:
    """The pieces as one line, with spaces where a typist would put them."""
    if len(pieces) == 1:
        return pieces[0].text if pieces[0].slot is not Slot.SPACE else ""
    return "".join([space + text for _, space, text, _ in spaced(pieces, mode)])


def spaced(pieces: Sequence[Piece], mode: Mode = Mode.LOOSE) -> list[tuple[int, str, str, Slot]]:
    """The pieces that print something: its number, the space before it, its text, what it turned out to be."""
    table = _TABLES[mode]
    line: list[tuple[int, str, str, Slot]] = []
    before = _START
    asked = ""
    for index, piece in enumerate(pieces):
        text, slot, open_end = piece
        if slot is Slot.SPACE:
            asked = max(asked, text)
            continue
        if not text:
            continue
        if slot is Slot.BINARY and not _is_binary(before, pieces, index):
            last = index == len(pieces) - 1
            if text == "−" and before is not _START and last:
                text = "-"
            piece = Piece(text, Slot.ORDINARY if last or pieces[index + 1].slot in _ENDS else Slot.SIGN)
        elif slot is Slot.BINARY and text in _TIGHT_OPERATORS:
            piece = Piece(text, Slot.TIGHT)
        space = ""
        if before is not _START:
            if asked and (gap := _asked(before.slot, slot, asked, mode)):
                space = gap
            elif table[before.slot][piece.slot]:
                space = " " if slot is not Slot.OPERATOR or not _are_integrals(before, text) else ""
            elif before.open_end and slot in _LETTERED and text[0].isalnum():
                space = " "
            elif before.slot is Slot.NAME and slot is Slot.OPENING and text[0] in _BARS:
                space = " "
        line.append((index, space, text, piece.slot))
        before = piece
        asked = ""
    return line


def _asked(left: Slot, right: Slot, asked: str, mode: Mode) -> str:
    """The space that the author wrote here, where it is not one that brackets or scripts go without."""
    if left is Slot.OPENING or right is Slot.CLOSING or right is Slot.PUNCTUATION:
        return ""
    return asked if mode is not Mode.CLOSE or (left in OPERANDS and right in OPERANDS) else ""


def _are_integrals(left: Piece, right: str) -> bool:
    """Whether two operators without scripts follow each other, such as the signs of a double integral."""
    return left.slot is Slot.OPERATOR and len(left.text) == len(right) == 1


def _is_binary(before: Piece, pieces: Sequence[Piece], index: int) -> bool:
    """Whether the operator at this place has an operand on either side."""
    if before.slot not in OPERANDS:
        return False
    for piece in pieces[index + 1 :]:
        if piece.slot is not Slot.SPACE and piece.text:
            return piece.slot not in _ENDS
    return False
