"""Readers of TeX's boxes, lengths, colours and links.

What is set somewhere or somehow, not said.

Converters of whole papers write them where authors' packages did. Each reader takes the parser, which
is behind the macro, and the macro's name, and gives what is to be read, or None.
"""

from __future__ import annotations

from tui_digest.latex.formula.context import FormulaContext
from tui_digest.latex.formula.overprint import comparison, overprint_signs
from tui_digest.latex.formula.text import read_text
from tui_digest.latex.nodes import (
    Alphabet,
    FormulaText,
    Matrix,
    Name,
    Node,
    Row,
    Space,
    Symbol,
    Unknown,
)

# How many arguments say where or how the last one is set, which is a formula, or else words.
_SET_FORMULAS = {
    "hypertarget": 1,
    "hyperlink": 1,
    "textcolor": 1,
    "mathpalette": 1,
    "smash": 0,
    "mathcolor": 1,
    "hyperref": 0,
    "mathmakebox": 0,
    "shoveleft": 0,
    "shoveright": 0,
    "multicolumn": 2,
    "multirow": 2,
}
_SET_TEXTS = {"raisebox": 1, "scalebox": 1, "rotatebox": 1, "parbox": 1, "colorbox": 1, "adjustbox": 1}
_SET_TEXTS |= {"resizebox": 2, "fcolorbox": 2, "makebox": 0, "framebox": 0, "reflectbox": 0}
SETTINGS = _SET_FORMULAS | _SET_TEXTS
_HIDDEN_ARGUMENTS = {"definecolor": 3, "setlength": 2, "BMAT": 2}
_CONVERTER_SIGNS = {"sectionsign": "§", "paragraphsign": "¶", "copyright": "©", "hslash": "ℏ"}
_THIN = 0.05


def read_set_text(parser: FormulaContext, name: str) -> Node | None:
    r"""The last argument of `\raisebox`, `\textcolor`, `\multicolumn` and their kin."""
    parser.skip("*")
    parser.skip_options()
    for _ in range(SETTINGS[name]):
        parser.raw()
        parser.skip_options()
    if name in _SET_TEXTS:
        return unwrap_text(read_text(parser, parser.raw()))
    return parser.argument().single()


def read_hidden(parser: FormulaContext, name: str) -> Node | None:
    """Pass over the arguments of a macro that prints nothing.

    A label, a phantom, a colour.
    """
    parser.skip("*")
    parser.skip_options()
    for _ in range(_HIDDEN_ARGUMENTS.get(name, 1)):
        if parser.peek() == "{":
            parser.raw()
        elif name.endswith("phantom"):
            parser.argument()
    return None


def read_space(parser: FormulaContext, name: str) -> Node | None:
    r"""`\hspace`, `\kern` and their kin; a vertical one prints nothing."""
    parser.skip("*")
    width = parser.length()
    return Space(width) if name[0] != "v" else None


def read_penalty(parser: FormulaContext, name: str) -> Node | None:
    r"""`\penalty10000`: a number, which is not printed."""
    parser.skip("-")
    if parser.peek()[:1].isdigit():
        parser.take()
    return None


def read_rule(parser: FormulaContext, name: str) -> Node | None:
    r"""`\rule`: a line, a black square, or nothing where it only holds a place."""
    parser.skip_options()
    width, height = parser.length(), parser.length()
    if width <= 0 or height <= 0:
        return None
    return Symbol("■") if height > _THIN and width < 3 * height else Symbol("—")


def read_box(parser: FormulaContext, name: str) -> Node | None:
    r"""`\hbox to 3pt{…}`, `\vbox{…}`: what is in the box."""
    for word in ("to", "spread"):
        if parser.skip_word(word):
            parser.dimension()
    if name == "hbox":
        text = read_text(parser, parser.raw())
        return comparison(text) or unwrap_text(text)
    return parser.argument().single()


def read_moved_box(parser: FormulaContext, name: str) -> Node | None:
    r"""`\lower2pt\hbox{…}`, `\raise`, `\moveleft`: the box without its place."""
    parser.dimension()
    return parser.argument().single()


def read_table_of_boxes(parser: FormulaContext, name: str) -> Node | None:
    r"""`\halign{#\cr …}` as rows; `\ooalign{…}` as signs printed one over the other."""
    for word in ("to", "spread"):
        if parser.skip_word(word):
            parser.dimension()
    if not parser.skip("{"):
        return None
    rows = [cells for cells in parser.grid("}") if any(_visible(cell) for cell in cells)]
    if name == "halign":
        rows = [cells for cells in rows if not _is_template(cells)]
        return Matrix("array", tuple(rows)) if rows else None
    return overprint_signs([node for cells in rows for cell in cells for node in _visible(cell)])


def _is_template(cells: tuple[Row, ...]) -> bool:
    """Tell whether this is the row of an alignment that says how the others are set."""
    return any(isinstance(node, Symbol) and node.text == "#" for cell in cells for node in _visible(cell))


def read_choice(parser: FormulaContext, name: str) -> Node | None:
    r"""`\mathchoice`: the first of its four forms, that of a display."""
    first, *_ = (parser.argument() for _ in range(4))
    return first.single()


def read_operator_name(parser: FormulaContext, name: str) -> Node | None:
    r"""`\qopname\relax m{max}`: LaTeX's own form of an operator's name.

    `m` takes limits.
    """
    parser.raw()
    limits = parser.raw().strip() == "m"
    row = parser.argument(Alphabet.ROMAN)
    text = "".join(node.text for node in row.items if isinstance(node, (Name, Symbol)))
    return Name(text, operator=True, limits=limits) if text else row.single()


def read_link(parser: FormulaContext, name: str) -> Node | None:
    r"""`\href`, `\url`: the words of a link, or its formula."""
    if name == "href":
        parser.raw()
    start = parser.position
    raw = parser.raw()
    if name == "href" and any(sign in raw for sign in "\\^_"):
        parser.position = start
        return parser.argument().single()
    return read_text(parser, raw) if name == "href" else FormulaText((raw,))


def read_alternative(parser: FormulaContext, name: str) -> Node | None:
    r"""`\texorpdfstring`: the first form, which is TeX's."""
    first = parser.argument()
    parser.raw()
    return first.single()


def read_converter_macro(parser: FormulaContext, name: str) -> Node | None:
    r"""LaTeXML's own `\lx@…`: a sign it has a name for, else what is in its arguments."""
    stem = name.partition("@")[2]
    if stem in _CONVERTER_SIGNS:
        return Symbol(_CONVERTER_SIGNS[stem])
    items: list[Node] = []
    while parser.peek() == "{":
        items.append(parser.argument())
    if items:
        return Row(tuple(items))
    return Unknown(stem) if name.startswith("lx@") else None


def _visible(row: Row) -> list[Node]:
    return [node for node in row.items if not isinstance(node, Space)]


def unwrap_text(text: FormulaText) -> Node | None:
    """A text that is nothing but a formula is that formula."""
    if len(text.parts) == 1 and isinstance(row := text.parts[0], Row):
        return row.single()
    return text if text.parts else None
