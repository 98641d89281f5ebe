"""The numbers of a text, in one form: 1,000 and 1000, 95% and 0.95, two and 2."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_NUMBER = re.compile(
    r"(?P<number>\d{1,3}(?:(?:,|\{,\}|\\,|\u202f|\u2009)\d{3})+(?:\.\d+)?(?![\d])|\d*\.\d+|\d+)"
    r"(?P<scale>\s?(?:[kKMB](?![^\W_])|thousand\b|million\b|billion\b))?"
    r"(?P<percent>\s?(?:\\?%|percent\b|per cent\b))?"
)
_SCALES = {"k": 1_000, "thousand": 1_000, "m": 10**6, "million": 10**6, "b": 10**9, "billion": 10**9}
# What stands before a number that is part of a word, or of an enumeration.
_COUNTS_ITEMS = re.compile(
    r"(?:[A-Za-zÀ-ɏͰ-Ͽ]|\b(?:step|stage|phase|part|case|idea|point|item)s?\s?)$", re.IGNORECASE
)
_WORD = re.compile(r"[A-Za-z]+")
_CARDINALS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_WORDS = {word: Decimal(value) for value, word in enumerate(_CARDINALS)} | {
    word: Decimal(value)
    for value, words in {
        "0.5": "half halves",
        "1": "first single once linear unit",
        "2": "second twice double doubly both pair pairs pairwise dual binary bilevel quadratic half",
        "3": "third triple cubic ternary",
        "4": "fourth quartic quarter quadruple",
        "5": "fifth",
        "100": "hundred hundreds",
        "1000": "thousand thousands",
        "1000000": "million millions",
        "1000000000": "billion billions",
    }.items()
    for word in words.split()
}
# \frac12 is the fraction of 1 and 2.
_SHORT_FRACTION = re.compile(r"(\\[dt]?frac)\s*(\d)\s*(\d)")
_FRACTION = re.compile(r"(?<![\d.])(\d{1,4})\s*(?:/|\}\s*\{)\s*(\d{1,4})(?![\d.])")


class Quantity:
    """A number as it stands in a text, and all that it may mean."""

    def __init__(self, match: re.Match[str]) -> None:
        """The number that was found."""
        digits = re.sub(r"[^\d.]", "", match["number"].rstrip("."))
        value = Decimal(digits)
        self.value = value
        self.values = {value}
        if match["scale"]:
            # Both readings: 10K is ten thousand, 10 K is cold.
            self.values.add(value * _SCALES[match["scale"].strip().lower()])
        if match["percent"]:
            self.values.add(value / 100)


def find_quantities(text: str) -> list[Quantity]:
    """The numbers that are written in digits.

    Those that are part of a word (`L2`, `CIFAR10`) or only count the items of a list (Step 1, (2))
    say nothing and are left out.
    """
    plain = _plain(text)
    return [
        Quantity(match)
        for match in _NUMBER.finditer(plain)
        if not _COUNTS_ITEMS.search(plain, max(0, match.start() - 10), match.start())
        and not (
            plain[match.end() : match.end() + 1] == ")" and plain[match.start() - 1 : match.start()] == "("
        )
    ]


def all_values(text: str) -> set[Decimal]:
    """Every value that a text mentions in any way: digits, parts of words, words, fractions."""
    plain = _plain(text)
    values: set[Decimal] = set()
    for match in _NUMBER.finditer(plain):
        values |= Quantity(match).values | {Decimal(digits) for digits in re.findall(r"\d+", match["number"])}
    values |= {_WORDS[word] for word in map(str.lower, _WORD.findall(plain)) if word in _WORDS}
    values |= {Decimal(above) / Decimal(below) for above, below in _FRACTION.findall(plain) if int(below)}
    return values


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", _SHORT_FRACTION.sub(r"\1{\2}{\3}", text))
