"""Line breaks: at spaces, and within a word only if it alone is too wide.

What has to be kept whole is never broken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

Measure = Callable[[str], int]
"""How many cells of a terminal a text takes."""

WHOLE_FORMULA = 28
"""A formula of up to this many cells is kept on one line."""

_JOINTS = "/-–—_&?="
_WORD = re.compile(r"\S+\s*|\s+")


def line_starts(
    text: str, width: int, measure: Measure, *, hang: int = 0, whole: Iterable[tuple[int, int]] = ()
) -> list[int]:
    """The offsets at which the lines after the first begin.

    Args:
        text: One paragraph, without line breaks.
        width: The cells of a line, with its indentation.
        measure: The cells of a text.
        hang: The indentation of lines after the first.
        whole: The spans that are not broken, in order.
    """
    if len(text) <= width and len(text) == measure(text):
        return []
    cuts: list[int] = []
    room, used = width, 0
    for start, end in _unbreakable(text, whole):
        token = text[start:end]
        width_of_token = measure(token)
        needed = width_of_token - (len(token) - len(token.rstrip()))
        if used and used + needed > room:
            cuts.append(start)
            room, used = width - hang, 0
        if needed > room:
            inner = _fold(token.rstrip(), room, width - hang, measure)
            cuts.extend(start + offset for offset in inner)
            width_of_token = measure(token[inner[-1] :]) if inner else width_of_token
            room = width - hang
        used += width_of_token
    return cuts


def _fold(word: str, first: int, others: int, measure: Measure) -> list[int]:
    """Return the offsets that cut a too wide word, behind a slash or hyphen if any.

    `first` and `others` are the cells of the line that it begins on and of the lines after it.
    """
    offsets: list[int] = []
    start = used = 0
    room = first
    for place, character in enumerate(word):
        cells = measure(character)
        if used and used + cells > max(room, 2):
            room = others
            start = _last_joint(word, start, place)
            offsets.append(start)
            used = measure(word[start:place])
        used += cells
    return offsets


def _last_joint(word: str, start: int, end: int) -> int:
    """Return the place behind a piece's last slash or hyphen, unless it is too early."""
    for place in range(end, start + (end - start) // 2, -1):
        if word[place - 1] in _JOINTS:
            return place
    return end


def _unbreakable(text: str, whole: Iterable[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """Return the spans between which lines may break: words, and what is kept whole."""
    words = [match.span() for match in _WORD.finditer(text)]
    kept = iter(sorted(whole))
    formula = next(kept, None)
    if formula is None:
        return words
    merged: list[tuple[int, int]] = []
    for start, end in words:
        while formula is not None and formula[1] <= start:
            formula = next(kept, None)
        if merged and formula is not None and formula[0] < start < formula[1]:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged
