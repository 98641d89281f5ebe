"""What a group in braces is to the row it is in.

Its outer spaces are the row's; behind an extreme it may be a set.
"""

from __future__ import annotations

from tui_digest.latex.nodes import (
    EMPTY,
    Delimited,
    FormulaNode,
    Kind,
    Name,
    Node,
    Row,
    Scripts,
    Space,
    Symbol,
)

_SILENT = frozenset((Space, Row))
_EXTREMES = frozenset(("min", "max", "sup", "inf"))
_MOST_REPEATED = 200
# Globals: Python looks an attribute of a class up anew at each use.
_ORDINARY = Kind.ORDINARY


def append_group(items: list[Node], group: Row, in_braces: bool) -> None:
    """Append a group to the items of a row; the spaces at its ends are the row's."""
    if group.items and type(group.items[0]) is Space and group.kind == _ORDINARY:
        group = _without_outer_spaces(group, items)
    if in_braces and items and _takes_set(items[-1]) and _is_condition(group):
        items.append(Delimited("{", "}", group))
    elif len(group.items) > 1 and type(group.items[-1]) is Space and group.kind == _ORDINARY:
        items += (Row(group.items[:-1]), group.items[-1])
    else:
        items.append(group)


def unwrap_group(row: Row) -> Node:
    r"""The group, or the one letter or word that it is: `{\rm log}` is what `\log` is."""
    if len(row.items) != 1 or row.kind != _ORDINARY:
        return row if row.items else EMPTY
    only = row.items[0]
    return only if type(only) is Name or (type(only) is Symbol and only.kind == _ORDINARY) else row


def without_silent_ends(row: Row) -> Row:
    r"""The row without the spaces and empty groups at its ends: `\\hat{x\\,}`."""
    items = row.items
    if len(items) < 2 or _SILENT.isdisjoint((type(items[0]), type(items[-1]))):
        return row
    first, last = 0, len(items)
    while first < last and _is_silent(items[first]):
        first += 1
    while last > first and _is_silent(items[last - 1]):
        last -= 1
    return Row(items[first:last], row.kind)


def _is_silent(node: Node) -> bool:
    return isinstance(node, Space) or is_empty_group(node)


def is_empty_group(node: Node) -> bool:
    """Tell whether a node is a group with nothing in it."""
    return isinstance(node, Row) and not node.items


def may_be_repeated(row: Row) -> bool:
    r"""Tell whether what TeX writes once may be shown twice: the n of `\dv[n]{f}{x}`.

    Else what is nested, each in the other's, would come to twice as much at each step.
    """
    nodes: list[object] = [row]
    for count, node in enumerate(nodes):
        if count > _MOST_REPEATED:
            return False
        if isinstance(node, FormulaNode):
            nodes += node.fields()
        elif isinstance(node, tuple):
            nodes += node
    return True


def attached_to(items: list[Node], indices: Row) -> tuple[Node, ...]:
    r"""The indices of `T\indices{^a_b}`, the first of them at the letter before them."""
    first = indices.items[0] if indices.items else None
    if not items or not isinstance(items[-1], (Symbol, Name)) or not isinstance(first, Scripts):
        return indices.items
    return (first.on(items.pop()), *indices.items[1:])


def ends_with_scripts_and_space(row: Row) -> bool:
    """Tell whether a group ends with a letter with scripts and a space."""
    items = row.items
    is_plain = row.kind == _ORDINARY and len(items) > 1
    return is_plain and type(items[-1]) is Space and type(items[-2]) is Scripts


def _without_outer_spaces(row: Row, items: list[Node]) -> Row:
    r"""The group without the spaces it begins with, which go into the row.

    For example `6{\rm\,MeV}`.
    """
    first = 0
    while first < len(row.items) and isinstance(row.items[first], Space):
        items.append(row.items[first])
        first += 1
    return Row(row.items[first:]) if first else row


def _takes_set(node: Node) -> bool:
    """Tell whether a set may follow: behind an extreme without an index."""
    return type(node) is Name and node.text in _EXTREMES


def _is_condition(row: Row) -> bool:
    """Tell whether a group says for what something is so: `i: a_i = 0`."""
    return any(isinstance(item, Symbol) and item.text in (":", "|") for item in row.items[1:-1])
