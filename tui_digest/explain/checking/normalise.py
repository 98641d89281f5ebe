r"""One form for text that may be written in TeX or in Unicode: `$\ell_2$` and `ℓ₂`, `\epsilon` and `ε`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

Fold = Callable[[str], str]

_COMMAND = re.compile(r"\\([A-Za-z]+)\*?|\\[^A-Za-z]")
# Commands that print their own name. All others print a letter or a sign, or shape what follows.
_WORDS = re.compile(
    r"(?:arc)?(?:sin|cos|tan|cot)h?|sec|csc|log|ln|lg|exp|min|max|inf|sup|lim|lim(?:inf|sup)|arg(?:min|max)?"
    r"|det|dim|ker|deg|gcd|hom|Pr|mod|bmod|pmod|LaTeX|TeX"
)
# Commands that print a letter but are not named after a Greek one.
_LETTERS = {
    "ell": "l", "aleph": "ℵ", "varepsilon": "ε", "vartheta": "θ", "varphi": "φ", "varrho": "ρ",
    "varsigma": "ς", "lambda": "λ", "Lambda": "Λ", "l": "ł", "L": "Ł", "o": "ø", "O": "Ø", "i": "i",
    "j": "j", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å",
}  # fmt: skip


def fold_mathematics(text: str) -> str:
    """The letters and digits of a text in one form: no TeX, case, accents, styles, spaces or signs."""
    plain = _COMMAND.sub(_spell, text)
    folded = unicodedata.normalize("NFKD", plain).casefold()
    return "".join(sign for sign in unicodedata.normalize("NFKD", folded) if sign.isalnum())


@cache
def letter_of(name: str) -> str:
    """The letter that the TeX command of this name prints, or ""."""
    if name in _LETTERS:
        return _LETTERS[name]
    size = "CAPITAL" if name[:1].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {name.upper()}")
    except KeyError:
        return ""


def _spell(match: re.Match[str]) -> str:
    name = match[1] or ""
    return letter_of(name) or (name if _WORDS.fullmatch(name) or _is_macro(name) else "")


def _is_macro(name: str) -> bool:
    r"""Whether a command is an author's own for a letter, as `\R` and `\E` are; small ones are accents."""
    return len(name) == 1 and name.isupper() and name != "H"
