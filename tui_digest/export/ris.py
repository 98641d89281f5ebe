"""RIS, the format that most reference managers read."""

from __future__ import annotations

from pathlib import Path

from tui_digest.entry import Entry
from tui_digest.export.citation_keys import issued, keyed_entries
from tui_digest.export.collection import EVERYTHING, Collection
from tui_digest.export.segments import readable, text_paragraphs
from tui_digest.render.author_names import read_authors
from tui_digest.settings import ExportContents
from tui_digest.text.sanitise import one_line


def render_ris(collection: Collection, contents: ExportContents = EVERYTHING) -> str:
    """Return the papers as RIS records of unpublished work; formulas stay TeX.

    Lines end with a line feed.
    """
    return "\n".join(
        _record(entry, key, contents, collection.pdfs.get(entry.paper.id))
        for entry, key in keyed_entries(collection)
    )


def _record(entry: Entry, key: str, contents: ExportContents, pdf: Path | None) -> str:
    paper = entry.paper
    day = issued(paper)
    fields = [("TY", "UNPB"), ("ID", key), ("TI", readable(paper.title))]
    fields += [("AU", name.inverted) for name in read_authors(paper.authors).names]
    fields += [
        ("PY", str(day[0]) if day else ""),
        ("DA", "/".join(f"{part:02}" for part in day) + "/" * (3 - len(day)) if day else ""),
        ("PB", "arXiv"),
        ("AN", f"arXiv:{paper.arxiv_id}"),
        ("DO", paper.doi or ""),
        ("JO", readable(paper.journal_ref or "")),
        ("UR", paper.abs_url),
        ("L1", pdf.as_uri() if pdf is not None else paper.pdf_url),
    ]
    tags = entry.tags if contents.marks else ()
    fields += [("KW", word) for word in (*paper.categories, *tags)]
    abstract = paper.abstract if contents.abstract else ""
    notes = [("N1", readable(paper.comment or ""))]
    if contents.notes:
        notes.append(("N1", entry.reading.note))
    return "\n".join([*_lines(fields), *_abstract(abstract), *_lines(notes), "ER  - ", ""])


def _lines(fields: list[tuple[str, str]]) -> list[str]:
    return [f"{tag}  - {one_line(value)}" for tag, value in fields if one_line(value)]


def _abstract(text: str) -> list[str]:
    """Return the abstract's lines as one field; a tag would have two spaces in it."""
    paragraphs = [one_line(readable(paragraph)) for paragraph in text_paragraphs(text)]
    lines = [paragraph for paragraph in paragraphs if paragraph]
    return [f"AB  - {lines[0]}", *lines[1:]] if lines else []
