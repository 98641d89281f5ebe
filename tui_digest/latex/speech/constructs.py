"""Fractions, roots, matrices and other constructs in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from tui_digest.latex.nodes import Accent, Binomial, Brace, Fraction, Matrix, Node, Root, Row, Stack
from tui_digest.latex.speech.structure import grouped, is_simple
from tui_digest.latex.speech.words import MARKS, part_in_words

Say: TypeAlias = Callable[[Row], str]


def construct(node: Node, say: Say) -> str:
    """A construct that reads the same wherever it stands; `say` reads its parts."""
    match node:
        case Binomial(upper, lower):
            return f"{say(upper)} choose {say(lower)}"
        case Accent(base, mark):
            words = say(base)
            name = MARKS.get(mark, "accent")
            words = words if is_simple(grouped(base.items)) else f"the quantity {words} end quantity"
            return f"{name} {words}" if name in ("vector", "left vector") else f"{words} {name}"
        case Brace(base, over):
            return f"{say(base)} with {'overbrace' if over else 'underbrace'}"
        case Stack(base, over, under):
            words = say(base)
            words += f", with {say(over)} above," if over else ""
            return words + (f", with {say(under)} below," if under else "")
        case Matrix():
            return _matrix(node, say)
        case Row():
            return say(node)
        case _:
            return ""


def fraction(node: Fraction, say: Say, attached: bool, ends: bool) -> str:
    """A fraction: "one half", "n over 2", "the fraction a plus b over c end fraction".

    `attached` says that something follows which could be taken for a part of it, `ends` that what
    follows could not.
    """
    upper, lower = grouped(node.numerator.items), grouped(node.denominator.items)
    numerator, denominator = say(node.numerator), say(node.denominator)
    common = part_in_words(numerator, denominator)
    if common:
        return common
    numerator = "one" if numerator == "1" else numerator
    joint = "over" if node.bar else "atop"
    if is_simple(upper) and is_simple(lower) and not (attached and len(lower) > 1):
        return f"{numerator} {joint} {denominator}"
    return f"the fraction {numerator} {joint} {denominator}" + ("" if ends else " end fraction")


def root(node: Root, say: Say, attached: bool) -> str:
    """A root: "the square root of T", "the cube root of x plus y end root"."""
    degree = say(node.degree) if node.degree is not None else "2"
    name = {"2": "square root", "3": "cube root"}.get(degree, f"root of order {degree}")
    radicand = grouped(node.radicand.items)
    ends = not is_simple(radicand) or (attached and len(radicand) > 1)
    return f"the {name} of {say(node.radicand)}" + (" end root" if ends else "")


def _matrix(node: Matrix, say: Say) -> str:
    rows = [", ".join(filter(None, (say(cell) for cell in cells))) for cells in node.rows]
    if node.environment.endswith("cases"):
        return f"the cases: {'; '.join(rows)}; end cases"
    if node.environment.endswith("matrix") or node.environment in ("array", "tabular"):
        numbered = "; ".join(f"row {number}: {row}" for number, row in enumerate(rows, 1))
        columns = max((len(cells) for cells in node.rows), default=0)
        return f"the {len(rows)} by {columns} matrix, {numbered}; end matrix"
    lines = [say(Row(tuple(item for cell in cells for item in cell.items))) for cells in node.rows]
    return (", " if node.environment == "substack" else "; ").join(lines)
