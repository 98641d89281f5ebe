"""CSL-JSON, as Zotero, pandoc and citeproc read it (schema of CSL 1.0.2)."""

from __future__ import annotations

from tui_digest.entry import Entry
from tui_digest.export.citation_keys import issued, keyed_entries
from tui_digest.export.collection import EVERYTHING, Collection
from tui_digest.export.json_records import to_json
from tui_digest.export.segments import readable, readable_paragraphs
from tui_digest.render.author_names import AuthorName, read_authors
from tui_digest.settings import ExportContents
from tui_digest.text.sanitise import one_line, sanitise


def render_csl(collection: Collection, contents: ExportContents = EVERYTHING) -> str:
    """Return the papers as CSL items of type `article`, which CSL uses for preprints."""
    return to_json([_item(entry, key, contents) for entry, key in keyed_entries(collection)])


def _item(entry: Entry, key: str, contents: ExportContents) -> dict[str, object]:
    paper = entry.paper
    day = issued(paper)
    item: dict[str, object] = {
        "id": key,
        "type": "article",
        "title": readable(paper.title),
        "author": [_author(name) for name in read_authors(paper.authors).names],
        "issued": {"date-parts": [list(day)]} if day else None,
        "publisher": "arXiv",
        "archive": "arXiv",
        "number": f"arXiv:{paper.arxiv_id}",
        "DOI": one_line(paper.doi or ""),
        "container-title": readable(paper.journal_ref or ""),
        "URL": paper.abs_url,
        "keyword": ", ".join((*paper.categories, *(entry.tags if contents.marks else ()))),
        "abstract": readable_paragraphs(paper.abstract) if contents.abstract else None,
        "note": sanitise(entry.reading.note) if contents.notes else None,
    }
    return {name: value for name, value in item.items() if value}


def _author(name: AuthorName) -> dict[str, str]:
    if name.whole:
        return {"literal": name.family}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}
