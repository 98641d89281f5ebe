"""Wrapping text to a width: words to lines, formulas whole, widths in cells."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content

from tui_digest.render.wrapping import WHOLE_FORMULA, line_starts

FORMULA: str = "formula"
"""The role of a formula in running text; a short one is not broken over lines."""


def wrap(content: Content, width: int, hang: int = 0) -> list[Content]:
    """Wrap content to `width` cells, lines after the first indented by `hang`.

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
    whole = [
        (span.start, span.end)
        for span in paragraph.spans
        if span.style == FORMULA and cell_len(text[span.start : span.end]) <= WHOLE_FORMULA
    ]
    return line_starts(text, width, cell_len, hang=hang, whole=whole)


def fit(content: Content, width: int, ellipsis: str = "…") -> Content:
    """Cut content to one line of at most `width` cells, with an ellipsis if cut."""
    if content.cell_length <= width:
        return content
    kept = content.truncate(max(width - 1, 0)).rstrip()
    return kept.append(ellipsis) if width > 0 else kept


def few_lines(content: Content, width: int, most: int, ellipsis: str = "…") -> list[Content]:
    """Wrap content to at most `most` lines; what does not fit ends in an ellipsis."""
    lines = wrap(content, width)
    if len(lines) <= most:
        return lines
    rest = Content(" ").join(lines[most - 1 :])
    return [*lines[: most - 1], fit(rest, width, ellipsis)]
