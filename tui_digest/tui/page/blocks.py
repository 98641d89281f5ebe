"""The blocks that pages are made of, and how they become lines of a width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec
from rich.cells import cell_len
from textual.content import Content

from tui_digest.settings import Glyphs
from tui_digest.tui.page.wrap import wrap

MEASURE = 88
"""The widest line of running text, in cells: longer ones are hard to follow back."""

PLACE_MARK = "place"
"""The role of a mark that names a place of the paper's text; `place:0.3` is of the fourth statement
of the first explanation on the page, `place:note.2` is the line before the third part of the note."""
NOTE_MARK = "note"

_NARROW_HANG = 4
"""How far lines after the first are indented where a wider indent would leave them less than half."""

_INDENT = 6
"""How far a display formula is indented, at most."""


class PageBlock(msgspec.Struct, frozen=True):
    """One part of a page: running text of one role, with blank lines before it.

    `hang` indents the lines after the first, less on a narrow page; `first` and `following` are
    before the first line and before the others, as the markers of lists and quotations do. `verbatim`
    text is already set in lines; where one of them is wider than the page, all are wrapped, or `narrow`
    instead of them. A block with a `formula` (TeX) is that formula as a display; its
    content is then only what it says on one line.
    """

    content: Content
    role: str = ""
    gap: int = 0
    hang: int = 0
    first: str = ""
    following: str = ""
    verbatim: bool = False
    narrow: Content | None = None
    formula: str = ""
    glyphs: Glyphs = "full"


class Line(msgspec.Struct, frozen=True):
    """One line of a laid-out page and the role of the whole line."""

    content: Content
    role: str = ""


def lay_out(blocks: Iterable[PageBlock], width: int, continued: bool = False) -> tuple[Line, ...]:
    """The blocks as lines of at most `width` cells, and of at most the measure.

    Formulas are as wide as they are. `continued` blocks follow others: the first
    one too has its blank lines before it.
    """
    width = max(1, min(width, MEASURE))
    lines: list[Line] = []
    for block in blocks:
        if lines or continued:
            lines.extend(Line(Content("")) for _ in range(block.gap))
        lines.extend(Line(content, block.role) for content in _lines(block, width))
    return tuple(lines)


def _lines(block: PageBlock, width: int) -> Iterator[Content]:
    room = max(1, width - cell_len(block.first))
    if block.formula:
        lines = [Content(line) for line in display(block.formula, room, block.glyphs)]
    elif block.verbatim:
        lines = block.content.split("\n", allow_blank=True)
        if any(line.cell_length > room for line in lines):
            lines = wrap(block.narrow or block.content, room, _NARROW_HANG)
    else:
        hang = block.hang if 2 * block.hang <= room else min(block.hang, _NARROW_HANG)
        lines = wrap(block.content, room, hang)
    for number, line in enumerate(lines):
        margin = block.following if number else block.first
        yield Content(margin) + line if margin else line


@lru_cache(maxsize=128)
def display(formula: str, width: int, glyphs: Glyphs) -> tuple[str, ...]:
    """The lines of a display formula, indented as far as the width allows."""
    from tui_digest.latex.display import to_display

    lines = to_display(formula, width, glyphs).split("\n")
    indent = min(_INDENT, (width - max(map(cell_len, lines))) // 2)
    return tuple(" " * max(indent, 0) + line for line in lines)
