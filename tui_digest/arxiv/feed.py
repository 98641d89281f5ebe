"""Parse arXiv's daily feeds (RSS, Atom, RDF) and pages of the query API.

The only module that imports feedparser. Every text is sanitised here.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterable
from datetime import UTC, date, datetime
from time import struct_time

import feedparser
import msgspec

from tui_digest.arxiv.calendar import us_eastern
from tui_digest.arxiv.errors import RefusedError
from tui_digest.arxiv.xml_check import check_feed, readable_xml
from tui_digest.errors import KEPT
from tui_digest.paper import AnnounceType, ArxivId, Paper
from tui_digest.text.sanitise import one_line, sanitise

_PREFIX = re.compile(r"\s*arXiv:\S+\s+Announce Type:\s*(?P<type>\S+)\s+Abstract:\s*")
_RDF_TITLE = re.compile(
    r"(?P<title>.*?)\.?\s*\(arXiv:(?P<id>\S+)\s+\[(?P<category>\S+)\](?P<note> CROSS LISTED| UPDATED)?\)\s*",
    re.DOTALL,
)
_FIRST_YEAR, _LAST_YEAR = 1980, 2199
"""Years in which a paper can be from; arXiv began in 1991."""

_COUNT = r"[0-9]{1,9}"
_TAG = re.compile(r"</?(?:p|a|br)\b[^<>]*>", re.IGNORECASE)
_SPOKEN_FOR = re.compile(r"\(((?:for|on behalf of)\s[^(),]*)\)", re.IGNORECASE)
_CATEGORY = re.compile(r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[A-Za-z]+)*)?")


class DailyFeed(msgspec.Struct, frozen=True):
    """A daily feed: its papers, each once, and the day that it states, if any.

    `entries` is the number of entries in the feed; `unreadable` of them were no papers.
    """

    papers: tuple[Paper, ...]
    day: date | None
    entries: int
    unreadable: int


class ApiPage(msgspec.Struct, frozen=True):
    """A page of the query API: its papers, the query's total, and the page's entries."""

    papers: tuple[Paper, ...]
    total: int
    entries: int


def parse_daily(body: bytes) -> DailyFeed:
    """Read a daily feed.

    Raises:
        TruncatedAnswerError, BrokenAnswerError: the body is not one whole feed.
        RefusedError: the feed reports an error, such as an unknown category.
    """
    parsed = _parsed(body)
    title = one_line(str(parsed.feed.get("title", "")))
    if title.startswith("Feed error"):
        raise RefusedError(_arxiv_says(str(parsed.feed.get("subtitle", title))))
    read = _rdf_paper if parsed.version == "rss10" else _daily_paper
    papers = [read(entry) for entry in parsed.entries]
    known = [paper for paper in papers if paper is not None]
    return DailyFeed(
        papers=unique_papers(known),
        day=_stated_day(parsed),
        entries=len(papers),
        unreadable=papers.count(None),
    )


def parse_api(body: bytes) -> ApiPage:
    """Read a page of the query API.

    Raises:
        TruncatedAnswerError, BrokenAnswerError: the body is not one whole feed.
        RefusedError: the page is arXiv's error message.
    """
    parsed = _parsed(body)
    for entry in parsed.entries:
        if "/api/errors" in str(entry.get("id", "")):
            raise RefusedError(_arxiv_says(str(entry.get("summary", "no reason given"))))
    papers = [paper for paper in map(_api_paper, parsed.entries) if paper is not None]
    total = str(parsed.feed.get("opensearch_totalresults", ""))
    return ApiPage(
        papers=unique_papers(papers),
        total=int(total) if re.fullmatch(_COUNT, total) else len(papers),
        entries=len(parsed.entries),
    )


def unique_papers(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Return each paper once, in order: its newest version, its first announce type."""
    order = list(AnnounceType)

    def rank(paper: Paper) -> tuple[int, int]:
        return -paper.version, order.index(paper.announce_type) if paper.announce_type else len(order)

    best: dict[str, Paper] = {}
    for paper in papers:
        if paper.id not in best or rank(paper) < rank(best[paper.id]):
            best[paper.id] = paper
    return tuple(best.values())


def _parsed(body: bytes) -> feedparser.FeedParserDict:
    """Parse a well-formed feed without feedparser's HTML cleaning, which drops TeX."""
    readable = readable_xml(body)
    check_feed(readable)
    return feedparser.parse(io.BytesIO(readable), sanitize_html=False, resolve_relative_uris=False)


def _daily_paper(entry: feedparser.FeedParserDict) -> Paper | None:
    try:
        arxiv_id = ArxivId.parse(str(entry.get("id", "")))
    except ValueError:
        return None
    text = str(entry.get("summary", ""))
    prefix = _PREFIX.match(text)
    title, abstract = (
        one_line(str(entry.get("title", ""))),
        sanitise(text[prefix.end() :] if prefix else text).strip(),
    )
    if not (title and abstract):
        return None
    announced = entry.get("arxiv_announce_type") or (prefix["type"] if prefix else "")
    categories = _categories(entry)
    return Paper(
        id=arxiv_id.number,
        version=arxiv_id.version or 1,
        title=title,
        authors=split_authors(str(entry.get("author", ""))),
        abstract=abstract,
        categories=categories,
        primary=categories[0] if categories else "",
        announce_type=_announce_type(str(announced)),
        doi=_optional(entry, "arxiv_doi"),
        licence=_optional(entry, "rights"),
    )


def _rdf_paper(entry: feedparser.FeedParserDict) -> Paper | None:
    """Return a paper of the daily RDF feeds (until 2024), read from its title."""
    match = _RDF_TITLE.fullmatch(str(entry.get("title", "")))
    if match is None:
        return None
    try:
        arxiv_id = ArxivId.parse(match["id"])
    except ValueError:
        return None
    kinds = {" CROSS LISTED": AnnounceType.CROSS, " UPDATED": AnnounceType.REPLACE}
    category = one_line(match["category"])
    return Paper(
        id=arxiv_id.number,
        version=arxiv_id.version or 1,
        title=one_line(match["title"]),
        authors=split_authors(_TAG.sub("", str(entry.get("author", "")))),
        abstract=sanitise(_TAG.sub("", str(entry.get("summary", "")))).strip(),
        categories=(category,),
        primary=category,
        announce_type=kinds.get(match["note"] or "", AnnounceType.NEW),
    )


def _api_paper(entry: feedparser.FeedParserDict) -> Paper | None:
    try:
        arxiv_id = ArxivId.parse(str(entry.get("id", "")))
    except ValueError:
        return None
    title = one_line(str(entry.get("title", "")))
    abstract = sanitise(str(entry.get("summary", ""))).strip()
    if not (title and abstract):
        return None
    categories = _categories(entry)
    primary = one_line(str(entry.get("arxiv_primary_category", {}).get("term", "")))
    # feedparser's `author` is the last one only.
    names = (one_line(str(author.get("name", ""))) for author in entry.get("authors", []))
    return Paper(
        id=arxiv_id.number,
        version=arxiv_id.version or 1,
        title=title,
        authors=tuple(name for name in names if name),
        abstract=abstract,
        categories=categories,
        primary=primary or (categories[0] if categories else ""),
        published=_moment(entry.get("published_parsed")),
        updated=_moment(entry.get("updated_parsed")),
        comment=_optional(entry, "arxiv_comment"),
        journal_ref=_optional(entry, "arxiv_journal_ref"),
        doi=_optional(entry, "arxiv_doi"),
    )


def _categories(entry: feedparser.FeedParserDict) -> tuple[str, ...]:
    """Return the entry's arXiv categories, without MSC and ACM classes."""
    terms = (str(tag.get("term") or "") for tag in entry.get("tags", []))
    return tuple(dict.fromkeys(term for term in terms if _CATEGORY.fullmatch(term)))


def _announce_type(text: str) -> AnnounceType | None:
    return AnnounceType(text) if text in set(AnnounceType) else None


def _optional(entry: feedparser.FeedParserDict, key: str) -> str | None:
    return one_line(str(entry.get(key, ""))) or None


def _moment(parsed: struct_time | None) -> datetime | None:
    if parsed is None or not _FIRST_YEAR <= parsed.tm_year <= _LAST_YEAR:
        return None
    return datetime.fromtimestamp(timegm(parsed), UTC)


def _stated_day(parsed: feedparser.FeedParserDict) -> date | None:
    """Return the day (US Eastern) of the feed's date; in Atom only entries have one."""
    stated = parsed.feed.get("published_parsed")
    if stated is None and parsed.entries:
        stated = parsed.entries[0].get("published_parsed")
    moment = _moment(stated)
    return moment.astimezone(us_eastern()).date() if moment else None


def _arxiv_says(reason: str) -> str:
    """Return a sentence with arXiv's reason, without the list of archives after it."""
    first = one_line(reason).partition(". ")[0][:300]
    return f"arXiv refused the question: {first or 'no reason given'}. {KEPT}"


def split_authors(text: str) -> tuple[str, ...]:
    """Return the names in a feed's author string, without affiliations.

    Names are separated by commas. An affiliation is in parentheses and may hold commas and
    parentheses itself; a name of one part is followed by two spaces. TeX accents are kept, and so
    is a group that an author speaks for: `Ada Example (for the X Collaboration)`.
    """
    parts = _SPOKEN_FOR.split(one_line(text))  # each second one is a group
    outside = "".join(
        f" ({part}) " if place % 2 else _without_parentheses(part) for place, part in enumerate(parts)
    )
    names = (one_line(name) for name in outside.split(","))
    return tuple(name for name in names if name)


def _without_parentheses(text: str) -> str:
    """Return the text outside of parentheses; an unclosed one is kept."""
    kept: list[str] = []
    depth = 0
    for character in text:
        if character == "(":
            depth += 1
        elif character == ")" and depth:
            depth -= 1
        elif depth == 0:
            kept.append(character)
    return "".join(kept) if depth == 0 else text.replace("(", " ").replace(")", " ")
