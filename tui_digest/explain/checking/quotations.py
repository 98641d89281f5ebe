"""Quotations, and whether they are in a text."""

from __future__ import annotations

import re

from tui_digest.explain.checking.normalise import Fold

_QUOTED = re.compile(
    r"\"([^\"\n]{2,600})\"|“([^”\n]{2,600})”|«([^»\n]{2,600})»|„([^“”\n]{2,600})[“”]|``([^\n]{2,600}?)''"
)
_OMISSION = re.compile(r"…|\.{3,}|\\(?:ldots|dots)\b|\[[^\]\n]{0,40}\]")
_REFERENCE = re.compile(r"\\(?:cite[a-z]*|eqref|ref|label)\*?(?:\[[^\]\n]{0,80}\])?\{[^{}]{0,200}\}")
_FEWEST_WORDS = 3


def find_quotations(words: str) -> list[str]:
    """The quotations of a sentence that are long enough to be one: a word or two in quotes may be irony."""
    found = [next(filter(None, groups)) for groups in _QUOTED.findall(words)]
    return [quotation for quotation in found if len(quotation.split()) >= _FEWEST_WORDS]


def quoted_words(words: str) -> list[str]:
    """The quotations of a mark, of any length; all of it where it has no quotes."""
    found = [next(filter(None, groups)) for groups in _QUOTED.findall(words)]
    return found or [words]


def squeeze(text: str, fold: Fold) -> str:
    """The folded text without anything but letters and digits; references in it are not read aloud."""
    return "".join(sign for sign in fold(_REFERENCE.sub(" ", text)) if sign.isalnum())


def is_quoted_from(quotation: str, squeezed: str, fold: Fold) -> bool:
    """Whether each part of a quotation, between its omissions, stands in the squeezed text, in order."""
    place = 0
    for part in _OMISSION.split(quotation):
        wanted = squeeze(part, fold)
        found = squeezed.find(wanted, place)
        if found < 0:
            return False
        place = found + len(wanted)
    return True
