"""Tables: rows of cells with their spans, heads and rules."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui_digest.fulltext.blocks import Cell, TableRow, TextTable, content_text
from tui_digest.fulltext.builder import Builder
from tui_digest.fulltext.page_tree import Element

MOST_COLUMNS = 200
"""Columns of a table that are read; a page may say any number."""

_CELL_TAGS = ("td", "th")
_ALIGNMENTS = {"ltx_align_right": "r", "ltx_align_center": "c"}
_TOP_RULES = ("ltx_border_t", "ltx_border_tt")
_CONTINUED = re.compile(r"\bcontinue[ds]?\b", re.IGNORECASE)
_LONGEST_CONTINUATION = 60


def table(builder: Builder, element: Element) -> None:
    """Read a table. One of a single cell is what is in it."""
    builder.flush()
    rows = list(_rows(element, head=False))
    cells = [cell for row, _ in rows for cell in _cells(row)]
    if len(cells) < 2:
        builder.walk(cells[0] if cells else element)
        builder.flush()
        return
    builder.claim_id(element)
    read = [_row(builder, row, head=head) for row, head in rows if not _is_continuation(row)]
    filled = [row for row in read if any(content_text(cell.content).strip() for cell in row.cells)]
    if filled:
        columns = max(_occupied(filled))
        builder.emit(TextTable(rows=tuple(filled), columns=min(columns, MOST_COLUMNS)))


def _rows(element: Element, *, head: bool) -> Iterator[tuple[Element, bool]]:
    for child in element.elements():
        if child.tag == "tr" or "ltx_tr" in child.classes:
            yield child, head
        elif child.tag not in _CELL_TAGS and "ltx_tabular" not in child.classes:
            yield from _rows(child, head=head or child.tag == "thead" or "ltx_thead" in child.classes)


def _cells(row: Element) -> list[Element]:
    return [child for child in row.elements() if child.tag in _CELL_TAGS or "ltx_td" in child.classes]


def _is_continuation(row: Element) -> bool:
    """Tell whether a row only says that a long table continues on another page."""
    cells = _cells(row)
    if len(cells) != 1 or "colspan" not in cells[0].attributes:
        return False
    text = cells[0].text()
    return len(text) < _LONGEST_CONTINUATION and _CONTINUED.search(text) is not None


def _row(builder: Builder, row: Element, *, head: bool) -> TableRow:
    cells = _cells(row)
    ruled = bool(cells) and all(any(rule in cell.classes for rule in _TOP_RULES) for cell in cells)
    all_heads = bool(cells) and all("ltx_th_column" in cell.classes for cell in cells)
    read = tuple(_cell(builder, cell) for cell in cells[:MOST_COLUMNS])
    return TableRow(cells=read, head=head or all_heads, ruled=ruled)


def _cell(builder: Builder, cell: Element) -> Cell:
    return Cell(
        content=builder.content_in(cell),
        width=_span(cell, "colspan"),
        height=_span(cell, "rowspan"),
        align=next((_ALIGNMENTS[name] for name in cell.classes if name in _ALIGNMENTS), "l"),
        head=cell.tag == "th" or "ltx_th" in cell.classes,
    )


def _span(cell: Element, name: str) -> int:
    value = cell.attributes.get(name, "")
    return max(1, min(int(value), MOST_COLUMNS)) if value.isascii() and value.isdecimal() else 1


def _occupied(rows: list[TableRow]) -> Iterator[int]:
    """Yield how many columns each row reaches, with cells that span from rows above."""
    hanging: dict[int, int] = {}
    for row in rows:
        column = 0
        following = {place: left - 1 for place, left in hanging.items() if left > 1}
        for cell in row.cells:
            while hanging.get(column, 0) > 0 and column < MOST_COLUMNS:
                column += 1
            if cell.height > 1:
                for place in range(column, min(column + cell.width, MOST_COLUMNS)):
                    following[place] = cell.height - 1
            column += cell.width
        yield max([column, *(place + 1 for place in hanging)])
        hanging = following
