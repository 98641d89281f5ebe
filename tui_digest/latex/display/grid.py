"""Rows and columns: matrices, cases, aligned equations, lines atop each other."""

from __future__ import annotations

from collections.abc import Sequence

from tui_digest.latex.display.boxes import EMPTY_BOX, Box, aligned, beside, text_box
from tui_digest.latex.tree import Matrix

_ALIGNED = frozenset(
    ("align", "aligned", "alignat", "alignedat", "split", "eqnarray", "flalign", "xalignat", "dmath")
)
_CENTRED = frozenset(("gather", "gathered", "gatheredat", "multline", "substack", "subarray"))
_LEFT = frozenset(("cases", "dcases", "rcases", "drcases", "numcases"))


def is_aligned(node: Matrix) -> bool:
    """Whether the rows are displays of their own, aligned at their `&`."""
    return node.environment in _ALIGNED or node.environment in _CENTRED


def is_cases(node: Matrix) -> bool:
    """Whether the rows are the cases of a definition, behind a brace."""
    return node.environment in _LEFT


def grid(node: Matrix, boxes: Sequence[Sequence[Box]], spaces: Sequence[Sequence[bool]]) -> list[Box]:
    """The rows of a matrix, the cells of each column below each other.

    `spaces` says of each cell whether a relation or sign begins it, which wants a space before.
    """
    columns = max((len(row) for row in boxes), default=0)
    widths = [max((row[i].width for row in boxes if i < len(row)), default=0) for i in range(columns)]
    gaps = [_gap(node, [row[i] for row in spaces if i < len(row)], i) for i in range(columns)]
    lines = []
    for row in boxes:
        parts = []
        for index in range(columns):
            cell = row[index] if index < len(row) else EMPTY_BOX
            if index:
                parts.append(text_box(" " * gaps[index]))
            parts.append(aligned(cell, widths[index], _alignment(node, index)))
        lines.append(beside(parts) if any(part.width for part in parts) else text_box(""))
    return lines


def piled(node: Matrix, lines: Sequence[Box]) -> Box:
    """Rows of a matrix from top to bottom; the baseline in the middle of them."""
    if not lines:
        return EMPTY_BOX
    loose = any(line.height > 1 for line in lines) and len(lines) > 1
    two_cases = node.environment in _LEFT and len(lines) == 2
    width = max(line.width for line in lines)
    rows: list[str] = []
    for number, line in enumerate(lines):
        if number and (loose or two_cases):
            rows.append(" " * width)
        rows.extend(aligned(line, width, "c" if node.environment in _CENTRED else "l").rows)
    if is_cases(node):
        rows = [f" {row}" if node.left else f"{row} " for row in rows]
        width += 1
    baseline = lines[0].baseline if len(lines) == 1 else (len(rows) - 1) // 2
    return Box(tuple(rows), baseline, width, tall=True)


def _alignment(node: Matrix, column: int) -> str:
    if node.environment in _ALIGNED:
        return "rl"[column % 2]
    if node.environment in _LEFT:
        return "l"
    return node.columns[column] if column < len(node.columns) else "c"


def _gap(node: Matrix, spaces: Sequence[bool], column: int) -> int:
    """The cells before a column: none at the `&` of an equation but what its relation wants."""
    if node.environment in _ALIGNED and column % 2:
        return int(any(spaces))
    if node.environment in _ALIGNED or node.environment in _LEFT:
        return 3 if node.environment in _ALIGNED else 2
    return 2
