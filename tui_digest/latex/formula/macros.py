"""What the macros with arguments mean: one small reader for each, by the macro's name.

A reader takes the parser, which stands behind the macro, and the macro's name; it takes what
belongs to the macro and gives its node, or None for what prints nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_digest.latex.formula.constructs import (
    ARROWS,
    FENCES,
    SIDES,
    SIZES,
    read_accent,
    read_arrow,
    read_binomial,
    read_brace,
    read_derivative,
    read_fence,
    read_fraction,
    read_general_fraction,
    read_left,
    read_middle,
    read_modulo,
    read_negated,
    read_over_and_under,
    read_prescript,
    read_right,
    read_root,
    read_root_of,
    read_sized,
    read_stack,
    single,
)
from tui_digest.latex.formula.environments import read_environment, read_substack, skip_end
from tui_digest.latex.formula.text import read_text
from tui_digest.latex.nodes import (
    Accent,
    Alphabet,
    Kind,
    Name,
    Node,
    Row,
    Space,
    Symbol,
    Text,
    Unknown,
)
from tui_digest.latex.symbols.alphabets import ACCENTS

if TYPE_CHECKING:
    from tui_digest.latex.formula.parser import FormulaParser, MacroReader

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
_SILENT = (
    "displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag mathstrut strut "
    "protect relax tiny small large Large LARGE huge Huge normalsize footnotesize scriptsize allowbreak "
    "nobreak noindent centering unboldmath displaylimits xspace null hline em sl bfseries itshape "
    "rmfamily sffamily ttfamily upshape slshape scshape mdseries par smallskip medskip bigskip "
    "selectfont break "
    "linebreak nolinebreak allowdisplaybreaks crcr noalign toprule midrule bottomrule "
    "aligned endaligned gathered endgathered split endsplit"
)
_HIDDEN = "label hspace vspace phantom hphantom vphantom color cline rule mathversion pagecolor vskip"


def _alphabet(alphabet: str) -> MacroReader:
    def read(parser: FormulaParser, name: str) -> Node:
        row = parser.argument(alphabet)
        return single(row) if row.items or name.startswith("math") else Unknown(name)

    return read


def _group(kind: int) -> MacroReader:
    return lambda parser, name: Row(parser.argument().items, kind)


def _text(parser: FormulaParser, name: str) -> Node:
    return read_text(parser, parser.raw())


def _bold_text(parser: FormulaParser, name: str) -> Node:
    r"""`\textbf` in a formula: a letter or word in bold, or prose."""
    start = parser.position
    raw = parser.raw()
    if not raw.isalnum():
        return read_text(parser, raw)
    parser.position = start
    return single(parser.argument(Alphabet.BOLD))


def _operator_name(parser: FormulaParser, name: str) -> Node:
    limits = parser.skip("*") or name == "operatornamewithlimits"
    row = parser.argument(Alphabet.ROMAN)
    text = _plain(row)
    if text is None:
        return Row(row.items, Kind.OPERATOR if limits else row.kind)
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


def _hidden(parser: FormulaParser, name: str) -> Node | None:
    """Macros whose argument is not printed."""
    parser.skip("*")
    parser.optional()
    if parser.peek() != "{":
        width = parser.dimension()
    else:
        raw = parser.raw()
        width = 1.0 if raw and not raw.lstrip().startswith("-") else 0.0
    return Space(width) if name == "hspace" else None


def _kern(parser: FormulaParser, name: str) -> Node:
    braced = parser.skip("{")
    width = parser.dimension()
    if braced:
        parser.skip("}")
    return Space(width)


def _coloured(parser: FormulaParser, name: str) -> Node:
    parser.optional()
    parser.raw()
    return parser.argument()


def _tag(parser: FormulaParser, name: str) -> Node:
    parser.skip("*")
    return Row((Space(1.0), Text(("(", *read_text(parser, parser.raw()).parts, ")")), Space(1.0)), Kind.INNER)


def _reference(parser: FormulaParser, name: str) -> Node:
    parser.optional()
    return Text((f"[{parser.raw()}]",))


def _link(parser: FormulaParser, name: str) -> Node:
    if name == "href":
        parser.raw()
    return read_text(parser, parser.raw())


def _numbered_character(parser: FormulaParser, name: str) -> Node | None:
    r"""`\unicode{x2113}`: the character, where it is one that can be printed."""
    raw = parser.raw().strip().lower()
    try:
        text = chr(int(raw[1:], 16) if raw.startswith("x") else int(raw))
    except (ValueError, OverflowError):
        return Text((raw,)) if raw else None
    return Symbol(text) if text.isprintable() and text.isspace() is False else None


def _accented_letter(parser: FormulaParser, name: str) -> Node:
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
    if name == "~" and parser.peek()[:1].isdigit():
        return Symbol("∼", Kind.RELATION)
    row = parser.argument()
    return Accent(row, marks[name]) if row.items else Symbol(name)


def _stray_break(parser: FormulaParser, name: str) -> Node | None:
    return None


def _readers() -> dict[str, MacroReader]:
    readers: dict[str, MacroReader] = {}

    def add(names: str, reader: MacroReader) -> None:
        readers.update(dict.fromkeys(names.split(), reader))

    for alphabet, names in _ALPHABETS.items():
        add(names, _alphabet(alphabet))
    for kind, names in _GROUPS.items():
        add(names, _group(kind))
    add(_TEXTS, _text)
    add("textbf", _bold_text)
    add("operatorname operatornamewithlimits DeclareMathOperator", _operator_name)
    add(" ".join(ACCENTS), read_accent)
    add("frac dfrac tfrac cfrac nicefrac sfrac flatfrac xfrac", read_fraction)
    add("genfrac", read_general_fraction)
    add("binom tbinom dbinom", read_binomial)
    add("sqrt", read_root)
    add("root", read_root_of)
    add("underbrace overbrace underbracket overbracket", read_brace)
    add("overset underset stackrel", read_stack)
    add("overunderset", read_over_and_under)
    add(" ".join(ARROWS), read_arrow)
    add("pmod mod pod", read_modulo)
    add("not centernot", read_negated)
    add("left", read_left)
    add("right", read_right)
    add("middle", read_middle)
    add(" ".join(size + side for size in SIZES for side in SIDES), read_sized)
    add(" ".join(FENCES), read_fence)
    add("dv pdv odv", read_derivative)
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
    add("prescript", read_prescript)
    add("' ` ^ \" ~ = .", _accented_letter)
    add(_SILENT, _stray_break)
    return readers


HANDLERS = _readers()
"""The readers by macro name; `COMMANDS` of the symbol table has the macros without arguments."""
