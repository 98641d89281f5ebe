"""A fake arXiv inside the program, with the mailing of the made-up day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from tui_digest.demo.feed_formats import Page, api_error, api_page, daily_rss
from tui_digest.demo.papers import DemoPaper, load_papers
from tui_digest.demo.whole_text import html_page, no_html, sample_picture
from tui_digest.paper import ArxivId

_CATEGORY = re.compile(r"cat:([a-z-]+(?:\.[A-Za-z-]+)?)(?:\.?\*)?")
_SUBMITTED = re.compile(r"submittedDate:\[(\d{12}) TO (\d{12})\]")
_PAGE = re.compile(r"/html/(\d{4}\.\d{5}(?:v\d+)?)(?:/([\w.-]+))?$")
_GLUE = re.compile(r"[\s()]|\b(?:AND|OR)\b")


class DemoAnswer(msgspec.Struct, frozen=True):
    """An answer of the fake arXiv: body, time (UTC), and status 200, 400 or 404."""

    body: bytes
    fetched_at: datetime
    status: int = 200


class _Unreadable(Exception):
    """A query that arXiv would answer with status 400."""


class DemoArxiv:
    """The daily feeds and the query API of arXiv on one made-up day."""

    def __init__(self, day: date, now: Callable[[], datetime]) -> None:
        """Use the made-up papers as the mailing of `day`; `now` is the clock (UTC)."""
        self.day = day
        self._now = now
        self._papers = load_papers()

    async def get(self, address: str, tell: Callable[[str], None] | None = None) -> DemoAnswer:
        """Answer an address of arXiv on any host.

        `…/rss/cs.LG+math.OC`, `…/query?…`, `…/html/0612.90012v1` and the pictures of a page are
        known. There is no waiting, and so no progress.
        """
        parts = urlsplit(address)
        if page := _PAGE.search(parts.path):
            return self._whole_text(_parsed(page[1]), page[2])
        if not parts.query:
            categories = unquote(parts.path.rpartition("/")[2]).split("+")
            return DemoAnswer(daily_rss(self._papers, categories, self.day), self._now())
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        try:
            return DemoAnswer(api_page(self._page(asked), self.day, self._now()), self._now())
        except _Unreadable as problem:
            return DemoAnswer(api_error(str(problem), self._now()), self._now(), status=400)

    def _whole_text(self, paper: ArxivId, picture_name: str | None) -> DemoAnswer:
        body = sample_picture(paper, picture_name) if picture_name else html_page(paper)
        if body is None:
            return DemoAnswer(no_html(paper), self._now(), status=404)
        return DemoAnswer(body, self._now())

    def _page(self, asked: dict[str, str]) -> Page:
        query, ids = asked.get("search_query", ""), asked.get("id_list", "")
        found = [paper for paper in self._papers if self._matches(paper, query)]
        if ids:
            wanted = [_parsed(text) for text in ids.split(",")]
            found = [paper for paper in found if any(_is_named(paper, name) for name in wanted)]
        if asked.get("sortBy") in ("submittedDate", "lastUpdatedDate"):
            newest_first = asked.get("sortOrder", "descending") == "descending"
            found.sort(key=lambda paper: paper.published(self.day), reverse=newest_first)
        start, size = _count(asked, "start", 0), _count(asked, "max_results", 10)
        return Page(query, ids, tuple(found[start : start + size]), len(found), start, size)

    def _matches(self, paper: DemoPaper, query: str) -> bool:
        """Whether a paper matches the query's categories and window of submission."""
        rest = _GLUE.sub("", _SUBMITTED.sub("", _CATEGORY.sub("", query)))
        if rest:
            raise _Unreadable(f"the demo knows cat and submittedDate only, not {rest}")
        categories = _CATEGORY.findall(query)
        submitted = paper.published(self.day)
        return (not categories or any(paper.is_in(name) for name in categories)) and all(
            _moment(first) <= submitted <= _moment(last) for first, last in _SUBMITTED.findall(query)
        )


def _parsed(text: str) -> ArxivId:
    try:
        return ArxivId.parse(text)
    except ValueError:
        raise _Unreadable(f"incorrect id format for {text}") from None


def _is_named(paper: DemoPaper, name: ArxivId) -> bool:
    return name.number == paper.id and name.version in (None, paper.version)


def _count(asked: dict[str, str], name: str, otherwise: int) -> int:
    text = asked.get(name, str(otherwise))
    if not text.isdecimal():
        raise _Unreadable(f"{name} must be an integer")
    return int(text)


def _moment(stamp: str) -> datetime:
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M").replace(tzinfo=UTC)
    except ValueError:
        raise _Unreadable(f"{stamp} is not a date") from None
