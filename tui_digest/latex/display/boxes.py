"""Boxes of text.

Rows of equal width with a baseline, and how boxes are put together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tui_digest.latex.symbols.glyphs import cells


class Box(NamedTuple):
    """A piece of a formula as rows of text, all `width` cells wide.

    `baseline` is the row that is on the line of the surrounding text. A `tall` box is one that
    brackets around it should grow with: a fraction is tall, a letter with a lowered index is not.
    """

    rows: tuple[str, ...]
    baseline: int
    width: int
    tall: bool = False

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def below(self) -> int:
        """How many rows there are below the baseline."""
        return len(self.rows) - 1 - self.baseline


def text_box(text: str) -> Box:
    """One row of text."""
    return Box((text,), 0, cells(text))


EMPTY_BOX = Box(("",), 0, 0)


def boxes_beside(boxes: Iterable[Box]) -> Box:
    """Boxes from left to right on a common baseline."""
    boxes = [box for box in boxes if box.width]
    if len(boxes) < 2:
        return boxes[0] if boxes else EMPTY_BOX
    baseline = max(box.baseline for box in boxes)
    below = max(box.below for box in boxes)
    if not baseline and not below:
        return Box(("".join(box.rows[0] for box in boxes),), 0, sum(box.width for box in boxes))
    grown = [extend_box(box, baseline - box.baseline, below - box.below).rows for box in boxes]
    rows = tuple("".join(parts) for parts in zip(*grown, strict=True))
    return Box(rows, baseline, sum(box.width for box in boxes), any(box.tall for box in boxes))


def empty_rows(width: int, count: int) -> tuple[str, ...]:
    """Return `count` rows of spaces."""
    return (" " * width,) * count


def extend_box(box: Box, above: int, below: int) -> Box:
    """Return the box with empty rows added above and below."""
    if not above and not below:
        return box
    rows = (*empty_rows(box.width, above), *box.rows, *empty_rows(box.width, below))
    return box._replace(rows=rows, baseline=box.baseline + above)


def align_box(box: Box, width: int, alignment: str = "c") -> Box:
    """The box widened to `width`, its content left, centred or right (`l`, `c`, `r`)."""
    spare = width - box.width
    if spare <= 0:
        return box
    left = {"l": 0, "c": spare // 2, "r": spare}[alignment]
    before, after = " " * left, " " * (spare - left)
    return box._replace(rows=tuple(before + row + after for row in box.rows), width=width)


def stack_boxes(boxes: Sequence[Box], on: int, alignment: str = "c") -> Box:
    """Boxes from top to bottom, as wide as the widest.

    The baseline is that of box number `on`.
    """
    width = max(box.width for box in boxes)
    rows = tuple(row for box in boxes for row in align_box(box, width, alignment).rows)
    baseline = sum(box.height for box in boxes[:on]) + boxes[on].baseline
    return Box(rows, baseline, width, tall=True)
