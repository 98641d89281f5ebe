"""Accents of formulas as combining marks on letters."""

from __future__ import annotations

import unicodedata

from tui_digest.latex.inline.parentheses import is_enclosed
from tui_digest.latex.symbols.alphabets import MARKS_BELOW

# Lines and strokes go through everything under them, brackets and signs too.
_LINES = frozenset("\u0305\u0332\u0338")


def marked(text: str, mark: str) -> str:
    """The text with a combining mark: on a letter, on every letter of a word, or on brackets around it."""
    if mark not in MARKS_BELOW:
        text = text.replace("ı", "i").replace("ȷ", "j")
    length = sum(not unicodedata.combining(character) for character in text)
    if length == 1:
        return text + mark
    if mark in _LINES or text.isalpha():
        return "".join([_mark_character(character, mark) for character in text])
    return (text if is_enclosed(text) else f"({text})") + mark


def _mark_character(character: str, mark: str) -> str:
    return character if character.isspace() or unicodedata.combining(character) else character + mark
