"""Papers as an Atom feed (RFC 4287), for feed readers and for a group's page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from tui_digest.entry import Entry
from tui_digest.export.collection import EVERYTHING, Collection
from tui_digest.export.html import collection_title, html_article
from tui_digest.export.segments import text_paragraphs
from tui_digest.latex import to_unicode
from tui_digest.paper import Paper
from tui_digest.render.author_names import read_authors
from tui_digest.settings import ExportContents
from tui_digest.text.sanitise import one_line

_AUTHORITY = "github.com,2026:tui-digest/tui_digest"
"""The naming authority of our `tag:` ids (RFC 4151)."""

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow."""

_UNKNOWN = datetime(1991, 8, 14, tzinfo=UTC)
"""arXiv's first day: used where nothing is known of when a paper was."""


def render_atom(collection: Collection, contents: ExportContents = EVERYTHING) -> str:
    """Return the papers as an Atom feed.

    The same papers give the same ids, one for each version of a paper; the feed has that of its name.
    """
    moments = [_moment(entry.paper) for entry in collection.entries]
    name = collection.name or "papers"
    feed = "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<feed xmlns="http://www.w3.org/2005/Atom">',
            f"<title>{escape(collection_title(collection))}</title>",
            f"<id>tag:{_AUTHORITY}/{quote(one_line(name), safe='', errors='replace')}</id>",
            f"<updated>{_rfc3339(max(moments, default=_UNKNOWN))}</updated>",
            "<generator>tui_digest</generator>",
            *(line for entry in collection.entries for line in _entry(entry, contents)),
            "</feed>",
            "",
        ]
    )
    return _FORBIDDEN.sub("\ufffd", feed)


def _entry(entry: Entry, contents: ExportContents) -> Iterator[str]:
    paper = entry.paper
    yield "<entry>"
    yield f"<title>{escape(one_line(to_unicode(paper.title)) or 'Untitled')}</title>"
    yield f"<id>tag:{_AUTHORITY}/{paper.arxiv_id}</id>"
    yield f'<link rel="alternate" href={quoteattr(paper.abs_url)}/>'
    yield f'<link rel="related" type="application/pdf" href={quoteattr(paper.pdf_url)}/>'
    yield f"<updated>{_rfc3339(_moment(paper))}</updated>"
    if paper.published is not None:
        yield f"<published>{_rfc3339(paper.published)}</published>"
    names = read_authors(paper.authors).names
    for name in names:
        yield f"<author><name>{escape(name.full)}</name></author>"
    if not names:
        yield "<author><name>unknown</name></author>"
    for term in (*paper.categories, *(entry.tags if contents.marks else ())):
        yield f"<category term={quoteattr(term)}/>"
    if contents.abstract and paper.abstract.strip():
        summary = "\n\n".join(map(to_unicode, text_paragraphs(paper.abstract)))
        yield f"<summary>{escape(summary)}</summary>"
    yield f'<content type="html">{escape(html_article(entry, contents))}</content>'
    yield "</entry>"


def _moment(paper: Paper) -> datetime:
    """Return when this version was announced, else submitted."""
    if paper.announced is not None:
        return _midnight(paper.announced)
    return paper.updated or paper.published or _UNKNOWN


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
