"""Requests to arXiv, answered from the cache while it is fresh."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import msgspec

from tui_digest.arxiv.cache import AnswerCache
from tui_digest.arxiv.calendar import Calendar
from tui_digest.arxiv.errors import BrokenAnswerError, RefusedError
from tui_digest.arxiv.feed import ApiPage, DailyFeed, parse_api, parse_daily
from tui_digest.arxiv.types import ArxivAnswer, FetchedAnswer, Fetcher, Now, Progress
from tui_digest.errors import KEPT
from tui_digest.paper import CompletenessState

Read = TypeVar("Read")


class Verdict(msgspec.Struct, frozen=True):
    """A remembered failure of a query, so that it is not repeated at every start."""

    state: CompletenessState
    note: str


class CachedRequests:
    """Fetches and parses feeds and API pages; parsing and the cache run in threads."""

    def __init__(self, fetcher: Fetcher, cache: AnswerCache, calendar: Calendar, now: Now) -> None:
        """Fetch with `fetcher`, and store answers in `cache` until the feeds change."""
        self._fetcher = fetcher
        self._cache = cache
        self._calendar = calendar
        self._now = now

    async def feed(self, address: str, tell: Progress) -> tuple[DailyFeed, FetchedAnswer]:
        """Fetch the daily feed at an address; an empty one is requested once more."""
        for _ in range(2):
            feed, answer = await self._request(address, parse_daily, tell)
            if feed.entries:
                break
            tell("arXiv's feed is empty; asking once more")
        return feed, answer

    async def quiet_feed(self, address: str, tell: Progress) -> tuple[DailyFeed, FetchedAnswer]:
        """Fetch the daily feed on a day when it should be empty."""
        return await self._request(address, parse_daily, tell)

    async def kept_feed(self, address: str) -> tuple[DailyFeed, FetchedAnswer] | None:
        """Return the daily feed stored in the cache."""
        return await self._cached(address, parse_daily)

    async def page(self, address: str, tell: Progress, *, due: int) -> tuple[ApiPage, datetime]:
        """Fetch a page of the API, with the time of its answer.

        An empty page is requested once more.

        `due` is how many papers the page can hold. Only a page with as many papers as the query's
        total promises is cached: arXiv sometimes returns fewer.
        """
        kept = await self._cached(address, parse_api)
        if kept is not None:
            return kept[0], kept[1].fetched_at
        for _ in range(2):
            page, answer = await self._request(address, parse_api, tell)
            if page.entries:
                break
            tell("arXiv's answer is empty; asking once more")
        if page.entries and page.entries >= min(due, page.total):
            await self.keep(address, answer)
        return page, answer.fetched_at

    async def keep(self, address: str, answer: FetchedAnswer, until: datetime | None = None) -> None:
        """Store an answer until a moment (None: until the feeds change)."""
        until = until or self._calendar.feed_changes(answer.fetched_at)
        await asyncio.to_thread(self._cache.keep, address, answer, until)

    async def note_verdict(self, question: str, verdict: Verdict, until: datetime) -> None:
        """Remember until a moment that a query has no usable answer."""
        answer = ArxivAnswer(msgspec.json.encode(verdict), self._now())
        await asyncio.to_thread(self._cache.keep, f"verdict {question}", answer, until)

    async def verdict(self, question: str) -> Verdict | None:
        """Return the remembered failure of a query, unless it has expired."""
        answer = await asyncio.to_thread(self._cache.get, f"verdict {question}")
        if answer is None:
            return None
        try:
            return msgspec.json.decode(answer.body, type=Verdict)
        except msgspec.DecodeError:
            return None

    async def _request(
        self, address: str, read: Callable[[bytes], Read], tell: Progress
    ) -> tuple[Read, FetchedAnswer]:
        answer = await self._fetcher.get(address, tell)
        try:
            result = await asyncio.to_thread(read, answer.body)
        except BrokenAnswerError as error:
            if answer.status == 400:
                raise _refused() from error
            raise
        if answer.status == 400:
            raise _refused()
        return result, answer

    async def _cached(self, address: str, read: Callable[[bytes], Read]) -> tuple[Read, FetchedAnswer] | None:
        answer = await asyncio.to_thread(self._cache.get, address)
        if answer is None:
            return None
        try:
            return await asyncio.to_thread(read, answer.body), answer
        except (BrokenAnswerError, RefusedError):
            return None


def _refused() -> RefusedError:
    return RefusedError(f"arXiv refused the query (400) without a reason. {KEPT}")
