"""Superscripts that count things, as those of `x^1, …, x^n`, and are no powers.

Nobody writes a first power: where a letter has a raised 1 in a list, its other superscripts are indices too.
"""

from __future__ import annotations

from collections.abc import Iterator

from tui_digest.latex.nodes import FormulaNode, Kind, Node, Row, Scripts, Symbol

_COUNTED = Kind.PUNCTUATION
"""The class of a row that is a raised index, which has no other use for it."""


def mark_indices(formula: Row) -> Row:
    """The formula with the superscripts that are indices marked for `is_raised_index`."""
    if not any(_has_comma(row) for row in _rows(formula)):
        return formula
    counted = {
        repr(scripts.base)
        for scripts in _scripts(formula)
        if scripts.superscript is not None and [*map(_text, scripts.superscript.items)] == ["1"]
    }
    marked = _marked(formula, counted) if counted else formula
    return marked if isinstance(marked, Row) else formula


def is_raised_index(superscript: Row | None) -> bool:
    """Tell whether a superscript was marked as an index."""
    return superscript is not None and superscript.kind == _COUNTED


def _text(node: Node) -> str:
    return node.text if isinstance(node, Symbol) else ""


def _has_comma(row: Row) -> bool:
    return any(isinstance(item, Symbol) and item.text == "," for item in row.items)


def _rows(node: object) -> Iterator[Row]:
    if isinstance(node, Row):
        yield node
    for part in _parts(node):
        yield from _rows(part)


def _scripts(node: object) -> Iterator[Scripts]:
    if isinstance(node, Scripts):
        yield node
    for part in _parts(node):
        yield from _scripts(part)


def _parts(node: object) -> Iterator[object]:
    if isinstance(node, FormulaNode):
        yield from node.fields()
    elif isinstance(node, tuple):
        yield from node


def _marked(node: object, counted: set[str]) -> object:
    """A node with the superscripts of these bases marked."""
    if isinstance(node, tuple):
        return tuple(_marked(part, counted) for part in node)
    if not isinstance(node, FormulaNode):
        return node
    parts = [_marked(part, counted) for part in node.fields()]
    if isinstance(node, Scripts) and node.superscript is not None and repr(node.base) in counted:
        superscript = parts[2]
        parts[2] = Row(superscript.items, _COUNTED) if isinstance(superscript, Row) else superscript
    return type(node)(*parts)
