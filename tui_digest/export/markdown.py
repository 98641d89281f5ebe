"""Papers as Markdown that people read: GitHub, editors, pandoc."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from tui_digest.entry import Entry, Explanation
from tui_digest.export.collection import EVERYTHING, Collection
from tui_digest.export.markdown_embed import block
from tui_digest.export.markdown_escape import (
    Dialect,
    address,
    inline_markdown,
    literal_markdown,
    paragraph_markdown,
)
from tui_digest.export.segments import text_paragraphs
from tui_digest.export.whole_text import text_section
from tui_digest.paper import Completeness, CompletenessState, Paper
from tui_digest.render.author_names import author_line
from tui_digest.render.explanation import annotate
from tui_digest.render.receipt import receipt_line
from tui_digest.settings import ExportContents


def render_markdown(collection: Collection, contents: ExportContents = EVERYTHING) -> str:
    """Return the papers under a heading with their digest and how complete it is.

    Papers that are of no digest have no such heading; each begins with its title at the top level.
    """
    is_digest = collection.date is not None or bool(collection.name)
    level = 2 if is_digest else 1
    parts = [_heading(collection)] if is_digest else []
    for entry in collection.entries:
        pdf = collection.pdfs.get(entry.paper.id)
        parts.append("\n".join(paper_section(entry, contents, Dialect.MARKDOWN, level, pdf)))
        text = collection.texts.get(entry.paper.id)
        if text is not None:
            name = anchor_name(entry.paper.id) if len(collection.entries) > 1 else ""
            parts.append("\n".join(text_section(text, Dialect.MARKDOWN, level + 1, name)))
    return "\n".join(parts)


def anchor_name(paper_id: str) -> str:
    """Return the prefix that keeps a paper's anchors apart from others' in a file."""
    return "".join(letter if letter.isalnum() else "-" for letter in paper_id)


def paper_section(
    entry: Entry, contents: ExportContents, dialect: Dialect, level: int, pdf: Path | None = None
) -> Iterator[str]:
    """Yield a paper's lines under a heading of this level, with a link to its PDF."""
    paper = entry.paper
    yield f"{'#' * level} {inline_markdown(paper.title, dialect) or 'Untitled'}"
    yield ""
    yield from facts(entry, contents, dialect, pdf)
    if contents.abstract and paper.abstract.strip():
        yield ""
        yield abstract_quotation(paper.abstract, dialect)
    if contents.explanation and entry.explanation is not None:
        yield ""
        yield f"{'#' * (level + 1)} Explanation"
        yield ""
        yield explanation_markdown(entry.explanation, dialect, level + 1)
    if contents.notes and entry.reading.note.strip():
        yield ""
        yield f"{'#' * (level + 1)} Note"
        yield ""
        yield block(entry.reading.note, dialect, level + 1)
    yield ""


def abstract_quotation(abstract: str, dialect: Dialect) -> str:
    """An abstract as a quotation, its paragraphs apart."""
    return (
        "\n>\n".join(f"> {paragraph_markdown(part, dialect)}" for part in text_paragraphs(abstract)) or "> "
    )


def facts(entry: Entry, contents: ExportContents, dialect: Dialect, pdf: Path | None = None) -> Iterator[str]:
    """Yield what is known of a paper, a line each; what is not known has no line."""
    paper = entry.paper
    yield f"- **Authors:** {literal_markdown(author_line(paper.authors), dialect)}"
    file = f" · [file]({address(unquote(pdf.as_uri()))})" if pdf is not None else ""
    yield f"- **arXiv:** {paper_links(paper, dialect, versioned=True)}{file}"
    yield f"- **Categories:** {literal_markdown(', '.join(paper.categories), dialect)}"
    announced = [str(known) for known in (paper.announce_type, paper.announced) if known]
    if announced:
        yield f"- **Announced:** {', '.join(announced)}"
    if paper.comment:
        yield f"- **Comment:** {inline_markdown(paper.comment, dialect)}"
    if paper.journal_ref:
        yield f"- **Journal:** {inline_markdown(paper.journal_ref, dialect)}"
    if paper.doi:
        yield f"- **DOI:** [{literal_markdown(paper.doi, dialect)}]({address(f'https://doi.org/{paper.doi}')})"
    if contents.marks and entry.reading.mark is not None:
        yield f"- **Mark:** {entry.reading.mark.replace('-', ' ')}"
    if contents.marks and entry.tags:
        yield f"- **Tags:** {literal_markdown(', '.join(entry.tags), dialect)}"
    if entry.reasons:
        yield f"- **Picked for:** {'; '.join(inline_markdown(reason, dialect) for reason in entry.reasons)}"


def paper_links(paper: Paper, dialect: Dialect, *, versioned: bool = False) -> str:
    """The paper's links to arXiv: abstract page and PDF."""
    name = str(paper.arxiv_id) if versioned else paper.id
    return f"[{literal_markdown(name, dialect)}]({address(paper.abs_url)}) · [pdf]({address(paper.pdf_url)})"


def explanation_markdown(explained: Explanation, dialect: Dialect, depth: int) -> str:
    """An explanation and, in a paragraph of its own, its receipt."""
    receipt = literal_markdown(receipt_line(explained.receipt), dialect)
    return f"{block(annotate(explained), dialect, depth)}\n\n*{receipt}*"


def completeness_line(completeness: Completeness | None) -> str:
    """Return what a digest lacks, in a sentence; "" if complete or unknown."""
    if completeness is None or completeness.state is CompletenessState.COMPLETE:
        return ""
    announced = "" if completeness.announced is None else f" of {completeness.announced}"
    state = completeness.state.replace("-", " ")
    return f"This digest is {state}: {completeness.shown}{announced} papers. {completeness.note}".strip()


def _heading(collection: Collection) -> str:
    day = f" — {collection.date}" if collection.date else ""
    name = f" ({collection.name})" if collection.name else ""
    lines = [f"# {inline_markdown(f'arXiv digest{day}{name}', Dialect.MARKDOWN)}", ""]
    if collection.categories:
        lines += [literal_markdown(", ".join(collection.categories), Dialect.MARKDOWN), ""]
    incomplete = completeness_line(collection.completeness)
    if incomplete:
        lines += [f"*{literal_markdown(incomplete, Dialect.MARKDOWN)}*", ""]
    return "\n".join(lines)
