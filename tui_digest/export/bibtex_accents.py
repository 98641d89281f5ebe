r"""Accents and signs of TeX prose as Unicode, and Unicode as TeX: `\'e` and `é`."""

from __future__ import annotations

import re
import unicodedata

# TeX's accent commands and the combining characters that they stand for (TeXbook, chapter 9).
_COMBINING = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}
_ACCENTS = {combining: command for command, combining in _COMBINING.items()}

_LETTERS = {
    "aa": "å",
    "AA": "Å",
    "ae": "æ",
    "AE": "Æ",
    "dh": "ð",
    "DH": "Ð",
    "dj": "đ",
    "DJ": "Đ",
    "i": "ı",
    "j": "ȷ",
    "l": "ł",
    "L": "Ł",
    "ng": "ŋ",
    "NG": "Ŋ",
    "o": "ø",
    "O": "Ø",
    "oe": "œ",
    "OE": "Œ",
    "ss": "ß",
    "th": "þ",
    "TH": "Þ",
}
_COMMANDS = {letter: command for command, letter in _LETTERS.items()}

_SIGNS = {
    "—": "---",
    "–": "--",
    "“": "``",
    "”": "''",
    "‘": "`",
    "’": "'",
    "…": r"\ldots{}",
    "\u00a0": "~",
    "§": r"\S{}",
    "¶": r"\P{}",
    "†": r"\dag{}",
    "‡": r"\ddag{}",
    "©": r"\copyright{}",
    "£": r"\pounds{}",
}

# What arXiv's own software has turned into Unicode inside formulas, besides Greek letters.
_SYMBOLS = {
    "∈": r"\in",
    "∞": r"\infty",
    "→": r"\to",
    "≤": r"\le",
    "≥": r"\ge",
    "≠": r"\ne",
    "≈": r"\approx",
    "∼": r"\sim",
    "≃": r"\simeq",
    "×": r"\times",
    "⊗": r"\otimes",
    "⊕": r"\oplus",
    "±": r"\pm",
    "·": r"\cdot",
    "∂": r"\partial",
    "∇": r"\nabla",
    "∑": r"\sum",
    "∏": r"\prod",
    "∫": r"\int",
    "√": r"\surd",
    "ℓ": r"\ell",
    "ħ": r"\hbar",
    "ℏ": r"\hbar",
    "⟨": r"\langle",
    "⟩": r"\rangle",
    "°": r"^\circ",
    "ς": r"\varsigma",
    "ϵ": r"\epsilon",
    "ϕ": r"\phi",
    "−": "-",
    "′": "'",
}
_GREEK = re.compile(r"GREEK (?P<case>SMALL|CAPITAL) LETTER (?P<name>[A-Z]+)")
_GREEK_CAPITALS = frozenset(
    ("Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega")
)

_ACCENT = (
    r"\\(?:(?P<sign>[`'^~=.\"])\s*|(?P<name>[uHvdckrb])(?:\s+|(?=[{\\])))"
    r"(?:\{\\?(?P<group>[^\W\d_])\}|\\(?P<dotless>[ij])(?![A-Za-z])|(?P<letter>[^\W\d_]))"
)
_LETTER = r"\\(?P<name>" + "|".join(sorted(_LETTERS, key=len, reverse=True)) + r")(?:\{\}|(?![A-Za-z]) ?)"
_ACCENT_PATTERNS = (re.compile(r"\{" + _ACCENT + r"\}"), re.compile(_ACCENT))
_LETTER_PATTERNS = (re.compile(r"\{" + _LETTER + r"\}"), re.compile(_LETTER))
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def accents_to_unicode(text: str) -> str:
    r"""The text with TeX's accents and letters as Unicode: `R\'enyi`, `{\o}` become `Rényi`, `ø`.

    Only what stands for a letter is changed; unknown commands and formulas stay as they are.
    """
    if "\\" not in text:
        return text
    for pattern in _ACCENT_PATTERNS:
        text = pattern.sub(_accented_letter, text)
    for pattern in _LETTER_PATTERNS:
        text = pattern.sub(lambda match: _LETTERS[match["name"]], text)
    return text


def accents_to_tex(text: str) -> str:
    r"""The text with letters outside ASCII as TeX, in braces of their own: `Rényi` becomes `R{\'e}nyi`.

    What TeX has no simple command for (Greek, Cyrillic, Chinese, symbols) stays Unicode.
    """
    return _NOT_ASCII.sub(lambda match: _tex_character(match[0]), unicodedata.normalize("NFC", text))


def formula_to_tex(tex: str) -> str:
    r"""A formula with Unicode's Greek letters and common symbols as TeX commands: `$\bar{\Lambda}$`."""
    return _NOT_ASCII.sub(lambda match: _command(match[0]), tex)


def without_accents(text: str) -> str:
    """The text with every accented letter as its plain letter."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def fold(text: str) -> str:
    """The letters and digits of a text in lower-case ASCII, as keys and file names want them."""
    spelled = "".join(_COMMANDS.get(character, character) for character in text)
    plain = unicodedata.normalize("NFKD", spelled)
    return "".join(character for character in plain if character.isascii() and character.isalnum()).lower()


def _accented_letter(match: re.Match[str]) -> str:
    base = match["group"] or match["dotless"] or match["letter"]
    return unicodedata.normalize("NFC", base + _COMBINING[match["sign"] or match["name"]])


def _command(character: str) -> str:
    if character in _SYMBOLS:
        return f"{{{_SYMBOLS[character]}}}" if _SYMBOLS[character].startswith("\\") else _SYMBOLS[character]
    greek = _GREEK.fullmatch(unicodedata.name(character, ""))
    if greek is None:
        return character
    name = greek["name"].lower().replace("lamda", "lambda")
    name = name if greek["case"] == "SMALL" else name.capitalize()
    if name == "omicron":
        return "o"
    return f"{{\\{name}}}" if name.islower() or name in _GREEK_CAPITALS else character


def _tex_character(character: str) -> str:
    if character in _SIGNS:
        return _SIGNS[character]
    if character in _COMMANDS:
        return f"{{\\{_COMMANDS[character]}}}"
    command = _command(character)
    if command != character:
        return f"${command}$"
    base, *marks = list(unicodedata.normalize("NFD", character))
    if len(marks) != 1 or marks[0] not in _ACCENTS or not base.isascii():
        return character
    command = _ACCENTS[marks[0]]
    base = f"\\{base}" if base in "ij" else base
    return f"{{\\{command}{{{base}}}}}" if command.isalpha() or base[0] == "\\" else f"{{\\{command}{base}}}"
