r"""Where the formulas of a text are: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, environments; not prices."""

from __future__ import annotations

import re
from typing import NamedTuple

_ENVIRONMENT_NAMES = (
    "equation displaymath math subequations eqnarray multline split align aligned alignat flalign gather "
    "gathered cases array matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix"
)
_ENVIRONMENTS = frozenset(_ENVIRONMENT_NAMES.split())
_OPENING = re.compile(
    r"\\\\|\\\(|\\\[|\\\$|\\begin\{(?P<environment>[A-Za-z]+\*?)\}|\$\$?|\\verb\*?(?P<bar>[^A-Za-z\s*])"
)
_CLOSING = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}
_ESCAPES = ("\\\\", "\\$")
_WRAPPERS = ("equation", "displaymath", "math", "subequations")
_INLINE = ("math", "cases", "array")
_LONGEST = 4000

# Four words of prose in a row do not occur in a formula, except in the arguments of these.
_PROSE = re.compile(r"(?:(?<![\\A-Za-z])[A-Za-z]{2,}[,;:.]?\s+){3}[A-Za-z]{2,}")
# These patterns are compiled when a text first needs them, which few do.
_TEXT_ARGUMENT = (
    r"\\(?:text|mbox|textrm|textit|textbf|mathrm|operatorname\*?|textnormal|hbox|textup|texttt|textsf|textsc|emph|"
    r"mathit|mathsf|mathtt|mathbf)\s*\{(?:[^{}\\]|\\.)*\}"
)
_SENTENCE = r"(?<![\\A-Za-z])[A-Za-z]{2,}(?:\s+[A-Za-z]{2,}){2}"
_SHORTEST_PROSE = len("if it is so")
# What follows a dollar sign that is a price's: "$5 million, not $3 million".
_AFTER_PRICE_SIGN = r"\d[^\\^_{}=<>]*[\s(,/–-]"


class Formula(NamedTuple):
    """A formula's place in a text, from `start` to `end` with its delimiters; `tex` is without them."""

    start: int
    end: int
    tex: str
    display: bool


def find_formulas(text: str) -> list[Formula]:
    """The formulas of a text in order. A `$` that opens nothing, or prices, is left to the prose."""
    formulas: list[Formula] = []
    position = 0
    closings = _Closings(text)
    while match := _OPENING.search(text, position):
        position = match.end()
        opening = match[0]
        if opening == "$":
            formula = _between_dollars(text, position, closings)
        elif opening in _ESCAPES:
            continue
        elif match.lastgroup == "bar":
            position = _verbatim_end(text, match["bar"], position)
            continue
        else:
            formula = _between_delimiters(text, match, closings)
        if formula is not None:
            formulas.append(formula)
            position = formula.end
    return formulas


def _between_dollars(text: str, start: int, closings: _Closings) -> Formula | None:
    """The formula that begins behind a dollar sign at `start`, if it is one."""
    end = text.find("$", start)
    while end > 0 and text[end - 1] == "\\" and text[end - 2 : end] != "\\\\":
        end = text.find("$", end + 1)
    if not 0 < end - start <= _LONGEST:
        return None
    body = text[start:end]
    if not is_formula(body):
        return None
    if body[0].isdigit() and re.fullmatch(_AFTER_PRICE_SIGN, body):
        another_price = text[end + 1 : end + 2].isdigit()
        if another_price or closings.dollars_from(end) % 2 == 0:
            return None
    return Formula(start - 1, end + 1, body, display=False)


def _between_delimiters(text: str, opening: re.Match[str], closings: _Closings) -> Formula | None:
    """The formula in `$$…$$`, brackets or an environment that begins at this opening, if it ends."""
    environment = opening["environment"] or ""
    if environment and environment.removesuffix("*") not in _ENVIRONMENTS:
        return None
    closing = f"\\end{{{environment}}}" if environment else _CLOSING[opening[0]]
    start = opening.end()
    end = closings.next(closing, start)
    body = text[start:end]
    if not 0 <= end - start <= _LONGEST or not is_formula(body):
        return None
    if environment and environment.rstrip("*") not in _WRAPPERS:
        body = text[opening.start() : end + len(closing)]
    display = opening[0] != "\\(" and environment not in _INLINE
    return Formula(opening.start(), end + len(closing), body, display)


def _verbatim_end(text: str, bar: str, start: int) -> int:
    end = text.find(bar, start, start + 200)
    return start if end < 0 else end + 1


class _Closings:
    """Where closing delimiters are; remembers those that do not come any more, to look once only."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}
        self._counted = 0
        self._dollars = text.count("$")

    def next(self, closing: str, position: int) -> int:
        """The first place of this delimiter from `position` on; -1 when there is none."""
        known = self._next.get(closing, -2)
        if known != -1 and known < position:
            known = self._text.find(closing, position)
            self._next[closing] = known
        return known

    def dollars_from(self, position: int) -> int:
        """How many dollar signs there are from here on; positions must not decrease from call to call."""
        self._dollars -= self._text.count("$", self._counted, position)
        self._counted = position
        return self._dollars


def _reads_as_prose(body: str) -> bool:
    """Whether words follow each other as in a sentence; a list such as `$SML, MED, LRG, MULTI$` is none."""
    if body.count(" ") + body.count("\n") < 3:
        return False
    if _PROSE.search(body) is None:
        return False
    bare = re.sub(_TEXT_ARGUMENT, " ", body)
    if _PROSE.search(bare) is None:
        return False
    return (
        body[0].isspace() or body[-1].isspace() or body[-1] == "(" or re.search(_SENTENCE, bare) is not None
    )


def is_formula(body: str) -> bool:
    """Whether what stands between two delimiters is a formula, not prose between two prices."""
    if not body or body.isspace() or "\n\n" in body:
        return False
    return len(body) < _SHORTEST_PROSE or not _reads_as_prose(body)
