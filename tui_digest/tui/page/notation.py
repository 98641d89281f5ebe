"""The notation card: an abstract's formulas and symbols, shown and as TeX."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from tui_digest.latex import Notation, notation
from tui_digest.settings import Glyphs
from tui_digest.text.sanitise import one_line
from tui_digest.tui.page.blocks import PageBlock
from tui_digest.tui.text import plain

TITLE = "Notation"

_WIDEST_COLUMN = 28
"""A formula wider than this many cells pushes its TeX to the right instead of all the others'."""


def notation_blocks(text: str, glyphs: Glyphs) -> tuple[PageBlock, ...]:
    """Return the section with an untrusted text's notation, in order of appearance.

    Letters that are written as they are shown are together in one last line.
    """
    card = notation(one_line(text), glyphs)
    heading = PageBlock(Content(TITLE), "heading", gap=1)
    if not card:
        return heading, PageBlock(Content("This abstract has no formulas."), "muted")
    rows = [line for line in card if line.text != line.tex]
    shown = [plain(line.text) for line in rows]
    width = max((symbol.cell_length for symbol in shown if symbol.cell_length <= _WIDEST_COLUMN), default=0)
    return (
        heading,
        *(_row(each, line, width) for each, line in zip(shown, rows, strict=True)),
        *_letters([line for line in card if line.text == line.tex]),
    )


def _row(shown: Content, line: Notation, width: int) -> PageBlock:
    """Return a row: formula, its TeX, and its count if it occurs more than once."""
    padding = " " * max(0, width - shown.cell_length)
    content = Content.assemble(
        shown.stylize("formula"), padding, "  ", plain(line.tex).stylize("code"), (_times(line), "muted")
    )
    return PageBlock(content, "body", hang=width + 2)


def _letters(letters: Sequence[Notation]) -> Iterator[PageBlock]:
    if letters:
        parts = [
            Content.assemble(plain(line.text).stylize("formula"), (_times(line), "muted")) for line in letters
        ]
        yield PageBlock(Content(", ").join(parts), "body")


def _times(line: Notation) -> str:
    return f" ×{line.occurrences}" if line.occurrences > 1 else ""
