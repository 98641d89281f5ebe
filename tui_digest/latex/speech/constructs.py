"""Fractions, roots, accents, matrices and other constructs in words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_digest.latex.nodes import (
    Accent,
    Binomial,
    Brace,
    Delimited,
    FormulaText,
    Fraction,
    Matrix,
    Name,
    Node,
    Root,
    Row,
    Scripts,
    Stack,
    Symbol,
    Unknown,
)
from tui_digest.latex.speech.arrange import LINES, arrange_row, cell_nodes
from tui_digest.latex.speech.grammar import OUTERMOST, Context, Say, part
from tui_digest.latex.speech.kinds import are_equations, are_statements, is_large, plain_text, text_of
from tui_digest.latex.speech.parts import common_fraction, has_simple_base, is_atom, is_plain, is_unit
from tui_digest.latex.speech.spelled_names import words_in_scripts
from tui_digest.latex.speech.words import MARKS, PREFIXED_MARKS
from tui_digest.latex.symbols.alphabets import MARKS_BELOW

_TABLES = {
    "(": "matrix",
    "[": "matrix",
    "|": "determinant",
    "‖": "norm matrix",
    "{": "brace matrix",
}
"""What a table is called by its own brackets."""


def accent(node: Accent, say: Say) -> str:
    """An accent: "x hat", "vector v".

    "the bar over x plus y end bar" where it spans more than a letter.
    """
    mark = MARKS.get(node.mark, "accent")
    words = say(arrange_row(node.base), OUTERMOST)
    if not words:
        return mark
    if has_simple_base(node):
        return f"{mark} {words}" if mark in PREFIXED_MARKS else f"{words} {mark}"
    return f"the {mark} {'under' if node.mark in MARKS_BELOW else 'over'} {words} end {mark}"


def root(node: Root, is_followed: bool, context: Context, say: Say) -> str:
    """A root: "the square root of T", "the cube root of x plus y end root"."""
    radicand, degree = arrange_row(node.radicand), arrange_row(node.degree)
    text = text_of(degree[0]) if len(degree) == 1 else ""
    name = {"": "square root", "2": "square root", "3": "cube root"}.get(text if degree else "", "")
    if degree and text not in ("2", "3"):
        name = f"root of order {say(degree, Context(within='root'))}"
    return part(say, f"the {name} of", radicand, "root", is_unit(radicand) and not is_followed, context)


def fraction(node: Fraction, is_alone: bool, context: Context, say: Say) -> str:
    """A fraction: "one half", "n over 2", "the fraction a plus b over c end fraction"."""
    upper, lower = arrange_row(node.numerator), arrange_row(node.denominator)
    if not node.bar:
        return f"the stack {say(upper, OUTERMOST)} atop {say(lower, OUTERMOST)} end stack"
    if len(upper) == len(lower) == 1 and (common := common_fraction((*upper, Symbol("/"), *lower))):
        return common
    is_short = is_alone and _is_product(upper) and _is_factor(lower)
    inner = context if is_short else Context(in_fraction=True)
    numerator = "one" if [plain_text(one) for one in upper] == ["1"] else say(upper, inner, is_followed=True)
    denominator = say(lower, inner)
    if numerator.startswith("d "):
        # A derivative by a root or by what is in brackets.
        denominator = re.sub("^d times ", "d ", denominator)
    words = f"{numerator} over {denominator}"
    return words if is_short else f"the fraction {words} end fraction"


def _is_product(nodes: Sequence[Node]) -> bool:
    """Tell whether a numerator is a product of letters, numbers and powers.

    "2 n squared over k".
    """
    return bool(nodes) and all(map(_is_simple_factor, nodes))


def _is_simple_factor(node: Node) -> bool:
    base = node.base if isinstance(node, Scripts) else node
    return is_atom(base) and not isinstance(base, (Name, FormulaText, Unknown, Fraction))


def _is_factor(nodes: Sequence[Node]) -> bool:
    """Tell whether a denominator is one factor.

    A power, a root, brackets, a differential, "log n".
    """
    if len(nodes) == 1:
        base = nodes[0].base if isinstance(nodes[0], Scripts) else nodes[0]
        is_letter = is_atom(base) and not isinstance(base, Fraction) and text_of(base) != "∇"
        return is_letter or isinstance(base, (Root, Delimited))
    if len(nodes) != 2:
        return False
    is_differential = text_of(nodes[0]) in ("∂", "d") and is_atom(nodes[1])
    is_function = (
        isinstance(nodes[0], Name) and nodes[0].operator and not is_large(nodes[0]) and is_atom(nodes[1])
    )
    return is_differential or is_function


def binomial(node: Binomial, is_alone: bool, context: Context, say: Say) -> str:
    """A binomial coefficient: "n choose k", "the binomial 2 n choose n end binomial"."""
    upper, lower = arrange_row(node.upper), arrange_row(node.lower)
    if is_alone and is_plain(upper) and is_plain(lower):
        return f"{say(upper, context)} choose {say(lower, context)}"
    inner = Context(in_fraction=True)
    return f"the binomial {say(upper, inner)} choose {say(lower, inner)} end binomial"


def brace(node: Brace, label: Row | None, say: Say) -> str:
    """A brace with what it says.

    "the underbrace a plus b with label c end underbrace".
    """
    name = "overbrace" if node.over else "underbrace"
    says = f" with label {say(arrange_row(label), OUTERMOST)}" if label is not None else ""
    return f"the {name} {say(arrange_row(node.base), OUTERMOST)}{says} end {name}"


def stack(node: Stack, context: Context, say: Say) -> str:
    """Something with small print over or under it: "equals with d above"."""
    base = arrange_row(node.base)
    is_sign = len(base) == 1 and isinstance(base[0], (Symbol, Name))
    words = "is distributed as" if [text_of(node) for node in base] == ["∼"] else ""
    is_arrow = [text_of(node) for node in base] == ["→"] and bool(node.over or node.under)
    words = (
        words
        or ("arrow" if is_arrow else "")
        or (say(base, context) if is_sign else f"the base {say(base, OUTERMOST)} end base")
    )
    for small, place in ((node.over, "above"), (node.under, "below")):
        nodes = words_in_scripts(arrange_row(small))
        if "".join(map(text_of, nodes)) == "def":
            nodes = [Name("def")]
        words += f" with {say(nodes, Context(in_script=len(nodes) == 1))} {place}" if nodes else ""
    return f"{words} to" if is_arrow else words


def matrix(node: Matrix, say: Say, is_cases: bool = False, name: str = "") -> str:
    """A matrix row by row, or the cases of a definition.

    Args:
        node: the matrix.
        say: says a row.
        is_cases: whether an open brace is before it.
        name: what it is called in the brackets around it.
    """
    is_system = are_equations(node) or are_statements(node)
    is_cases = is_cases or node.environment.endswith("cases")
    if node.environment in LINES or (is_cases and is_system):
        inner = Context(taken=";", bar="given")
        joined = (Row(tuple(item for cell in cells for item in cell.items)) for cells in node.rows)
        lines = (say(cell_nodes(line), inner) for line in joined)
        return f"the system: {'; '.join(lines)}; end system"
    inner = Context(taken=",;", bar="given")
    rows = [", ".join(say(cell_nodes(cell), inner) for cell in cells) for cells in node.rows]
    if is_cases:
        return f"the cases: {'; '.join(rows)}; end cases"
    name = name or _TABLES.get(node.left, "array")
    numbered = "; ".join(f"row {number}: {row}" for number, row in enumerate(rows, 1))
    columns = max((len(cells) for cells in node.rows), default=0)
    return f"the {len(rows)} by {columns} {name}{_rules(node, len(rows), columns)}, {numbered}; end {name}"


def _rules(table: Matrix, rows: int, columns: int) -> str:
    """The bars and lines between a table's entries, as in an augmented matrix."""
    bars = [f" with a bar before column {number + 1}" for number in table.bars if 0 < number < columns]
    lines = [f" with a line above row {number + 1}" for number in table.lines if 0 < number < rows]
    return "".join(bars + lines)
