r"""Where the formulas of a text are: `$…$`, `$$…$$`, `\(…\)`, `\[…\]`, environments; not prices."""

from __future__ import annotations

import re
from typing import NamedTuple

_ENVIRONMENTS = (
    "equation|align|gather|multline|eqnarray|displaymath|math|aligned|gathered|split|alignat|flalign|cases|"
    "[pbBvV]?matrix|array|subequations"
)
_OPENING = re.compile(
    rf"\\\\|\\\(|\\\[|\\\$|\\begin\{{(?P<environment>(?:{_ENVIRONMENTS})\*?)\}}|\$\$?|\\verb\*?(?P<bar>[^A-Za-z\s*])"
)
_CLOSING = {"\\(": "\\)", "\\[": "\\]", "$$": "$$"}
_LONGEST = 4000

# Four words of prose in a row do not occur in a formula, except in the arguments of these.
_PROSE = re.compile(r"(?:(?<![\\A-Za-z])[A-Za-z]{2,}[,;:.]?\s+){3}[A-Za-z]{2,}")
_TEXT_ARGUMENT = re.compile(
    r"\\(?:text|mbox|textrm|textit|textbf|mathrm|operatorname\*?|textnormal|hbox|textup|texttt|textsf|textsc|emph|"
    r"mathit|mathsf|mathtt|mathbf)\s*\{(?:[^{}\\]|\\.)*\}"
)
_SENTENCE = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}(?:\s+[A-Za-z]{2,}){2}")
# What stands between two prices: "$5 million, not $3 million".
_BETWEEN_PRICES = re.compile(
    r"[\d.,]+\s?(?:[kKMBT]|million|billion|trillion|USD)?(?:[\s,]+[a-z]+){0,4}[\s(,/–-]+"
)


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
    closes = _Closings(text)
    while match := _OPENING.search(text, position):
        position = match.end()
        opening = match[0]
        if opening in ("\\\\", "\\$"):
            continue
        if match["bar"]:
            end = text.find(match["bar"], position)
            position = end + 1 if 0 <= end - position < 200 else position
            continue
        closing = _CLOSING.get(opening) or f"\\end{{{match['environment']}}}"
        end = closes.next_dollar(position) if opening == "$" else closes.next(closing, position)
        length = 1 if opening == "$" else len(closing)
        if not 0 <= end - position <= _LONGEST:
            continue
        body = text[position:end]
        if not is_formula(body, text[end + length : end + length + 1] if opening == "$" else ""):
            continue
        environment = match["environment"]
        if environment and environment.rstrip("*") not in ("equation", "displaymath", "math", "subequations"):
            body = text[match.start() : end + length]
        display = opening not in ("$", "\\(") and environment not in ("math", "cases", "array")
        formulas.append(Formula(match.start(), end + length, body, display))
        position = end + length
    return formulas


class _Closings:
    """Where closing delimiters are; remembers those that do not come any more, so that looking stays cheap."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next: dict[str, int] = {}

    def next(self, closing: str, position: int) -> int:
        """The first place of this delimiter from `position` on; -1 when there is none."""
        known = self._next.get(closing, -2)
        if known != -1 and known < position:
            known = self._text.find(closing, position)
            self._next[closing] = known
        return known

    def next_dollar(self, position: int) -> int:
        """The next dollar sign that is not escaped."""
        place = self.next("$", position)
        while place > 0 and self._text[place - 1] == "\\" and self._text[place - 2 : place] != "\\\\":
            place = self.next("$", place + 1)
        return place


def _reads_as_prose(body: str) -> bool:
    """Whether words follow each other as in a sentence; a list such as `$SML, MED, LRG, MULTI$` is none."""
    bare = _TEXT_ARGUMENT.sub(" ", body)
    if _PROSE.search(bare) is None:
        return False
    return body[0].isspace() or body[-1].isspace() or body[-1] == "(" or _SENTENCE.search(bare) is not None


def is_formula(body: str, after: str) -> bool:
    """Whether what stands between two delimiters is a formula, not prose between two prices."""
    if not body or body.isspace() or "\n\n" in body:
        return False
    if " " in body and _reads_as_prose(body):
        return False
    return not (after.isdigit() and _BETWEEN_PRICES.fullmatch(body))
