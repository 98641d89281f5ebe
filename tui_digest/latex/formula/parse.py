"""From the TeX of one formula to its tree."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from tui_digest.latex.definitions import amstex_to_latex, apply_definitions
from tui_digest.latex.formula.macros import HANDLERS
from tui_digest.latex.formula.parser import FormulaParser
from tui_digest.latex.formula.scripts import read_scripts
from tui_digest.latex.nodes import EMPTY, Row, Unknown
from tui_digest.latex.symbols.table import COMMANDS
from tui_digest.text.sanitise import sanitise

# A line that ends with a comment goes on in the next; behind a number, the sign is one of per cent.
_FOLDED_LINE = r"(?<!\\)(?P<before>(?:\\\\)*)(?P<fold>%++(?:[ \t]*+|(?<!\d%)[^\n$]*+)\n\s*)"
# The same sign where the line's end was lost: first of all, or before a space, but neither behind a number
# nor before words, which are a comment.
_LOST_FOLD = r"(?:\A\s*%(?=.)|(?<![\\\d])(?<!\d )%(?=\s|[_^]|\\label))\s*+(?![A-Za-z]{2,}(?:\s|\Z))"
_ENTITY = r"&(?:lt|gt|quot|apos|nbsp|le|ge|#\d{2,5}|#x[0-9a-fA-F]{2,5});"
# A macro that lost its backslash on its way: `$textrm{vol}(M)$`.
_LOST_BACKSLASH = ("textrm{", "mathrm{")
# An arrow's short name that closes a state: behind an opening bar, before nothing that it could lead to.
_STATE = (
    r"\|([^|&$]{0,60}[^\s|&$][^|&$]{0,60}?)\\ra(?![A-Za-z])"
    r"(?=\s*(?:\Z|[|,.;:)\]}=+\-^_]|\\(?:la|langle|otimes|rangle)(?![A-Za-z])))"
)
_STATE_BEGINS = r"\\la(?![A-Za-z])"
# Delimiters that were not taken off.
_BRACKETS = {"\\[": "\\]", "\\(": "\\)"}
# As long as three dots are.
_LONG = 14
_THREE_DOTS = r"\\cdot\s*\\cdot\s*\\cdot(?![A-Za-z])"
# A number and its unit in letters, or two units: the space between them that TeX passes over.
_UNIT = r"(?:[kMGTPm]?eV|[kMGT]?Hz|[kMG]?pc|[ck]m)"
_AMOUNT = rf"(?<=\d)(\}}?)\s+(?={_UNIT}(?![A-Za-z]))"
_TWO_UNITS = rf"(?<![A-Za-z])({_UNIT}\^(?:\{{[^{{}}]*\}}|\d))\s+(?=[A-Za-z])"
# A straight quotation mark behind a letter, before what no word begins with: `v"=1`.
_DOUBLE_PRIME = r'(?<=[A-Za-z)])"(?=[-+=()<>_^,\\]|\s*\Z)'
_OPENING_QUOTATION = r'(?<![A-Za-z)])"|``'
# The comma of `45{,}608`.
_THOUSANDS = r"(?<=\d)\{,\}(?=\d{3}(?!\d))"
# A number as programs print it, `1.5e-10`; one without a point only where nothing else is beside it.
_SMALL_NUMBER = (
    r"((?<![\w.\\}])\d+\.\d+e|(?:\A|[=<>,(\[]|\\(?:sim|approx|times|leq?|geq?)(?![A-Za-z]))\s*\d{1,2}e)"
    r"-(?=\d{1,3}\s*(?:\Z|[,;)\]]|\.(?!\d)))"
)
# The smaller capitals of one word: `T{\small ENSOR}F{\small LOW}`.
_SMALL_CAPITALS = r"(?<=[A-Z])\{\\small\s+([A-Z]+)\}"
# Words as formulas; the extra `$10-D$` dimensions are a difference.
_DIMENSIONS = frozenset(("1-D", "2-D", "3-D"))
# A macro in prose is looked at no further than this: no author's argument is longer.
_LONGEST_MACRO = 2000


def parse_formula(source: str) -> Row:
    r"""The tree of a formula, given as TeX without its delimiters.

    Every letter, digit and bracket of the source is somewhere in the tree; unknown macros are
    `Unknown` nodes. Rows separated by `\\` and `&` outside an environment become one
    `Matrix` of the environment `aligned`. Never raises.
    """
    if not source.isascii():
        source = _typed_in_tex()(source)
    if source[:2] in _BRACKETS and source.endswith(_BRACKETS[source[:2]]):
        source = source[2:-2]
    if "&" in source or "%" in source:
        source = clean_source(source)
    elif source.startswith(_LOST_BACKSLASH):
        source = f"\\{source}"
    # What is rare is looked for by a character, or in long sources only.
    if "|" in source and "\\ra" in source:
        source = _close_states(source)
    if '"' in source and not re.search(_OPENING_QUOTATION, source):
        source = re.sub(_DOUBLE_PRIME, "''", source)
    if "{,}" in source:
        source = re.sub(_THOUSANDS, ",", source)
    if "e-" in source:
        source = re.sub(_SMALL_NUMBER, r"\1{-}", source)
    if " " in source or "\n" in source:
        source = _part_units(source)
    if len(source) >= _LONG:
        source = _rejoin_long(source)
    elif source in _DIMENSIONS:
        source = f"\\text{{{source}}}"
    parser = FormulaParser(source, HANDLERS)
    if parser.defines:
        parser = FormulaParser(apply_definitions(source), HANDLERS)
    return parser.formula()


@cache
def _typed_in_tex() -> Callable[[str], str]:
    """Return the reader of what is typed in Unicode, imported for the first."""
    from tui_digest.latex.formula.typed import typed_in_tex

    return typed_in_tex


def _part_units(source: str) -> str:
    """The source, in which there are spaces, with those before units as TeX's own."""
    if "eV" in source or "cm" in source or "km" in source or "pc" in source or "Hz" in source:
        source = re.sub(_TWO_UNITS, r"\1\\,", re.sub(_AMOUNT, r"\1\\,", source))
    return source


def _rejoin_long(source: str) -> str:
    """The source with three dots in one sign, and words in small capitals in one."""
    if "\\cdot\\cdot" in source or "\\cdot \\cdot" in source:
        source = re.sub(_THREE_DOTS, r"\\cdots ", source)
    return re.sub(_SMALL_CAPITALS, r"\1", source) if "\\small" in source else source


def _close_states(source: str) -> str:
    r"""The source with `\rangle` for a `\ra` that closes a state, as in `|z\ra`."""
    closed = re.sub(_STATE, _close_state, source)
    return re.sub(_STATE_BEGINS, r"\\langle", closed) if closed is not source else source


def _close_state(state: re.Match[str]) -> str:
    before = state.string[state.string.rfind("\\ra", 0, state.start()) + 1 : state.start()]
    closes = re.search(_STATE_BEGINS, before) is not None or before.count("|") % 2 == 0
    return f"|{state[1]}\\rangle " if closes else state[0]


def is_known_macro(name: str) -> bool:
    """Tell whether a macro, by its name without the backslash, reads as something."""
    if name in HANDLERS or name in COMMANDS:
        return True
    return not isinstance(parse_formula(f"\\{name} ").single(), Unknown)


def clean_source(source: str) -> str:
    """The source without folded lines and entities, its own definitions applied."""
    if "%" in source:
        source = re.sub(_FOLDED_LINE, _unfold_line_end, source) if "\n" in source else source
        source = re.sub(_LOST_FOLD, "", source)
    if "&" in source and ";" in source:
        # An ampersand parts columns only where there are any.
        ampersand = "&" if "\\\\" in source or "\\begin" in source else "\\&"
        source = re.sub(_ENTITY, _character, source.replace("&amp;", ampersand))
    if "\\end" in source:
        source = amstex_to_latex(source)
    return apply_definitions(source)


def _character(entity: re.Match[str]) -> str:
    """Return what an HTML entity stands for, unless it would mislead a terminal.

    It was not sanitised yet.
    """
    from html import unescape

    return sanitise(unescape(entity[0]))


def _unfold_line_end(fold: re.Match[str]) -> str:
    """Nothing, or a space where a macro's name would grow into the next line."""
    before = fold.string[: fold.start("fold")]
    return fold["before"] + (" " if re.search(r"\\[A-Za-z]+$", before) else "")


def parse_macro(text: str, start: int, end: int | None = None) -> tuple[Row, int]:
    r"""The tree of one macro in running text, and where in the text it ends.

    The macro begins with the backslash at `start` and takes its arguments as in a formula, with
    braces or without (`\bar b`, `\tfrac12`, `\mathbb Z_2`); the scripts behind it belong to it.

    Args:
        text: The running text.
        start: Where the macro begins.
        end: What may not be passed, such as the beginning of the next formula.
    """
    stop = min(start + _LONGEST_MACRO, len(text) if end is None else end)
    parser = FormulaParser(text[start:stop], HANDLERS)
    node = parser.nucleus(parser.take())
    if text[start + parser.offset() : stop].startswith(("^", "_")):
        node = read_scripts(parser, node)
    row = EMPTY if node is None else node if isinstance(node, Row) else Row((node,))
    return row, start + parser.offset()
