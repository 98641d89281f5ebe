r"""Formulas without delimiters in prose: `\epsilon^{-1/2}`, `ε⁻¹ᐟ²`, `a - b ≥ c`."""

from __future__ import annotations

import re

from tui_digest.explain.checking.vocabulary import word_set
from tui_digest.latex.formula.macros import HANDLERS
from tui_digest.latex.symbols.table import COMMANDS

ACCENT = (
    r"\\(?:[\"'`^~=.](?:\{\s*\\?[A-Za-z]?\s*\}|\\?[A-Za-z])"
    r"|[cvuHkrdbt](?![A-Za-z])\s*(?:\{\s*\\?[A-Za-z]?\s*\}|\\?[A-Za-z]))"
)
"""The pattern of a letter with an accent, as TeX has it."""

_ACCENTED = re.compile(ACCENT)
_TEXT_MACROS = word_set(
    """
    emph text textit textbf textsc textrm textsf texttt textsl mbox hbox em it bf sc rm sf tt sl
    cite citep citet ref eqref label tag url href underline item par noindent ss ae AE oe OE aa AA o
    O l L i j c v u H k r d b t ldots dots textsuperscript textsubscript footnote begin end
    """
)
_MATHEMATICAL = re.compile(
    r"[\^=<>≤≥≠≈∼∈∉→←↔×±∞√∑∏∫∂∇·⋅‖⟨⟩−∝≪≫≡⊂⊆∪∩°Α-ωϑϕϵℓℝℕℤℚℂℋℒ𝒜-𝟿⁰¹²³⁴-ⁿ₀-ₜ]|[A-Za-z0-9)}]_[A-Za-z0-9{\\]"
    r"|(?<![A-Za-z\\])(?:[OΩΘ]\(|[A-Za-z]{1,4}\((?!\[|[a-z]{1,2}\)))|\([A-Za-z0-9]{1,2}[-+/*][A-Za-z0-9]|\\[A-Za-z]+"
)
_MACRO = re.compile(r"\\([A-Za-z]+)")
_ADDRESS = re.compile(r"https?:|www\.|@", re.IGNORECASE)
_PIECE = re.compile(r"\S+")
_LEADING = re.compile(r"(?:[\"“”‘’'`,;:]|[A-Za-zÀ-ɏ]{2,}-(?=\S)|\\(?=[\"'`]))+")
_TRAILING = re.compile(r"(?:-[A-Za-zÀ-ɏ]{2,}[^\s^_(){}=\\]*|['’]s?|[\"“”`,;:.?!])+$")
_CLOSES = {"(": ")", "{": "}", "[": "]"}
_RELATION_END = re.compile(r"(?:[=<>≤≥≠≈∼∈]|\\(?:leq?|geq?|neq?|in|sim|approx|equiv|to|subset))$")
_SHORT_TERM = re.compile(
    r"\s+(?!(?:an?|is|in|of|or|and|the|for|we|if|by|to|on|as|it|at|so|with)\b)[A-Za-z]{1,3}(?![\w'’-])"
)
_SIGN_PIECE = re.compile(r"[-+/|*−·×<>=≤≥≠≈~∼]|\\(?:leq?|geq?|neq?|lt|gt|in|to|sim|approx|times|cdot|pm)")
_OPERAND_PIECE = re.compile(r"[(]?(?:[^\W\d_]|\d+(?:\.\d+)?)[)]?(?=[.,;:]?$)")
_UNFINISHED = re.compile(r"\\(?:log|ln|exp|sqrt|sin|cos|tan|max|min|times|cdot|pm|frac\S*)$|[-+/*=<>^_]$")


def bare_formulas(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return where in prose formulas are without delimiters."""
    if _MATHEMATICAL.search(text, start, end) is None:
        return []
    pieces = [match.span() for match in _PIECE.finditer(text, start, end)]
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(pieces):
        first, last = pieces[index]
        index += 1
        if not _is_mathematical(text, first, last):
            continue
        first, last = _bare(text, first, last)
        while index < len(pieces) and _is_open(text[first:last]) and pieces[index][1] - first < 120:
            if not _goes_on(text[pieces[index][0] : pieces[index][1]]):
                break
            last = _bare(text, first, pieces[index][1])[1]
            index += 1
        first, last = _balance(text, first, last)
        if first < last:
            found.append((first, last))
    return _joined(text, _with_operands(text, pieces, found), end)


def _is_mathematical(text: str, first: int, last: int) -> bool:
    if text.startswith("$", last) and text[last - 1] == "(":
        return False
    piece = _ACCENTED.sub("", text[first:last])
    if _MATHEMATICAL.search(piece) is None or _ADDRESS.search(piece):
        return False
    bare = _MACRO.sub("", piece)
    if _MATHEMATICAL.search(bare) is not None:
        return True
    names = _MACRO.findall(piece)
    return any(name not in _TEXT_MACROS and (name in COMMANDS or name in HANDLERS) for name in names)


def _bare(text: str, first: int, last: int) -> tuple[int, int]:
    """A piece without the punctuation and the words that hyphens join to it."""
    leading = _LEADING.match(text, first, last)
    if leading is not None:
        first = leading.end()
    trailing = _TRAILING.search(text[first:last])
    if trailing is not None:
        last = first + trailing.start()
    return first, last


def _is_open(piece: str) -> bool:
    return piece.count("{") > piece.count("}") or piece.count("(") > piece.count(")")


def _goes_on(piece: str) -> bool:
    """Tell whether a piece can be the rest of a formula: it has no word of prose."""
    return re.search(r"(?<!\\)\b[^\W\d_]{4,}", _MACRO.sub("", piece)) is None


def _balance(text: str, first: int, last: int) -> tuple[int, int]:
    """The formula without brackets at its ends that nothing closes or opens."""
    while first < last and text[last - 1] in ")}]" and _excess(text[first:last], text[last - 1]) > 0:
        last -= 1
    while first < last and text[first] in "({[" and _excess(text[first:last], _CLOSES[text[first]]) < 0:
        first += 1
    if last - first > 2 and text[first] == "(" and text[last - 1] == ")" and text[first + 1] in "<>=≤≥≈~∼":
        return first + 1, last - 1
    return first, last


def _excess(piece: str, closing: str) -> int:
    opening = {")": "(", "}": "{", "]": "["}[closing]
    return piece.count(closing) - piece.count(opening)


def _joined(text: str, found: list[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """Join formulas with only spaces between them, and a short term behind a relation."""
    joined: list[tuple[int, int]] = []
    for first, last in found:
        if joined and not text[joined[-1][1] : first].strip() and "\n\n" not in text[joined[-1][1] : first]:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    for index, (first, last) in enumerate(joined):
        limit = joined[index + 1][0] if index + 1 < len(joined) else end
        if _RELATION_END.search(text[first:last]) and (term := _SHORT_TERM.match(text, last, limit)):
            joined[index] = (first, term.end())
    return joined


def _with_operands(
    text: str, pieces: list[tuple[int, int]], found: list[tuple[int, int]]
) -> list[tuple[int, int]]:
    r"""Add what belongs to formulas written with spaces.

    Those are the signs alone in `a - b ≥ c`, and the `n` of `\log n`.
    """
    if not found:
        return found
    whole = dict(found)
    for index, (first, last) in enumerate(pieces):
        alone = _SIGN_PIECE.fullmatch(text, first, last) is not None
        if alone and any(start < first and last <= end for start, end in found):
            continue
        if alone and 0 < index < len(pieces) - 1:
            ends = [_operand(text, pieces[index + step], found) for step in (-1, 1)]
            if all(ends):
                whole |= dict((*filter(None, ends), (first, last)))
        elif index + 1 < len(pieces) and _UNFINISHED.search(text, first, last) and first in whole:
            following = _operand(text, pieces[index + 1], found)
            if following is not None:
                whole[following[0]] = following[1]
    return sorted(whole.items())


def _operand(text: str, piece: tuple[int, int], found: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The formula that a piece is part of, or the single letter or number that it is."""
    for first, last in found:
        if first < piece[1] and piece[0] < last:
            return first, last
    match = _OPERAND_PIECE.match(text[piece[0] : piece[1]])
    return (piece[0], piece[0] + match.end()) if match is not None else None
