"""Obsidian notes, one a paper; what the user wrote into a note is kept."""

from __future__ import annotations

import re
from pathlib import Path

from tui_digest.entry import Entry
from tui_digest.export.collection import EVERYTHING, Collection
from tui_digest.export.markdown import paper_section
from tui_digest.export.markdown_escape import Dialect
from tui_digest.export.obsidian_links import Card, card_of_entry, link_lines
from tui_digest.export.obsidian_merge import BEGIN, END
from tui_digest.export.segments import readable
from tui_digest.export.whole_text import text_section
from tui_digest.export.yaml import YamlValue, front_matter
from tui_digest.render.author_names import read_authors
from tui_digest.settings import ExportContents
from tui_digest.text.sanitise import one_line


def render_notes(
    collection: Collection, contents: ExportContents = EVERYTHING, earlier: tuple[Card, ...] = ()
) -> dict[str, str]:
    """Return the text of each paper's note by its name: the id with `-` for `/`.

    A note links to the papers exported with it and to those that share an author; `earlier` are the
    notes that an export has written before.
    """
    cards = tuple(map(card_of_entry, collection.entries))
    names = {card.name for card in cards}
    earlier = tuple(card for card in earlier if card.name not in names)
    return {
        card.name: _note(entry, contents, collection, link_lines(index, cards, earlier))
        for index, (card, entry) in enumerate(zip(cards, collection.entries, strict=True))
    }


def _note(entry: Entry, contents: ExportContents, collection: Collection, related: list[str]) -> str:
    pdf = collection.pdfs.get(entry.paper.id)
    section = "\n".join(paper_section(entry, contents, Dialect.OBSIDIAN, level=1, pdf=pdf))
    lines = [BEGIN, section]
    text = collection.texts.get(entry.paper.id)
    if text is not None:
        lines += text_section(text, Dialect.OBSIDIAN, 2, "")
    if related:
        lines += ["## Related", "", *related, ""]
    return front_matter(_properties(entry, contents, pdf)) + "\n".join([*lines, END, ""])


def _properties(entry: Entry, contents: ExportContents, pdf: Path | None) -> dict[str, YamlValue]:
    paper, reading = entry.paper, entry.reading
    title = readable(paper.title)
    fields: dict[str, YamlValue | None] = {
        "title": title,
        "aliases": [title],
        "arxiv": paper.id,
        "version": paper.version,
        "authors": [name.full for name in read_authors(paper.authors).names],
        "categories": [one_line(category) for category in paper.categories],
        "announced": paper.announced,
        "published": paper.published.date() if paper.published else None,
        "journal": readable(paper.journal_ref) if paper.journal_ref else None,
        "doi": one_line(paper.doi) if paper.doi else None,
        "url": one_line(paper.abs_url),
        "pdf": one_line(paper.pdf_url),
        "pdf_file": pdf.as_uri() if pdf is not None else None,
        "mark": str(reading.mark) if contents.marks and reading.mark else None,
        "read": reading.read if contents.marks else None,
        "tags": ["arxiv", *(map(_obsidian_tag, entry.tags) if contents.marks else ())],
    }
    return {name: value for name, value in fields.items() if value is not None}


def _obsidian_tag(tag: str) -> str:
    """Return a tag in Obsidian's characters: letters, digits, `_-/`, not digits alone."""
    plain = re.sub(r"[^\w/-]", "-", tag)
    return f"_{plain}" if plain.isdigit() else plain
