"""Display formulas in two dimensions.

Fraction bars, stacked limits, tall brackets, matrices.

`to_display` gives lines of text; `layout` a box that can be set beside other text.
"""

from __future__ import annotations

import textwrap
import unicodedata

from tui_digest.latex.display.boxes import Box
from tui_digest.latex.display.breaking import Breaker
from tui_digest.latex.display.layout import Layout
from tui_digest.latex.formula.parse import parse_formula
from tui_digest.latex.symbols.glyphs import Level, cells

__all__ = ["Box", "layout", "to_display"]

# A formula longer than anyone writes stays as written, as on one line: reading it could take seconds.
_LONGEST = 4000


def to_display(formula: str, width: int = 76, glyphs: Level = "full") -> str:
    r"""A display formula as lines of text, in two dimensions where that helps.

    Args:
        formula: TeX without delimiters; an environment such as `align` may be part of it.
        width: The cells that a line may take, at least 1. Wider formulas are broken before
            relations, then before signs between terms, then wherever they can be.
        glyphs: The characters to draw with: `full`, `basic` or `ascii`.

    Returns:
        Lines joined by newlines, without trailing spaces; "" for an empty formula. Never raises
        on any formula.
    """
    box = layout(formula, width, glyphs)
    return "\n".join(row.rstrip() for row in box.rows).rstrip()


def layout(formula: str, width: int = 76, glyphs: Level = "full") -> Box:
    """The same drawing as a box of rows.

    Its baseline is the row that is beside other text.
    """
    width = max(width, 1)
    if len(formula) > _LONGEST:
        return _source_box(formula, width)
    tree = parse_formula(formula)
    box = Breaker(Layout(tree, glyphs), width).fit(tree)
    return box._replace(rows=tuple(unicodedata.normalize("NFC", row) for row in box.rows))


def _source_box(formula: str, width: int) -> Box:
    """TeX in lines of the width.

    Of characters that may be two cells wide only half as many.
    """
    narrow = width if formula.isascii() else max(1, width // 2)
    lines = textwrap.wrap(formula, narrow) or [""]
    rows = tuple(line + " " * (width - cells(line)) for line in lines)
    return Box(rows, 0, width)
