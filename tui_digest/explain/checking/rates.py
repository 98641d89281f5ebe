r"""Terms in one form: $1/\sqrt{T}$ and $T^{-1/2}$ are the same.

A term is read as a sum of products of powers. Exponents are such sums themselves, so that the powers
of one base are added.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

_LONGEST_TERM = 60
_MOST_PARTS = 24
_MOST_FACTORS = 4
_MOST_DIGITS = 6
_MOST_BITS = 1024
"""How long a coefficient may get; towers of powers come to millions of digits."""
_OPENS, _CLOSES = frozenset("([{"), frozenset(")]}")
_BARS = frozenset("|‖")
# What is read as part of a letter's name when it is raised.
_MARKS = frozenset("*†⊤⊥′+-∘")

# A product is the bases with their exponents, a sum the products with their coefficients; both sorted.
Product = tuple[tuple[str, "Sum"], ...]
Sum = tuple[tuple[Product, Fraction], ...]

_ZERO: Sum = ()
_ONE: Sum = (((), Fraction(1)),)
_MINUS_ONE: Sum = (((), Fraction(-1)),)
_HALF: Sum = (((), Fraction(1, 2)),)


class _NotATermError(Exception):
    """The tokens are no sum of products of powers, or one too long to be compared."""


def power_form(texts: Sequence[str]) -> str:
    """Return a term in one form, else its tokens joined.

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
        terms = parser.sum()
        if not parser.ended:
            return plain
    except (_NotATermError, ZeroDivisionError, ValueError, OverflowError, RecursionError):
        return plain
    return _written(terms)


def _number(value: Fraction) -> Sum:
    return (((), value),) if value else _ZERO


def _constant(terms: Sum) -> Fraction | None:
    """The value of a sum without letters, None for any other."""
    if not terms:
        return Fraction(0)
    return terms[0][1] if len(terms) == 1 and not terms[0][0] else None


def _added(one: Sum, other: Sum) -> Sum:
    parts = dict(one)
    for product, coefficient in other:
        parts[product] = parts.get(product, Fraction(0)) + coefficient
    if len(parts) > _MOST_PARTS:
        raise _NotATermError
    return tuple(sorted((product, number) for product, number in parts.items() if number))


def _multiplied(one: Sum, other: Sum) -> Sum:
    found: Sum = _ZERO
    for first, number in one:
        for second, factor in other:
            found = _added(found, _combined(first, second, number * factor))
    return found


def _combined(first: Product, second: Product, coefficient: Fraction) -> Sum:
    """The product of two products: the exponents of each base added."""
    powers: dict[str, Sum] = dict(first)
    for base, exponent in second:
        powers[base] = _added(powers.get(base, _ZERO), exponent)
    kept = {}
    for base, exponent in powers.items():
        if base.isdigit():
            factor, exponent = _whole_part(base, exponent)
            coefficient *= factor
        if exponent:
            kept[base] = exponent
    if _bits(coefficient) > _MOST_BITS:
        raise _NotATermError
    return ((tuple(sorted(kept.items())), coefficient),) if coefficient else _ZERO


def _bits(number: Fraction) -> int:
    return max(number.numerator.bit_length(), number.denominator.bit_length())


def _whole_part(base: str, exponent: Sum) -> tuple[Fraction, Sum]:
    """Split the whole number off the exponent of a number: 2^(N-1) is 2^N times 1/2."""
    constant = dict(exponent).get((), Fraction(0))
    whole = constant.numerator // constant.denominator
    if not whole or abs(whole) * len(base) > _LONGEST_TERM:
        return Fraction(1), exponent
    return Fraction(base) ** whole, _added(exponent, _number(Fraction(-whole)))


def _raised(terms: Sum, exponent: Sum) -> Sum:
    value = _constant(exponent)
    if value == 0:
        raise _NotATermError
    if value is not None and value.denominator == 1 and 0 < value <= _MOST_FACTORS and len(terms) > 1:
        found = _ONE
        for _ in range(int(value)):
            found = _multiplied(found, terms)
        return found
    if len(terms) != 1:
        return ((((f"({_written(terms)})", exponent),), Fraction(1)),)
    ((product, coefficient),) = terms
    raised = _combined(
        tuple((base, _multiplied(power, exponent)) for base, power in product), (), Fraction(1)
    )
    if coefficient == 1:
        return raised
    if value is not None and value.denominator == 1 and abs(value) <= _LONGEST_TERM:
        if _bits(coefficient) * abs(value) > _MOST_BITS:
            raise _NotATermError
        return _multiplied(raised, _number(coefficient ** int(value)))
    if coefficient < 0:
        raise _NotATermError
    for number, sign in ((coefficient.numerator, 1), (coefficient.denominator, -1)):
        if number != 1:
            power = _multiplied(exponent, _number(Fraction(sign)))
            raised = _multiplied(raised, _combined(((str(number), power),), (), Fraction(1)))
    return raised


def _written(terms: Sum) -> str:
    """A sum as it is compared and shown."""
    if not terms:
        return "0"
    shown = [_product_written(product, coefficient) for product, coefficient in reversed(terms)]
    return "+".join(shown).replace("+-", "-")


def _product_written(product: Product, coefficient: Fraction) -> str:
    factors = [base if exponent == _ONE else f"{base}^{_exponent(exponent)}" for base, exponent in product]
    if not factors:
        return str(coefficient)
    if abs(coefficient) != 1:
        factors.insert(0, str(coefficient))
    return ("-" if coefficient == -1 else "") + "·".join(factors)


def _exponent(exponent: Sum) -> str:
    value = _constant(exponent)
    if value is not None:
        return str(value)
    written = _written(exponent)
    return written if len(written) == 1 else f"({written})"


class _TermParser:
    """Reads sums, products, quotients, roots and powers."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._place = 0
        # What is in each parenthesis, and the place behind it: arguments are looked at before they are read.
        self._insides: dict[int, tuple[Sum, int]] = {}

    @property
    def ended(self) -> bool:
        return self._place >= len(self._texts)

    def sum(self) -> Sum:
        """Return the sum up to a bracket that closes, or to the end."""
        found = _ZERO
        sign = self._sign() if self._peek() in ("+", "-") else _ONE
        while True:
            found = _added(found, _multiplied(sign, self._product()))
            if self._peek() not in ("+", "-"):
                return found
            sign = self._sign()

    def _sign(self) -> Sum:
        return _ONE if self._take() == "+" else _MINUS_ONE

    def _product(self) -> Sum:
        found = self._factor()
        while not self.ended and self._peek() not in _CLOSES and self._peek() not in ("+", "-"):
            divided = self._peek() == "/"
            if divided or self._peek() in ("·", "×", "*"):
                self._take()
            factor = self._factor()
            found = _multiplied(found, _raised(factor, _MINUS_ONE) if divided else factor)
        return found

    def _factor(self) -> Sum:
        base = self._base()
        if self._peek() == "^":
            self._take()
            return _raised(base, self._group())
        return base

    def _base(self) -> Sum:
        token = self._take()
        if token in _OPENS:
            return self._inside()
        if token in _BARS:
            return self._between(token)
        if token == "√":
            return _raised(self._base(), _HALF)
        name = self._function(token)
        if name:
            return self._applied(name)
        if token.isdigit() or (token[:1].isdigit() and token.count(".") == 1):
            if len(token) > _MOST_DIGITS or self._peek() == "_":
                return _letter(token + self._scripts())
            return _number(Fraction(token))
        if token.isalnum() or token in ("∞", "∂", "∇"):
            return self._letter(token)
        raise _NotATermError

    def _inside(self) -> Sum:
        start = self._place
        if start not in self._insides:
            terms = self.sum()
            if self._take() not in _CLOSES:
                raise _NotATermError
            self._insides[start] = terms, self._place
        terms, self._place = self._insides[start]
        return terms

    def _between(self, bar: str) -> Sum:
        """A norm or absolute value; the bar that closes is the next of its kind."""
        start = self._place
        while self._peek() != bar:
            self._take()
        inside = _power_form(tuple(self._texts[start : self._place]))
        self._take()
        return _letter(f"{bar}{inside}{bar}{self._scripts()}")

    def _letter(self, token: str) -> Sum:
        name = token + self._scripts()
        if self._peek() in ("(", "[") and not token.isdigit():
            place = self._place
            self._take()
            inside = self._inside()
            if len(inside) > 1:
                return _letter(f"{name}({_written(inside)})")
            self._place = place
        return _letter(name)

    def _function(self, token: str) -> str:
        """The function whose name, one letter a token, begins with this one."""
        for name in ("log", "ln", "exp"):
            end = self._place + len(name) - 1
            if token == name[0] and "".join(self._texts[self._place : end]) == name[1:]:
                self._place = end
                return "log" if name == "ln" else name
        return ""

    def _applied(self, name: str) -> Sum:
        """A logarithm or exponential of what follows it."""
        base = self._scripts(raised=False)
        power = _ONE
        if self._texts[self._place : self._place + 2] in (["^", "*"], ("^", "*")):
            self._place += 2
            name += "*"
        elif self._peek() == "^":
            self._take()
            power = self._group()
        argument = self._factor()
        if name == "exp" and not base:
            return _raised(_raised(_letter("e"), argument), power)
        return _raised(_letter(f"{name}{base} {_written(argument)}"), power)

    def _scripts(self, *, raised: bool = True) -> str:
        """The primes, index and raised mark that belong to a name."""
        found = ""
        while self._peek() == "′":
            found += self._take()
        if self._peek() == "_":
            self._take()
            found += "_" + "".join(self._bare_group())
        if raised and self._peek() == "^":
            mark = "".join(self._texts[self._place + 1 : self._place + 2])
            if mark in _MARKS:
                self._place += 2
                found += "^" + mark
        return found

    def _group(self) -> Sum:
        """An exponent: one token, or the sum in the parentheses that open here."""
        texts = self._bare_group()
        parser = _TermParser(texts)
        terms = parser.sum()
        if not parser.ended:
            raise _NotATermError
        return terms

    def _bare_group(self) -> list[str]:
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
        return "" if self.ended else self._texts[self._place]

    def _take(self) -> str:
        if self.ended:
            raise _NotATermError
        self._place += 1
        return self._texts[self._place - 1]


def _letter(name: str) -> Sum:
    return ((((name, _ONE),), Fraction(1)),)
