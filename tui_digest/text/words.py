"""The folded words of a text, which search and pick compare."""

from __future__ import annotations

import re
from collections.abc import Callable

Fold = Callable[[str], str]
"""Folds a text to one spelling: case, accents, Greek, TeX."""

_WORD = re.compile(r"[^\W_]+")


def folded_words(text: str, fold: Fold) -> list[str]:
    """Return the folded words of a text, in order: runs of letters and digits."""
    return _WORD.findall(fold(text))
