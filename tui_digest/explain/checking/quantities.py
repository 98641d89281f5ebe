"""Numbers of prose, in digits or in words, with what they count."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from tui_digest.explain.checking.formula_tokens import TokenKind
from tui_digest.explain.checking.passage import Token
from tui_digest.explain.checking.vocabulary import CARDINALS, MULTIPLES, ORDINALS, SCALES

_SCALE_LETTERS = {"k": 3, "K": 3, "M": 6, "B": 9}


class WrittenNumber(NamedTuple):
    """A number of one token: its value in decimal, and how it is written."""

    value: str
    ordinal: bool = False
    digits: bool = False


class Quantity(NamedTuple):
    """A number in prose, with what it counts.

    Attributes:
        value: The number in decimal, scale words multiplied in.
        unit: The unit in one form, "" for none.
        before, after: The stems of content words beside it.
        ordinal: Whether it is an ordinal or a word such as `pair`, `cubic`.
        digits: Whether it was written in digits.
        place: The token.
    """

    value: str
    unit: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    ordinal: bool
    digits: bool
    place: int


def number_in(token: Token) -> WrittenNumber | None:
    """Return the number that a token is, in digits or as a word of prose."""
    if token.kind is TokenKind.NUMBER:
        return WrittenNumber(times_power(token.text, 0), digits=True)
    if token.kind is not TokenKind.WORD or token.formula >= 0:
        return None
    if token.text in CARDINALS:
        return WrittenNumber(CARDINALS[token.text])
    counted = ORDINALS.get(token.text) or MULTIPLES.get(token.text)
    return WrittenNumber(counted, ordinal=True) if counted else None


def power_of_ten(token: Token) -> int:
    """The power of ten of what is behind a number: `thousand`, `4K`; 0 for none."""
    if token.joined and token.raw in _SCALE_LETTERS:
        return _SCALE_LETTERS[token.raw]
    return 0 if token.text == "k" else SCALES.get(token.text, 0)


def times_power(value: str, power: int) -> str:
    """Return a number times a power of ten, in decimal digits if it is one."""
    try:
        return format((Decimal(value) * Decimal(10) ** power).normalize(), "f")
    except InvalidOperation:
        return value
