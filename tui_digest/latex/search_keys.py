"""The key of a text for searching.

Text typed on a keyboard finds what is on the screen.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.latex.symbols.glyphs import GlyphSet

# Brackets, quotation marks, hyphens and punctuation part words; script signs, primes and apostrophes of all
# kinds, a grave accent between letters among them, are passed over: `l’Hôpital` is `lhopital`.
_PARTING = r"[\s()\[\]{}⟨⟩⌊⌋⌈⌉|‖\"“”„«»‹›`,;:!?…·°‐‑‒–—−、。・「」『』（）-]+|\.(?!\d)|(?<!\d)\."
_SILENT = r"_\((?=_)|[_^$\\'′″‴‘’‚‛ʹʻʼʽˈ´ˆˇ]|(?<=[^\W\d_])`(?=[^\W\d_])"
# Letters that no accent makes out of plain ones, as people type them.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "ı": "i", "đ": "d", "ð": "d", "œ": "oe", "æ": "ae", "þ": "th", "ħ": "h", "ŋ": "n"}
    | {"ŧ": "t", "ĸ": "k", "ſ": "s", "ß": "ss", "ə": "e", "ɛ": "e", "ɔ": "o", "ɓ": "b", "ɗ": "d", "ƙ": "k"}
)
# Chinese, Japanese and Korean have no spaces between words: each character is a word.
_IDEOGRAPH = (
    r"[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)
# The marks of kana, and the stroke of `≠`, which is no `=`.
_STROKE = "\u0338"  # of negations; the alphabets wait until a formula is read
_KEPT_MARKS = f"\u3099\u309a{_STROKE}"
_GREEK = r"[α-ω]+"
_ROOT = r"[√∛∜]|sqrt"
_OPERATORS = r"\s*([<>=+*/~&]+)\s*|(?<=\d)\s+(?=%)"
# TeX's names as people type them in a query.
_TYPED = r"infty|\bell(?=\d|\b)|\bvar(epsilon|theta|phi|rho|sigma|kappa)"
_TYPED_NAMES = {"infty": "infinity", "ell": "l"}
# A typed `~` is TeX's space, so signs like it become words or part words.
_WORDS = {
    "∞": "infinity",
    "°": " ",
    "∼": " ",
    "~": " ",
    "≈": " approx ",
    "≃": " simeq ",
    "≅": " cong ",
    "⁄": "/",
    "≠": " neq ",
}
_ROOTS = {"∛": " cbrt ", "∜": " root4 "}


def search_key(text: str) -> str:
    """Return what search compares, of a text and of a query alike.

    The key of a query is part of the text's key.

    TeX is read, compatibility forms (ℓ₂, 𝒪, ﬁ) become plain letters, case and accents are folded,
    Greek letters are spelled (`ε` is `epsilon`), symbols get the names or signs that a keyboard
    has (`√T` is `sqrt T`, `≤` is `<=`), letters nobody types are plain ones (`ł` is `l`, `æ` is `ae`),
    each character of Chinese, Japanese and Korean is a word, and brackets, hyphens and punctuation only
    part words.
    """
    if text.isascii() and text.isalnum():
        return _space_operators(text.casefold())
    from tui_digest.latex.convert import to_unicode

    read = to_unicode(text)
    plain = read if read.isascii() else _plain(read)
    return _space_operators(re.sub(_SILENT, "", plain.casefold()))


def _plain(text: str) -> str:
    """The text in letters and signs that keyboards have, as far as there are any."""
    folded = unicodedata.normalize("NFKC", text.replace("ϕ", "φ").replace("ϵ", "ε")).casefold()
    decomposed = unicodedata.normalize("NFKD", folded)
    kept = [letter for letter in decomposed if not unicodedata.combining(letter) or letter in _KEPT_MARKS]
    bare = unicodedata.normalize("NFC", "".join(kept)).replace(_STROKE, "").translate(_LETTERS)
    bare = re.sub(_IDEOGRAPH, r" \g<0> ", bare)
    bare = re.sub(_ROOT, lambda root: _ROOTS.get(root[0], " sqrt "), bare.replace("ς", "σ"))
    spelled = re.sub(_GREEK, _spell, bare)
    return "".join([_sign(character) for character in spelled])


@cache
def _ascii_glyphs() -> GlyphSet:
    """Return the names of signs; few texts need them, and no start does."""
    from tui_digest.latex.symbols.glyphs import glyphs_of

    return glyphs_of("ascii")


def _spell(letters: re.Match[str]) -> str:
    """Greek letters by name, apart from letters beside them.

    A Greek word is a word, not a product.
    """
    if len(letters[0]) > 3:
        return letters[0]
    names = " ".join([_ascii_glyphs().plain(letter) for letter in letters[0]])
    before = letters.string[letters.start() - 1 : letters.start()]
    after = letters.string[letters.end() : letters.end() + 1]
    return " " * before.isalpha() + names + " " * after.isalpha()


def _sign(character: str) -> str:
    if character in _WORDS:
        return _WORDS[character]
    if character.isascii() or character.isalnum() or character.isspace():
        return character
    sign = _ascii_glyphs().plain(character)
    return f" {sign} " if sign.isalpha() else sign


def _space_operators(text: str) -> str:
    text = text.replace("!=", " neq ")
    text = re.sub(_TYPED, lambda name: _TYPED_NAMES.get(name[0], name[1]), text)
    text = re.sub(_ROOT, " sqrt ", re.sub(_PARTING, " ", text))
    return re.sub(_OPERATORS, lambda found: found[1] or "", " ".join(text.split()))
