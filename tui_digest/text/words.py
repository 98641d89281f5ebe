"""The folded words of a text, which search and pick compare."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

Fold = Callable[[str], str]
"""Folds a text to one spelling: case, accents, Greek, TeX."""

_WORD = re.compile(r"[^\W_]+")

# A word as it is shown: letters, digits and what is written above or below them; a character of Chinese,
# Japanese or Korean is a word of its own, as in the folding.
_IDEOGRAPH = r"[\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]"
_SHOWN_WORD = re.compile(rf"{_IDEOGRAPH}|(?:(?!{_IDEOGRAPH})[^\W_][\u0300-\u036f\u20d0-\u20ff]*)+")


def folded_words(text: str, fold: Fold) -> list[str]:
    """Return the folded words of a text, in order: runs of letters and digits."""
    return _WORD.findall(fold(text))


def word_spans(text: str, sought: Sequence[str], fold: Fold) -> tuple[tuple[int, int], ...]:
    """Where in a shown text folded words are, as (start, end).

    One that ends with `*` stands for all that begin with it.
    """
    whole = {word for word in sought if not word.endswith("*")}
    begun = tuple(word[:-1] for word in sought if word.endswith("*"))
    return tuple(
        match.span()
        for match in _SHOWN_WORD.finditer(text)
        if any(word in whole or (begun and word.startswith(begun)) for word in folded_words(match[0], fold))
    )
