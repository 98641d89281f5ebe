"""What the macros with arguments mean.

One small reader for each, by the macro's name.

A reader takes the parser, which is behind the macro, and the macro's name; it takes what
belongs to the macro and gives its node, or None for what prints nothing.
"""

from __future__ import annotations

from tui_digest.latex.formula.boxes import (
    SETTINGS,
    read_alternative,
    read_box,
    read_choice,
    read_converter_macro,
    read_hidden,
    read_link,
    read_moved_box,
    read_operator_name,
    read_penalty,
    read_rule,
    read_set_text,
    read_space,
    read_table_of_boxes,
    unwrap_text,
)
from tui_digest.latex.formula.constructs import (
    ARROWS,
    FENCES,
    SIDES,
    SIZES,
    read_accent,
    read_accent_under,
    read_arrow,
    read_arrow_under,
    read_binomial,
    read_brace,
    read_built_relation,
    read_cancelled,
    read_cancelled_to,
    read_fence,
    read_fraction,
    read_general_fraction,
    read_left,
    read_limits,
    read_middle,
    read_modulo,
    read_negated,
    read_over_and_under,
    read_prescript,
    read_right,
    read_root,
    read_root_of,
    read_scripts_around,
    read_side_scripts,
    read_sized,
    read_stack,
    read_tensor,
)
from tui_digest.latex.formula.context import FormulaContext, MacroReader
from tui_digest.latex.formula.environments import (
    read_environment,
    read_plain_matrix,
    read_substack,
    read_xy_diagram,
    skip_end,
)
from tui_digest.latex.formula.fixed_nodes import FIXED_LETTERS
from tui_digest.latex.formula.overprint import comparison
from tui_digest.latex.formula.text import read_text
from tui_digest.latex.nodes import (
    EMPTY,
    Accent,
    Alphabet,
    FormulaText,
    Kind,
    Name,
    Node,
    Row,
    Scripts,
    Space,
    Symbol,
    Unknown,
)
from tui_digest.latex.symbols.alphabets import ACCENTS
from tui_digest.latex.symbols.table import COMMANDS

_ALPHABETS = {
    Alphabet.BLACKBOARD: "mathbb Bbb mathbbm mathds bb mathbbmss vmathbb",
    Alphabet.CALLIGRAPHIC: "mathcal mathscr Cal mathpzc euscr",
    Alphabet.FRAKTUR: "mathfrak",
    Alphabet.BOLD: "mathbf boldsymbol bm pmb textbf mathbfcal bold mathbold boldmath symbf mathbit mathbfit "
    "tmmathbf mathbfsf",
    Alphabet.ROMAN: "mathrm mathsf mathtt mathup textup symrm rom mathmd mathsfit",
    Alphabet.NORMAL: "mathit mathnormal symit",
}
_SHORTEST_NAME = 3
_GROUPS = {
    Kind.ORDINARY: "mathord ensuremath boxed fbox mathclap mathllap mathrlap uppercase "
    "clap llap rlap cramped crampedclap crampedllap crampedrlap mathlarger mathsmaller mathmbox "
    "lowercase MakeUppercase MakeLowercase vcenter Aboxed",
    Kind.BINARY: "mathbin",
    Kind.OPENING: "mathopen",
    Kind.CLOSING: "mathclose",
    Kind.PUNCTUATION: "mathpunct",
    Kind.INNER: "mathinner",
}
_DIFFERENTIAL = FIXED_LETTERS[Alphabet.ROMAN]["d"]
_TEXTS = """
text textrm textit texttt textsf textsc textnormal mbox emph textmd textsl tmtextit tmtextrm intertext
shortintertext
"""
_SILENT = """
displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag mathstrut strut
protect relax tiny small large Large LARGE huge Huge normalsize footnotesize scriptsize allowbreak nobreak
noindent centering unboldmath displaylimits xspace null hline toprule midrule bottomrule hdashline em sl
bfseries itshape rmfamily sffamily ttfamily upshape slshape scshape mdseries normalfont par smallskip
medskip bigskip selectfont break linebreak nolinebreak allowdisplaybreaks crcr noalign aligned endaligned
gathered endgathered split endsplit adjustlimits DOTSI DOTSB DOTSX nobreakdash footnotemark leavevmode
ignorespaces unskip hss hfil hfilneg hidewidth vfil vfill vss unhbox unhcopy unvbox copy voidb@x
mathsurround bgroup egroup begingroup endgroup omit span pagebreak nopagebreak newpage clearpage upright
qedhere nonscript
"""
_HIDDEN = """
label leftroot uproot phantom hphantom vphantom color cellcolor rowcolor columncolor includegraphics cline
mathversion pagecolor definecolor index setlength blockarray block BMAT
"""
_SPACES = "hspace vspace kern mkern mskip hskip mspace vskip"


# Macros of packages, whose readers are imported when the first of them is met.
_QUANTITIES = "SI si num ang unit numlist numrange numproduct SIrange SIlist qtyrange qtylist qtyproduct"
_PHYSICS = """
dv pdv fdv odv mdv derivative partialderivative functionalderivative dd differential comm commutator acomm
anticomm anticommutator poissonbracket braket Braket ketbra dyad outerproduct innerproduct ip inner ev
expval expectationvalue mel matrixel matrixelement vb va vu vectorbold vectorarrow vectorunit eval
evaluated order qty pqty bqty Bqty vqty mqty pmqty bmqty vmqty smqty matrixquantity qq qqtext qc qand qor
qif qthen qelse qfor qwhere qwith qin qas quantity variation pderivative pb matrixdeterminant mdet
"""
# Authors' names for "this was changed" or "this is to be seen": only the argument is read.
_WRAPPERS = """
rev revise revised revision red blue green new old add added change changed edit edited hl highlight mark
todo magenta purple orange cyan black textred textblue revblue revred
"""


_FUNCTIONS = {node.text: node for node in COMMANDS.values() if isinstance(node, Name) and node.operator}
# What comes behind an operator that has its scripts over and under it.
_LIMITS = frozenset(("_", "^", "\\limits"))
_UNITS_OVER_POINT = {"farcs": "″", "farcm": "′", "fdg": "°"}


def _quantity(parser: FormulaContext, name: str) -> Node | None:
    if parser.peek() not in ("{", "["):
        from tui_digest.latex.formula.author_macros import guess

        return guess(name) or Unknown(name)
    from tui_digest.latex.formula.units import read_quantity

    return read_quantity(parser, name)


def _chemistry(parser: FormulaContext, name: str) -> Node | None:
    if parser.peek() != "{":
        return Unknown(name)
    from tui_digest.latex.formula.chemistry import read_chemistry

    return read_chemistry(parser, name)


def _physics(parser: FormulaContext, name: str) -> Node | None:
    from tui_digest.latex.formula.physics import READERS

    return READERS[name](parser, name)


def _section(parser: FormulaContext, name: str) -> Node | None:
    r"""`\S` before a number is the sign of a section.

    Elsewhere it is an author's letter.
    """
    return Symbol("§" if parser.peek()[:1].isdigit() else "S")


def _laplacian(parser: FormulaContext, name: str) -> Node | None:
    return Scripts(Symbol("∇"), superscript=Row((Symbol("2"),)))


def _wrapper(parser: FormulaContext, name: str) -> Node | None:
    return parser.argument().single() if parser.peek() == "{" else Unknown(name)


_LONG_NAMES: dict[str, Node] = {
    "Trace": Name("Tr", operator=True),
    "PV": Name("P.V.", operator=True),
    "principalvalue": Symbol("P", alphabet=Alphabet.CALLIGRAPHIC),
    "imaginary": Symbol("ℑ"),
    "divergence": Row((Symbol("∇"), Symbol("⋅", Kind.BINARY))),
}


def _long_name(parser: FormulaContext, name: str) -> Node:
    r"""`\Trace`, `\imaginary`: the physics package's long names of operators."""
    return _LONG_NAMES[name]


def _differential(parser: FormulaContext, name: str) -> Node | None:
    r"""`\diff x` is a differential; `\diff{some words}` marks what was changed."""
    return _wrapper(parser, name) if parser.peek() == "{" else Symbol("d")


_TENS, _ONES = ("", "X", "XX"), ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def _ion(parser: FormulaContext, name: str) -> Node:
    r"""`\ion{O}{iii}` and `\ion{O}{3}`: an element and its state of ionisation, O III."""
    if parser.peek() != "{":
        return Unknown(name)
    element, state = parser.raw().strip(), parser.raw().strip()
    if state.isdecimal() and len(state) <= 2 and int(state) < 10 * len(_TENS):
        state = _TENS[int(state) // 10] + _ONES[int(state) % 10]
    return FormulaText((f"{element} {state.upper()}".strip(),))


def _over_point(parser: FormulaContext, name: str) -> Node:
    r"""`3\farcs5`: astronomers' unit over the decimal point, 3″.5."""
    return Row((Symbol(_UNITS_OVER_POINT[name]), Symbol(".")))


def _text_script(parser: FormulaContext, name: str) -> Node:
    row = Row((read_text(parser, parser.raw()),))
    return Scripts(EMPTY, row, None) if name == "textsubscript" else Scripts(EMPTY, None, row)


def _split(parser: FormulaContext, name: str) -> Node:
    r"""`\splitfrac{a}{b}`: a numerator that was broken into two lines."""
    return Row((*parser.argument().items, *parser.argument().items))


def _alphabet(alphabet: str) -> MacroReader:
    def read(parser: FormulaContext, name: str) -> Node:
        row = parser.argument(alphabet)
        return row.single() if row.items or name.startswith("math") else Unknown(name)

    return read


def _group(kind: int) -> MacroReader:
    return lambda parser, name: _of_kind(parser.argument(), kind)


def _of_kind(row: Row, kind: int) -> Node:
    """A group of a class; the sign itself where it is of that class."""
    only = row.single()
    is_itself = isinstance(only, Symbol) and only.kind == kind
    return only if is_itself or (kind == Kind.INNER and only is not row) else Row(row.items, kind)


def _operator(parser: FormulaContext, name: str) -> Node:
    r"""`\mathop`: a word as of `\operatorname*`, anything else as an operator."""
    row = parser.argument()
    text = _plain(row)
    if text is None or len(text) < 2:
        return _of_kind(row, Kind.OPERATOR)
    return _FUNCTIONS.get(text) or Name(text, operator=True, limits=parser.peek() in _LIMITS)


def _relation(parser: FormulaContext, name: str) -> Node:
    row = parser.argument()
    return comparison(row) or _of_kind(row, Kind.RELATION)


def _text(parser: FormulaContext, name: str) -> Node | None:
    raw = parser.raw()
    if raw == "d":
        # That of `\frac{\text{d}x}{\text{d}t}`; other letters are words or units.
        return _DIFFERENTIAL
    return unwrap_text(read_text(parser, raw))


def _bold_text(parser: FormulaContext, name: str) -> Node:
    r"""`\textbf` in a formula: letters in bold, or prose; a word alone is prose."""
    start = parser.position
    raw = parser.raw()
    is_alone = start == 1 and not parser.peek()
    if not raw.replace(".", "").isalnum() or (is_alone and raw.isalpha() and len(raw) >= _SHORTEST_NAME):
        return read_text(parser, raw)
    parser.position = start
    return parser.argument(Alphabet.BOLD).single()


def _operator_name(parser: FormulaContext, name: str) -> Node:
    limits = parser.skip("*") or name == "operatornamewithlimits"
    row = parser.argument(Alphabet.ROMAN)
    text = _plain(row)
    if text is None:
        return Row(row.items, Kind.OPERATOR if limits else row.kind)
    limits = limits and parser.peek() in _LIMITS
    known = _FUNCTIONS.get(text)
    if known is not None and (known.limits or not limits):
        return known
    limits = limits or text in ("arg min", "arg max")
    return Name(text, operator=True, limits=limits)


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


def _tag(parser: FormulaContext, name: str) -> Node:
    parser.skip("*")
    return Row(
        (Space(1.0), FormulaText(("(", *read_text(parser, parser.raw()).parts, ")")), Space(1.0)), Kind.INNER
    )


def _reference(parser: FormulaContext, name: str) -> Node:
    parser.optional()
    return FormulaText((f"[{parser.raw()}]",))


def _numbered_character(parser: FormulaContext, name: str) -> Node | None:
    r"""`\unicode{x2113}`: the character, where it is one that can be printed."""
    raw = parser.raw().strip().lower() or parser.raw()
    try:
        text = chr(int(raw[1:], 16) if raw.startswith("x") else int(raw))
    except (ValueError, OverflowError):
        return FormulaText((raw,)) if raw else None
    return Symbol(text) if text.isprintable() and text.isspace() is False else None


def _accented_letter(parser: FormulaContext, name: str) -> Node:
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
    if name == "." and parser.peek() == ".":
        while parser.skip("."):
            pass
        return Symbol("…")
    if name == "~" and parser.peek()[:1].isdigit():
        return Symbol("∼", Kind.RELATION)
    row = parser.argument()
    return Accent(row, marks[name]) if row.items else Symbol(name)


def _stray_break(parser: FormulaContext, name: str) -> Node | None:
    return None


_LETTERS: dict[str, MacroReader] = {
    "mathrel": _relation,
    "mathop": _operator,
    _TEXTS: _text,
    "textbf": _bold_text,
    "operatorname tmop operatornamewithlimits DeclareMathOperator": _operator_name,
    " ".join(ACCENTS): read_accent,
    "underaccent": read_accent_under,
    "' ` ^ \" ~ = .": _accented_letter,
    "not centernot": read_negated,
    "cancel bcancel xcancel slashed sout hcancel": read_cancelled,
    "cancelto": read_cancelled_to,
    "pmod mod pod": read_modulo,
    "qopname": read_operator_name,
    "unicode char symbol": _numbered_character,
    "S": _section,
    " ".join(_UNITS_OVER_POINT): _over_point,
    "ion": _ion,
}
_CONSTRUCTS: dict[str, MacroReader] = {
    "frac dfrac tfrac cfrac nicefrac sfrac flatfrac xfrac": read_fraction,
    "genfrac": read_general_fraction,
    "splitfrac splitdfrac": _split,
    "binom tbinom dbinom": read_binomial,
    "sqrt": read_root,
    "root": read_root_of,
    "underbrace overbrace underbracket overbracket": read_brace,
    "overset underset stackrel accentset stackbin": read_stack,
    "overunderset": read_over_and_under,
    "buildrel": read_built_relation,
    "underrightarrow underleftarrow underleftrightarrow": read_arrow_under,
    " ".join(ARROWS): read_arrow,
    "smashoperator": read_limits,
    "leftidx": read_scripts_around,
    "sideset": read_side_scripts,
    "prescript": read_prescript,
    "tensor indices": read_tensor,
    "textsubscript textsuperscript": _text_script,
    "mathchoice": read_choice,
}
_DELIMITERS: dict[str, MacroReader] = {
    "left": read_left,
    "right": read_right,
    "middle": read_middle,
    " ".join(size + side for size in SIZES for side in SIDES): read_sized,
    " ".join(FENCES): read_fence,
}
_ENVIRONMENTS: dict[str, MacroReader] = {
    "begin": read_environment,
    "end": skip_end,
    "substack": read_substack,
    "pmatrix matrix cases bmatrix vmatrix Bmatrix bordermatrix smallmatrix": read_plain_matrix,
    "eqalign eqalignno leqalignno displaylines": read_plain_matrix,
    "xymatrix": read_xy_diagram,
}
_BOXES: dict[str, MacroReader] = {
    _HIDDEN: read_hidden,
    _SPACES: read_space,
    " ".join(SETTINGS): read_set_text,
    "hbox vbox vtop": read_box,
    "lower raise moveleft moveright": read_moved_box,
    "halign ooalign": read_table_of_boxes,
    "lx@ pgfsys@ voidb@": read_converter_macro,
    "rule": read_rule,
    "penalty": read_penalty,
    "texorpdfstring": read_alternative,
    "tag": _tag,
    "cite citep citet ref eqref cref Cref autoref": _reference,
    "href url": read_link,
    _SILENT: _stray_break,
}
_PACKAGES: dict[str, MacroReader] = {
    "ce cf": _chemistry,
    _QUANTITIES: _quantity,
    _PHYSICS: _physics,
    " ".join(_LONG_NAMES): _long_name,
    "diff": _differential,
    "laplacian": _laplacian,
    _WRAPPERS: _wrapper,
}


def _readers() -> dict[str, MacroReader]:
    """The readers of all subjects, by the name of a single macro."""
    alphabets = {names: _alphabet(alphabet) for alphabet, names in _ALPHABETS.items()}
    groups = {names: _group(kind) for kind, names in _GROUPS.items()}
    readers: dict[str, MacroReader] = {}
    for subject in (alphabets, groups, _LETTERS, _CONSTRUCTS, _DELIMITERS, _ENVIRONMENTS, _BOXES, _PACKAGES):
        for names, reader in subject.items():
            readers |= dict.fromkeys(names.split(), reader)
    return readers


HANDLERS = _readers()
"""The readers by macro name; `COMMANDS` of the symbol table has the macros without arguments."""
