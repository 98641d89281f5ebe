"""Blocks as text: with TeX for models, quotations, search, or formulas in Unicode.

With TeX, formulas are between dollar signs, displays between double ones with their number behind
them; tables are rows between bars, code is in fences. Nothing is escaped: no Markdown program
reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tui_digest.fulltext.blocks import (
    Block,
    Caption,
    CodeListing,
    Content,
    Drawing,
    Equation,
    EquationRow,
    Notice,
    Picture,
    Reference,
    TextHeading,
    TextParagraph,
    TextTable,
)

RenderFormula = Callable[[str, bool], str]
"""Writes a formula, given its TeX and whether it is a display."""


def as_tex(tex: str, display: bool) -> str:
    """A formula as written, between dollar signs."""
    return f"$${tex}$$" if display else f"${tex}$"


def as_unicode(tex: str, display: bool) -> str:
    """A formula on one line of Unicode."""
    from tui_digest.latex.inline.layout import formula_to_unicode

    return formula_to_unicode(tex)


def source_text(blocks: Iterable[Block]) -> str:
    """Return the blocks as text with TeX, blank lines between those not tight."""
    pieces: list[str] = []
    for block in blocks:
        text = block_source(block)
        if text:
            pieces.append(("\n" if block.tight and pieces else "\n\n") + text)
    return "".join(pieces).strip("\n")


def content_source(content: Content, render: RenderFormula = as_tex) -> str:
    """A content with its formulas; marks of footnotes are in brackets."""
    return "".join([_run_text(run.text, run.role, render) for run in content])


def _run_text(text: str, role: str, render: RenderFormula) -> str:
    match role:
        case "formula":
            return render(text, False)
        case "note":
            return f"[^{text}]"
        case "super":
            return f"^{text}"
        case "sub":
            return f"_{text}"
        case _:
            return text


def block_source(block: Block, render: RenderFormula = as_tex) -> str:
    """One block with its formulas; a marker of a list or a footnote is before it."""
    marker = "".join(_marker(margin.kind, margin.marker) for margin in block.margins if margin.opens)
    return marker + "\n".join(_lines(block, render))


def _marker(kind: str, marker: str) -> str:
    if not marker:
        return ""
    return f"[^{marker}]: " if kind == "note" else f"{marker} "


def _lines(block: Block, render: RenderFormula) -> Iterator[str]:
    match block:
        case TextHeading():
            number = f"{_section_number(block.number)} " if block.number else ""
            yield f"{'#' * (block.level + 1)} {number}{content_source(block.content, render)}"
        case TextParagraph():
            lead = f"{content_source(block.lead, render)} " if block.lead else ""
            yield f"{lead}{content_source(block.content, render)}".strip()
        case Equation():
            for row in block.rows:
                yield row_source(row, render)
        case TextTable():
            for line in block.rows:
                cells = [content_source(cell.content, render).replace("\n", " ") for cell in line.cells]
                yield f"| {' | '.join(cells)} |"
        case CodeListing():
            yield "```"
            for code in block.lines:
                words = content_source(code.content, render)
                yield f"{code.number} {words}" if code.number else words
            yield "```"
        case Caption():
            label = f"{block.label}: " if block.label else ""
            yield f"{label}{content_source(block.content, render)}"
        case Reference():
            yield f"{block.label} {content_source(block.content, render)}"
        case Drawing():
            yield ", ".join(content_source(label, render) for label in block.labels)
        case Picture():
            yield block.alternative
        case Notice():
            yield block.text


def _section_number(number: str) -> str:
    return number if " " in number else f"§{number}"


def row_source(row: EquationRow, render: RenderFormula = as_tex) -> str:
    """A row of a display and its number."""
    if row.words:
        return content_source(row.words, render)
    tex = " ".join(filter(None, row.cells))
    return f"{render(tex, True)} {row.number}".rstrip()
