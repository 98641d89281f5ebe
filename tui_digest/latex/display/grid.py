"""Rows and columns: matrices, cases, aligned equations, lines atop each other."""

from __future__ import annotations

from collections.abc import Sequence

from tui_digest.latex.display.atoms import Atom, join_atoms
from tui_digest.latex.display.boxes import EMPTY_BOX, Box, align_box, boxes_beside, text_box
from tui_digest.latex.inline.spacing import Slot
from tui_digest.latex.nodes import Matrix, Node, Row, Space

_ALIGNED = frozenset(
    ("align", "aligned", "alignat", "alignedat", "split", "eqnarray", "flalign", "xalignat", "dmath")
)
_CENTRED = frozenset(("gather", "gathered", "gatheredat", "multline", "substack", "subarray"))
_LEFT = frozenset(("cases", "dcases", "rcases", "drcases", "numcases"))
# What is no sign of a term, but goes on with the row before.
_NEVER_SIGNS = frozenset("×⋅·∘⊗⊕∪∩∧∨")
_SPACED = (Slot.RELATION, Slot.BINARY, Slot.SIGN)


def is_aligned(node: Matrix) -> bool:
    """Tell whether the rows are displays of their own, aligned at their `&`."""
    return node.environment in _ALIGNED or node.environment in _CENTRED


def is_cases(node: Matrix) -> bool:
    """Tell whether the rows are the cases of a definition, behind a brace."""
    return node.environment in _LEFT


def grid(node: Matrix, atoms: Sequence[Sequence[list[Atom]]], ascii_only: bool = False) -> Box:
    """A matrix without its brackets.

    Its cells, already laid out, in rows and columns, with its rules.
    """
    columns = range(max((len(row) for row in atoms), default=0))
    boxes = []
    for cells, laid_out in zip(node.rows, atoms, strict=True):
        pairs = enumerate(zip(cells, laid_out, strict=True))
        boxes.append([_cell(cell, content, is_aligned(node) and n % 2 == 1) for n, (cell, content) in pairs])
    widths = [max(row[column].width for row in boxes if column < len(row)) for column in columns]
    gaps = [_gap(node, [row[column] for row in atoms if column < len(row)], column) for column in columns]
    bars = _Bars([column for column in node.bars if column <= len(columns)], gaps, widths, ascii_only)
    lines = []
    for row in boxes:
        above = max((cell.baseline for cell in row), default=0)
        below = max((cell.below for cell in row), default=0)
        parts = []
        for column in columns:
            cell = row[column] if column < len(row) else EMPTY_BOX
            parts.append(bars.gap(column, above, below))
            parts.append(align_box(cell, widths[column], _alignment(node, column)))
        lines.append(boxes_beside([*parts, bars.gap(len(columns), above, below)]))
    return pile_rows(node, lines, bars)


class _Bars:
    """The lines between the columns of a matrix, and the gaps they are in."""

    def __init__(
        self, columns: Sequence[int], gaps: Sequence[int], widths: Sequence[int], ascii_only: bool
    ) -> None:
        self._signs = ("|", "-", "+") if ascii_only else ("│", "─", "┼")
        last = len(widths)
        self._gaps = []
        self._between = ""
        for column in range(last + 1):
            space = gaps[column] if 0 < column < last else 0
            text = " " * space
            if column in columns:
                text = " " * min(column, 1) + self._signs[0] + " " * (column < last)
            self._gaps.append(text)
            self._between += text + " " * (widths[column] if column < last else 0)

    def gap(self, column: int, above: int, below: int) -> Box:
        """Return what is before a column, as high as the row."""
        text = self._gaps[column]
        if not text.strip():
            return text_box(text)
        return Box((text,) * (above + 1 + below), above, len(text))

    def between(self, width: int) -> str:
        """An empty row between two rows, through which the lines go on."""
        return self._between if self._between.strip() else " " * width

    def rule(self, width: int) -> str:
        """A line across all columns."""
        bar, line, crossing = self._signs
        crossed = self._between.ljust(width)[:width] if self._between.strip() else " " * width
        return crossed.replace(" ", line).replace(bar, crossing)


def _cell(cell: Row, atoms: list[Atom], joins: bool) -> Box:
    """A cell with the wide spaces that the author put at its ends.

    Behind the `&` of an equation a sign joins what follows to what was before, so it is spaced.
    """
    if len(atoms) > 1 and atoms[0].slot == Slot.SIGN and (joins or atoms[0].box.rows[0] in _NEVER_SIGNS):
        atoms[1] = atoms[1]._replace(gap=1)
    before, after = _leading_cells(cell.items), _leading_cells(cell.items[::-1])
    box = join_atoms(atoms)
    return boxes_beside([text_box(" " * before), box, text_box(" " * after)]) if box.width else box


def _leading_cells(items: Sequence[Node]) -> int:
    count = 0
    for item in items:
        if not isinstance(item, Space):
            break
        count += 2 * (item.width >= 1)
    return count


def pile_rows(node: Matrix, lines: Sequence[Box], bars: _Bars | None = None) -> Box:
    """Rows of a matrix from top to bottom; the baseline in the middle of them."""
    if not lines:
        return EMPTY_BOX
    loose = any(line.height > 1 for line in lines) and len(lines) > 1
    two_cases = node.environment in _LEFT and len(lines) == 2
    width = max(line.width for line in lines)
    rows: list[str] = []
    for number, line in enumerate(lines):
        if bars is not None and number in node.lines:
            rows.append(bars.rule(width))
        elif number and (loose or two_cases):
            rows.append(bars.between(width) if bars is not None else " " * width)
        rows.extend(align_box(line, width, "c" if node.environment in _CENTRED else "l").rows)
    if bars is not None and len(lines) in node.lines:
        rows.append(bars.rule(width))
    if is_cases(node):
        rows = [f" {row}" if node.left else f"{row} " for row in rows]
        width += 1
    baseline = lines[0].baseline if len(lines) == 1 and not node.lines else (len(rows) - 1) // 2
    return Box(tuple(rows), baseline, width, tall=True)


def _alignment(node: Matrix, column: int) -> str:
    if node.environment in _ALIGNED:
        return "rl"[column % 2] if any(len(cells) > 1 for cells in node.rows) else "l"
    if node.environment in _LEFT:
        return "l"
    return node.columns[column] if column < len(node.columns) else "c"


def _gap(node: Matrix, column: Sequence[list[Atom]], number: int) -> int:
    """The cells before a column.

    None at the `&` of an equation but what its relations want.
    """
    if node.environment in _ALIGNED and number % 2:
        return int(any(atoms and atoms[0].slot in _SPACED for atoms in column))
    return 3 if node.environment in _ALIGNED else 2
