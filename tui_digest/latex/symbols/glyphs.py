"""The three levels of glyphs.

`full`, `basic` for modest fonts, `ascii` for plain terminals and speech.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from typing import Literal, TypeAlias

from tui_digest.latex.nodes import Alphabet, Symbol
from tui_digest.latex.symbols.alphabets import GLYPHS, SUBSCRIPTS, SUPERSCRIPTS
from tui_digest.latex.symbols.table import COMMANDS

Level: TypeAlias = Literal["full", "basic", "ascii"]

_BASIC_SCRIPTS = frozenset("0123456789+-−=()")
_ASCII = {
    "−": "-", "×": "x", "⋅": "*", "∗": "*", "⋆": "*", "·": "*", "±": "+/-", "∓": "-/+", "÷": "/",
    "∘": " o ", "•": "*", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~=", "∼": "~", "≃": "~=", "≅": "~=",
    "≡": "==", "≪": "<<", "≫": ">>", "≔": ":=", "≕": "=:", "∶": ":", "→": "->", "←": "<-", "↔": "<->",
    "⇒": "=>", "⇐": "<==", "⇔": "<=>", "↦": "|->", "∣": "|", "‖": "||", "∥": "||", "⟨": "<", "⟩": ">",
    "⌊": "floor(", "⌋": ")", "⌈": "ceil(", "⌉": ")", "…": "...", "⋯": "...", "′": "'", "″": "''",
    "‴": "'''", "∞": "infinity", "⊤": "T", "∅": "{}", "∖": "\\", "°": "deg", "ᵀ": "^T", "†": "dagger",
    "ℓ": "ell", "ℏ": "hbar", "∑": "sum", "∏": "prod", "∫": "int", "∈": "in", "∉": "not in",
    "∂": "partial", "∀": "for all", "∃": "exists", "¬": "not ", "∧": "and", "∨": "or", "∩": "cap",
    "∪": "cup", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "--", "□": "[]",
}  # fmt: skip
_PRIMES = ("", "′", "″", "‴")
_STARS = frozenset("*∗⋆†‡°®™©℠")
_CHARGES = frozenset("0+-−")
_TRANSPOSES = frozenset("⊤⊺")
_RAISED_MARKS = _STARS | {"ᵀ"}
# By the degree: the sign, and its name in ASCII.
_RADICALS = {"": ("√", "sqrt"), "2": ("√", "sqrt"), "3": ("∛", "cbrt"), "4": ("∜", "root4")}
MARK_NAMES = {
    "\u0302": "hat", "\u0304": "bar", "\u0305": "bar", "\u0303": "tilde", "\u20d7": "vec", "\u20d6": "vec",
    "\u20e1": "vec", "\u0307": "dot", "\u0308": "ddot", "\u20db": "dddot", "\u20dc": "ddddot",
    "\u030c": "check", "\u0306": "breve", "\u0301": "acute", "\u0300": "grave", "\u030a": "ring",
    "\u0332": "underline", "\u0330": "undertilde", "\u0338": "not",
}  # fmt: skip


class GlyphSet:
    """What a level draws with: letters, characters, raised and lowered characters."""

    def __init__(self, level: Level) -> None:
        """The tables of one level."""
        self.level = level
        self.ascii = level == "ascii"
        self.raised = dict(SUPERSCRIPTS)
        self.lowered = dict(SUBSCRIPTS)
        self._alphabets = GLYPHS
        if level != "full":
            self.raised = {key: self.raised[key] for key in _BASIC_SCRIPTS} if level == "basic" else {}
            self.lowered = {key: self.lowered[key] for key in _BASIC_SCRIPTS} if level == "basic" else {}
            blackboard = {
                key: glyph for key, glyph in GLYPHS[Alphabet.BLACKBOARD].items() if glyph < "\uffff"
            }
            self._alphabets = {} if self.ascii else {Alphabet.BLACKBOARD: blackboard}

    def draw(self, text: str, alphabet: str = Alphabet.NORMAL) -> str:
        """A symbol's text, or a word, in its alphabet."""
        if alphabet != Alphabet.NORMAL and alphabet != Alphabet.ROMAN:
            table = self._alphabets.get(alphabet)
            if table is not None:
                text = "".join([table.get(letter, letter) for letter in text])
        if text == "-":
            return "-" if self.ascii else "−"
        return self.plain(text) if self.ascii else text

    def primes(self, count: int) -> str:
        """Return a number of primes."""
        if self.ascii:
            return "'" * count
        return _PRIMES[count] if count < len(_PRIMES) else "′" * count

    def radical(self, degree: str) -> str:
        """The root sign of a degree, as text; of none, for a square root."""
        if degree in _RADICALS:
            return _RADICALS[degree][self.ascii]
        raised = "".join([self.raised.get(character, " ") for character in degree])
        sign = _RADICALS[""][self.ascii]
        return f"{sign}[{degree}]" if " " in raised else raised + sign

    def raised_sign(self, text: str) -> str:
        """A superscript that needs no raising, a star, a degree, a transpose.

        "" for any other.
        """
        if _STARS.issuperset(text):
            return text.replace("∗", "*")
        if text == "∘":
            return "°"
        if text in _TRANSPOSES:
            return self.raised.get("T", "^T")
        if len(text) == 2 and text[0] in _STARS and text[1] in _CHARGES:
            charge = self.raised.get(text[1])
            return f"*{charge}" if charge else ""
        sign = self.raised.get(text[0])
        if sign and text[0] in "+-−" and len(text) == 2:
            mark = self.raised.get("T", "") if text[1] in _TRANSPOSES else text[1]
            return sign + mark if mark in _RAISED_MARKS else ""
        return ""

    def plain(self, text: str) -> str:
        """The text in ASCII as far as anyone would write it so.

        Words' own letters stay as they are.
        """
        if text.isascii():
            return text
        return "".join([_ascii(character) for character in text])


@cache
def glyphs_of(level: Level) -> GlyphSet:
    """The glyphs of a level.

    Raises:
        ValueError: there is no such level.
    """
    if level not in ("full", "basic", "ascii"):
        raise ValueError(f"there is no level of glyphs {level!r}; there are full, basic and ascii")
    return GlyphSet(level)


@cache
def _ascii(character: str) -> str:
    if character.isascii():
        return character
    known = _ASCII.get(character) or _names().get(character)
    if known:
        return known
    folded = unicodedata.normalize("NFKC", character)
    return folded if folded.isascii() else _ASCII.get(folded) or _names().get(folded) or character


@cache
def _names() -> dict[str, str]:
    """The command that gives a character, by the character: α is `alpha`, ⊗ `otimes`."""
    names: dict[str, str] = {}
    for name, symbol in COMMANDS.items():
        if isinstance(symbol, Symbol) and len(symbol.text) == 1 and name.isalpha() and len(name) > 1:
            names.setdefault(symbol.text, name.removeprefix("var"))
    return names


@lru_cache(4096)
def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes.

    2 for East Asian wide characters, 0 for marks.
    """
    if text.isascii():
        return len(text)
    return sum(map(_cell, text))


@lru_cache(4096)
def _cell(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
