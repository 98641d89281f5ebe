r"""Convert names from Unicode to TeX accents: `Erdős` to `Erd\H{o}s`."""

from __future__ import annotations

import unicodedata

_LETTERS = {
    "ß": r"{\ss}",
    "æ": r"{\ae}",
    "Æ": r"{\AE}",
    "ø": r"{\o}",
    "Ø": r"{\O}",
    "ł": r"{\l}",
    "Ł": r"{\L}",
    "å": r"{\aa}",
    "Å": r"{\AA}",
    "ı": r"{\i}",
    "đ": r"{\dj}",
    "Đ": r"{\DJ}",
    "ð": r"{\dh}",
    "Ð": r"{\DH}",
    "þ": r"{\th}",
    "Þ": r"{\TH}",
}

# Combining marks and TeX's accents (The TeXbook, chapter 9). Signs come directly before their
# letter, letters need braces: `\'e`, `\v{c}`.
_SIGNS = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0304": "=",
    "\u0307": ".",
    "\u0308": '"',
}
_NAMED = {"\u0306": "u", "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0327": "c", "\u0328": "k"}


def to_tex_accents(text: str) -> str:
    """Return the text with TeX accents instead of accented letters.

    Raises:
        ValueError: a letter has no such form here; the message names it.
    """
    return "".join(_tex(letter) for letter in unicodedata.normalize("NFC", text))


def _tex(letter: str) -> str:
    if letter.isascii():
        return letter
    if letter in _LETTERS:
        return _LETTERS[letter]
    parts = unicodedata.normalize("NFD", letter)
    plain, marks = parts[0], parts[1:]
    if plain.isascii() and marks in _SIGNS:
        return f"\\{_SIGNS[marks]}{plain}"
    if plain.isascii() and marks in _NAMED:
        return f"\\{_NAMED[marks]}{{{plain}}}"
    raise ValueError(f"there is no TeX accent for {letter!r}")
