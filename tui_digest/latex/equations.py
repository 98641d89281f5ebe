"""Rows of equations and conditions, such as `aligned` and `array`, as rows of one line."""

from __future__ import annotations

from tui_digest.latex.tree import Kind, Matrix, Node, Row, Space, Symbol


def joined_cells(cells: tuple[Row, ...], environment: str) -> Row:
    """The cells of a row of equations, one behind the other: spaces where columns are set apart."""
    items: list[Node] = []
    for column, cell in enumerate(cells):
        if environment in ("array", "tabular"):
            items.append(Space(1 / 3))
        elif column % 2 == 0 and environment != "eqnarray":
            items.append(Space(1.0))
        items.extend(cell.items)
    return Row(tuple(items))


def without_comma(row: str) -> str:
    """A row or cell without the comma that its author put before the next."""
    return row.strip().rstrip(",; ")


def has_relations(matrix: Matrix) -> bool:
    """Whether the rows are equations or conditions rather than entries."""
    return matrix.environment not in ("array", "tabular") or any(
        isinstance(item, Symbol) and item.kind == Kind.RELATION
        for cells in matrix.rows
        for cell in cells
        for item in cell.items
    )
