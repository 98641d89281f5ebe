"""Markdown with mathematics, from models or notes, as blocks of a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import assert_never

from textual.content import Content

from tui_digest.latex import markdown as source
from tui_digest.settings import Glyphs
from tui_digest.text.sanitise import sanitise
from tui_digest.tui.page.blocks import PageBlock
from tui_digest.tui.text import from_segments


def markdown_blocks(text: str, glyphs: Glyphs) -> tuple[PageBlock, ...]:
    """A whole Markdown text as blocks. The text is sanitised."""
    return page_blocks(source.parse_markdown(sanitise(text), glyphs), glyphs)


def page_blocks(blocks: Iterable[source.Block], glyphs: Glyphs) -> tuple[PageBlock, ...]:
    """Blocks of Markdown as blocks of a page."""
    return tuple(_page_block(block, glyphs) for block in blocks)


def _page_block(block: source.Block, glyphs: Glyphs) -> PageBlock:
    gap = 0 if block.tight else 1
    first, following = block.first_margin, block.margin

    def block_of(
        content: Content,
        role: str,
        *,
        verbatim: bool = False,
        narrow: Content | None = None,
        formula: str = "",
    ) -> PageBlock:
        return PageBlock(
            content,
            role,
            gap,
            first=first,
            following=following,
            verbatim=verbatim,
            narrow=narrow,
            formula=formula,
            glyphs=glyphs,
        )

    match block:
        case source.Heading():
            return block_of(from_segments(block.content), "heading")
        case source.Paragraph():
            return block_of(from_segments(block.content), "body")
        case source.DisplayFormula():
            return block_of(Content(block.text), "display", formula=block.tex)
        case source.CodeBlock():
            return block_of(Content(block.text.rstrip("\n")), "code", verbatim=True)
        case source.Table():
            return block_of(_table(block), "body", verbatim=True, narrow=_records(block))
        case source.Rule():
            return block_of(Content("─" * 24), "muted", verbatim=True)
        case _:
            assert_never(block)


def _table(table: source.Table) -> Content:
    """The cells in columns as wide as their widest cell, a rule under the header."""
    rows = [[from_segments(cell) for cell in row] for row in (table.header, *table.rows)]
    columns = max(len(row) for row in rows)
    widths = [max(row[n].cell_length for row in rows if n < len(row)) for n in range(columns)]
    lines = [_table_row(row, widths, table.alignments) for row in rows]
    lines.insert(1, Content("  ".join("─" * width for width in widths)))
    return Content("\n").join(lines)


def _records(table: source.Table) -> Content:
    """Each row on a line, its cells after the names of their columns."""
    names = [from_segments(cell) for cell in table.header]
    lines = []
    for row in table.rows:
        cells = [from_segments(cell) for cell in row]
        named = [
            Content.assemble(name.stylize("muted"), (": ", "muted"), cell) if name.plain.strip() else cell
            for name, cell in zip(names, cells, strict=False)
            if cell.plain.strip()
        ]
        lines.append(Content(" · ").join(named))
    return Content("\n").join(lines or names)


def _table_row(
    row: Sequence[Content], widths: Sequence[int], alignments: Sequence[source.Alignment]
) -> Content:
    cells = []
    for cell, width, alignment in zip(row, widths, alignments, strict=False):
        room = width - cell.cell_length
        left = {"right": room, "center": room // 2}.get(alignment, 0)
        cells.append(cell.pad_left(left).pad_right(room - left))
    return Content("  ").join(cells)
