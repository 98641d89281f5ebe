"""Display equations as lines: two-dimensional, aligned, numbers at the right edge."""

from __future__ import annotations

from collections.abc import Sequence

from tui_digest.fulltext.blocks import Equation, EquationRow
from tui_digest.latex.display import layout
from tui_digest.latex.display.boxes import EMPTY_BOX, Box, align_box, boxes_beside, text_box
from tui_digest.latex.symbols.glyphs import Level, cells
from tui_digest.render.fulltext.styled import Renderer, Styled, StyledSpan, in_role, join_styled, wrap_styled

_INDENT = 4
_LEAST_ROOM = 24
"""Cells below which a number is put under its formula, not beside it."""

_UNBROKEN = 100_000
_GAP_OF_PAIRS = 3
_SIGNS = "+−±∓-"


def equation_lines(equation: Equation, width: int, renderer: Renderer) -> list[Styled]:
    """The lines of a display equation.

    Args:
        equation: Its rows of cells.
        width: The cells of a line; no line is wider.
        renderer: Draws words, and says the level of glyphs and whether TeX is shown as written.
    """
    if renderer.tex:
        return _as_written(equation, width)
    numbers = max((cells(row.number) for row in equation.rows), default=0)
    room = width - numbers - 1 if numbers else width
    beside_number = room >= _LEAST_ROOM
    room = room if beside_number else width
    indent = min(_INDENT, max(0, (room - _LEAST_ROOM) // 4))
    room -= indent
    columns = _aligned_rows(equation, room, renderer.glyphs)
    lines: list[Styled] = []
    apart = False  # whether the row before has several lines, or words
    for place, row in enumerate(equation.rows):
        if row.words:
            drawn = wrap_styled(renderer.content(row.words), width)
            tall = True
        else:
            box = columns[place] if columns else layout(" ".join(row.cells), room, renderer.glyphs)
            drawn = _numbered(box, row, width, indent, beside_number=beside_number)
            tall = box.height > 1
        if lines and (tall or apart):
            lines.append(Styled(""))
        lines += drawn
        apart = tall
    return lines


def _numbered(box: Box, row: EquationRow, width: int, indent: int, *, beside_number: bool) -> list[Styled]:
    tex = " ".join(row.cells)
    lines = []
    for number, drawn in enumerate(box.rows):
        text = f"{' ' * indent}{drawn}".rstrip()
        spans = [StyledSpan(indent, len(text), "formula", tex=tex)] if len(text) > indent else []
        if row.number and beside_number and number == box.baseline:
            padding = width - cells(text) - cells(row.number)
            start = len(text) + padding
            text = f"{text}{' ' * padding}{row.number}"
            spans.append(StyledSpan(start, len(text), "number"))
        lines.append(Styled(text, tuple(spans)))
    if row.number and not beside_number:
        lines.append(join_styled([" " * max(0, width - cells(row.number)), in_role(row.number, "number")]))
    return lines


def _aligned_rows(equation: Equation, room: int, glyphs: Level) -> list[Box]:
    """Return the rows with aligned cells; none if that is wider than the room."""
    rows = [[_cell(tex, column, glyphs) for column, tex in enumerate(row.cells)] for row in equation.rows]
    count = max((len(row) for row in rows), default=0)
    if count < 2:
        boxes = [row[0] if row else EMPTY_BOX for row in rows]
        return boxes if all(box.width <= room for box in boxes) else []
    widths = [
        max((row[column].width for row in rows if column < len(row)), default=0) for column in range(count)
    ]
    gaps = [_gap(column, equation.columns) if widths[column] else 0 for column in range(count)]
    if sum(widths) + sum(gaps) > room:
        return []
    return [_row(row, widths, gaps, equation.columns) for row in rows]


def _row(row: Sequence[Box], widths: Sequence[int], gaps: Sequence[int], columns: str) -> Box:
    parts = []
    for column, box in enumerate(row):
        if column and gaps[column]:
            parts.append(text_box(" " * gaps[column]))
        alignment = columns[column] if column < len(columns) else "rl"[column % 2]
        # An empty cell still takes its width, which an empty box of text would lose.
        filled = box if box.width else text_box(" " * widths[column])
        parts.append(align_box(filled, widths[column], alignment))
    return boxes_beside(parts)


def _gap(column: int, columns: str) -> int:
    """Return the cells before a column: one at a relation, more between equations."""
    if not column:
        return 0
    before, here = columns[column - 1 : column], columns[column : column + 1]
    return _GAP_OF_PAIRS if before == "l" and here == "r" else 1


def _cell(tex: str, column: int, glyphs: Level) -> Box:
    box = layout(tex, _UNBROKEN, glyphs) if tex else EMPTY_BOX
    if not column or not box.width:
        return box
    line = box.rows[box.baseline]
    if line[:1] in _SIGNS and line[1:2] not in ("", " "):
        # Behind the alignment a sign joins what follows to what was before, so it is spaced.
        rows = [
            f"{row[0]} {row[1:]}" if place == box.baseline else f" {row}"
            for place, row in enumerate(box.rows)
        ]
        return Box(tuple(rows), box.baseline, box.width + 1, box.tall)
    return box


def _as_written(equation: Equation, width: int) -> list[Styled]:
    """The TeX of a display, a row a line."""
    lines: list[Styled] = []
    for row in equation.rows:
        tex = " & ".join(row.cells) if row.cells else "".join(run.text for run in row.words)
        written = Styled(f"{tex}  {row.number}".strip())
        for source in written.text.split("\n"):
            start = Styled(source, (StyledSpan(0, len(source), "formula", tex=tex),) if source else ())
            lines += wrap_styled(start, width, hang=2)
    return lines
