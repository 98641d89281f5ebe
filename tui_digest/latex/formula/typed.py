r"""What is typed in Unicode in a formula, in TeX.

`x₁²`, `x̂` and `√n` are `x_{1}^{2}`, `\hat{x}` and `\sqrt{n}`.
"""

from __future__ import annotations

import re
import unicodedata

from tui_digest.latex.nodes import Alphabet
from tui_digest.latex.symbols.alphabets import GLYPHS, STROKE, SUBSCRIPTS, SUPERSCRIPTS

_RAISED = {raised: character for character, raised in SUPERSCRIPTS.items() if character != "−"}
# What needs no lowering, the Sun's sign, is not lowered.
_LOWERED = {
    lowered: character
    for character, lowered in SUBSCRIPTS.items()
    if lowered != character and character != "−"
}
_ALPHABETS = {
    glyph: f"\\{macro}{{{letter}}}"
    for macro, alphabet in (
        ("mathbf", Alphabet.BOLD),
        ("mathbb", Alphabet.BLACKBOARD),
        ("mathcal", Alphabet.CALLIGRAPHIC),
        ("mathfrak", Alphabet.FRAKTUR),
    )
    for letter, glyph in GLYPHS[alphabet].items()
    if letter.isascii()
}
_FIRST_STYLED = "\U0001d400"
_LAST_STYLED = "\U0001d7ff"
_MACROS = {
    "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0305": "overline", "\u0306": "breve",
    "\u0307": "dot", "\u0308": "ddot", "\u030c": "check", "\u0332": "underline", "\u20d7": "vec",
    STROKE: "not",
}  # fmt: skip
# Compiled when a formula first has any such character.
_SCRIPTS = rf"([{''.join(map(re.escape, _RAISED))}]+)|([{''.join(map(re.escape, _LOWERED))}]+)"
# The exponent of `e^x²`.
_NESTED = rf"\^([^\W_])([{''.join(map(re.escape, _RAISED))}]+)"
_MARKED = rf"([^\W_])([{''.join(_MACROS)}])"
# A letter and its mark in one code point, beside no word that it could belong to.
_COMPOSED = r"(?<![^\W\d_]{2})(?<![^\W\d_])[À-ɏḀ-ỹ](?![^\W\d_])"
_ROOT = r"√\s*(?:\(([^()]*)\)|([^\W_]|\d+(?:\.\d+)?)(?![^\W_]))"
_TYPED = rf"[{''.join(map(re.escape, (*_RAISED, *_LOWERED, *_MACROS)))}√À-ɏḀ-ỹ{_FIRST_STYLED}-{_LAST_STYLED}]"


def typed_in_tex(source: str) -> str:
    """Return a formula with scripts, marks and roots typed in Unicode as TeX's."""
    if source.isascii() or re.search(_TYPED, source) is None:
        return source
    if max(source) >= _FIRST_STYLED:
        source = "".join([_plain(character) for character in source])
    source = re.sub(_SCRIPTS, _script, re.sub(_NESTED, r"^{\1\2}", source))
    source = re.sub(_MARKED, _marked, re.sub(_COMPOSED, _decomposed, source))
    return re.sub(_ROOT, lambda root: f"\\sqrt{{{root[1] or root[2]}}}", source) if "√" in source else source


def _plain(character: str) -> str:
    """A letter of a mathematical alphabet in TeX; an italic one is plain."""
    if not _FIRST_STYLED <= character <= _LAST_STYLED:
        return character
    return _ALPHABETS.get(character) or unicodedata.normalize("NFKC", character)


def _script(script: re.Match[str]) -> str:
    raised, lowered = script.groups()
    if raised:
        return f"^{{{''.join([_RAISED[character] for character in raised])}}}"
    return f"_{{{''.join([_LOWERED[character] for character in lowered])}}}"


def _marked(letter: re.Match[str]) -> str:
    return f"\\{_MACROS[letter[2]]}{{{letter[1]}}}"


def _decomposed(letter: re.Match[str]) -> str:
    """A letter and its mark apart, where it is one of mathematics."""
    parts = unicodedata.normalize("NFD", letter[0])
    return parts if len(parts) == 2 and parts[1] in _MACROS else letter[0]
