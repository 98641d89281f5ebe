"""What a row says by its structure: brackets that belong together, sums, products, functions."""

from __future__ import annotations

from collections.abc import Sequence

from tui_digest.latex.nodes import (
    Accent,
    Alphabet,
    Delimited,
    Fraction,
    Kind,
    Matrix,
    Name,
    Node,
    Row,
    Scripts,
    Space,
    Symbol,
)

_PAUSE = Symbol(",", Kind.PUNCTUATION)
_FUNCTIONS = frozenset("fghFGHuvwpqPQVJLDdKEOoφψϕΦΨσμπρΩΘΓζ")
_JOINING = frozenset((Kind.BINARY, Kind.RELATION, Kind.PUNCTUATION))


def grouped(items: Sequence[Node]) -> list[Node]:
    """The items with brackets that belong together made one node, and groups of braces dissolved.

    A wide space between two things is a pause; other spaces are dropped.
    """
    nodes: list[Node] = []
    opened: list[int] = []
    for item in _flat(items):
        if isinstance(item, Space):
            if item.width >= 1 and nodes and kind_of(nodes[-1]) not in _JOINING:
                nodes.append(_PAUSE)
            continue
        base = item.base if isinstance(item, Scripts) else item
        if isinstance(base, Symbol) and base.kind == Kind.CLOSING and base.text != "!" and opened:
            start = opened.pop()
            opening = nodes[start]
            left = opening.text if isinstance(opening, Symbol) else ""
            pair: Node = Delimited(left, base.text, Row(tuple(nodes[start + 1 :])))
            del nodes[start:]
            nodes.append(item.on(pair) if isinstance(item, Scripts) else pair)
            continue
        if isinstance(item, Symbol) and item.kind == Kind.OPENING:
            opened.append(len(nodes))
        nodes.append(item)
    while nodes and nodes[-1] is _PAUSE:
        nodes.pop()
    return nodes


def _flat(items: Sequence[Node]) -> list[Node]:
    """The items with groups, which have no sound, replaced by what is in them."""
    flat: list[Node] = []
    for item in items:
        if isinstance(item, Row):
            flat += _flat(item.items)
        else:
            flat.append(item)
    return flat


def kind_of(node: Node) -> int:
    """The class of a node; that of a node with scripts is its base's."""
    while isinstance(node, Scripts):
        node = node.base
    if isinstance(node, Symbol):
        return Kind.BINARY if node.text == "/" else node.kind
    if isinstance(node, Name):
        return Kind.OPERATOR if node.operator else Kind.ORDINARY
    return getattr(node, "kind", Kind.ORDINARY)


def is_operand(node: Node | None) -> bool:
    """Whether something that stands beside it could be taken for a part of it."""
    return node is not None and kind_of(node) not in _JOINING and kind_of(node) != Kind.CLOSING


def is_sum(nodes: Sequence[Node]) -> bool:
    """Whether anything joins two parts of a row: a sign between terms, a relation; a comma is none."""
    return any(kind_of(node) in (Kind.BINARY, Kind.RELATION) and text_of(node) != "/" for node in nodes[1:])


def is_simple(nodes: Sequence[Node]) -> bool:
    """Whether a row is one term without a fraction, which can be read without saying where it ends."""
    return not is_sum(nodes) and not any(
        isinstance(node, (Fraction, Matrix)) or text_of(node) in ("/", ",") or _is_large(node)
        for node in nodes
    )


def _is_large(node: Node) -> bool:
    return isinstance(node, Scripts | Symbol) and kind_of(node) == Kind.OPERATOR


def text_of(node: Node | None) -> str:
    """The text of a symbol or name; "" of anything else."""
    return node.text if isinstance(node, (Symbol, Name)) else ""


def word(nodes: Sequence[Node]) -> str:
    """The word that three letters or more in a row are, as in the index of `L_{total}`; else ""."""
    letters = [
        node.text
        for node in nodes
        if isinstance(node, Symbol) and len(node.text) == 1 and node.text.isascii() and node.text.isalpha()
    ]
    return "".join(letters) if len(letters) == len(nodes) > 2 else ""


def parts(nodes: Sequence[Node]) -> list[list[Node]]:
    """The nodes between the commas of a row."""
    found: list[list[Node]] = [[]]
    for node in nodes:
        if text_of(node) == ",":
            found.append([])
        else:
            found[-1].append(node)
    return found


def argument_of(node: Node, following: Node | None) -> Delimited | None:
    """The brackets behind a node where they hold its argument, `f(x)`, rather than a factor, `n(n+1)`."""
    pair = following.base if isinstance(following, Scripts) else following
    if not isinstance(pair, Delimited) or pair.left + pair.right not in ("()", "[]", "{}"):
        return None
    base = innermost(node)
    if isinstance(base, Name):
        return pair
    if pair.left == "{" or not isinstance(base, Symbol) or base.kind != Kind.ORDINARY:
        return None
    if base.alphabet in (Alphabet.BLACKBOARD, Alphabet.CALLIGRAPHIC) or base.text in _FUNCTIONS:
        return pair
    body = grouped(pair.body.items)
    is_argument = pair.left == "(" and not base.text.isdigit() and (len(body) == 1 or len(parts(body)) > 1)
    return pair if is_argument else None


def innermost(node: Node) -> Node:
    """What a node is under its scripts and accents."""
    while isinstance(node, (Scripts, Accent)):
        node = node.base
        if isinstance(node, Row) and len(node.items) == 1:
            node = node.items[0]
    return node
