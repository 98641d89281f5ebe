"""Display equations: rows of aligned cells with their numbers."""

from __future__ import annotations

from collections.abc import Iterator

from tui_digest.fulltext.blocks import Equation, EquationRow, Place
from tui_digest.fulltext.builder import Builder, clean_tex, escaped_words, formula_tex, one_line_text
from tui_digest.fulltext.page_tree import Element

_PADDING = frozenset(
    ("ltx_eqn_center_padleft", "ltx_eqn_center_padright", "ltx_eqn_left_padleft", "ltx_eqn_left_padright",
     "ltx_eqn_right_padleft", "ltx_eqn_right_padright")
)  # fmt: skip
_ALIGNMENTS = {"ltx_align_right": "r", "ltx_align_left": "l", "ltx_align_center": "c"}
_DISPLAY_STYLE = "\\displaystyle"


def equation(builder: Builder, element: Element) -> None:
    """Read an equation or a group of aligned ones."""
    builder.flush()
    if element.find("ltx_picture", "ltx_listing", "ltx_graphics") is not None:
        _around_drawing(builder, element)
        return
    rows: list[EquationRow] = []
    columns = ""
    for row, ids in _rows(element, [element.id]):
        read, aligned = _row(builder, row, ids)
        if read.cells or read.words or read.number:
            rows.append(read)
            columns = aligned if len(aligned) > len(columns) else columns
    if not any(row.cells or row.words for row in rows):
        return
    builder.claim_id(element)
    first = len(builder.blocks)
    builder.emit(Equation(rows=tuple(rows), columns=columns if len(columns) > 1 else ""))
    several = len(rows) > 1
    for number, read in enumerate(rows):
        if read.number:
            places = (read.id,) if read.id else ()
            builder.places.append(
                Place(
                    address=read.number,
                    kind="equation",
                    first=first,
                    end=first + 1,
                    row=number if several else -1,
                    ids=places,
                )
            )


def _around_drawing(builder: Builder, element: Element) -> None:
    """Read a display that holds a diagram as the diagram, with the equation's number."""
    number = element.find("ltx_eqn_eqno")
    first = len(builder.blocks)
    builder.claim_id(element)
    for row, _ in _rows(element, []):
        for cell in row.elements():
            if "ltx_eqn_eqno" not in cell.classes:
                builder.walk(cell)
        builder.flush()
    if number is not None and len(builder.blocks) > first:
        address = one_line_text(builder.content_in(number))
        ids = (element.id,) if element.id else ()
        end = len(builder.blocks)
        builder.places.append(Place(address=address, kind="equation", first=first, end=end, ids=ids))


def _rows(element: Element, ids: list[str]) -> Iterator[tuple[Element, list[str]]]:
    """The rows in an equation's table, each with the ids around it, innermost last."""
    for child in element.elements():
        inside = [*ids, child.id] if child.id else ids
        if "ltx_eqn_row" in child.classes or child.tag == "tr":
            yield child, inside
        elif "ltx_eqn_cell" in child.classes or child.tag == "math":
            yield element, ids
            return
        else:
            yield from _rows(child, inside)


def _row(builder: Builder, row: Element, ids: list[str]) -> tuple[EquationRow, str]:
    cells: list[str] = []
    columns = number = ""
    words = row.elements()
    for cell in words:
        if "ltx_eqn_eqno" in cell.classes:
            number = one_line_text(builder.content_in(cell))
        elif not _PADDING.intersection(cell.classes):
            cells.append(cell_tex(builder, cell))
            columns += next((_ALIGNMENTS[name] for name in cell.classes if name in _ALIGNMENTS), "c")
    if len(words) == 1 and words[0].attributes.get("colspan") and not _has_formula_only(words[0]):
        return EquationRow(words=builder.content_in(words[0])), ""
    while cells and not cells[-1]:
        cells.pop()
    return EquationRow(cells=tuple(cells), number=number, id=ids[-1] if ids else ""), columns


def _has_formula_only(cell: Element) -> bool:
    return all(child.tag == "math" for child in cell.elements()) and not any(
        isinstance(child, str) and child.strip() for child in cell.children
    )


def cell_tex(builder: Builder, cell: Element) -> str:
    """The TeX of a cell: mostly one formula, sometimes words or several."""
    if cell.tag == "math":
        builder.counts["commands"] += cell.errors
        return _undisplayed(formula_tex(cell))
    parts = [child for child in cell.children if not isinstance(child, str) or child.strip()]
    if len(parts) == 1 and isinstance(parts[0], Element) and parts[0].tag == "math":
        builder.counts["commands"] += parts[0].errors
        return _undisplayed(formula_tex(parts[0]))
    return _undisplayed(clean_tex(escaped_words(builder.content_in(cell))))


def _undisplayed(tex: str) -> str:
    """Without the display style at its head, which every cell of LaTeXML's has."""
    if tex.startswith(_DISPLAY_STYLE) and not tex[len(_DISPLAY_STYLE) : len(_DISPLAY_STYLE) + 1].isalpha():
        return tex[len(_DISPLAY_STYLE) :].strip()
    return tex
