"""Setting text to a width: words to lines, formulas kept whole, every width in cells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len, chop_cells
from textual.content import Content

FORMULA: str = "formula"
"""The role of a formula in running text; a short one is not broken over lines."""

_WORD = re.compile(r"\S+\s*|\s+")
_WHOLE_FORMULA = 28
"""A formula of up to this many cells is kept on one line."""


def wrap(content: Content, width: int, hang: int = 0) -> list[Content]:
    """The content as lines of at most `width` cells; lines after the first are indented by `hang` cells.

    Lines break at spaces, and inside a word only when the word alone is too wide. A short formula
    is not broken. Line breaks in the content stay. At least one line comes back.
    """
    width = max(width, hang + 4)
    lines: list[Content] = []
    for paragraph in content.split("\n", allow_blank=True) if "\n" in content.plain else [content]:
        cuts = _cuts(paragraph, width, hang)
        pieces = paragraph.divide(cuts) if cuts else [paragraph]
        for number, piece in enumerate(pieces):
            line = piece.rstrip()
            lines.append(line.pad_left(hang) if number and hang else line)
    return lines


def _cuts(paragraph: Content, width: int, hang: int) -> list[int]:
    """The offsets at which the lines after the first begin."""
    text = paragraph.plain
    if len(text) == cell_len(text) <= width:
        return []
    cuts: list[int] = []
    room, used = width, 0
    for start, end in _unbreakable(paragraph):
        token = text[start:end]
        cells = cell_len(token)
        needed = cells - (len(token) - len(token.rstrip()))
        if used and used + needed > room:
            cuts.append(start)
            room, used = width - hang, 0
        if needed > room:
            inner = _fold(token, room)
            cuts.extend(start + offset for offset in inner)
            cells = cell_len(token[inner[-1] :]) if inner else cells
            room = width - hang
        used += cells
    return cuts


def _fold(word: str, width: int) -> list[int]:
    """The offsets at which a word wider than the line is cut."""
    offsets: list[int] = []
    place = 0
    for piece in chop_cells(word.rstrip(), max(width, 2))[:-1]:
        place += len(piece)
        offsets.append(place)
    return offsets


def _unbreakable(paragraph: Content) -> Sequence[tuple[int, int]]:
    """The spans of text between which a line may break: words with their spaces, and short formulas."""
    text = paragraph.plain
    words = [match.span() for match in _WORD.finditer(text)]
    whole = [
        (span.start, span.end)
        for span in paragraph.spans
        if span.style == FORMULA and cell_len(text[span.start : span.end]) <= _WHOLE_FORMULA
    ]
    if not whole:
        return words
    merged: list[tuple[int, int]] = []
    formulas = iter(sorted(whole))
    formula = next(formulas, None)
    for start, end in words:
        while formula is not None and formula[1] <= start:
            formula = next(formulas, None)
        if merged and formula is not None and formula[0] < start < formula[1]:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return merged


def fit(content: Content, width: int, ellipsis: str = "…") -> Content:
    """The content on one line of at most `width` cells, with an ellipsis where it was cut."""
    if content.cell_length <= width:
        return content
    kept = content.truncate(max(width - 1, 0)).rstrip()
    return kept.append(ellipsis) if width > 0 else kept


def few_lines(content: Content, width: int, most: int, ellipsis: str = "…") -> list[Content]:
    """The content on `most` lines at most, of `width` cells; what does not fit ends in an ellipsis."""
    lines = wrap(content, width)
    if len(lines) <= most:
        return lines
    rest = Content(" ").join(lines[most - 1 :])
    return [*lines[: most - 1], fit(rest, width, ellipsis)]
