"""RIS, the format that most reference managers read."""

from __future__ import annotations

from tui_digest.entry import Entry
from tui_digest.export.author_names import split_names
from tui_digest.export.citation_keys import citation_keys, issued
from tui_digest.export.collection import EVERYTHING, Collection, Contents
from tui_digest.export.segments import readable
from tui_digest.text.sanitise import one_line


def render_ris(collection: Collection, contents: Contents = EVERYTHING) -> str:
    """The papers as RIS records of unpublished work; formulas stay TeX. Lines end with a line feed."""
    keys = citation_keys(tuple(entry.paper for entry in collection.entries))
    return "\n".join(
        _record(entry, key, contents) for entry, key in zip(collection.entries, keys, strict=True)
    )


def _record(entry: Entry, key: str, contents: Contents) -> str:
    paper = entry.paper
    day = issued(paper)
    fields = [("TY", "UNPB"), ("ID", key), ("TI", readable(paper.title))]
    fields += [("AU", name.inverted) for name in split_names(paper.authors)]
    fields += [
        ("PY", str(day[0]) if day else ""),
        ("DA", "/".join(f"{part:02}" for part in day) + "/" * (3 - len(day)) if day else ""),
        ("PB", "arXiv"),
        ("AN", f"arXiv:{paper.arxiv_id}"),
        ("DO", paper.doi or ""),
        ("JO", readable(paper.journal_ref or "")),
        ("UR", paper.abs_url),
        ("L1", paper.pdf_url),
    ]
    fields += [("KW", category) for category in paper.categories]
    if contents.abstract:
        fields.append(("AB", readable(paper.abstract)))
    fields.append(("N1", readable(paper.comment or "")))
    if contents.notes:
        fields.append(("N1", entry.reading.note))
    lines = [f"{tag}  - {one_line(value)}" for tag, value in fields if one_line(value)]
    return "\n".join([*lines, "ER  - ", ""])
