"""Scripts behind their base: which are on the line, and where the others are."""

from __future__ import annotations

from functools import cache

from tui_digest.latex.display.atoms import LEAVES, children, has_limits
from tui_digest.latex.display.boxes import Box, align_box, boxes_beside, empty_rows
from tui_digest.latex.inline.layout import LineLayout
from tui_digest.latex.inline.spacing import LinePiece, Mode
from tui_digest.latex.nodes import EMPTY, Node, Row, Scripts
from tui_digest.latex.symbols.glyphs import GlyphSet, Level

_SIGNS = ("^", "_")
_ENCLOSED = ("^(", "_(", "^[", "_[", "^{", "_{")


@cache
def _symbols(level: Level) -> dict[tuple[str, int, str], LinePiece]:
    """The symbols drawn so far, for all formulas of a level."""
    return {}


class DisplayLine(LineLayout):
    """One line as it is part of a display, of one formula.

    Where one script of the formula needs a row of its own, because only parentheses could keep it on
    the line, all get one that have no raised or lowered characters.
    """

    tells_nesting = False

    def __init__(self, glyphs: GlyphSet, formula: Row) -> None:
        """The line for one formula in the glyphs of one level."""
        super().__init__(glyphs)
        self._drawn = _symbols(glyphs.level)
        self._known: dict[tuple[Row, bool, int], tuple[str, bool]] = {}
        self._apart = False
        self._apart = self._needs_rows(formula)

    def script(self, row: Row, raised: bool, shortest_word: int = 3) -> tuple[str, bool]:
        """As `LineLayout.script`, but letters under a base are a word: `L_rec`."""
        key = row, raised, shortest_word
        if key not in self._known:
            text, open_end = super().script(row, raised, shortest_word)
            letters, lowered = text[2:-1], self.glyphs.lowered
            # Beside a letter that is not lowered, `f_Ag`, they would be read as a factor.
            if text.startswith("_(") and letters.isascii() and letters.isalpha() and letters[0] in lowered:
                is_word = self.row(row, Mode.CLOSE).strip() == letters
                text, open_end = (f"_{letters}", True) if is_word else (text, open_end)
            self._known[key] = text, open_end
        return self._known[key]

    def reads_well(self, script: Row | None, raised: bool, is_high: bool = False) -> bool:
        """Tell whether a script reads well on the line.

        It does in characters of its own, and as one letter or one word, unless its base `is_high`.
        """
        text = self.script(script or EMPTY, raised)[0]
        return text[:1] not in _SIGNS or not (self._apart or is_high or text[:2] in _ENCLOSED)

    def _needs_rows(self, node: Node) -> bool:
        """Tell whether a node has a script that only parentheses could keep on the line."""
        if type(node) in LEAVES:
            return False
        if isinstance(node, Scripts):
            if not has_limits(node) and not (
                self.reads_well(node.subscript, False) and self.reads_well(node.superscript, True)
            ):
                return True
            return self._needs_rows(node.base)
        return any(map(self._needs_rows, children(node)))


def at_corners(base: Box, upper: Box, lower: Box) -> Box:
    """One-line scripts in the first and the last row of a tall base."""
    width = max(upper.width, lower.width)
    if not width:
        return base
    if base.height == 1:
        return boxes_beside([base, upper, lower])
    column = (
        *align_box(upper, width, "l").rows,
        *empty_rows(width, base.height - 2),
        *align_box(lower, width, "l").rows,
    )
    return boxes_beside([base, Box(column, base.baseline, width)])


def raised_and_lowered(base: Box, marks: Box, above: Box, below: Box) -> Box:
    """Scripts behind a base, one over the other.

    On the line, in the row above it, in the row below it.

    Behind a tall base they are in its first and last rows, or beyond them. Empty boxes stand for none.
    """
    if not above.width and not below.width:
        return boxes_beside([base, marks])
    width = max(marks.width, above.width, below.width)
    upper = align_box(above, width, "l").rows if above.width else ()
    lower = align_box(below, width, "l").rows if below.width else ()
    middle = align_box(marks, width, "l").rows[0]
    if not base.tall:
        return boxes_beside([base, Box((*upper, middle, *lower), len(upper), width)])
    between = [" " * width] * base.height
    between[base.baseline] = middle
    if base.baseline >= len(upper) and base.below >= len(lower):
        between = between[len(upper) : base.height - len(lower)]
        return boxes_beside([base, Box((*upper, *between, *lower), base.baseline, width)])
    return boxes_beside([base, Box((*upper, *between, *lower), base.baseline + len(upper), width)])
