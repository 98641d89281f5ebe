"""When a part that was set apart by TeX needs parentheses on one line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from tui_digest.latex.inline.spacing import LinePiece, Slot
from tui_digest.latex.nodes import FormulaText, Kind, Name, Row, Scripts, Unknown
from tui_digest.latex.symbols.table import CHARACTERS

_SUMS = frozenset("+-−±∓∪∩⊕⊖⊔∧∨∖⋅")
_JOINING = frozenset(text for text, symbol in CHARACTERS.items() if symbol.kind == Kind.BINARY) - {"-"}
_APART = frozenset(
    (Slot.RELATION, Slot.PUNCTUATION, Slot.FRACTION, Slot.OPERATOR, Slot.NAME, Slot.TIGHT, Slot.TEXT)
)
# A sign in braces is none by its class: `2d{+}2`.
_SIGNS = frozenset((Slot.BINARY, Slot.ORDINARY))
_OPENING = "([{⟨⌊⌈⟦"
_ENCLOSING = f"{_OPENING}|‖"
_CLOSING = ")]}⟩⌋⌉⟧"
_LONE_BRACKET = re.compile(r"[^\W\d_]+[()][^\W\d_]*|[()][^\W\d_]+")


def is_enclosed(text: str) -> bool:
    """Tell whether the text is one pair of brackets with what is in it."""
    if len(text) < 2 or text[0] not in _OPENING:
        return False
    depth = 0
    for index, character in enumerate(text):
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth -= 1
            if depth == 0:
                return index == len(text) - 1
    return False


def is_half_of_pair(text: str) -> bool:
    """Tell whether a script is letters with a parenthesis that another closes."""
    return _LONE_BRACKET.fullmatch(text) is not None


def is_closed_script(text: str) -> bool:
    """Tell whether a script's own brackets keep it together: `x^(α)`, `x^[a,b]`.

    Not those of `x_((i,j))`.

    What would get parentheses without its own keeps both, for `x_{(i,j)}` is not `x_{i,j}`.
    """
    if not is_enclosed(text) or text[0] not in "([":
        return False
    inner = [character for character in text[1:-1] if not unicodedata.combining(character)]
    word = text[1:-1]
    is_word = word.isascii() and word.isalpha() and (len(word) > 2 or word.isupper())
    return text[0] == "[" or len(inner) == 1 or is_word


def is_single(text: str, row: Row) -> bool:
    """Tell whether a script is one character, accents aside, or one word."""
    if len(text) == 1:
        return True
    bare = [character for character in text if not unicodedata.combining(character)]
    return len(bare) == 1 or is_word(text, row)


def is_word(text: str, row: Row) -> bool:
    """Tell whether a script is a word: set as one, or four letters and more.

    Three may be three indices.
    """
    if not text.isalpha() or not _is_latin(text):
        return False
    return len(text) > (2 if _is_upright(row) else 3) or (len(text) == 3 and text.isupper())


def stands_alone(text: str, row: Row) -> bool:
    """Tell whether a script that has no glyphs needs no parentheses.

    One character, a word, capitals.
    """
    if is_single(text, row):
        return True
    return text.isalpha() and _is_latin(text) and (len(text) > 2 or text.isupper() or _is_upright(row))


def _is_latin(text: str) -> bool:
    """Tell whether a word is of Latin letters, with accents or without: `ét`."""
    return text.isascii() or all(character < "ɐ" for character in text)


def _is_upright(row: Row) -> bool:
    return len(row.items) == 1 and isinstance(row.items[0], (Name, FormulaText, Unknown))


def is_sum(pieces: Sequence[LinePiece]) -> bool:
    """Whether a numerator has anything that binds no closer than the fraction bar."""
    pieces = _visible(pieces)
    if len(pieces) > 1 and is_inline_unit(pieces):
        return False
    if len(pieces) == 1:
        text, slot, _ = pieces[0]
        return slot in (Slot.FRACTION, Slot.RELATION) or (" " in text and not is_enclosed(text))
    depth = 0
    for index, (text, slot, _) in enumerate(pieces):
        depth -= slot == Slot.CLOSING and text != "!"
        if depth == 0 and (slot in _APART or (slot in _SIGNS and index and text in _SUMS)):
            return True
        depth += slot == Slot.OPENING
    return False


def is_inline_atom(pieces: Sequence[LinePiece]) -> bool:
    """Tell whether a radicand is one symbol, number or pair of brackets.

    Under a root sign even `f(x)` is not.
    """
    pieces = _visible(pieces)
    if len(pieces) == 1:
        text, slot, _ = pieces[0]
        if slot == Slot.DELIMITED and text[0] in _OPENING:
            return True
        return slot in (Slot.ORDINARY, Slot.CLOSING) and " " not in text and "/" not in text
    return not pieces or (pieces[0].slot == Slot.OPENING and _closes_at_end(pieces, plain=False))


def is_inline_unit(pieces: Sequence[LinePiece]) -> bool:
    """Tell whether a denominator is one thing.

    A symbol, a number, brackets, `f(x)`, or `n!`.
    """
    pieces = _visible(pieces)
    if len(pieces) == 2 and pieces[1].text == "!" and pieces[0].slot == Slot.ORDINARY:
        return True
    if len(pieces) <= 1:
        if pieces and pieces[0].slot == Slot.DELIMITED and pieces[0].text[0] in _ENCLOSING:
            return True
        return not pieces or (
            pieces[0].slot not in (Slot.FRACTION, Slot.TEXT)
            and (" " not in pieces[0].text or is_enclosed(pieces[0].text))
        )
    first = 0 if pieces[0].slot == Slot.OPENING else 1
    if first == 1 and (
        pieces[0].slot not in (Slot.ORDINARY, Slot.NAME, Slot.TEXT) or pieces[0].text.isdigit()
    ):
        return False
    opening = pieces[first]
    if opening.slot == Slot.DELIMITED:
        is_sum_inside = first == 1 and not _JOINING.isdisjoint(opening.text)
        return first == len(pieces) - 1 and opening.text[0] == "(" and not is_sum_inside
    if opening.slot != Slot.OPENING or (first == 1 and opening.text not in "(["):
        return False
    return _closes_at_end(pieces[first:], plain=first == 1)


def is_differential(numerator: str, denominator: Sequence[LinePiece]) -> bool:
    """Whether this is `∂u/∂t` or `df/dx₁`, whose denominator goes without parentheses."""
    pieces = _visible(denominator)
    if len(pieces) != 2 or not numerator.startswith(sign := pieces[0].text):
        return False
    # The material derivative is along a time: a `D` by another letter is a factor.
    return sign in ("∂", "d", "δ") or (sign == "D" and pieces[1].text in ("t", "t²", "τ", "s"))


def _visible(pieces: Sequence[LinePiece]) -> list[LinePiece]:
    return [piece for piece in pieces if piece.text and piece.slot != Slot.SPACE]


def _closes_at_end(pieces: Sequence[LinePiece], plain: bool) -> bool:
    """Tell whether the first piece's bracket closes with the last.

    If `plain`, around no sum.
    """
    depth = 0
    for index, (text, slot, _) in enumerate(pieces):
        depth += slot == Slot.OPENING
        depth -= slot == Slot.CLOSING and text != "!"
        if depth == 0:
            return index == len(pieces) - 1
        if plain and slot in (Slot.BINARY, Slot.SIGN):
            return False
    return False


def ends_raised(row: Row) -> bool:
    """Tell whether a row ends with something raised, which a root would seem to share."""
    last = row.items[-1] if row.items else None
    return isinstance(last, Scripts) and (last.superscript is not None or last.primes > 0)
