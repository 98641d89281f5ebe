"""What the macros with arguments mean: one small reader for each, by the macro's name.

A reader takes the parser, which stands behind the macro, and the macro's name; it takes what
belongs to the macro and gives its node, or None for what prints nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from tui_digest.latex.alphabets import ACCENTS
from tui_digest.latex.environments import read_environment, read_substack, skip_end
from tui_digest.latex.private import guess
from tui_digest.latex.text import read_text
from tui_digest.latex.tree import (
    EMPTY,
    Accent,
    Alphabet,
    Binomial,
    Brace,
    Delimited,
    Fraction,
    Kind,
    Name,
    Node,
    Root,
    Row,
    Scripts,
    Space,
    Stack,
    Symbol,
    Text,
    Unknown,
)

if TYPE_CHECKING:
    from tui_digest.latex.parse import Parser

Reader: TypeAlias = "Callable[[Parser, str], Node | None]"

_ALPHABETS = {
    Alphabet.BLACKBOARD: "mathbb Bbb mathbbm mathds bb mathbbmss",
    Alphabet.CALLIGRAPHIC: "mathcal mathscr Cal mathpzc euscr",
    Alphabet.FRAKTUR: "mathfrak",
    Alphabet.BOLD: "mathbf boldsymbol bm pmb textbf mathbfcal bold mathbold boldmath symbf mathbit",
    Alphabet.ROMAN: "mathrm mathsf mathtt mathup textup symrm mathmd",
    Alphabet.NORMAL: "mathit mathnormal symit",
}
_GROUPS = {
    Kind.ORDINARY: "mathord ensuremath boxed fbox mathclap mathllap mathrlap smash cancel bcancel xcancel "
    "uppercase lowercase MakeUppercase text@ framebox vcenter",
    Kind.BINARY: "mathbin",
    Kind.RELATION: "mathrel",
    Kind.OPENING: "mathopen",
    Kind.CLOSING: "mathclose",
    Kind.PUNCTUATION: "mathpunct",
    Kind.INNER: "mathinner",
    Kind.OPERATOR: "mathop",
}
_TEXTS = (
    "text textrm textit texttt textsf textsc textnormal mbox hbox emph textmd textsl intertext shortintertext"
)
_SIZES = {"big": 1, "Big": 2, "bigg": 3, "Bigg": 4}
_SIDES = {"l": Kind.OPENING, "r": Kind.CLOSING, "m": Kind.RELATION, "": Kind.ORDINARY}
_ARROWS = {
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
}
# Macros of the physics and mathtools packages, and shorthands with the same meaning everywhere.
_FENCES = {
    "abs": ("|", "|"),
    "norm": ("‖", "‖"),
    "ceil": ("⌈", "⌉"),
    "floor": ("⌊", "⌋"),
    "set": ("{", "}"),
    "Set": ("{", "}"),
    "ket": ("|", "⟩"),
    "Ket": ("|", "⟩"),
    "bra": ("⟨", "|"),
    "Bra": ("⟨", "|"),
    "braket": ("⟨", "⟩"),
    "Braket": ("⟨", "⟩"),
    "ev": ("⟨", "⟩"),
    "expval": ("⟨", "⟩"),
    "angles": ("⟨", "⟩"),
    "paren": ("(", ")"),
    "parens": ("(", ")"),
    "bracket": ("[", "]"),
    "brackets": ("[", "]"),
    "braces": ("{", "}"),
}
_SILENT = (
    "displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag mathstrut strut "
    "protect relax tiny small large Large LARGE huge Huge normalsize footnotesize scriptsize allowbreak nobreak "
    "noindent centering unboldmath displaylimits xspace null hline em sl bfseries itshape rmfamily sffamily "
    "ttfamily upshape slshape scshape mdseries par smallskip medskip bigskip selectfont break "
    "linebreak nolinebreak allowdisplaybreaks crcr noalign toprule midrule bottomrule"
)
_HIDDEN = "label hspace vspace phantom hphantom vphantom color cline rule mathversion pagecolor vskip"


def unknown(parser: Parser, name: str) -> Node:
    """A macro that is not ours: its evident meaning, pylatexenc's, or its name."""
    symbol = guess(name)
    if symbol is not None:
        return symbol
    from tui_digest.latex.dictionary import character

    text = character(name)
    return Symbol(text) if text else Unknown(name)


def _fraction(parser: Parser, name: str) -> Node:
    parser.optional()
    return Fraction(parser.argument(), parser.argument())


def _general_fraction(parser: Parser, name: str) -> Node:
    left, right = parser.raw(), parser.raw()
    rule = parser.raw()
    parser.raw()
    upper, lower = parser.argument(), parser.argument()
    if rule.strip().startswith("0") and "(" in left:
        return Binomial(upper, lower)
    fraction = Fraction(upper, lower, bar=not rule.strip().startswith("0"))
    return Delimited(left, right, Row((fraction,))) if left or right else fraction


def _binomial(parser: Parser, name: str) -> Node:
    return Binomial(parser.argument(), parser.argument())


def _root(parser: Parser, name: str) -> Node:
    degree = parser.optional()
    return Root(parser.argument(), degree)


def _root_of(parser: Parser, name: str) -> Node:
    degree = parser.argument()
    if parser.skip("\\of"):
        return Root(parser.argument(), degree)
    return degree


def _alphabet(alphabet: Alphabet) -> Reader:
    def read(parser: Parser, name: str) -> Node:
        row = parser.argument(alphabet)
        return _single(row) if row.items or name.startswith("math") else Unknown(name)

    return read


def _single(row: Row) -> Node:
    """A row of one node is that node, so that spacing sees what it is."""
    return row.items[0] if len(row.items) == 1 else row


def _group(kind: Kind) -> Reader:
    return lambda parser, name: parser.argument()._replace(kind=kind)


def _text(parser: Parser, name: str) -> Node:
    return read_text(parser.raw())


def _bold_text(parser: Parser, name: str) -> Node:
    r"""`\textbf` in a formula: a letter or word in bold, or prose."""
    start = parser.position
    raw = parser.raw()
    if not raw.isalnum():
        return read_text(raw)
    parser.position = start
    return _single(parser.argument(Alphabet.BOLD))


def _operator_name(parser: Parser, name: str) -> Node:
    limits = parser.skip("*") or name == "operatornamewithlimits"
    row = parser.argument(Alphabet.ROMAN)
    text = _plain(row)
    if text is None:
        return row._replace(kind=Kind.OPERATOR if limits else row.kind)
    return Name(text, operator=True, limits=limits or text in ("arg min", "arg max"))


def _plain(row: Row) -> str | None:
    """The row as a word when it is made of letters, hyphens and spaces only."""
    parts = []
    for item in row.items:
        if isinstance(item, Space):
            parts.append(" " if item.width > 0 else "")
        elif isinstance(item, (Name, Symbol)) and item.alphabet in (Alphabet.ROMAN, Alphabet.NORMAL):
            parts.append(item.text)
        else:
            return None
    return "".join(parts).strip() or None


def _accent(parser: Parser, name: str) -> Node:
    mark, wide = ACCENTS[name]
    return Accent(parser.argument(), mark, wide)


def _brace(parser: Parser, name: str) -> Node:
    return Brace(parser.argument(), over=name.startswith("over"))


def _stack(parser: Parser, name: str) -> Node:
    small, base = parser.argument(), parser.argument()
    kind = Kind.RELATION if name == "stackrel" else _kind(base)
    return Stack(base, None, small, kind=kind) if name == "underset" else Stack(base, small, None, kind=kind)


def _over_and_under(parser: Parser, name: str) -> Node:
    over, under, base = parser.argument(), parser.argument(), parser.argument()
    return Stack(base, over, under, kind=_kind(base))


def _kind(row: Row) -> Kind:
    if len(row.items) != 1:
        return Kind.ORDINARY
    item = row.items[0]
    if isinstance(item, (Symbol, Row, Stack)):
        return item.kind
    return Kind.OPERATOR if isinstance(item, Name) and item.operator else Kind.ORDINARY


def _arrow(parser: Parser, name: str) -> Node:
    parser.skip("*")
    under = parser.optional()
    over = parser.argument()
    arrow = Row((Symbol(_ARROWS[name], Kind.RELATION),))
    return Stack(arrow, over if over.items else None, under, stretch=True, kind=Kind.RELATION)


def _modulo(parser: Parser, name: str) -> Node:
    modulus = parser.argument()
    word: tuple[Node, ...] = () if name == "pod" else (Name("mod", operator=True),)
    if name == "mod":
        return Row((Space(1.0), *word, *modulus.items), Kind.INNER)
    opening, closing = Symbol("(", Kind.OPENING), Symbol(")", Kind.CLOSING)
    return Row((Space(1.0), opening, *word, *modulus.items, closing), Kind.INNER)


def _negated(parser: Parser, name: str) -> Node | None:
    node = _single(parser.argument())
    if isinstance(node, Symbol) and node.text:
        text = {"|": "∤", "‖": "∦"}.get(node.text) or node.text[0] + "\u0338" + node.text[1:]
        return Symbol(unicodedata.normalize("NFC", text), Kind.RELATION)
    return Accent(node if isinstance(node, Row) else Row((node,)), "\u0338")


def _left(parser: Parser, name: str) -> Node:
    left = parser.delimiter()
    body = parser.block("\\right")
    closed = parser.tokens[parser.position - 1] == "\\right"
    return Delimited(left, parser.delimiter() if closed else "", body)


def _right(parser: Parser, name: str) -> Node:
    return Symbol(parser.delimiter(), Kind.CLOSING)


def _middle(parser: Parser, name: str) -> Node:
    return Symbol(parser.delimiter(), Kind.RELATION, size=5)


def _sized(parser: Parser, name: str) -> Node:
    r"""A delimiter after `\big`, `\Bigl` and the like."""
    stem = name.rstrip("lrm") if name not in _SIZES else name
    side = _SIDES[name[len(stem) :]]
    text = parser.delimiter()
    known = parser.symbol(text)
    kind = known.kind if side is Kind.ORDINARY else side
    return Symbol(text, kind, size=_SIZES[stem])


def _fence(parser: Parser, name: str) -> Node | None:
    left, right = _FENCES[name]
    parser.skip("*")
    if parser.peek() not in ("{", "("):
        return Unknown(name) if parser.peek() != "\\left" else None
    return Delimited(left, right, parser.argument())


def _derivative(parser: Parser, name: str) -> Node:
    letter = Symbol("∂" if name == "pdv" else "d")
    upper, lower = parser.argument(), parser.argument()
    if not lower.items:
        return Fraction(Row((letter,)), Row((letter, *upper.items)))
    return Fraction(Row((letter, *upper.items)), Row((letter, *lower.items)))


def _hidden(parser: Parser, name: str) -> Node | None:
    """Macros whose argument is not printed."""
    parser.skip("*")
    parser.optional()
    if parser.peek() != "{":
        width = parser.dimension()
    else:
        raw = parser.raw()
        width = 1.0 if raw and not raw.lstrip().startswith("-") else 0.0
    return Space(width) if name == "hspace" else None


def _kern(parser: Parser, name: str) -> Node:
    braced = parser.skip("{")
    width = parser.dimension()
    if braced:
        parser.skip("}")
    return Space(width)


def _coloured(parser: Parser, name: str) -> Node:
    parser.optional()
    parser.raw()
    return parser.argument()


def _tag(parser: Parser, name: str) -> Node:
    parser.skip("*")
    return Row((Space(1.0), Text(("(", *read_text(parser.raw()).parts, ")")), Space(1.0)), Kind.INNER)


def _reference(parser: Parser, name: str) -> Node:
    parser.optional()
    return Text((f"[{parser.raw()}]",))


def _link(parser: Parser, name: str) -> Node:
    if name == "href":
        parser.raw()
    return read_text(parser.raw())


def _numbered_character(parser: Parser, name: str) -> Node | None:
    r"""`\unicode{x2113}`: the character, where it is one that can be printed."""
    raw = parser.raw().strip().lower()
    try:
        text = chr(int(raw[1:], 16) if raw.startswith("x") else int(raw))
    except (ValueError, OverflowError):
        return Text((raw,)) if raw else None
    return Symbol(text) if text.isprintable() and text.isspace() is False else None


def _prescript(parser: Parser, name: str) -> Node:
    over, under, base = parser.argument(), parser.argument(), parser.argument()
    return Row((Scripts(EMPTY, under or None, over or None), *base.items))


def _accented_letter(parser: Parser, name: str) -> Node:
    r"""Accents of prose used in a formula, `\'e`."""
    marks = {
        "'": "\u0301",
        "`": "\u0300",
        "^": "\u0302",
        '"': "\u0308",
        "~": "\u0303",
        "=": "\u0304",
        ".": "\u0307",
    }
    row = parser.argument()
    return Accent(row, marks[name]) if row.items else Symbol(name)


def _stray_break(parser: Parser, name: str) -> Node | None:
    return None


def _readers() -> dict[str, Reader]:
    readers: dict[str, Reader] = {}

    def add(names: str, reader: Reader) -> None:
        readers.update(dict.fromkeys(names.split(), reader))

    for alphabet, names in _ALPHABETS.items():
        add(names, _alphabet(alphabet))
    for kind, names in _GROUPS.items():
        add(names, _group(kind))
    add(_TEXTS, _text)
    add("textbf", _bold_text)
    add("operatorname operatornamewithlimits DeclareMathOperator", _operator_name)
    add(" ".join(ACCENTS), _accent)
    add("frac dfrac tfrac cfrac nicefrac sfrac flatfrac xfrac", _fraction)
    add("genfrac", _general_fraction)
    add("binom tbinom dbinom", _binomial)
    add("sqrt", _root)
    add("root", _root_of)
    add("underbrace overbrace underbracket overbracket", _brace)
    add("overset underset stackrel", _stack)
    add("overunderset", _over_and_under)
    add(" ".join(_ARROWS), _arrow)
    add("pmod mod pod", _modulo)
    add("not centernot", _negated)
    add("left", _left)
    add("right", _right)
    add("middle", _middle)
    add(" ".join(size + side for size in _SIZES for side in _SIDES), _sized)
    add(" ".join(_FENCES), _fence)
    add("dv pdv odv", _derivative)
    add("substack", read_substack)
    add("begin", read_environment)
    add("end", skip_end)
    add(_HIDDEN, _hidden)
    add("kern mkern mskip hskip mspace", _kern)
    add("textcolor colorbox", _coloured)
    add("tag", _tag)
    add("cite citep citet ref eqref cref Cref autoref", _reference)
    add("href url", _link)
    add("unicode", _numbered_character)
    add("prescript", _prescript)
    add("' ` ^ \" ~ = .", _accented_letter)
    add(_SILENT, _stray_break)
    return readers


HANDLERS = _readers()
"""The readers by macro name; `COMMANDS` of the symbol table has the macros without arguments."""
