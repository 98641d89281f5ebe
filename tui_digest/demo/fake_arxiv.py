"""A fake arXiv inside the program, with the mailing of the made-up day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from tui_digest.demo.feed_formats import Page, api_error, api_page, daily_rss
from tui_digest.demo.papers import DemoPaper, load_papers
from tui_digest.demo.query import Condition, parse_query, window
from tui_digest.demo.whole_text import html_page, no_html, sample_picture
from tui_digest.latex import search_key
from tui_digest.paper import ArxivId

_PAGE = re.compile(r"/html/(\d{4}\.\d{5}(?:v\d+)?)(?:/([\w.-]+))?$")


def _all_texts(paper: DemoPaper) -> str:
    return " ".join((paper.title, *paper.authors, paper.abstract, paper.comment or ""))


_TEXTS: Final[dict[str, Callable[[DemoPaper], str]]] = {
    "all": _all_texts,
    "ti": lambda paper: paper.title,
    "au": lambda paper: " ".join(paper.authors),
    "abs": lambda paper: paper.abstract,
    "co": lambda paper: paper.comment or "",
    "jr": lambda paper: paper.journal_ref or "",
}


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
        found = [*self._papers]
        if query:
            try:
                found = list(filter(parse_query(query, self._condition), found))
            except ValueError as error:
                raise _Unreadable(str(error)) from None
        if ids:
            wanted = [_parsed(text) for text in ids.split(",")]
            found = [paper for paper in found if any(_is_named(paper, name) for name in wanted)]
        if asked.get("sortBy") in ("submittedDate", "lastUpdatedDate"):
            newest_first = asked.get("sortOrder", "descending") == "descending"
            found.sort(key=lambda paper: paper.published(self.day), reverse=newest_first)
        start, size = _count(asked, "start", 0), _count(asked, "max_results", 10)
        return Page(query, ids, tuple(found[start : start + size]), len(found), start, size)

    def _condition(self, field: str, value: str) -> Condition[DemoPaper]:
        """Return what a field of a query asks of a paper."""
        if field == "cat":
            return lambda paper: paper.is_in(value.removesuffix(".*"))
        if field == "submittedDate":
            first, last = window(value)
            return lambda paper: first <= paper.published(self.day) <= last
        if field not in _TEXTS:
            raise ValueError(f"the demo knows no field {field}")
        begins, word = value.endswith("*"), search_key(value.rstrip("*"))
        wanted = re.compile(rf"\b{re.escape(word)}{'' if begins else chr(92) + 'b'}")
        return lambda paper: wanted.search(search_key(_TEXTS[field](paper))) is not None


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
