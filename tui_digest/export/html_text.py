"""TeX prose and Markdown as HTML: no scripts, mathematics as Unicode with its TeX."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from urllib.parse import urlsplit

from tui_digest.export.segments import text_paragraphs, text_segments
from tui_digest.latex import Segment, Style
from tui_digest.latex.markdown import (
    Block,
    CodeBlock,
    DisplayFormula,
    Heading,
    Paragraph,
    Rule,
    Table,
    parse_markdown,
)
from tui_digest.text.sanitise import sanitise

_TAGS = ((Style.STRONG, "strong"), (Style.EMPHASIS, "em"), (Style.CODE, "code"))
_SCHEMES = frozenset({"http", "https"})


def html_line(text: str) -> str:
    """Return a title or a comment as HTML on one line."""
    return html_segments(text_segments(text))


def html_paragraphs(abstract: str) -> str:
    """Return the paragraphs of an abstract as HTML."""
    return "\n".join(f"<p>{html_line(part)}</p>" for part in text_paragraphs(abstract))


def html_markdown(text: str, heading: int) -> str:
    """Return Markdown with mathematics as HTML; HTML in it is text.

    Args:
        text: the Markdown.
        heading: the level that its largest headings get.
    """
    blocks = parse_markdown(sanitise(text))
    largest = min((block.level for block in blocks if isinstance(block, Heading)), default=1)
    return "\n".join(_block(block, heading - largest) for block in blocks)


def html_segments(parts: Iterable[Segment]) -> str:
    """Return segments as HTML."""
    return "".join(map(_segment, parts))


def _segment(segment: Segment) -> str:
    text = escape(segment.text)
    if segment.tex:
        return f'<span class="math" title="{escape(segment.tex)}">{text}</span>'
    for style, tag in _TAGS:
        if style in segment.style:
            text = f"<{tag}>{text}</{tag}>"
    if segment.url and urlsplit(segment.url).scheme in _SCHEMES:
        text = f'<a href="{escape(segment.url)}">{text}</a>'
    return text


def _block(block: Block, deeper: int) -> str:
    indent = f' style="margin-left: {len(block.margin)}ch"' if block.margin else ""
    marker = escape(block.first_margin.strip())
    lead = f"{marker} " if marker else ""
    match block:
        case Heading(level=level, content=content):
            tag = f"h{min(level + deeper, 6)}"
            return f"<{tag}>{html_segments(content)}</{tag}>"
        case Paragraph(content=content):
            return f"<p{indent}>{lead}{html_segments(content)}</p>"
        case DisplayFormula(tex=tex, text=text):
            formula = f'<span class="math" title="{escape(tex)}">{escape(text)}</span>'
            return f'<p class="display"{indent}>{formula}</p>'
        case CodeBlock():
            return f"<pre{indent}>{escape(block.text)}</pre>"
        case Table():
            return f"<table>{''.join(_rows(block))}</table>"
        case Rule():
            return "<hr>"
    raise AssertionError(f"{type(block).__name__} is no block")


def _rows(table: Table) -> Iterator[str]:
    for tag, row in (("th", table.header), *(("td", row) for row in table.rows)):
        yield f"<tr>{''.join(f'<{tag}>{html_segments(cell)}</{tag}>' for cell in row)}</tr>"
