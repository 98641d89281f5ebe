"""Readers of the macros that build.

Fractions, roots, accents, stacks, arrows, delimiters.

Each takes the parser, which is behind the macro, and the macro's name, and gives the macro's node.
"""

from __future__ import annotations

from tui_digest.latex.formula.context import FormulaContext
from tui_digest.latex.formula.groups import without_silent_ends
from tui_digest.latex.formula.overprint import comparison, negated_node
from tui_digest.latex.nodes import (
    EMPTY,
    Accent,
    Binomial,
    Brace,
    Delimited,
    Fraction,
    Kind,
    Matrix,
    Name,
    Node,
    Root,
    Row,
    Scripts,
    Space,
    Stack,
    Symbol,
    Unknown,
)
from tui_digest.latex.symbols.alphabets import ACCENTS, STROKE
from tui_digest.latex.symbols.table import COMMANDS

SIZES = {"big": 1, "Big": 2, "bigg": 3, "Bigg": 4}

# `\right.`, `\bigl.`: a delimiter that prints nothing.
INVISIBLE = Space(0.0)

SIDES = {"l": Kind.OPENING, "r": Kind.CLOSING, "m": Kind.RELATION, "": Kind.ORDINARY}

ARROWS = {
    "xrightarrow": "→",
    "xlongrightarrow": "→",
    "xleftarrow": "←",
    "xleftrightarrow": "↔",
    "xRightarrow": "⇒",
    "xLeftarrow": "⇐",
    "xLeftrightarrow": "⇔",
    "xhookrightarrow": "↪",
    "xhookleftarrow": "↩",
    "xmapsto": "↦",
    "xtwoheadrightarrow": "↠",
    "xlongequal": "=",
    "xleftharpoonup": "↼",
    "xleftharpoondown": "↽",
    "xrightharpoonup": "⇀",
    "xrightharpoondown": "⇁",
    "xrightleftharpoons": "⇌",
    "xrightequilibrium": "⇌",
    "xleftequilibrium": "⇌",
    "xleftrightharpoons": "⇋",
    "xtofrom": "⇄",
    "xrightleftarrows": "⇄",
    "xleftrightarrows": "⇆",
    "xlongleftarrow": "←",
    "xlongleftrightarrow": "↔",
    "xdashrightarrow": "⇢",
    "xdashleftarrow": "⇠",
    "xrightarrowtail": "↣",
    "xtwoheadleftarrow": "↞",
    "xmapsfrom": "↤",
    "xrightsquigarrow": "⇝",
}

_ARROW_SIGNS = frozenset(ARROWS.values()) - {"="}
# A limit with a line over or under it.
_LINED_LIMITS = {"overline": "limsup", "underline": "liminf"}
_ARROWS_UNDER = {"underrightarrow": "→", "underleftarrow": "←", "underleftrightarrow": "↔"}
_ACCENTS_UNDER = {"\\bar": "\u0332", "\\tilde": "\u0330", "\\dot": "\u0323"}
# What authors set over a letter where there is an accent for it.
_MARKS_OVER = {
    "∘": "\u030a", "∼": "\u0303", "→": "\u20d7", "←": "\u20d6", "↔": "\u20e1", "⇀": "\u20d7", "∧": "\u0302",
    "∨": "\u030c", "-": "\u0304", "−": "\u0304", ".": "\u0307", "⋅": "\u0307", "..": "\u0308", "⋅⋅": "\u0308",
    "⌣": "\u0306", "⌢": "\u0311", "_": "\u0304", "—": "\u0304", "…": "\u20db",
}  # fmt: skip
# Macros of the physics and mathtools packages, and shorthands with the same meaning everywhere.
FENCES = {
    "abs": ("|", "|"),
    "Abs": ("|", "|"),
    "norm": ("‖", "‖"),
    "ceil": ("⌈", "⌉"),
    "floor": ("⌊", "⌋"),
    "set": ("{", "}"),
    "Set": ("{", "}"),
    "ket": ("|", "⟩"),
    "Ket": ("|", "⟩"),
    "bra": ("⟨", "|"),
    "Bra": ("⟨", "|"),
    "angles": ("⟨", "⟩"),
    "vev": ("⟨", "⟩"),
    "VEV": ("⟨", "⟩"),
    "absolutevalue": ("|", "|"),
    "paren": ("(", ")"),
    "parens": ("(", ")"),
    "bracket": ("[", "]"),
    "brackets": ("[", "]"),
    "braces": ("{", "}"),
}


def read_fraction(parser: FormulaContext, name: str) -> Node:
    r"""`\frac` and its kin: numerator, denominator."""
    parser.optional()
    return Fraction(parser.argument(), parser.argument())


def read_general_fraction(parser: FormulaContext, name: str) -> Node:
    r"""`\genfrac`: delimiters, thickness of the bar, size, numerator, denominator."""
    left, right = (_delimiter(parser, parser.raw()) for _ in range(2))
    rule = parser.raw()
    parser.raw()
    upper, lower = parser.argument(), parser.argument()
    if rule.strip().startswith("0") and "(" in left:
        return Binomial(upper, lower)
    fraction = Fraction(upper, lower, bar=not rule.strip().startswith("0"))
    return Delimited(left, right, Row((fraction,))) if left or right else fraction


def _delimiter(parser: FormulaContext, source: str) -> str:
    """The delimiter that an argument holds; "" for none."""
    return parser.nested_parser(source).delimiter() if source.strip() else ""


def read_binomial(parser: FormulaContext, name: str) -> Node:
    r"""`\binom` and its kin."""
    return Binomial(parser.argument(), parser.argument())


def read_root(parser: FormulaContext, name: str) -> Node:
    r"""`\sqrt`, perhaps with the degree in square brackets."""
    degree = parser.optional()
    if degree is not None and _all_text(degree) == "2":
        degree = None
    if parser.peek() == "(" and (end := parser.closing_parenthesis()):
        # Parentheses in the place of braces: `\sqrt(x+1)`.
        parser.take()
        parser.tokens[end] = "}"
        return Root(Row((Delimited("(", ")", parser.block("}")),)), degree)
    return Root(parser.argument(), degree)


def read_root_of(parser: FormulaContext, name: str) -> Node:
    r"""`\root 3 \of x` of plain TeX."""
    degree = parser.argument()
    if parser.skip("\\of"):
        return Root(parser.argument(), degree)
    return degree


def read_accent(parser: FormulaContext, name: str) -> Node:
    r"""`\hat`, `\overline` and their kin."""
    mark, wide = ACCENTS[name]
    base = without_silent_ends(parser.argument().bare()).bare()
    if name in _LINED_LIMITS and _name(base) == "lim":
        return COMMANDS[_LINED_LIMITS[name]]
    return Accent(base, mark, wide)


def _name(row: Row) -> str:
    """The name of a function that is all there is in a row; "" of anything else."""
    only = row.bare().single()
    return only.text if isinstance(only, Name) else ""


def read_brace(parser: FormulaContext, name: str) -> Node:
    r"""`\underbrace`, `\overbrace`."""
    return Brace(parser.argument(), over=name.startswith("over"))


def read_stack(parser: FormulaContext, name: str) -> Node:
    r"""`\overset`, `\underset`, `\stackrel`: small print, then its base."""
    small, base = parser.argument(), parser.argument()
    if (sign := comparison(small, base)) is not None:
        return sign
    kind = Kind.RELATION if name == "stackrel" and not _is_letter(base) else row_kind(base)
    mark = _MARKS_OVER.get(_all_text(small)) if name != "underset" and kind == Kind.ORDINARY else None
    if mark is not None:
        return Accent(base, mark)
    over, under = (None, small) if name == "underset" else (small, None)
    return Stack(base, over, under, _is_arrow(base), kind)


def _is_letter(row: Row) -> bool:
    """Tell whether a row is one letter: what is over it is a mark, no relation's."""
    letter = row.bare().single()
    return isinstance(letter, Symbol) and letter.kind == Kind.ORDINARY and letter.text.isalpha()


def _is_arrow(row: Row) -> bool:
    """Tell whether a row is an arrow, which is as long as what is over or under it."""
    sign = row.bare().single()
    return isinstance(sign, Symbol) and sign.text in _ARROW_SIGNS


def _all_text(row: Row) -> str:
    """The text of a row that is made of symbols only."""
    return "".join(item.text if isinstance(item, Symbol) else "?" for item in row.bare().items)


def read_built_relation(parser: FormulaContext, name: str) -> Node:
    r"""`\buildrel a \over =`: plain TeX's `\stackrel{a}{=}`."""
    start = parser.position
    while parser.peek() not in ("\\over", ""):
        parser.raw()
    small = parser.nested_parser(parser.source_from(start)).formula() if parser.position > start else EMPTY
    parser.skip("\\over")
    base = parser.argument()
    return comparison(small, base) or Stack(base, small, None, _is_arrow(base), Kind.RELATION)


def read_over_and_under(parser: FormulaContext, name: str) -> Node:
    r"""`\overunderset`: small print over, small print under, their base."""
    over, under, base = parser.argument(), parser.argument(), parser.argument()
    return Stack(base, over, under, kind=row_kind(base))


def row_kind(row: Row) -> int:
    """The class of a row: that of its only node, else ordinary."""
    item = row.bare().single() if row.kind == Kind.ORDINARY else row
    if isinstance(item, (Symbol, Row, Stack)):
        return item.kind
    return Kind.OPERATOR if isinstance(item, Name) and item.operator else Kind.ORDINARY


def read_arrow(parser: FormulaContext, name: str) -> Node:
    r"""`\xrightarrow` and its kin.

    The label over the arrow, and in square brackets the one under it.
    """
    parser.skip("*")
    under = parser.optional()
    over = parser.argument()
    sign = Symbol(ARROWS[name], Kind.RELATION)
    if not over.items and not (under and under.items):
        return sign
    arrow = Row((sign,))
    return Stack(arrow, over if over.items else None, under, stretch=True, kind=Kind.RELATION)


def read_modulo(parser: FormulaContext, name: str) -> Node:
    r"""`\pmod`, `\mod`, `\pod`."""
    if name == "mod":
        return COMMANDS["bmod"]
    modulus = parser.argument()
    word: tuple[Node, ...] = () if name == "pod" else (COMMANDS["bmod"],)
    opening, closing = Symbol("(", Kind.OPENING), Symbol(")", Kind.CLOSING)
    return Row((Space(8 / 18), opening, *word, *modulus.items, closing), Kind.INNER)


def read_negated(parser: FormulaContext, name: str) -> Node:
    r"""`\not`: a stroke through what follows, however far it is moved."""
    parser.skip_spaces()
    items = [item for item in parser.argument().items if not isinstance(item, Space)]
    return negated_node(Row(tuple(items)).single()) if items else Unknown(name)


def read_cancelled(parser: FormulaContext, name: str) -> Node | None:
    r"""`\cancel`, `\slashed` and their kin: a stroke through all of the argument."""
    row = parser.argument()
    return Accent(row, STROKE, wide=True) if row.items else None


def read_cancelled_to(parser: FormulaContext, name: str) -> Node:
    r"""`\cancelto{0}{x}`: a stroke through what goes to a value."""
    value, row = parser.argument(), parser.argument()
    goes_to = Row((Symbol("→", Kind.RELATION), *value.items))
    return Scripts(Accent(row, STROKE, wide=True), superscript=goes_to)


def read_left(parser: FormulaContext, name: str) -> Node:
    r"""`\left`, up to its `\right`."""
    left = parser.delimiter()
    body = parser.block("\\right")
    closed = parser.tokens[parser.position - 1] == "\\right"
    right = parser.delimiter() if closed else ""
    inner = body.single()
    if left == "{" and not right and isinstance(inner, Matrix) and _is_cases(inner):
        return Matrix("cases", inner.rows, left, right)
    if left == right == "|" and isinstance(inner, Delimited) and inner.left == inner.right == "|":
        return Delimited("‖", "‖", inner.body)
    return Delimited(left, right, body)


def _is_cases(matrix: Matrix) -> bool:
    """Tell whether an array behind an open brace is what `cases` would be.

    Its columns are set to the left.
    """
    return (matrix.environment, *set(matrix.columns)) in (("array", "l"), ("matrix",)) and not (
        matrix.left or matrix.bars or matrix.lines
    )


def read_right(parser: FormulaContext, name: str) -> Node:
    r"""A `\right` without a `\left`."""
    text = parser.delimiter()
    return Symbol(text, Kind.CLOSING) if text else INVISIBLE


def read_middle(parser: FormulaContext, name: str) -> Node:
    r"""`\middle`."""
    text = parser.delimiter()
    return Symbol(text, Kind.RELATION, size=5) if text else INVISIBLE


def read_sized(parser: FormulaContext, name: str) -> Node:
    r"""A delimiter after `\big`, `\Bigl` and the like."""
    stem = name.rstrip("lrm") if name not in SIZES else name
    side = SIDES[name[len(stem) :]]
    text = parser.delimiter()
    if not text:
        return INVISIBLE
    if side == Kind.ORDINARY:
        side = {"{": Kind.OPENING, "}": Kind.CLOSING}.get(text, parser.symbol(text).kind)
    return Symbol(text, side, size=SIZES[stem])


_NO_BODY = frozenset("()[]^_,;=")


def read_fence(parser: FormulaContext, name: str) -> Node:
    r"""`\abs`, `\norm`, `\set` and their kin, where an argument follows."""
    left, right = FENCES[name]
    parser.skip("*")
    parser.optional()
    body = parser.argument() if parser.peek() not in _NO_BODY else EMPTY
    return Delimited(left, right, body) if body.items else Unknown(name)


def read_arrow_under(parser: FormulaContext, name: str) -> Node:
    r"""`\underrightarrow` and its kin: an arrow under all of the argument."""
    arrow = Row((Symbol(_ARROWS_UNDER[name], Kind.RELATION),))
    return Stack(parser.argument(), None, arrow)


def read_accent_under(parser: FormulaContext, name: str) -> Node:
    r"""`\underaccent{\bar}{x}`: the accent as one below, or small print under the base."""
    accent = parser.raw().strip()
    base = parser.argument()
    if (mark := _ACCENTS_UNDER.get(accent)) is not None:
        return Accent(base, mark)
    return Stack(base, None, parser.nested_parser(accent).formula(), kind=row_kind(base))


def read_scripts_around(parser: FormulaContext, name: str) -> Node:
    r"""`\leftidx{_a^b}{X}{_c^d}`: scripts before their base, and behind it."""
    before, base, after = parser.argument(), parser.argument(), parser.argument()
    scripts = after.single()
    if isinstance(scripts, Scripts) and scripts.base is EMPTY:
        return Row((*before.items, scripts.on(base.single())))
    return Row((*before.items, *base.items, *after.items))


def read_limits(parser: FormulaContext, name: str) -> Node:
    r"""`\smashoperator[r]{\sum_{i}}`: an operator with wide limits."""
    parser.optional()
    return parser.argument().single()


def read_prescript(parser: FormulaContext, name: str) -> Node:
    r"""`\prescript`: scripts before their base."""
    over, under, base = parser.argument(), parser.argument(), parser.argument()
    return Row((Scripts(EMPTY, under or None, over or None), *base.items))


def read_side_scripts(parser: FormulaContext, name: str) -> Node:
    r"""`\sideset{_a^b}{_c^d}\sum`.

    Scripts at the corners of an operator, which keeps its limits.
    """
    before, after = parser.argument(), parser.argument()
    operator = parser.argument()
    for item in after.items:
        if isinstance(item, Scripts):
            operator = Row((item.on(operator.single()),), Kind.OPERATOR)
    items = [*before.items, *(() if after.items and operator.kind == Kind.OPERATOR else after.items)]
    return Row((*items, *operator.items), Kind.OPERATOR) if items else operator


def read_tensor(parser: FormulaContext, name: str) -> Node:
    r"""`\tensor{T}{^a_b}`, `\indices{^a_b}`.

    Indices one behind the other, each in its own place.
    """
    parser.skip("*")
    if parser.peek() != "{":
        return Symbol("⊗", Kind.BINARY) if name == "tensor" else Unknown(name)
    items = list(parser.argument().items) if name == "tensor" else []
    braced = parser.skip("{")
    while parser.peek() in ("^", "_"):
        script = parser.take()
        index = parser.argument()
        base = items.pop() if items and not isinstance(items[-1], Scripts) else EMPTY
        items.append(Scripts(base, index, None) if script == "_" else Scripts(base, None, index))
    if braced:
        items += parser.block("}").items
    return Row(tuple(items))
