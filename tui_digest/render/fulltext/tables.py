"""Tables as lines: natural widths, else narrower columns, else a record a row.

Nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui_digest.fulltext.blocks import Cell, TextTable
from tui_digest.latex.symbols.glyphs import cells
from tui_digest.render.fulltext.styled import (
    EMPTY,
    Renderer,
    Styled,
    StyledSpan,
    in_role,
    join_styled,
    wrap_styled,
)

_GAP = 2
_NARROW_GAP = 1
_LEAST_COLUMN = 3
_LONGEST_WORDS = (24, 12)
"""A column is not made narrower than its longest word, of at most this many cells; the first that fits."""


class _Placed(NamedTuple):
    """A cell in the grid: where it begins, how far it reaches, and what it says."""

    row: int
    column: int
    height: int
    width: int
    cell: Cell
    text: Styled

    @property
    def natural(self) -> int:
        """The cells of its longest line."""
        return max(cells(line) for line in self.text.text.split("\n"))

    @property
    def longest_word(self) -> int:
        """The cells of its longest word."""
        return max(map(cells, self.text.text.split()), default=1)


def table_lines(table: TextTable, width: int, renderer: Renderer, rule: str = "─") -> list[Styled]:
    """The lines of a table; no line is wider than `width`.

    Where the columns do not fit side by side at all, each row is a record, "head: value · head: value".
    """
    placed = _placed(table, renderer)
    if not placed:
        return []
    columns = 1 + max(cell.column + cell.width - 1 for cell in placed)
    for longest in _LONGEST_WORDS:
        for gap in (_GAP, _NARROW_GAP):
            widths = _fitted(placed, columns, width - gap * (columns - 1), gap, longest)
            if widths is not None:
                return _drawn(table, placed, widths, gap, rule)
    return _records(table, placed, width)


def _placed(table: TextTable, renderer: Renderer) -> list[_Placed]:
    placed: list[_Placed] = []
    taken: set[tuple[int, int]] = set()
    rows = len(table.rows)
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row.cells:
            while (number, column) in taken:
                column += 1
            height = min(cell.height, rows - number)
            width = max(1, min(cell.width, table.columns - column))
            text = renderer.content(cell.content)
            if (cell.head or row.head) and text.text:
                text = Styled(text.text, (StyledSpan(0, len(text.text), "strong"), *text.spans))
            placed.append(_Placed(number, column, height, width, cell, text))
            if height > 1:
                taken.update(
                    (r, c) for r in range(number, number + height) for c in range(column, column + width)
                )
            column += width
    return placed


def _fitted(placed: Sequence[_Placed], columns: int, room: int, gap: int, longest: int) -> list[int] | None:
    """Return each column's width within the room; None if the narrowest do not fit.

    Words of up to `longest` cells are not broken.
    """
    natural = _widths(placed, columns, gap, [cell.natural for cell in placed])
    if sum(natural) <= room:
        return natural
    least = _widths(placed, columns, gap, [min(cell.longest_word, longest) for cell in placed])
    least = [min(wide, max(narrow, _LEAST_COLUMN)) for wide, narrow in zip(natural, least, strict=True)]
    if sum(least) > room:
        return None
    widths = natural
    while (over := sum(widths) - room) > 0:
        shrinking = [place for place in range(columns) if widths[place] > least[place]]
        widest = max(shrinking, key=widths.__getitem__)
        others = [widths[place] for place in shrinking if place != widest]
        step = max(1, widths[widest] - max(others, default=0))
        widths[widest] -= min(over, step, widths[widest] - least[widest])
    return widths


def _widths(placed: Sequence[_Placed], columns: int, gap: int, wanted: Sequence[int]) -> list[int]:
    """Return column widths for the cells; a spanning cell widens its last column."""
    widths = [0] * columns
    spanning = []
    for cell, width in zip(placed, wanted, strict=True):
        if cell.width == 1:
            widths[cell.column] = max(widths[cell.column], width)
        else:
            spanning.append((cell.width, cell, width))
    for _, cell, width in sorted(spanning, key=lambda entry: entry[0]):
        spanned = range(cell.column, min(cell.column + cell.width, columns))
        lacking = width - sum(widths[place] for place in spanned) - gap * (len(spanned) - 1)
        for place in spanned:
            share = -(-max(lacking, 0) // (spanned.stop - place))
            widths[place] += share
            lacking -= share
    return widths


def _drawn(
    table: TextTable, placed: Sequence[_Placed], widths: Sequence[int], gap: int, rule: str
) -> list[Styled]:
    laid_out = [(cell, _cell_lines(cell, widths, gap)) for cell in placed]
    heights = [1] * len(table.rows)
    for cell, lines in laid_out:
        if cell.height == 1:
            heights[cell.row] = max(heights[cell.row], len(lines))
    for cell, lines in laid_out:
        spanned = range(cell.row, cell.row + cell.height)
        lacking = len(lines) - sum(heights[row] for row in spanned)
        heights[spanned[-1]] += max(0, lacking)
    by_row: list[list[tuple[_Placed, list[Styled], int]]] = [[] for _ in table.rows]
    for cell, lines in laid_out:
        used = 0
        for row in range(cell.row, cell.row + cell.height):
            by_row[row].append((cell, lines[used : used + heights[row]], widths[cell.column]))
            used += heights[row]
    drawn: list[Styled] = []
    for number, line in enumerate(table.rows):
        head_ends = number and table.rows[number - 1].head and not line.head
        if number and (line.ruled or head_ends):
            from_above = [cell for cell, _, _ in by_row[number] if cell.row < number]
            drawn.append(in_role(_rule(from_above, widths, gap, rule), "rule"))
        drawn += _row_lines(by_row[number], heights[number], widths, gap)
    return drawn


def _rule(from_above: Sequence[_Placed], widths: Sequence[int], gap: int, rule: str) -> str:
    """A rule over all columns but those of cells that go on below it."""
    open_columns = {column for cell in from_above for column in range(cell.column, cell.column + cell.width)}
    parts = []
    for column, width in enumerate(widths):
        parts.append((" " if column in open_columns else rule) * width)
        joins = column not in open_columns and column + 1 not in open_columns
        parts.append((rule if joins else " ") * gap)
    return "".join(parts[:-1]).rstrip()


def _cell_lines(cell: _Placed, widths: Sequence[int], gap: int) -> list[Styled]:
    width = sum(widths[cell.column : cell.column + cell.width]) + gap * (cell.width - 1)
    return (
        wrap_styled(cell.text, max(width, 1))
        if cells(cell.text.text) > width or "\n" in cell.text.text
        else [cell.text]
    )


def _row_lines(
    row: Sequence[tuple[_Placed, list[Styled], int]], height: int, widths: Sequence[int], gap: int
) -> list[Styled]:
    starts = [sum(widths[:column]) + gap * column for column in range(len(widths))]
    ordered = sorted(row, key=lambda entry: entry[0].column)
    drawn = []
    for line in range(height):
        parts: list[Styled | str] = []
        used = 0
        for cell, lines, _ in ordered:
            text = lines[line] if line < len(lines) else EMPTY
            if not text.text:
                continue
            width = sum(widths[cell.column : cell.column + cell.width]) + gap * (cell.width - 1)
            spare = max(0, width - text.width)
            left = {"r": spare, "c": spare // 2}.get(cell.cell.align, 0)
            before = max(0, starts[cell.column] + left - used)
            parts += [" " * before, text]
            used += before + text.width
        drawn.append(join_styled(parts))
    return drawn


def _records(table: TextTable, placed: Sequence[_Placed], width: int) -> list[Styled]:
    """Return each row as a record under its columns' heads, for tables too wide."""
    heads: dict[int, Styled] = {}
    first = 0
    for number, row in enumerate(table.rows):
        if not (row.head or (number == 0 and len(table.rows) > 1)):
            break
        first = number + 1
    for cell in placed:
        if cell.row < first:
            for column in range(cell.column, cell.column + cell.width):
                above = heads.get(column)
                text = _flat(cell.text)
                heads[column] = (
                    join_styled([above, " ", text]) if above is not None and text.text else above or text
                )
    lines: list[Styled] = []
    for number in range(first, len(table.rows)):
        parts: list[Styled | str] = []
        for cell in placed:
            text = _flat(cell.text)
            if cell.row == number and text.text.strip():
                head = heads.get(cell.column, EMPTY)
                named = head.text and head.text != text.text
                parts += [" · "] if parts else []
                parts += [in_role(f"{head.text}: ", "label"), text] if named else [text]
        lines += wrap_styled(join_styled(parts), width, hang=2)
    return lines or wrap_styled(join_styled([_flat(cell.text) for cell in placed]), width)


def _flat(text: Styled) -> Styled:
    return Styled(text.text.replace("\n", " "), text.spans)
