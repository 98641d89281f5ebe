"""Rows of `aligned`, `array` and the like as rows of one line."""

from __future__ import annotations

from collections.abc import Callable

from tui_digest.latex.inline.spacing import Mode
from tui_digest.latex.nodes import Kind, Matrix, Node, Row, Space, Symbol

_CONJUNCTIONS = (" and", " or")


def rows_on_a_line(matrix: Matrix, mode: int, line: Callable[[Row, int], str]) -> list[str]:
    """The rows of a matrix, of cases or of a system as texts.

    `line` gives a row of nodes as text.
    """
    if matrix.environment.endswith("cases"):
        cases = [[without_comma(line(cell, Mode.LOOSE)) for cell in cells] for cells in matrix.rows]
        return [_join_case(texts, cells) for texts, cells in zip(cases, matrix.rows, strict=True)]
    if matrix.environment.endswith("matrix") or not has_relations(matrix):
        return _entries(matrix, line)
    rows = [line(join_cells(cells, matrix.environment), mode) for cells in matrix.rows]
    return _join_sentence([without_comma(row) for row in rows[:-1]] + rows[-1:])


def _join_sentence(rows: list[str]) -> list[str]:
    """The rows, those that a conjunction joins as one."""
    joined = rows[:1]
    for row in rows[1:]:
        if joined[-1].endswith(_CONJUNCTIONS):
            joined[-1] += f" {row}"
        else:
            joined.append(row)
    return joined


def _join_case(texts: list[str], cells: tuple[Row, ...]) -> str:
    """A case with a comma before its condition.

    None is before or behind the relation of an equation.
    """
    case = ""
    is_open = True
    for text, cell in zip(texts, cells, strict=True):
        if text:
            case += ("" if not case else " " if is_open or _goes_on(cell) else ", ") + text
            is_open = _is_joining(cell.items[-1])
    return case


def _entries(matrix: Matrix, line: Callable[[Row, int], str]) -> list[str]:
    """The rows of a matrix.

    Spaces between the entries, commas where an entry itself has a space.
    """
    rows = [[line(cell, Mode.SNUG).strip() for cell in cells] for cells in matrix.rows]
    if matrix.environment.endswith("matrix"):
        rows = _mark_blanks(rows)
    comma = "," if any(" " in entry for row in rows for entry in row) and len(rows[0]) > 1 else ""
    return [_row_of_entries(row, comma, matrix.bars) for row in rows]


def _mark_blanks(rows: list[list[str]]) -> list[list[str]]:
    """The rows with a dot where an entry is left blank.

    Columns of nothing but blanks at the end are left out.
    """
    used = max((column for row in rows for column, entry in enumerate(row) if entry), default=0)
    return [[entry or "⋅" for entry in row[: used + 1]] for row in rows]


def _row_of_entries(row: list[str], comma: str, bars: tuple[int, ...]) -> str:
    text = ""
    for column, entry in enumerate(row):
        bar = " |" if column in bars and column else ""
        text += (bar or comma) + " " + entry if text else entry
    return text


def join_cells(cells: tuple[Row, ...], environment: str) -> Row:
    """The cells of a row of equations, one behind the other.

    Spaces where columns are set apart.
    """
    items: list[Node] = []
    for column, cell in enumerate(cells):
        if environment in ("array", "tabular"):
            items.append(Space(1 / 3))
        elif column % 2 == 0 and environment != "eqnarray":
            items.append(Space(1 / 3 if _goes_on(cell) else 1.0))
        items.extend(cell.items)
    return Row(tuple(items))


def _goes_on(cell: Row) -> bool:
    """Tell whether a cell begins with a sign that joins it to what is before it."""
    return bool(cell.items) and _is_joining(cell.items[0])


def _is_joining(node: Node) -> bool:
    return isinstance(node, Symbol) and node.kind in (Kind.BINARY, Kind.RELATION)


def without_comma(row: str) -> str:
    """A row or cell without the comma that its author put before the next."""
    return row.strip().rstrip(",; ")


def has_relations(matrix: Matrix) -> bool:
    """Tell whether the rows are equations or conditions rather than entries."""
    return matrix.environment not in ("array", "tabular") or any(
        isinstance(item, Symbol) and item.kind == Kind.RELATION
        for cells in matrix.rows
        for cell in cells
        for item in cell.items
    )
