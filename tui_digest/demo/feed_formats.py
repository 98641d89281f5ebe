"""Write invented papers as arXiv's daily RSS 2.0 feed and its API's Atom.

The forms are those of arXiv's servers in 2026: https://info.arxiv.org/help/rss.html and
https://info.arxiv.org/help/api/user-manual.html.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from html import escape
from typing import NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from tui_digest.demo.accents import to_tex_accents
from tui_digest.demo.papers import Author, DemoPaper
from tui_digest.paper import AnnounceType

_EASTERN = ZoneInfo("America/New_York")
_LICENCE = "http://creativecommons.org/publicdomain/zero/1.0/"
_ORDER = list(AnnounceType)

_RSS_HEAD = """\
<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:atom="http://www.w3.org/2005/Atom" \
xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0">
  <channel>
    <title>{names} updates on arXiv.org</title>
    <link>http://rss.arxiv.org/rss/{joined}</link>
    <description>{names} updates on the arXiv.org e-print archive.</description>
    <atom:link href="http://rss.arxiv.org/rss/{joined}" rel="self" type="application/rss+xml"/>
    <docs>http://www.rssboard.org/rss-specification</docs>
    <language>en-us</language>
    <lastBuildDate>{built}</lastBuildDate>
    <managingEditor>rss-help@arxiv.org</managingEditor>
    <pubDate>{midnight}</pubDate>
    <skipDays>
      <day>Saturday</day>
      <day>Sunday</day>
    </skipDays>
"""

_FEED_HEAD = """\
<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" \
xmlns="http://www.w3.org/2005/Atom">
"""


class Page(NamedTuple):
    """A page of the API: the query, its papers, and its position in the result."""

    query: str
    ids: str
    papers: tuple[DemoPaper, ...]
    total: int
    start: int
    size: int


def daily_rss(papers: Iterable[DemoPaper], categories: Sequence[str], day: date) -> bytes:
    """Return the daily feed of `day`: new, cross-listed, then replaced papers."""
    midnight = datetime.combine(day, time(), _EASTERN)
    announced = [paper for paper in papers if any(paper.is_in(category) for category in categories)]
    announced.sort(key=lambda paper: (_ORDER.index(paper.announce_type(categories)), paper.id))
    head = _RSS_HEAD.format(
        names=escape(", ".join(categories)),
        joined=escape("+".join(categories)),
        built=format_datetime(midnight.astimezone(UTC)),
        midnight=format_datetime(midnight),
    )
    items = (_item(paper, paper.announce_type(categories), midnight) for paper in announced)
    return f"{head}{''.join(items)}  </channel>\n</rss>\n".encode()


def _item(paper: DemoPaper, kind: AnnounceType, midnight: datetime) -> str:
    summary = f"arXiv:{paper.versioned_id} Announce Type: {kind} \nAbstract: {paper.abstract}"
    lines = [
        _element("title", paper.title),
        _element("link", f"https://arxiv.org/abs/{paper.id}"),
        _element("description", summary),
        f'<guid isPermaLink="false">oai:arXiv.org:{paper.versioned_id}</guid>',
        *(_element("category", category) for category in paper.categories),
        _element("pubDate", format_datetime(midnight)),
        _element("arxiv:announce_type", kind),
        _element("dc:rights", _LICENCE),
        *_optional("arxiv:DOI", paper.doi),
        *_optional("arxiv:journal_reference", paper.journal_ref),
        _element("dc:creator", ", ".join(to_tex_accents(author) for author in paper.authors)),
    ]
    return _block("item", lines, 4)


def api_page(page: Page, day: date, now: datetime) -> bytes:
    """Return a page of the API at `now` (UTC), of papers in the mailing of `day`."""
    asked = {"search_query": page.query, "start": page.start, "max_results": page.size, "id_list": page.ids}
    address = f"https://arxiv.org/api/query?{urlencode(asked)}"
    title = f"search_query={page.query}&id_list={page.ids}&start={page.start}&max_results={page.size}"
    lines = [
        _element("id", f"https://arxiv.org/api/{hashlib.sha256(title.encode()).hexdigest()[:27]}"),
        _element("title", f"arXiv Query: {title}"),
        _element("updated", _zulu(now)),
        f'<link href="{escape(address)}" type="application/atom+xml"/>',
        *_counts(page.size, page.total, page.start),
    ]
    entries = "".join(_entry(paper, day) for paper in page.papers)
    return f"{_FEED_HEAD}{_indented(lines, 2)}{entries}</feed>\n".encode()


def _entry(paper: DemoPaper, day: date) -> str:
    address = f"https://arxiv.org/{{}}/{paper.versioned_id}"
    lines = [
        _element("id", f"http://arxiv.org/abs/{paper.versioned_id}"),
        _element("title", paper.title),
        _element("updated", _zulu(paper.updated(day))),
        f'<link href="{address.format("abs")}" rel="alternate" type="text/html"/>',
        f'<link href="{address.format("pdf")}" rel="related" type="application/pdf" title="pdf"/>',
        _element("summary", paper.abstract),
        *(f'<category term="{name}" scheme="http://arxiv.org/schemas/atom"/>' for name in paper.categories),
        _element("published", _zulu(paper.published(day))),
        *_optional("arxiv:comment", paper.comment),
        f'<arxiv:primary_category term="{paper.categories[0]}"/>',
        *_optional("arxiv:journal_ref", paper.journal_ref),
        *(line for author in paper.people for line in _author(author)),
    ]
    if paper.doi:
        lines.append(_element("arxiv:doi", paper.doi))
        lines.append(f'<link rel="related" href="https://doi.org/{paper.doi}" title="doi"/>')
    return _block("entry", lines, 2)


def _author(author: Author) -> list[str]:
    affiliation = [f"  {line}" for line in _optional("arxiv:affiliation", author.affiliation)]
    return ["<author>", f"  {_element('name', author.name)}", *affiliation, "</author>"]


def api_error(problem: str, now: datetime) -> bytes:
    """Return the API's answer to a wrong query, with status 400: a feed of one entry."""
    where = f"https://arxiv.org/api/errors#{problem.replace(' ', '_')}"
    lines = [
        _element("id", "https://arxiv.org/"),
        _element("title", "arXiv Search Results"),
        _element("updated", _zulu(now)),
        *_counts(1, 1, 0),
    ]
    entry = [
        _element("id", where),
        _element("title", "Error"),
        _element("updated", _zulu(now)),
        f'<link href="{escape(where)}" rel="alternate" type="text/html"/>',
        _element("summary", problem),
        *_author(Author("arXiv api core")),
    ]
    return f"{_FEED_HEAD}{_indented(lines, 2)}{_block('entry', entry, 2)}</feed>\n".encode()


def _counts(size: int, total: int, start: int) -> list[str]:
    return [
        _element("opensearch:itemsPerPage", str(size)),
        _element("opensearch:totalResults", str(total)),
        _element("opensearch:startIndex", str(start)),
    ]


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(text, quote=False)}</{name}>"


def _optional(name: str, text: str | None) -> list[str]:
    return [] if text is None else [_element(name, text)]


def _block(name: str, lines: Sequence[str], indent: int) -> str:
    space = " " * indent
    return f"{space}<{name}>\n{_indented(lines, indent + 2)}{space}</{name}>\n"


def _indented(lines: Iterable[str], indent: int) -> str:
    return "".join(f"{' ' * indent}{line}\n" for line in lines)


def _zulu(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
