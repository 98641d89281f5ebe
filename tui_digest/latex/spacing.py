"""The spaces of one line: TeX's spacing between classes of atoms, reduced to a space or none."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple


class Slot(IntEnum):
    """What a piece of a line is to its neighbours: TeX's classes, and what one line needs beside them.

    A `SIGN` is a binary operator without a left or right operand; a `TIGHT` piece (a slash, a bar
    that divides) takes no space and is no operand; a `NAME` is a word that must not touch letters.
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
    SPACE = 12


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


OPERANDS = frozenset((Slot.ORDINARY, Slot.CLOSING, Slot.FRACTION, Slot.NAME, Slot.TEXT))
_ENDS = frozenset((Slot.CLOSING, Slot.PUNCTUATION, Slot.RELATION))
_BARS = frozenset("|‖")
_LETTERED = frozenset((Slot.ORDINARY, Slot.FRACTION, Slot.TEXT))

# A line for the left neighbour, a column for the right one, both in the order of `Slot`:
# ordinary operator binary relation opening closing punctuation fraction name text tight sign.
_LOOSE = """
0 1 1 1 0 0 0 1 1 0 0 0
1 1 1 1 1 0 0 1 1 1 0 1
1 1 1 1 1 1 1 1 1 1 1 1
1 1 1 0 1 1 0 1 1 1 1 1
0 0 0 0 0 0 0 0 0 0 0 0
0 1 1 1 0 0 0 1 1 0 0 0
1 1 1 1 1 0 0 1 1 1 1 1
1 1 1 1 1 0 0 1 1 0 0 0
1 1 1 1 0 0 0 1 1 1 0 1
0 1 1 1 0 0 0 0 1 0 0 0
0 0 0 0 0 0 0 0 0 0 0 0
0 0 0 0 0 0 0 0 0 0 0 0
"""


def _table(text: str) -> tuple[tuple[bool, ...], ...]:
    return tuple(tuple(cell == "1" for cell in line.split()) for line in text.split("\n") if line)


def _without(table: tuple[tuple[bool, ...], ...], slots: Sequence[Slot]) -> tuple[tuple[bool, ...], ...]:
    """The table without any space at these slots."""
    return tuple(
        tuple(cell and left not in slots and right not in slots for right, cell in enumerate(line))
        for left, line in enumerate(table)
    )


_SPACED = _table(_LOOSE)
_TABLES = (
    _SPACED,
    _without(_SPACED, (Slot.BINARY,)),
    _without(_SPACED, (Slot.BINARY, Slot.RELATION, Slot.PUNCTUATION, Slot.OPERATOR)),
)


class Spaced(NamedTuple):
    """A piece in its line: its number, the space before it, its text, and what it turned out to be."""

    number: int
    space: str
    text: str
    slot: Slot


def join(pieces: Sequence[Piece], mode: Mode = Mode.LOOSE) -> str:
    """The pieces as one line, with spaces where a typist would put them."""
    if len(pieces) == 1:
        return pieces[0].text if pieces[0].slot is not Slot.SPACE else ""
    return "".join([space + text for _, space, text, _ in spaced(pieces, mode)])


def spaced(pieces: Sequence[Piece], mode: Mode = Mode.LOOSE) -> list[Spaced]:
    """The pieces that print something, each with the space that belongs before it."""
    table = _TABLES[mode]
    line: list[Spaced] = []
    before: Piece | None = None
    asked = ""
    for index, piece in enumerate(pieces):
        text, slot, open_end = piece
        if slot is Slot.SPACE:
            asked = max(asked, text)
            continue
        if not text:
            continue
        if slot is Slot.BINARY and not _is_binary(before, pieces, index):
            slot = Slot.SIGN
            if text == "−" and before is not None and index == len(pieces) - 1:
                text = "-"
        space = "" if before is None else _gap(before, text, slot, asked, table, mode)
        line.append(Spaced(index, space, text, slot))
        before = Piece(text, slot, open_end)
        asked = ""
    return line


def _gap(
    before: Piece, text: str, slot: Slot, asked: str, table: tuple[tuple[bool, ...], ...], mode: Mode
) -> str:
    """The space between two pieces; `asked` is the one that the author wrote there."""
    if asked and (mode is not Mode.CLOSE or (before.slot in OPERANDS and slot in OPERANDS - {Slot.CLOSING})):
        return "" if before.slot is Slot.OPENING or slot in (Slot.CLOSING, Slot.PUNCTUATION) else asked
    left = before.slot
    if table[left][slot]:
        bare_integrals = left is slot is Slot.OPERATOR and len(before.text) == len(text) == 1
        return "" if bare_integrals else " "
    if left is Slot.NAME and slot is Slot.OPENING and text[0] in _BARS:
        return " "
    if before.open_end and slot in _LETTERED and text[0].isalnum():
        return " "
    return ""


def _is_binary(before: Piece | None, pieces: Sequence[Piece], index: int) -> bool:
    """Whether the operator at this place has an operand on either side."""
    if before is None or before.slot not in OPERANDS:
        return False
    for piece in pieces[index + 1 :]:
        if piece.slot is not Slot.SPACE and piece.text:
            return piece.slot not in _ENDS
    return False
