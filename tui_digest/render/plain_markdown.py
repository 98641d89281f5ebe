"""Markdown with mathematics as plain text, its formulas drawn."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from tui_digest.latex.display import to_display
from tui_digest.latex.markdown import (
    Block,
    CodeBlock,
    Content,
    DisplayFormula,
    Heading,
    Paragraph,
    Rule,
    Table,
    parse_markdown,
)

_INDENT = "    "
_NARROWEST = 20


def markdown_text(text: str, width: int) -> str:
    """Format a Markdown text in lines of at most `width` columns, sanitised."""
    return joined_blocks(parse_markdown(text), width)


def joined_blocks(blocks: tuple[Block, ...], width: int) -> str:
    """Format blocks, with a blank line between those that the source separates."""
    pieces: list[str] = []
    for block in blocks:
        if pieces:
            pieces.append("\n" if block.tight else "\n\n")
        pieces.append(block_text(block, width))
    return "".join(pieces)


def block_text(block: Block, width: int) -> str:
    """Format a block in lines of at most `width` columns."""
    room = max(width - len(block.margin), _NARROWEST)
    first, following = block.first_margin, block.margin
    lines = []
    for line in _lines(block, room):
        lines.append(f"{first}{line}".rstrip())
        first = following
    return "\n".join(lines) or first.rstrip()


def _lines(block: Block, room: int) -> Iterator[str]:
    match block:
        case Heading(level=level, content=content):
            heading = _words(content)
            yield heading
            yield ("=" if level == 1 else "-") * min(len(heading), room)
        case Paragraph(content=content):
            for part in _words(content).split("\n"):
                yield from textwrap.wrap(part, room, break_long_words=False, break_on_hyphens=False)
        case DisplayFormula(tex=tex):
            drawn = to_display(tex, max(room - len(_INDENT), _NARROWEST))
            yield from (f"{_INDENT}{line}" for line in drawn.split("\n"))
        case CodeBlock(text=text):
            yield from (f"{_INDENT}{line}" for line in text.split("\n"))
        case Table(header=header, rows=rows):
            yield from _table([header, *rows])
        case Rule():
            yield "-" * room


def _table(rows: list[tuple[Content, ...]]) -> Iterator[str]:
    """Yield the lines of a table, its header underlined."""
    cells = [[_words(cell) for cell in row] for row in rows]
    columns = max(len(row) for row in cells)
    widths = [max(len(row[place]) for row in cells if place < len(row)) for place in range(columns)]
    for number, row in enumerate(cells):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        if number == 0:
            yield "  ".join("-" * width for width in widths)


def _words(content: Content) -> str:
    """Return the text of a line, each link followed by its address."""
    return "".join(
        f"{segment.text} ({segment.url})" if segment.url and segment.url not in segment.text else segment.text
        for segment in content
    )
