"""Papers as JSON: one object a digest, or one paper a line."""

from __future__ import annotations

import re
from datetime import datetime

import msgspec

from tui_digest.entry import Entry
from tui_digest.export.collection import EVERYTHING, Collection
from tui_digest.export.whole_text import ExportedText
from tui_digest.fulltext.addresses import PlaceFinder
from tui_digest.fulltext.blocks import Block
from tui_digest.fulltext.source_text import as_unicode, block_source, content_source
from tui_digest.paper import count_types
from tui_digest.settings import ExportContents
from tui_digest.text.sanitise import printable_json

_SURROGATE = re.compile("[\ud800-\udfff]")


def paper_fields(entry: Entry, contents: ExportContents = EVERYTHING) -> dict[str, object]:
    """Return a paper as the JSON of `list`, `show`, `export` and the pipe.

    What is not known is null.

    `id` has no version; title, abstract and comment are TeX as arXiv has them; `reasons` says why the
    paper was picked. What `contents` leaves out is null, so that the fields are always the same.
    Dates are dates here; `to_json` writes them.
    """
    paper, reading = entry.paper, entry.reading
    return {
        "id": paper.id,
        "version": paper.version,
        "title": paper.title,
        "authors": list(paper.authors),
        "abstract": paper.abstract if contents.abstract else None,
        "categories": list(paper.categories),
        "primary": paper.primary,
        "announce_type": paper.announce_type,
        "announced": paper.announced,
        "published": paper.published,
        "updated": paper.updated,
        "comment": paper.comment,
        "journal_ref": paper.journal_ref,
        "doi": paper.doi,
        "abs_url": paper.abs_url,
        "pdf_url": paper.pdf_url,
        "mark": reading.mark if contents.marks else None,
        "read": reading.read if contents.marks else None,
        "note": (reading.note or None) if contents.notes else None,
        "tags": list(entry.tags),
        "reasons": list(entry.reasons),
        "explanation": _explanation(entry) if contents.explanation else None,
    }


def _entry_fields(entry: Entry, collection: Collection, contents: ExportContents) -> dict[str, object]:
    """Return a paper's fields, with `text` and `pdf_path` where these were asked for."""
    fields = paper_fields(entry, contents)
    if collection.texts:
        text = collection.texts.get(entry.paper.id)
        fields["text"] = _text_fields(text) if text is not None else None
    if collection.pdfs:
        pdf = collection.pdfs.get(entry.paper.id)
        fields["pdf_path"] = str(pdf) if pdf is not None else None
    return fields


def _text_fields(text: ExportedText) -> dict[str, object]:
    """Return a text as JSON: `source`, and `blocks` with address, kind, text and tex."""
    document = text.document
    finder = PlaceFinder(document)
    return {
        "source": {
            "version": text.version,
            "fetched_at": text.fetched_at,
            "url": text.page_address,
            "converter": document.generator or None,
            "sentence": text.source,
            "losses": msgspec.to_builtins(document.losses),
        },
        "title": content_source(document.title),
        "blocks": [_block_fields(number, block, finder) for number, block in enumerate(document.blocks)],
    }


def _block_fields(number: int, block: Block, finder: PlaceFinder) -> dict[str, object]:
    place = finder.around(number)
    return {
        "address": place.address if place is not None else None,
        "kind": str(block.__struct_config__.tag),
        "text": block_source(block, as_unicode),
        "tex": block_source(block),
    }


def digest_fields(collection: Collection, contents: ExportContents = EVERYTHING) -> dict[str, object]:
    """A collection as `list` and `export` give it in JSON."""
    return {
        "date": collection.date,
        "categories": list(collection.categories),
        "completeness": _completeness(collection),
        "papers": [_entry_fields(entry, collection, contents) for entry in collection.entries],
    }


def render_json(collection: Collection, contents: ExportContents = EVERYTHING) -> str:
    """The collection as one JSON object, indented, ending with a line break."""
    return to_json(digest_fields(collection, contents))


def render_json_lines(collection: Collection, contents: ExportContents = EVERYTHING) -> str:
    """The papers as JSON, one a line."""
    return "".join(to_json_line(_entry_fields(entry, collection, contents)) for entry in collection.entries)


def to_json(value: object) -> str:
    """A value as indented JSON; the order of fields is that of the value."""
    text = msgspec.json.format(msgspec.json.encode(_encodable(value)), indent=2).decode()
    return printable_json(text) + "\n"


def to_json_line(value: object) -> str:
    """A value as JSON on one line."""
    return printable_json(msgspec.json.encode(_encodable(value)).decode()) + "\n"


def _explanation(entry: Entry) -> dict[str, object] | None:
    if entry.explanation is None:
        return None
    explanation = entry.explanation
    return {
        "text": explanation.text,
        "receipt": msgspec.to_builtins(explanation.receipt, builtin_types=(datetime,)),
        "statements": [
            {"text": statement.text, "state": statement.state, "why": statement.why}
            for statement in explanation.statements
        ],
    }


def _completeness(collection: Collection) -> dict[str, object] | None:
    completeness = collection.completeness
    if completeness is None:
        return None
    counts = completeness.counts or count_types(tuple(entry.paper for entry in collection.entries))
    return {
        "state": completeness.state,
        "shown": completeness.shown,
        "announced": completeness.announced,
        "counts": counts,
        "note": completeness.note,
    }


def _encodable(value: object) -> object:
    """The value with lone surrogates, which UTF-8 cannot hold, as U+FFFD."""
    if isinstance(value, dict):
        return {name: _encodable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    return _SURROGATE.sub("\ufffd", value) if type(value) is str else value
