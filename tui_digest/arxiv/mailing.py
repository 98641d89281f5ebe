"""Read the newest mailing from arXiv's daily feeds, and judge its completeness."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import msgspec

from tui_digest.arxiv.cached_requests import CachedRequests, Verdict
from tui_digest.arxiv.calendar import Calendar, us_eastern
from tui_digest.arxiv.completeness import FEED_CAP, feed_completeness, is_listed_in, stale_categories
from tui_digest.arxiv.feed import DailyFeed, unique_papers
from tui_digest.arxiv.types import FetchedAnswer, MailingStore, Progress
from tui_digest.arxiv.urls import Addresses
from tui_digest.paper import CompletenessState, Digest, Paper
from tui_digest.render.labels import day_name

_RESUMED_WITHIN = timedelta(minutes=10)

_IN_MONTHS = re.compile(r"\d{4}\.")
"""Ids since 2007: year and month, then a number."""


class _Collected(msgspec.Struct, frozen=True):
    """The feed of all categories, fetched in one request or in one for each."""

    feed: DailyFeed
    answers: dict[str, FetchedAnswer]
    cut: tuple[str, ...] = ()
    split: bool = False


class MailingReader:
    """Reads the daily feeds, and finds their day and completeness."""

    def __init__(
        self, asker: CachedRequests, addresses: Addresses, calendar: Calendar, mailings: MailingStore
    ) -> None:
        """Compare with the earlier days stored in `mailings`."""
        self._asker = asker
        self._addresses = addresses
        self._calendar = calendar
        self._mailings = mailings

    async def read(
        self, categories: tuple[str, ...], now: datetime, *, again: bool, tell: Progress
    ) -> Digest | Verdict:
        """Return the newest mailing, or its state if there is none.

        `again` fetches even if the cache holds the feed.

        Raises:
            ArxivError: the feed could not be fetched or parsed.
        """
        wanted = self._calendar.newest_in_feed(now)
        collected = await self._collect(categories, wanted, now, again=again, tell=tell)
        if not collected.feed.entries:
            return self._empty_feed_verdict(wanted, now)
        day = self._day_of(collected.feed, wanted, categories, now)
        papers = tuple(msgspec.structs.replace(paper, announced=day) for paper in collected.feed.papers)
        stale = self._stale(papers, categories, day)
        fresh = [category for category in categories if category not in stale]
        kept = tuple(paper for paper in papers if any(is_listed_in(paper, one) for one in fresh))
        if stale and not kept:
            return Verdict(
                CompletenessState.STALE,
                f"Under {day_name(day)} arXiv still serves an earlier mailing; it is asked again later.",
            )
        if not stale:
            kept = papers
        told = feed_completeness(
            kept,
            len(kept) + collected.feed.unreadable,
            stale=stale,
            cut=collected.cut,
            split=collected.split,
            late=wanted if day < wanted else None,
        )
        if told.state is CompletenessState.COMPLETE:
            for address, answer in collected.answers.items():
                await self._asker.keep(address, answer)
        return Digest(
            date=day,
            categories=categories,
            papers=kept,
            completeness=told,
            fetched_at=min(answer.fetched_at for answer in collected.answers.values()),
        )

    async def _collect(
        self, categories: tuple[str, ...], wanted: date, now: datetime, *, again: bool, tell: Progress
    ) -> _Collected:
        address = self._addresses.feed(categories)
        tell(f"asking arXiv for {', '.join(categories)}")
        kept = None
        if not again and self._mailings.digest(wanted, categories) is None:
            kept = await self._asker.kept_feed(address)
        if kept is not None:
            feed, answer = kept
        elif self._calendar.feed_is_quiet(now):
            feed, answer = await self._asker.quiet_feed(address, tell)
        else:
            feed, answer = await self._asker.feed(address, tell)
        if feed.entries < FEED_CAP:
            return _Collected(feed, {address: answer})
        if len(categories) == 1:
            return _Collected(feed, {address: answer}, cut=categories)
        return await self._one_by_one(categories, feed, tell)

    async def _one_by_one(self, categories: Sequence[str], joined: DailyFeed, tell: Progress) -> _Collected:
        """Fetch each category by itself: a joined feed at its limit drops new papers.

        With many categories that takes longer than the deadline; fetched feeds are cached, so the
        next attempt continues from there.
        """
        papers: list[Paper] = []
        answers: dict[str, FetchedAnswer] = {}
        unreadable, cut = 0, []
        for category in categories:
            tell(f"arXiv's joined feed is cut at {FEED_CAP} papers; asking for {category} alone")
            address = self._addresses.feed([category])
            kept = await self._asker.kept_feed(address)
            feed, answer = kept or await self._asker.feed(address, tell)
            await self._asker.keep(address, answer, answer.fetched_at + _RESUMED_WITHIN)
            answers[address] = answer
            papers += feed.papers
            unreadable += feed.unreadable
            if feed.entries >= FEED_CAP:
                cut.append(category)
        merged = unique_papers([*papers, *joined.papers])
        feed = DailyFeed(merged, joined.day, len(merged) + unreadable, unreadable)
        return _Collected(feed, answers, tuple(cut), split=True)

    def _empty_feed_verdict(self, wanted: date, now: datetime) -> Verdict:
        if self._calendar.feed_is_quiet(now):
            return Verdict(CompletenessState.QUIET, "")
        return Verdict(
            CompletenessState.UNCONFIRMED,
            f"Unconfirmed: arXiv's feed for {day_name(wanted)} was empty twice; "
            "that can be a holiday or a fault, and it is asked again later.",
        )

    def _day_of(self, feed: DailyFeed, wanted: date, categories: tuple[str, ...], now: datetime) -> date:
        """Return the day of the mailing in the feed.

        The feed's date may lag behind its papers. Whether the papers are new follows from their ids,
        if the mailing before is stored; otherwise the feed's date is used. A day in the future is
        rejected, as no later mailing would ever be the newest, unless the papers' ids say that this
        machine's clock is behind.
        """
        stated = feed.day
        latest = max(self._calendar.newest_announced(now), now.astimezone(us_eastern()).date())
        if stated is None or stated == wanted or stated.weekday() >= 5:
            return wanted
        if stated > wanted:
            return stated if stated <= latest or _is_clock_behind(feed.papers, latest, stated) else wanted
        before = self._mailings.digest(self._calendar.before(wanted), categories)
        return wanted if before is not None else stated

    def _stale(self, papers: Sequence[Paper], categories: Sequence[str], day: date) -> tuple[str, ...]:
        ids = [str(paper.arxiv_id) for paper in papers]
        previous = self._mailings.digest(self._calendar.before(day), tuple(categories))
        return stale_categories(papers, categories, self._mailings.announced_before(day, ids), previous)


def _is_clock_behind(papers: Sequence[Paper], latest: date, stated: date) -> bool:
    """Tell whether ids show that the clock is a month late and the feed is not."""
    months = [
        (2000 + int(paper.id[:2]), int(paper.id[2:4])) for paper in papers if _IN_MONTHS.match(paper.id)
    ]
    newest = max(months, default=(0, 0))
    return (latest.year, latest.month) < newest <= (stated.year, stated.month)
