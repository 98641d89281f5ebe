"""Superscripts that count things, as those of `x^1, …, x^n`, and are no powers.

Nobody writes a power of 0 or 1: where a letter has one in a list, its other superscripts are indices too.
"""

from __future__ import annotations

from collections.abc import Iterable

from tui_digest.latex.nodes import Alphabet, Delimited, FormulaNode, Node, Row, Scripts, Space, Symbol
from tui_digest.latex.speech.kinds import TENSOR_INDICES, is_large

_STEPS = frozenset("nktlijs") | {"ℓ"}
_LATIN_INDICES = frozenset("ijkl")
_COORDINATES = _LATIN_INDICES | TENSOR_INDICES
_LETTERS = _COORDINATES | frozenset("abcdefghmn")
_BASES_OF_POWERS = ("e", "2", "10")
_JOINTS = frozenset("⊂⊆⊃⊇→⟶←↪")


class RaisedIndex(Row):
    """A superscript that is an index and no power."""

    __slots__ = ()


def with_raised_indices(formula: Row) -> Row:
    """The formula with the superscripts that count as `RaisedIndex`."""
    nodes = _nodes(formula)
    scripts = [node for node in nodes if isinstance(node, Scripts) and node.superscript is not None]
    if not scripts:
        return formula
    summed = _summed_letters(nodes)
    above = [[*map(_text, one.superscript.items)] for one in scripts if one.superscript is not None]
    has_coordinates = any(len(texts) == 1 and texts[0] in _COORDINATES for texts in above)
    has_steps = any(len(texts) == 3 for texts in above)
    has_counts = any(texts in (["0"], ["1"], ["T"]) for texts in above)
    has_gaps = any(isinstance(node, Scripts) and _is_at_nothing(node) for node in nodes)
    if not (summed or has_coordinates or has_steps or has_counts or has_gaps):
        return formula
    has_list = any(isinstance(node, Row) and _is_list(node) for node in nodes)
    raised: dict[str, list[list[str]]] = {}
    for one, texts in zip(scripts, above, strict=True):
        raised.setdefault(repr(one.base), []).append(texts)
    counted = {base for base, texts in raised.items() if _are_indices(texts, has_list)}
    counted |= {repr(one.base) for one in scripts if _has_index(one) and _are_steps(raised[repr(one.base)])}
    counted |= _iterated(formula, raised)
    has_indices = counted or summed or has_coordinates or has_gaps
    replaced = _replaced(formula, counted, summed) if has_indices else formula
    return replaced if isinstance(replaced, Row) else formula


def _are_indices(superscripts: list[list[str]], has_list: bool) -> bool:
    """Tell whether superscripts count, or are a teacher's T and a student's S."""
    if ["T"] in superscripts and ["S"] in superscripts:
        return True
    has_inverse = any(texts[:1] in (["−"], ["-"]) and len(texts) > 1 for texts in superscripts)
    return has_list and not has_inverse and (["0"] in superscripts or ["1"] in superscripts)


def _are_steps(superscripts: list[list[str]]) -> bool:
    """Tell whether superscripts are steps in time, as in `u_i^n` and `u_i^{n+1}`."""
    return any(
        len(texts) == 3
        and texts[0] in _STEPS
        and texts[1] in ("+", "-", "−")
        and texts[2].isdigit()
        and [texts[0]] in superscripts
        for texts in superscripts
    )


def _iterated(formula: Row, raised: dict[str, list[list[str]]]) -> set[str]:
    """The base of an iteration, as in `x^{k+1} = x^k - η g(x^k)`."""
    first, *rest = (item for item in formula.bare().items if not isinstance(item, Space))
    is_defined = isinstance(first, Scripts) and bool(rest) and _text(rest[0]) in ("=", "←")
    base = repr(first.base) if isinstance(first, Scripts) and is_defined else ""
    steps = raised.get(base, [])
    return {base} if steps and len(steps[0]) == 3 and _are_steps(steps) else set()


def _has_index(scripts: Scripts) -> bool:
    """Tell whether a letter has an index below, or is the solution u of an equation."""
    letter = scripts.base
    is_letter = (
        isinstance(letter, Symbol) and letter.text.isalpha() and letter.alphabet != Alphabet.BLACKBOARD
    )
    return is_letter and (scripts.subscript is not None or _text(letter) in ("u", "v", "w"))


def _is_list(row: Row) -> bool:
    """Tell whether things are beside one another, with commas or in a chain of arrows."""
    texts = [*map(_text, row.items)]
    return "," in texts or sum(text in _JOINTS for text in texts) > 1


def _text(node: Node) -> str:
    return node.text if isinstance(node, Symbol) else ""


def _nodes(formula: Row) -> list[FormulaNode]:
    """A formula and all nodes that are in it, in the order in which they are written."""
    found: list[FormulaNode] = []
    waiting: list[object] = [formula]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Symbol):
            found.append(part)
        elif isinstance(part, tuple):
            waiting += reversed(part)
        elif isinstance(part, FormulaNode):
            found.append(part)
            waiting += [*part.fields()][::-1]
    return found


def _summed_letters(nodes: Iterable[FormulaNode]) -> frozenset[str]:
    """The letters above something that are indices elsewhere: `γ^μ D_μ`, `g_{ij} x^i`."""
    scripts = [node for node in nodes if isinstance(node, Scripts)]
    below: set[str] = set()
    for node in scripts:
        lowered, raised = ([*map(_text, _items(row))] for row in (node.subscript, node.superscript))
        is_tensor = len(lowered) > 1 and _LATIN_INDICES.issuperset(lowered)
        below |= {*lowered} if is_tensor or TENSOR_INDICES.issuperset(lowered) else set()
        below |= {*raised} if len(raised) > 1 and TENSOR_INDICES.issuperset(raised) else set()
    above = {_text(node.superscript.bare().single()) for node in scripts if node.superscript}
    bounds = {_text(item) for node in scripts if is_large(node) for item in _items(node.subscript)}
    return frozenset(below & above & (TENSOR_INDICES | _LATIN_INDICES) - bounds)


def _differential(before: object, node: object) -> object:
    """A coordinate behind a d or ∂ with its superscript as an index, as in `dx^i`."""
    if not isinstance(node, Scripts) or not isinstance(before, Symbol) or before.text not in ("d", "∂"):
        return node
    letter = node.superscript.bare().single() if node.superscript is not None else None
    is_index = isinstance(letter, Symbol) and letter.text in _COORDINATES and _text(node.base).isalpha()
    if not is_index or node.superscript is None:
        return node
    return Scripts(node.base, node.subscript, RaisedIndex(node.superscript.items), node.primes)


def _is_at_nothing(scripts: Scripts) -> bool:
    r"""Tell whether all scripts are letters at nothing, as the last of `R^a{}_{bcd}`."""
    texts = [*map(_text, (*_items(scripts.subscript), *_items(scripts.superscript)))]
    is_at_nothing = isinstance(scripts.base, Row) and not scripts.base.items
    return is_at_nothing and bool(texts) and _LETTERS.issuperset(texts)


def _beside_gap(before: object, node: object, following: object) -> object:
    r"""A node with the letters above it as indices, if a tensor's are staggered.

    As those of `R^a{}_{bcd}` and `T_a{}^b`.
    """
    if not isinstance(node, Scripts) or node.superscript is None:
        return node
    letters = _items(node.superscript)
    is_raised = (
        isinstance(following, Scripts) and following.subscript is not None and _is_at_nothing(following)
    )
    is_last = isinstance(before, Scripts) and before.subscript is not None and _is_at_nothing(node)
    tensor = node.base if is_raised else before.base if is_last and isinstance(before, Scripts) else Row()
    if not _text(tensor).isalpha() or not _LETTERS.issuperset(map(_text, letters)):
        return node
    return Scripts(node.base, node.subscript, RaisedIndex(node.superscript.items), node.primes)


def _items(row: Row | None) -> tuple[Node, ...]:
    return row.bare().items if row is not None else ()


def _is_summed(scripts: Scripts, summed: frozenset[str]) -> bool:
    letter = scripts.superscript.bare().single() if scripts.superscript is not None else None
    is_power = isinstance(scripts.base, Delimited) or _text(scripts.base) in _BASES_OF_POWERS
    return isinstance(letter, Symbol) and letter.text in summed and not is_power


def _replaced(part: object, counted: set[str], summed: frozenset[str]) -> object:
    """A part of a formula with superscripts as indices.

    Args:
        part: a node or a tuple of nodes.
        counted: the bases whose superscripts are indices.
        summed: the letters that are indices above any base.
    """
    if isinstance(part, tuple):
        replaced = [_replaced(inner, counted, summed) for inner in part]
        replaced = [_differential(*both) for both in zip((None, *replaced), replaced, strict=False)]
        beside = zip((None, *replaced), replaced, (*replaced[1:], None), strict=False)
        return tuple(_beside_gap(*three) for three in beside)
    if not isinstance(part, FormulaNode):
        return part
    fields = [_replaced(inner, counted, summed) for inner in part.fields()]
    if isinstance(part, Scripts) and part.superscript is not None:
        is_index = (counted and repr(part.base) in counted) or _is_summed(part, summed)
        fields[2] = RaisedIndex(part.superscript.items) if is_index else fields[2]
    return type(part)(*fields)
