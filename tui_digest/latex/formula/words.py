r"""Words in formulas that no macro marks as text: `\mathrm{eff}`, `{subject to}`."""

from __future__ import annotations

import re
import unicodedata

from tui_digest.latex.formula.context import FormulaContext
from tui_digest.latex.nodes import FormulaText, Name, Node
from tui_digest.latex.symbols.alphabets import ACCENTS

# Two words and more in a group of their own, of two letters and more.
_PLAIN_WORDS = r"\s*[A-Za-z]{2,}(?:\s+[A-Za-z]{2,})+\s*"
_SHORTEST_WORDS = len("suchthat") - 2


def read_words(parser: FormulaContext) -> FormulaText | None:
    """Take a group of nothing but words, such as `{subject to}`; None without one."""
    end = parser.position
    while parser.tokens[end].isalpha():
        end += 1
    if parser.tokens[end] != "}" or end - parser.position < _SHORTEST_WORDS:
        return None
    raw = parser.written(end - parser.position)
    if re.fullmatch(_PLAIN_WORDS, raw) is None:
        return None
    parser.position = end + 1
    return FormulaText((" ".join(raw.split()),))


def read_word(parser: FormulaContext, first: str) -> Node:
    """Letters that are together in an upright alphabet are one word."""
    letters = [first]
    tokens = parser.tokens
    joined = first.isupper() and _continues(parser)
    # As in TeX, the space behind `\acute e` parts nothing.
    touches = True
    while True:
        if tokens[parser.position].isalpha() and (not touches or not parser.has_spaces or parser.touches()):
            letters.append(tokens[parser.position])
            parser.position += 1
            touches = True
        elif tokens[parser.position] == "\\_" and tokens[parser.position + 1].isalpha():
            # A program's name: `\mathsf{blocks\_door}`.
            letters.append("_")
            parser.position += 1
            touches = True
        elif len(letters) > 1 and tokens[parser.position].isdigit() and parser.touches():
            # A name with its number: `\rm CD4^+`.
            letters.append(tokens[parser.position])
            parser.position += 1
            touches = True
        elif len(letters) > 2 and (accented := _accented_letter(parser)):
            letters.append(accented)
            touches = tokens[parser.position - 1] == "}"
        else:
            break
    if len(letters) == 1 and len(first) == 1 and not joined:
        return parser.symbol(first)
    return Name("".join(letters), alphabet=parser.alphabet, joined=joined)


def _accented_letter(parser: FormulaContext) -> str:
    r"""Take an accented letter, as in `\mathrm{Poincar\acute{e}}`; "" without one."""
    macro = parser.tokens[parser.position][1:]
    if macro not in ACCENTS:
        return ""
    braced = parser.tokens[parser.position + 1] == "{"
    letter = parser.tokens[parser.position + 1 + braced]
    composed = unicodedata.normalize("NFC", letter + ACCENTS[macro][0]) if letter.isalpha() else ""
    if len(composed) != 1 or (braced and parser.tokens[parser.position + 3] != "}"):
        return ""
    parser.position += 4 if braced else 2
    return composed


def _continues(parser: FormulaContext) -> bool:
    """Whether the letter just taken touches a script or bracket, as in a substance."""
    if parser.position < 3:
        return False
    script, before = parser.tokens[parser.position - 3 : parser.position - 1]
    return (before in ("}", ")", "]") or script in ("_", "^")) and parser.touches(-1)
