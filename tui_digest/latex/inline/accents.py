"""Accents of formulas as combining marks on letters."""

from __future__ import annotations

import unicodedata

from tui_digest.latex.inline.parentheses import is_enclosed
from tui_digest.latex.symbols.alphabets import MARKS_BELOW

# Lines and strokes go through everything under them, brackets and signs too. A single letter has the
# short form of a line, so that one line over two letters differs from a line over each.
_LONG = {"\u0304": "\u0305", "\u0331": "\u0332"}
_SHORT = {"\u0305": "\u0304", "\u0332": "\u0331", "\u0338": "\u0338"}


def with_mark(text: str, mark: str, enclosed: bool = False) -> str:
    """The text with a combining mark.

    A mark stands on a single character, a line on every one; any other mark stands on brackets around
    what is longer, and so does a line if it is to be `enclosed`.
    """
    if mark not in MARKS_BELOW:
        text = text.replace("ı", "i").replace("ȷ", "j")
    length = sum(not unicodedata.combining(character) for character in text)
    if length == 1:
        return text + _SHORT.get(mark, mark)
    mark = _LONG.get(mark, mark)
    if mark in _SHORT and not enclosed:
        return "".join([_mark_character(character, mark) for character in text])
    return (text if is_enclosed(text) else f"({text})") + mark


def is_line(mark: str) -> bool:
    """Whether a mark is a line over or under all of its base."""
    return mark in _LONG or (mark in _SHORT and mark != "\u0338")


def _mark_character(character: str, mark: str) -> str:
    return character if character.isspace() or unicodedata.combining(character) else character + mark
