r"""Blocks as text with their TeX: what models read, what quotations are compared with, what is searched.

Formulas stand between dollar signs, displays between double ones with their number behind them,
tables are rows between bars, code stands in fences. Nothing is escaped: no Markdown program reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tui_digest.fulltext.blocks import (
    Block,
    Caption,
    Content,
    Drawing,
    Equation,
    EquationRow,
    Heading,
    Listing,
    Notice,
    Paragraph,
    Picture,
    Reference,
    Table,
)


def source_text(blocks: Iterable[Block]) -> str:
    """The blocks one behind the other, a blank line between those that do not stand close."""
    pieces: list[str] = []
    for block in blocks:
        text = block_source(block)
        if text:
            pieces.append(("\n" if block.tight and pieces else "\n\n") + text)
    return "".join(pieces).strip("\n")


def content_source(content: Content) -> str:
    """A content with its formulas between dollar signs; marks of footnotes in brackets."""
    return "".join([_run_source(run.text, run.role) for run in content])


def _run_source(text: str, role: str) -> str:
    match role:
        case "formula":
            return f"${text}$"
        case "note":
            return f"[^{text}]"
        case "super":
            return f"^{text}"
        case "sub":
            return f"_{text}"
        case _:
            return text


def block_source(block: Block) -> str:
    """One block with its TeX; a marker of a list or a footnote stands before it."""
    marker = "".join(_marker(margin.kind, margin.marker) for margin in block.margins if margin.opens)
    return marker + "\n".join(_lines(block))


def _marker(kind: str, marker: str) -> str:
    if not marker:
        return ""
    return f"[^{marker}]: " if kind == "note" else f"{marker} "


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            number = f"{_section_number(block.number)} " if block.number else ""
            yield f"{'#' * (block.level + 1)} {number}{content_source(block.content)}"
        case Paragraph():
            lead = f"{content_source(block.lead)} " if block.lead else ""
            yield f"{lead}{content_source(block.content)}".strip()
        case Equation():
            yield from map(row_source, block.rows)
        case Table():
            for row in block.rows:
                cells = " | ".join(content_source(cell.content).replace("\n", " ") for cell in row.cells)
                yield f"| {cells} |"
        case Listing():
            yield "```"
            for line in block.lines:
                code = content_source(line.content)
                yield f"{line.number} {code}" if line.number else code
            yield "```"
        case Caption():
            label = f"{block.label}: " if block.label else ""
            yield f"{label}{content_source(block.content)}"
        case Reference():
            yield f"{block.label} {content_source(block.content)}"
        case Drawing():
            yield ", ".join(map(content_source, block.labels))
        case Picture():
            yield block.alternative
        case Notice():
            yield block.text


def _section_number(number: str) -> str:
    return number if " " in number else f"§{number}"


def row_source(row: EquationRow) -> str:
    """A row of a display: its TeX between double dollar signs and its number."""
    if row.words:
        return content_source(row.words)
    tex = " ".join(filter(None, row.cells))
    return f"$${tex}$$ {row.number}".rstrip()
