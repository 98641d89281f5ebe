"""Markdown with mathematics, as language models write it.

Blocks of styled segments.

`parse_markdown` reads a whole text, `MarkdownStream` one that is still arriving. Importing this package
imports markdown-it.
"""

from __future__ import annotations

from tui_digest.latex.markdown.blocks import (
    Alignment,
    Block,
    CodeBlock,
    Content,
    DisplayFormula,
    Heading,
    Margin,
    Paragraph,
    Rule,
    Table,
)
from tui_digest.latex.markdown.parse import parse_markdown
from tui_digest.latex.markdown.stream import MarkdownStream

__all__ = [
    "Alignment",
    "Block",
    "CodeBlock",
    "Content",
    "DisplayFormula",
    "Heading",
    "Margin",
    "MarkdownStream",
    "Paragraph",
    "Rule",
    "Table",
    "parse_markdown",
]
