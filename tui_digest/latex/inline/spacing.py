"""The spaces of one line.

TeX's spacing between classes of atoms, reduced to a space or none.
"""

from collections.abc import Sequence
from typing import NamedTuple
from unicodedata import combining

from tui_digest.latex.nodes import Kind


class Slot(Kind):
    """What a piece of a line is to its neighbours.

    TeX's classes, and what one line needs beside them.

    A `SIGN` is a binary operator without a left or right operand; a `TIGHT` piece (a slash, a bar
    that divides) takes no space and is no operand; a `NAME` is a word that must not touch letters;
    something `DELIMITED` opens to its left and closes to its right. A `JOINED` name continues the
    piece before it; a `QUANTIFIER` is apart from what is before it.
    """

    FRACTION = Kind.INNER
    NAME = 8
    TEXT = 9
    TIGHT = 10
    SIGN = 11
    DELIMITED = 12
    SPACE = 13
    JOINED = 14
    QUANTIFIER = 15


class Mode:
    """How close a line is set.

    A formula is loose, the parts of a fraction and under a root are snug, a script is close.
    """

    LOOSE = 0
    SNUG = 1
    CLOSE = 2


class LinePiece(NamedTuple):
    """A stretch of the line.

    `open_end` is true when a letter right after it would seem to belong to it.
    """

    text: str
    slot: int
    open_end: bool = False


OPERANDS = frozenset(
    (Slot.ORDINARY, Slot.CLOSING, Slot.FRACTION, Slot.NAME, Slot.TEXT, Slot.DELIMITED, Slot.JOINED)
)
_ARROWS = frozenset("↑↓⇑⇓→←")
_BEFORE_SPIN, _BEHIND_SPIN = frozenset("|⟨↑↓⇑⇓"), frozenset("⟩↑↓⇑⇓")
_WORDS = frozenset((Slot.NAME, Slot.TEXT, Slot.JOINED))
_ENDS = frozenset((Slot.CLOSING, Slot.PUNCTUATION, Slot.RELATION))
_ITEM_ENDS = frozenset(",;)]}⟩")
_BEGINNINGS = frozenset((Slot.OPENING, Slot.PUNCTUATION))
_TIGHT_OPERATORS = frozenset("∘")
_BARS = frozenset("|‖")
_DIGITS = frozenset("0123456789")
# Looked up once for every piece of every formula.
_SPACE, _BINARY, _RELATION, _OPERATOR = Slot.SPACE, Slot.BINARY, Slot.RELATION, Slot.OPERATOR
_ORDINARY = Slot.ORDINARY
_NAME, _OPENING, _DELIMITED, _TIGHT = Slot.NAME, Slot.OPENING, Slot.DELIMITED, Slot.TIGHT
_TOUCHING = frozenset((_OPERATOR, _TIGHT))
_DOUBTFUL = frozenset((_SPACE, _BINARY, _RELATION))
_LETTERED = frozenset((Slot.ORDINARY, Slot.FRACTION, Slot.TEXT, Slot.JOINED))

# A line for the left neighbour, a column for the right one, both in the order of `Slot`:
# ordinary operator binary relation opening closing punctuation fraction name text tight sign delimited
# space joined quantifier, and the beginning of the line.
_LOOSE = """
0 1 1 1 0 0 0 1 1 0 0 0 0 0 0 1
1 1 1 1 1 0 0 1 1 1 0 1 1 0 0 1
1 1 1 1 1 1 1 1 1 1 1 1 1 0 0 1
1 1 1 0 1 1 0 1 1 1 1 1 1 0 0 1
0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
0 1 1 1 0 0 0 1 1 0 0 0 0 0 0 1
1 1 1 1 1 0 0 1 1 1 1 1 1 0 0 1
1 1 1 1 1 0 0 1 1 0 0 0 1 0 0 1
1 1 1 1 0 0 0 1 1 1 0 1 0 0 0 1
0 1 1 1 0 0 0 0 1 0 0 0 0 0 0 1
0 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0
0 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0
0 1 1 1 0 0 0 1 1 0 0 0 0 0 0 1
0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
1 1 1 1 0 0 0 1 1 1 0 1 0 0 0 1
0 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0
0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
"""
_START = -1


def _table(text: str) -> tuple[tuple[bool, ...], ...]:
    return tuple(tuple(cell == "1" for cell in line.split()) for line in text.split("\n") if line)


def _without(table: tuple[tuple[bool, ...], ...], slots: Sequence[int]) -> tuple[tuple[bool, ...], ...]:
    """The table without any space at these slots.

    Only after a large operator a space stays.
    """
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


def space_pieces(pieces: Sequence[LinePiece], mode: int = Mode.LOOSE) -> list[tuple[int, str, str, int]]:
    """The pieces that print something.

    Number, space before it, text, and what it turned out to be.
    """
    line: list[tuple[int, str, str, int]] = []
    join_pieces(pieces, mode, line)
    return line


def join_pieces(
    pieces: Sequence[LinePiece], mode: int = Mode.LOOSE, line: list[tuple[int, str, str, int]] | None = None
) -> str:
    """Return the pieces as one line, with spaces where a typist would put them.

    `line` is told of each piece what `space_pieces` gives.
    """
    if len(pieces) == 1 and line is None:
        return pieces[0].text if pieces[0].slot != _SPACE else ""
    table = _TABLES[mode]
    texts: list[str] = []
    append = texts.append
    spaced = table[_START]
    before = _START
    left = " "
    open_before = False
    asked = ""
    for index, (text, slot, open_end) in enumerate(pieces):
        if not text:
            continue
        if slot in _DOUBTFUL:
            # Most pieces are ordinary, and nothing more is asked of them.
            if slot == _SPACE:
                asked = max(asked, text)
                continue
            if slot == _BINARY:
                text, slot = _operator(text, before, pieces, index, mode)
            elif (before in _BEGINNINGS and _ends_item(pieces, index)) or (
                text in _ARROWS and _is_spin(text, left, pieces, index)
            ):
                slot = _ORDINARY
        space = ""
        if asked and before >= 0 and (gap := _written_space(before, slot, asked, mode)):
            # A word may bring a space of its own: `\text{ in }\,`.
            space = gap[1:] if text[0] == " " or left[-1] == " " else gap
        elif spaced[slot]:
            if (before not in _TOUCHING or not _touch(before, slot, left, text)) and not (
                text[0] == " " or left[-1] == " "
            ):
                space = " "
        elif open_before:
            if slot in _LETTERED and text[0].isalnum():
                space = " "
        elif before == _NAME and text[0] in _BARS and slot in (_OPENING, _DELIMITED):
            space = " "
        elif left[-1] in _DIGITS and text[0] in _DIGITS and not combining(text[1:2] or " "):
            # `5 10^6` is two numbers, which TeX's own line runs together; `1\bar 10` is an index.
            space = " "
        if space:
            append(space)
        asked = ""
        if line is not None:
            line.append((index, space, text, slot))
        append(text)
        spaced = table[slot]
        before = slot
        left = text
        open_before = open_end
    return "".join(texts)


def _operator(text: str, before: int, pieces: Sequence[LinePiece], index: int, mode: int) -> tuple[str, int]:
    """Return what a binary operator turns out to be.

    That, a sign, or a mark such as the star of `m* =`.
    """
    last = index == len(pieces) - 1
    if text == "+" and _is_doubled(pieces, index, before):
        return text, Slot.JOINED
    if before in OPERANDS and not last and _has_right_operand(pieces, index):
        # A raised star is no operator: `f ∗ g`, but `f*g` is `f^*g`.
        return "∗" if text == "*" else text, Slot.TIGHT if text in _TIGHT_OPERATORS else Slot.BINARY
    if last and before >= 0 and text == "−" and mode != Mode.CLOSE:
        text = "-"
    if before == Slot.FRACTION:
        # The sign of `(1/2+)` is a mark behind the number.
        return text, Slot.CLOSING
    return text, Slot.ORDINARY if last or pieces[index + 1].slot in _ENDS else Slot.SIGN


def _is_spin(text: str, left: str, pieces: Sequence[LinePiece], index: int) -> bool:
    """Tell whether an arrow is a state of a spin, as in `|↑⟩`, and points to nothing."""
    behind = pieces[index + 1].text if index + 1 < len(pieces) else ""
    if text in "→←":
        return left == "|" and behind == "⟩"
    return left[-1:] in _BEFORE_SPIN or behind in _BEHIND_SPIN


def _is_doubled(pieces: Sequence[LinePiece], index: int, before: int) -> bool:
    """Tell whether a plus sign is one of two in a program's name, as in `C++`."""
    if before == Slot.JOINED and pieces[index - 1].text == "+":
        return True
    is_behind_name = before in _WORDS or (before >= 0 and index + 2 == len(pieces))
    return is_behind_name and index + 1 < len(pieces) and pieces[index + 1].text == "+"


def _ends_item(pieces: Sequence[LinePiece], index: int) -> bool:
    """Tell whether a relation that follows nothing is a thing itself, as in `(X, ≤)`."""
    return index + 1 < len(pieces) and pieces[index + 1].text in _ITEM_ENDS


def _written_space(left: int, right: int, asked: str, mode: int) -> str:
    """The space that the author wrote here, if brackets or scripts leave it."""
    if left == Slot.OPENING or right == Slot.CLOSING or right == Slot.PUNCTUATION:
        return ""
    return asked if mode != Mode.CLOSE or (left in OPERANDS and right in OPERANDS) else ""


def _touch(before: int, slot: int, left: str, right: str) -> bool:
    """Tell whether two pieces touch for all their classes.

    The signs of a double integral, `X/∼`.
    """
    if before == slot == _OPERATOR:
        return len(left) == len(right) == 1
    return before == _TIGHT and left == "/"


def _has_right_operand(pieces: Sequence[LinePiece], index: int) -> bool:
    for place in range(index + 1, len(pieces)):
        piece = pieces[place]
        if piece.slot != _SPACE and piece.text:
            return piece.slot not in _ENDS
    return False
