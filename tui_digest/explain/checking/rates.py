r"""Rates such as $\mathcal{O}(1/\sqrt{T})$, in one form: $O(T^{-1/2})$ and O(1/√T) are the same."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import NamedTuple

from tui_digest.explain.checking.normalise import letter_of

_OPEN = re.compile(
    r"(?<![A-Za-z\\])(?:\\(?:mathcal|mathrm|mathit|tilde|widetilde|bar|hat)\s*\{?\s{0,3}|\{\\cal\s+|\{){0,4}"
    r"(?P<order>[OoΩΘΟ]|\\Omega|\\Theta)(?![A-Za-z])[\s}]{0,4}(?:\\!|\\,|\\left|\\[bB]igg?l?){0,3}\s{0,3}[({\[]"
)
_NOISE = re.compile(
    r"\\(?:left|right|[bB]igg?[lr]?|mathrm|mathcal|mathbf|boldsymbol|operatorname|text|displaystyle|cdot|times)"
    r"(?![A-Za-z])|\\[,;:!> ]|[~$*·×]"
)
_SUPERSCRIPT = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿᵏᵗᵀᵈᵖ]+(?:[ᐟ⁄][⁰¹²³⁴⁵⁶⁷⁸⁹]+)?")
_TOKEN = re.compile(r"\\?(?:log|ln|sqrt|frac|exp)(?![a-z])|\\[dt]frac|\\[A-Za-z]+|\d+(?:\.\d+)?|.", re.DOTALL)

# Outside TeX, n^-1/2 is meant as it sounds.
_BARE_EXPONENT = re.compile(r"\^(\()?(-?\d+/\d+)(?(1)\))")


class Rate(NamedTuple):
    """A rate in one form: its order (`O`, `~O`, `Ω`, `Θ`, `o`) and what is inside."""

    order: str
    inside: str


Powers = dict[str, Fraction]


class _NotAProductError(Exception):
    """The rate has a sum or something else that is no product of powers."""


def find_rates(text: str) -> list[Rate]:
    """The rates O(…), Ω(…), Θ(…) of a text with TeX, each in one form; the logarithms stay in."""
    text = _SUPERSCRIPT.sub(lambda run: f"^{{{unicodedata.normalize('NFKC', run[0])}}}", text)
    text = text.replace("√", r"\sqrt").translate({0x2044: "/", 0x141F: "/", 0x2212: "-"})
    text = _BARE_EXPONENT.sub(r"^{\2}", text)
    rates = []
    for match in _OPEN.finditer(text):
        inside = _balanced(text, match.end() - 1)
        if inside:
            soft = "~" if "tilde" in match[0] else ""
            order = {"\\Omega": "Ω", "\\Theta": "Θ", "Ο": "O"}.get(match["order"], match["order"])
            rates.append(Rate(soft + order, canonical(inside)))
    return rates


def canonical(rate: str) -> str:
    """A term in one form: a product as its bases' powers in order, anything else as its bare signs."""
    tokens = [_plain(token) for token in _TOKEN.findall(_NOISE.sub("", rate)) if not token.isspace()]
    parser = _Parser(tokens)
    try:
        powers = parser.product()
        if parser.rest():
            raise _NotAProductError
    except (_NotAProductError, ZeroDivisionError, ValueError, RecursionError):
        return "".join(token.removeprefix("\\") for token in tokens if token not in "{}")
    return "·".join(f"{base}^{power}" for base, power in sorted(powers.items()) if power) or "1"


def _plain(token: str) -> str:
    return unicodedata.normalize("NFKC", letter_of(token[1:]) or token if token[0] == "\\" else token)


def _balanced(text: str, start: int) -> str:
    """What stands between the bracket at `start` and the one that closes it; "" if none does."""
    closing = {"(": ")", "[": "]", "{": "}"}
    opened = text[start]
    depth = 0
    for place in range(start, min(len(text), start + 200)):
        if text[place] == opened:
            depth += 1
        elif text[place] == closing[opened]:
            depth -= 1
            if depth == 0:
                return text[start + 1 : place].strip()
    return ""


class _Parser:
    """Reads products, quotients and powers into the power of each base."""

    def __init__(self, tokens: list[str]) -> None:
        self._tokens = tokens
        self._place = 0

    def rest(self) -> bool:
        return self._place < len(self._tokens)

    def product(self) -> Powers:
        powers: Powers = {}
        sign = 1
        while self.rest() and self._peek() not in ")}]":
            if self._peek() == "/":
                self._take()
                sign = -1
            for base, power in self._factor().items():
                powers[base] = powers.get(base, Fraction(0)) + sign * power
            sign = 1
        return powers

    def _factor(self) -> Powers:
        powers = self._base()
        if self.rest() and self._peek() == "^":
            self._take()
            exponent = self._exponent()
            powers = {base: power * exponent for base, power in powers.items()}
        return powers

    def _base(self) -> Powers:
        token = self._take()
        if token in ("(", "{", "["):
            powers = self.product()
            self._take()
            return powers
        if token in ("\\frac", "\\dfrac", "\\tfrac"):
            above, below = self._base(), self._base()
            return {
                base: above.get(base, Fraction(0)) - below.get(base, Fraction(0))
                for base in {**above, **below}
            }
        if token in ("\\sqrt", "sqrt"):
            return {base: power / 2 for base, power in self._base().items()}
        if token in ("\\log", "log", "\\ln", "ln"):
            return {f"log {self._argument()}": Fraction(1)}
        if token == "1":
            return {}
        if token.isdigit() or token.isalpha() or token.startswith("\\"):
            return {token + self._subscript(): Fraction(1)}
        raise _NotAProductError

    def _argument(self) -> str:
        """What a logarithm is of, in one form."""
        power = ""
        if self.rest() and self._peek() == "^":
            self._take()
            power = f"^{self._exponent()}"
        inside = self._factor()
        return "·".join(f"{base}^{exponent}" for base, exponent in sorted(inside.items())) + power

    def _subscript(self) -> str:
        if not self.rest() or self._peek() != "_":
            return ""
        self._take()
        return "_" + self._group()

    def _exponent(self) -> Fraction:
        text = self._group().strip("()")
        plain = text.replace("\\frac", "").replace("}{", "/").replace("{", "").replace("}", "")
        above, _, below = plain.partition("/")
        return Fraction(above) / Fraction(below or "1")

    def _group(self) -> str:
        token = self._take()
        if token != "{":
            return token + self._take() if token == "-" else token
        inside = ""
        depth = 1
        while True:
            token = self._take()
            depth += {"{": 1, "}": -1}.get(token, 0)
            if depth == 0:
                return inside
            inside += token

    def _peek(self) -> str:
        return self._tokens[self._place]

    def _take(self) -> str:
        if not self.rest():
            raise _NotAProductError
        self._place += 1
        return self._tokens[self._place - 1]
