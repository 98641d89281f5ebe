r"""Accents and letters of TeX's prose.

`\'e`, `\c c`, `{\o}`, and two accents on a letter, `\~{\^e}`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Plain TeX's and LaTeX's accents as combining characters (The TeXbook, chapter 9; LaTeX's T1, T5, TS1).
ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "u": "\u0306", "H": "\u030b", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331", "t": "\u0361", "G": "\u030f", "textcommabelow": "\u0326", "h": "\u0309",
}  # fmt: skip
SIGN_ACCENTS = frozenset("'`^\"~=.")
# Accents whose names are macros of formulas too: only a group that follows makes them accents.
_BRACED_ACCENTS = frozenset(("G", "h", "textcommabelow"))
LETTERS = {
    "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ",
    "ng": "ŋ", "NG": "Ŋ", "SS": "ẞ", "ij": "ĳ", "IJ": "Ĳ", "ohorn": "ơ", "OHORN": "Ơ", "uhorn": "ư",
    "UHORN": "Ư",
}  # fmt: skip

_MACRO = r"\\(?:(?P<sign>[^A-Za-z])|(?P<name>[A-Za-z]+)(?P<space>\s*))"
_LONGEST_BASE = 24
_MOST_LETTERS = 4
_DEEPEST = 4


def take_accented(text: str, start: int, name: str, end: int, depth: int = 0) -> tuple[str, int]:
    r"""Return a letter with its accent and where it ends.

    "" and `start` when no letter follows.

    Args:
        text: The text around it.
        start: The place after the accent's name.
        name: The accent without its backslash, a key of `ACCENTS`.
        end: What may not be passed.
        depth: How many accents are above this one.
    """
    position = start
    while position < end and text[position].isspace():
        position += 1
    character = text[position : position + 1] if position < end else ""
    if character == "{":
        letters, position = _group(text, position, end, depth)
    elif character == "\\" and depth < _DEEPEST:
        letters, position = _macro(text, position, end, depth)
    elif character.isalpha() and name not in _BRACED_ACCENTS and (not name.isalpha() or position > start):
        letters, position = character, position + 1
    else:
        letters = ""
    return (add_accent(letters, ACCENTS[name]), position) if letters else ("", start)


@lru_cache(512)
def add_accent(letters: str, mark: str) -> str:
    """The letters with a combining mark on the first, composed where Unicode can."""
    letters = letters.replace("ı", "i", 1).replace("ȷ", "j", 1) if letters[0] in "ıȷ" else letters
    first = unicodedata.normalize("NFD", letters[0])
    length = 1
    while length < len(letters) and unicodedata.combining(letters[length]):
        length += 1
    marks = first[1:] + letters[1:length]
    # The accents of a letter are stacked in the order in which they come, but Unicode's letters with two
    # accents are found in any order.
    candidates = (first[0] + marks + mark, first[0] + mark + marks)
    composed = [unicodedata.normalize("NFC", candidate) for candidate in candidates]
    return min(composed, key=len) + letters[length:]


def _group(text: str, start: int, end: int, depth: int) -> tuple[str, int]:
    """The letters in a group in braces that begins at `start`.

    "" when it is no letter's.
    """
    close = closing_brace(text, start, min(end, start + _LONGEST_BASE))
    if close < 0:
        return "", start
    inner = start + 1
    while inner < close and text[inner].isspace():
        inner += 1
    if text.startswith("\\", inner) and depth < _DEEPEST:
        letters, after = _macro(text, inner, close, depth)
    elif text.startswith("{", inner) and depth < _DEEPEST:
        letters, after = _group(text, inner, close, depth + 1)
    else:
        letters, after = text[inner:close].strip(), close
        if len(letters) > _MOST_LETTERS or "\\" in letters or "{" in letters:
            return "", start
    rest = text[after:close].strip() if letters else ""
    if "\\" in rest or "{" in rest or len(rest) > _MOST_LETTERS:
        return "", start
    return (letters + rest, close + 1) if letters else ("", start)


def _macro(text: str, start: int, end: int, depth: int) -> tuple[str, int]:
    r"""The letter that a macro makes: another accent, or `\i`, `\ae`, `\o`."""
    macro = re.compile(_MACRO).match(text, start, end)
    if macro is None:
        return "", start
    name = macro["sign"] or macro["name"]
    if name in LETTERS:
        position = macro.end()
        if text.startswith("{}", position):
            position += 2
        return LETTERS[name], position
    if name in ACCENTS:
        after = start + 1 + len(name)
        letters, position = take_accented(text, after, name, end, depth + 1)
        return letters, position if letters else start
    if name == "mbox" and text.startswith("{", macro.end()):
        return _group(text, macro.end(), end, depth + 1)
    return "", start


def closing_brace(text: str, start: int, end: int) -> int:
    """Return where the group ends that begins with the brace at `start`.

    -1 where it does not before `end`.
    """
    depth = 0
    for position in range(start, end):
        if text[position] == "{":
            depth += 1
        elif text[position] == "}":
            depth -= 1
            if depth == 0:
                return position
    return -1
