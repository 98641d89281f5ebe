"""What a node is in a sentence: its class, its text, what it is called."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from tui_digest.latex.nodes import (
    Accent,
    Alphabet,
    FormulaText,
    Kind,
    Matrix,
    Name,
    Node,
    Row,
    Scripts,
    Symbol,
    Unknown,
)
from tui_digest.latex.speech.words import NAMES, name_in_words, sign_in_words, text_in_words

_OVER = ("maximum", "minimum", "supremum", "infimum", "arg max", "arg min", "probability", "determinant")
JOINING = frozenset((Kind.BINARY, Kind.RELATION, Kind.PUNCTUATION))
_KINDS = {"/": Kind.BINARY, ".": Kind.PUNCTUATION}
PLAIN_ALPHABETS = (Alphabet.NORMAL, Alphabet.ROMAN)
"""The alphabets that are not heard."""
TENSOR_INDICES = frozenset("μνρσαβγδκλτ")
"""Greek letters that are the indices of tensors."""
QUANTIFIERS = frozenset(("∀", "∃", "∃!", "∄"))


def kind_of(node: Node) -> int:
    """The class of a node; that of a node with scripts is its base's."""
    while isinstance(node, Scripts):
        node = node.base
    if isinstance(node, Accent) and isinstance(sign := only(node.base), Symbol):
        node = sign
    if isinstance(node, Symbol):
        return _KINDS.get(node.text, node.kind)
    if isinstance(node, Name):
        return Kind.OPERATOR if node.operator else Kind.ORDINARY
    return getattr(node, "kind", Kind.ORDINARY)


def node_at(nodes: Sequence[Node], index: int) -> Node | None:
    """The node of a row at a place; None before its first and behind its last."""
    return nodes[index] if 0 <= index < len(nodes) else None


def is_operand(node: Node | None) -> bool:
    """Tell whether something that is beside it could be taken for a part of it."""
    return node is not None and kind_of(node) not in JOINING and kind_of(node) != Kind.CLOSING


def continues(node: Node | None) -> bool:
    """Tell whether a part before this node could be taken to go on.

    Before a factor, a slash, a factorial.
    """
    return is_operand(node) or text_of(node) in ("/", "!")


def is_large(node: Node) -> bool:
    """Whether a node is a sum, integral, limit or the like, with or without bounds."""
    while isinstance(node, Scripts):
        node = node.base
    if isinstance(node, Name):
        return node.limits or NAMES.get(node.text, node.text) in _OVER
    return isinstance(node, Symbol) and node.kind == Kind.OPERATOR


def text_of(node: Node | None) -> str:
    """The text of a symbol or name; "" of anything else."""
    return node.text if isinstance(node, (Symbol, Name)) else ""


def plain_text(node: Node) -> str:
    """The text of a symbol in the alphabet of all others; "" of anything else."""
    return node.text if isinstance(node, Symbol) and node.alphabet in PLAIN_ALPHABETS else ""


def only(row: Row) -> Node:
    """The only item of a row, without braces; the row itself if it has several."""
    bare = row.bare()
    return bare.items[0] if len(bare.items) == 1 else bare


def innermost(node: Node) -> Node:
    """Return what a node is under its scripts and accents."""
    while isinstance(node, (Scripts, Accent)):
        node = node.base
        if isinstance(node, Row) and len(node.items) == 1:
            node = node.items[0]
    return node


def large_name(base: Node) -> str:
    """Return what a sum, integral, limit or maximum is called."""
    while isinstance(base, Scripts):
        base = base.base
    if isinstance(base, Name):
        return NAMES.get(base.text) or name_in_words(base.text)
    return sign_in_words(base) if isinstance(base, Symbol) else ""


def end_name(function: Node) -> str:
    """The word after "end" where a function's argument ends: the last of its name."""
    base = innermost(function)
    if is_large(base):
        words = large_name(base)
    elif isinstance(base, Name):
        words = name_in_words(base.text)
    elif isinstance(base, FormulaText):
        words = text_in_words("".join(piece for piece in base.parts if isinstance(piece, str)))
    elif isinstance(base, Unknown):
        words = base.name
    else:
        words = sign_in_words(base) if isinstance(base, Symbol) else ""
    last = words.strip("“”").rpartition(" ")[2]
    return last if last.isalnum() else "argument"


def are_equations(node: Matrix) -> bool:
    """Tell whether cells are parts of equations, as in `x & = & 1`.

    Each joint of cells is at a relation.
    """
    joints = [
        kind_of(one.items[-1]) == Kind.RELATION or kind_of(other.items[0]) == Kind.RELATION
        for cells in node.rows
        for one, other in pairwise(cell for cell in cells if cell.items)
    ]
    return bool(joints) and all(joints)


def are_statements(node: Matrix) -> bool:
    """Tell whether each row is one cell that begins with an equation."""
    rows = [[cell for cell in row if cell.items] for row in node.rows]
    return len(rows) > 1 and all(len(cells) == 1 and _begins_with_statement(cells[0]) for cells in rows)


def _begins_with_statement(cell: Row) -> bool:
    """Tell whether a relation is before the conditions, behind a comma or text."""
    for item in cell.bare().items:
        if kind_of(item) == Kind.RELATION:
            return True
        if isinstance(item, FormulaText) or text_of(item) == ",":
            return False
    return False


def is_equation_array(table: Matrix) -> bool:
    """Tell whether an array is aligned equations, as in `{rcl}`, and no table."""
    is_table = bool(table.left or table.bars or table.lines)
    is_aligned = len(table.rows) == 1 or table.columns.startswith("r")
    return table.environment == "array" and not is_table and is_aligned and are_equations(table)
