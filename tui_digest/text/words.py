"""The words of a text, folded so that spellings find each other: what search and pick compare."""

from __future__ import annotations

import re
from collections.abc import Callable

Fold = Callable[[str], str]
"""Folds a text so that what means the same is spelt the same: case, accents, Greek, TeX."""

_WORD = re.compile(r"[^\W_]+")


def words(text: str, fold: Fold) -> list[str]:
    """The folded words of a text, in order: runs of letters and digits."""
    return _WORD.findall(fold(text))
