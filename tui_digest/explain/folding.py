r"""One form for text that may be written in TeX or in Unicode: `$\ell_2$` and `ℓ₂`, `\epsilon` and `ε`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache

Fold = Callable[[str], str]

_COMMAND = re.compile(r"\\([A-Za-z]+)\*?|\\[^A-Za-z]")
# Commands that shape or space what follows, and say nothing themselves; all others that are not
# letters are kept by their name, as the words that they print.
_SHAPE = re.compile(
    r"left|right|middle|[Bb]igg?[lr]?|(?:no)?limits|(?:display|text)style|q?quad|[hv]space|[dt]?frac|sqrt"
    r"|math(?:rm|bf|it|sf|tt|cal|bb|frak|scr)|boldsymbol|bm|pmb|rm|bf|it|sf|tt|cal|operatorname|[mh]box"
    r"|text(?:rm|bf|it|sf|tt|sc)?|emph|label|tag|begin|end|(?:wide)?(?:hat|tilde)|bar|overline|underline"
    r"|vec|d?dot|check|acute|grave|breve"
)
_SAME = {
    "ell": "l",
    "top": "t",
    "varepsilon": "ε",
    "vartheta": "θ",
    "varphi": "φ",
    "varrho": "ρ",
    "varsigma": "σ",
}


def fold_mathematics(text: str) -> str:
    """The letters and digits of a text in one form: no TeX, case, accents, styles, spaces or signs."""
    plain = _COMMAND.sub(_spell, text)
    decomposed = unicodedata.normalize("NFKD", plain).casefold()
    return "".join(sign for sign in unicodedata.normalize("NFKD", decomposed) if sign.isalnum())


def _spell(match: re.Match[str]) -> str:
    name = match[1]
    if name is None or _SHAPE.fullmatch(name):
        return ""
    return _letter(name) or name


@cache
def _letter(name: str) -> str:
    """The letter that a command prints, if it prints one."""
    if name in _SAME:
        return _SAME[name]
    size = "CAPITAL" if name[0].isupper() else "SMALL"
    spelled = {"lambda": "lamda", "Lambda": "lamda"}.get(name, name)
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {spelled.upper()}")
    except KeyError:
        return ""
