"""Markdown with mathematics as plain lines, for speech and braille.

Nothing is drawn: no columns, no rules, no formulas over several lines, no bullets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

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
from tui_digest.latex.segment import Style

Render = Callable[[str], str]
"""Renders a text with TeX, as `tui_digest.latex.spoken` does."""


def linear_text(text: str, render: Render) -> str:
    """Format a Markdown text with a line for each paragraph, sanitised."""
    return "\n".join(line for block in parse_markdown(text) for line in _lines(block, render))


def _lines(block: Block, render: Render) -> Iterator[str]:
    opens = "Quotation: " if any(margin.quotation for margin in block.margins) else ""
    opens += "".join(f"{margin.marker} " for margin in block.margins if margin.opens and margin.marker != "•")
    match block:
        case Heading(content=content):
            yield f"{opens}{_words(content, render)}:"
        case Paragraph(content=content):
            yield opens + " ".join(_words(content, render).split())
        case DisplayFormula(tex=tex):
            yield opens + render(f"${tex}$").strip()
        case CodeBlock(text=text):
            yield from text.split("\n")
        case Table(header=header, rows=rows):
            for row in (header, *rows):
                yield opens + ", ".join(_words(cell, render) for cell in row)
        case Rule():
            return


def _words(content: Content, render: Render) -> str:
    """Return the text of a line, with spaces between formulas and words."""
    words = ""
    after_formula = False
    for segment in content:
        is_formula = Style.FORMULA in segment.style and bool(segment.tex)
        piece = render(f"${segment.tex}$").strip() if is_formula else segment.text
        touches = words[-1:].isalnum() and piece[:1].isalnum()
        words += f" {piece}" if touches and (is_formula or after_formula) else piece
        after_formula = is_formula
    return words
