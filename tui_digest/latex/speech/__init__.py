"""Texts in words, with formulas as a mathematician reads them aloud.

For screen readers and speech.
"""

from __future__ import annotations

import re

from tui_digest.latex.convert import to_segments
from tui_digest.latex.formula.parse import parse_formula
from tui_digest.latex.segment import Style
from tui_digest.latex.speech.formula import row_in_words

__all__ = ["spoken"]

# `$n$th` is "nth", `$x$s` "xs".
_ENDING = re.compile(r"(?:th|st|nd|rd|s)\b")
_NUMBER_ABOVE = re.compile(r"^superscript (?=\d+$)")
_CIRCLE_ABOVE = re.compile(r"^superscript circle\b")
_BEFORE_PUNCTUATION = re.compile(r" +([,;])")


def spoken(text: str) -> str:
    r"""A text with its formulas in words.

    `$\mathcal{O}(1/\sqrt{T})$` becomes "big O of one over the square root of T". Total, as
    `to_unicode` is: it never raises, and no letter, digit or sign is left out.

    Args:
        text: Prose with formulas, as for `to_unicode`.
    """
    words = ""
    after_formula = False
    for segment in to_segments(text):
        is_formula = Style.FORMULA in segment.style
        piece = segment.text
        if is_formula:
            formula = row_in_words(parse_formula(segment.tex).items)
            piece = _BEFORE_PUNCTUATION.sub(r"\1", formula).strip()
            if words.rstrip()[-1:].isdigit():
                piece = _CIRCLE_ABOVE.sub("degrees", piece)
            if words[-1:].isalnum():
                # The power of a number or unit in the prose, 10$^6$, but no isotope, $^{87}$Rb.
                piece = _NUMBER_ABOVE.sub("to the ", piece)
        touches = words[-1:].isalnum() and piece[:1].isalnum() and not _ENDING.match(piece)
        words += f" {piece}" if touches and (is_formula or after_formula) else piece
        after_formula = is_formula
    return words
