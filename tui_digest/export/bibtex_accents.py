r"""Unicode as TeX for bibliographies: `é` is `{\'e}`, `ế` is `{\'{\^e}}`.

Greek letters become mathematics: `α` is `${\alpha}$`.
"""

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
_BELOW = frozenset("\u0323\u0327\u0328\u0331")
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

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def accents_to_tex(text: str) -> str:
    r"""Return the text with accented letters as TeX in braces: `R{\'e}nyi`.

    What TeX has no simple command for (Greek, Cyrillic, Chinese, symbols) stays Unicode.
    """
    return _NOT_ASCII.sub(lambda match: _tex_character(match[0]), unicodedata.normalize("NFC", text))


def formula_to_tex(tex: str) -> str:
    r"""Return a formula with Unicode letters and symbols as TeX: `$\bar{\Lambda}$`."""
    return _NOT_ASCII.sub(lambda match: _command(match[0]), tex)


def without_accents(text: str) -> str:
    """The text with every accented letter as its plain letter."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Return a text's letters and digits in lower-case ASCII, for keys and file names."""
    spelled = "".join(_COMMANDS.get(character, character) for character in text)
    plain = unicodedata.normalize("NFKD", spelled)
    return "".join(character for character in plain if character.isascii() and character.isalnum()).lower()


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
    if not marks or any(mark not in _ACCENTS for mark in marks) or not base.isascii():
        return character
    # A mark below goes round the letter with the marks above it, as LaTeX sets them.
    marks.sort(key=lambda mark: mark in _BELOW)
    dotless = base in "ij" and marks[0] not in _BELOW
    tex = f"\\{base}" if dotless else base
    for mark in marks:
        command = _ACCENTS[mark]
        bare = len(tex) == 1 and not command.isalpha()
        tex = f"\\{command}{tex}" if bare else f"\\{command}{{{tex}}}"
    return f"{{{tex}}}"
