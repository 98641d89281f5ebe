"""The atoms of a row: each node's box and its class for spacing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui_digest.latex.display import signs
from tui_digest.latex.display.boxes import Box, boxes_beside, text_box
from tui_digest.latex.inline.spacing import Slot
from tui_digest.latex.nodes import (
    Delimited,
    FormulaText,
    Fraction,
    Kind,
    Matrix,
    Name,
    Node,
    Row,
    Scripts,
    Space,
    Stack,
    Symbol,
    Unknown,
)

LEAVES = frozenset((Symbol, Name, Space, Unknown))
_LIMIT_WORDS = frozenset(("argmin", "argmax", "arg min", "arg max", "min", "max", "sup", "inf", "lim"))


class Atom(NamedTuple):
    """One node of a row, laid out.

    Its box, what it is to its neighbours, the cells before it.

    `depth` counts the brackets of the row that are open around it.
    """

    node: Node
    box: Box
    slot: int
    gap: int = 0
    depth: int = 0


def slot_of(node: Node) -> int:
    """Return what a node that is drawn in two dimensions is to its neighbours."""
    match node:
        case Scripts(base=base):
            return slot_of(base)
        case Fraction() | Matrix(left="", right=""):
            return Slot.FRACTION
        case Delimited(left=str(left)) if left:
            return Slot.DELIMITED
        case Symbol(kind=kind) | Stack(kind=kind) | Row(kind=kind) if kind != Kind.ORDINARY:
            return kind
        case Row(items=(only,)):
            return slot_of(only)
        case Name():
            return Slot.NAME
        case FormulaText(parts=(str(text),)) if text in _LIMIT_WORDS:
            return Slot.NAME
        case FormulaText():
            return Slot.TEXT
        case Delimited():
            return Slot.DELIMITED
        case _:
            return Slot.ORDINARY


_KEEP_APART = frozenset(
    (Slot.ORDINARY, Slot.TEXT, Slot.NAME, Slot.FRACTION, Slot.SIGN, Slot.OPERATOR, Slot.TIGHT)
)
_BRACKETS = frozenset((Slot.OPENING, Slot.DELIMITED))


def wants_space(left: Atom, right: Atom) -> bool:
    """Tell whether a bar, columns or limits would run into their neighbours."""
    if left.slot == Slot.NAME and right.slot in _BRACKETS:
        return isinstance(left.node, Scripts) and has_limits(left.node)
    if left.slot == Slot.FRACTION:
        return left.box.tall and right.slot in _KEEP_APART
    return right.slot == Slot.FRACTION and right.box.tall and left.slot in _KEEP_APART


def children(node: Node) -> Sequence[Node]:
    """The nodes directly inside a node."""
    if isinstance(node, Row):
        return node.items
    if isinstance(node, FormulaText):
        return [part for part in node.parts if isinstance(part, Row)]
    if isinstance(node, Matrix):
        return [cell for cells in node.rows for cell in cells]
    return [part for part in node.fields() if isinstance(part, Row)]


def has_limits(node: Scripts) -> bool:
    """Tell whether scripts are over and under their base in a display."""
    base = node.base
    if isinstance(base, FormulaText):
        return len(base.parts) == 1 and base.parts[0] in _LIMIT_WORDS
    return node.limits or (isinstance(base, Name) and base.text in _LIMIT_WORDS)


def is_bracket(atom: Atom, slot: int) -> bool:
    """Tell whether an atom is an opening, or closing, bracket that can grow.

    It may have scripts.
    """
    if atom.slot != slot:
        return False
    node = atom.node.base if isinstance(atom.node, Scripts) else atom.node
    return isinstance(node, Symbol) and signs.is_bracket_text(node.text)


def join_atoms(atoms: Sequence[Atom]) -> Box:
    """Atoms side by side; the gap before the first is dropped."""
    boxes: list[Box] = []
    line = ""
    for index, atom in enumerate(atoms):
        if index and atom.gap:
            line += " " * atom.gap
        if atom.box.height == 1:
            line += atom.box.rows[0]
            continue
        boxes += [text_box(line), atom.box]
        line = ""
    return boxes_beside([*boxes, text_box(line)])
