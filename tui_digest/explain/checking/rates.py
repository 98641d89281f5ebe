r"""Terms in one form: $1/\sqrt{T}$ and $T^{-1/2}$ are the same power of T."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

_LONGEST_TERM = 60
_OPENS, _CLOSES = frozenset("([{"), frozenset(")]}")

Powers = dict[str, Fraction]


class _NotAProductError(Exception):
    """The term is a sum, or something else that is no product of powers."""


def power_form(texts: Sequence[str]) -> str:
    """Return a product as the powers of its bases in order, else the tokens joined.

    Args:
        texts: The texts of a formula's tokens, with the parentheses that group them.
    """
    return _power_form(tuple(texts))


@lru_cache(maxsize=1024)
def _power_form(texts: tuple[str, ...]) -> str:
    plain = "".join(texts)
    if len(texts) == 1 or len(texts) > _LONGEST_TERM:
        return plain
    parser = _TermParser(texts)
    try:
        powers = parser.product()
        if not parser.ended:
            return plain
    except (_NotAProductError, ZeroDivisionError, ValueError, RecursionError):
        return plain
    form = "·".join(
        base if power == 1 else f"{base}^{power}" for base, power in sorted(powers.items()) if power
    )
    return form or "1"


class _TermParser:
    """Reads products, quotients, roots and powers into the power of each base."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._place = 0

    @property
    def ended(self) -> bool:
        return self._place >= len(self._texts)

    def product(self) -> Powers:
        powers: Powers = {}
        sign = 1
        while not self.ended and self._peek() not in _CLOSES:
            if self._peek() == "/":
                self._take()
                sign = -1
            elif self._peek() in ("·", "×", "*"):
                self._take()
            for base, power in self._factor().items():
                powers[base] = powers.get(base, Fraction(0)) + sign * power
            sign = 1
        return powers

    def _factor(self) -> Powers:
        powers = self._base()
        if not self.ended and self._peek() == "^":
            self._take()
            exponent = self._exponent()
            if not exponent:
                raise _NotAProductError
            powers = {base: power * exponent for base, power in powers.items()}
        return powers

    def _base(self) -> Powers:
        token = self._take()
        if token in _OPENS:
            powers = self.product()
            self._take()
            return powers
        if token == "√":
            return {base: power / 2 for base, power in self._base().items()}
        if token == "l" and list(self._texts[self._place : self._place + 2]) == ["o", "g"]:
            self._place += 2
            return {f"log {self._argument()}": Fraction(1)}
        if token == "1":
            return {}
        if token.isalnum():
            return {token + self._subscript(): Fraction(1)}
        raise _NotAProductError

    def _argument(self) -> str:
        """Return what a logarithm is of, in one form."""
        power = ""
        if not self.ended and self._peek() == "^":
            self._take()
            power = f"^{self._exponent()}"
        inside = self._factor()
        return "·".join(f"{base}^{exponent}" for base, exponent in sorted(inside.items())) + power

    def _subscript(self) -> str:
        if self.ended or self._peek() != "_":
            return ""
        self._take()
        return "_" + "".join(self._group())

    def _exponent(self) -> Fraction:
        above, _, below = "".join(self._group()).partition("/")
        return Fraction(above) / Fraction(below or "1")

    def _group(self) -> list[str]:
        """One token, or those in the parentheses that open here."""
        token = self._take()
        if token not in _OPENS:
            return [token]
        inside: list[str] = []
        depth = 1
        while True:
            token = self._take()
            depth += (token in _OPENS) - (token in _CLOSES)
            if depth == 0:
                return inside
            inside.append(token)

    def _peek(self) -> str:
        return self._texts[self._place]

    def _take(self) -> str:
        if self.ended:
            raise _NotAProductError
        self._place += 1
        return self._texts[self._place - 1]
