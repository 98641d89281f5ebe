"""A day and some categories -> a digest: from what is stored, the daily feed, or the API."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from datetime import date, timedelta

import msgspec

from tui_digest.arxiv.backfill import missed_days
from tui_digest.arxiv.by_submission import digest_by_submission
from tui_digest.arxiv.cache import AnswerCache
from tui_digest.arxiv.cached_requests import CachedRequests, Verdict
from tui_digest.arxiv.calendar import Calendar
from tui_digest.arxiv.completeness import (
    ASK_AGAIN_AFTER,
    came_by_submission,
    is_due,
    presented,
    quiet_note,
    submitted_too_early,
    turned_stale,
    with_note,
)
from tui_digest.arxiv.enrichment import PapersById, as_announced, as_known, by_ids, enriched
from tui_digest.arxiv.errors import UnconfirmedError, UnreachableError, too_late
from tui_digest.arxiv.mailing import MailingReader
from tui_digest.arxiv.types import DigestOutcome, Fetcher, MailingStore, Now, Tell, silent
from tui_digest.arxiv.urls import Addresses
from tui_digest.errors import ArxivError, UsageError
from tui_digest.paper import ArxivId, Completeness, CompletenessState, Digest
from tui_digest.render.labels import day_name

_UNCONFIRMED_FOR = timedelta(days=1)


class Source:
    """The day's papers. What is stored is shown whatever happens on the way to arXiv."""

    def __init__(
        self,
        fetcher: Fetcher,
        cache: AnswerCache,
        mailings: MailingStore,
        *,
        addresses: Addresses,
        calendar: Calendar,
        now: Now,
        deadline: float,
    ) -> None:
        """`deadline` is how many seconds one digest may take in all."""
        self._asker = CachedRequests(fetcher, cache, calendar, now)
        self._reader = MailingReader(self._asker, addresses, calendar, mailings)
        self._mailings = mailings
        self._addresses = addresses
        self._calendar = calendar
        self._now = now
        self._deadline = deadline

    def is_due(self, categories: tuple[str, ...]) -> bool:
        """Whether arXiv can have something newer than what is stored."""
        return is_due(self._mailings.digest(None, categories), self._now(), self._calendar)

    async def digest(
        self,
        day: date | None = None,
        *,
        categories: tuple[str, ...],
        offline: bool = False,
        again: bool = False,
        tell: Tell = silent,
    ) -> DigestOutcome:
        """The mailing of a day (None: the newest), asked from arXiv only when that can bring more.

        `offline` asks nothing; `again` asks although what is stored is fresh.

        Raises:
            ArxivError: nothing is stored and arXiv gave nothing.
            UsageError: the day's mailing is still to come.
        """
        if day is None:
            return await self._newest(categories, offline, again, tell)
        stored = self._mailings.digest(day, categories)
        newest = self._calendar.newest_announced(self._now())
        if stored is None and day > newest and self._calendar.is_mailing(day):
            raise UsageError(f"The mailing of {day} is still to come; the newest is that of {newest}.")
        shown = day if stored else min(self._calendar.at_or_before(day), newest)
        if shown == self._calendar.newest_in_feed(self._now()) and not offline:
            outcome = await self._newest(categories, offline, again, tell)
        else:
            outcome = await self._earlier(shown, categories, offline, again, tell)
        if shown == day or outcome.digest.completeness.state is CompletenessState.QUIET:
            return outcome
        note = quiet_note(day, outcome.digest.date, self._calendar)
        return msgspec.structs.replace(
            outcome, digest=with_note(outcome.digest, note, CompletenessState.QUIET)
        )

    async def enrich(self, digest: Digest, tell: Tell = silent) -> DigestOutcome:
        """The digest with what the API knows more of its papers; what comes is kept.

        It never fails: with a `problem`, the papers that were not reached are as they were.
        """
        papers, problem = await enriched(
            digest.papers, asker=self._asker, addresses=self._addresses, mailings=self._mailings, tell=tell
        )
        full = msgspec.structs.replace(digest, papers=papers)
        return DigestOutcome(digest=self._judged_again(full), problem=problem)

    async def papers(self, ids: Sequence[ArxivId], tell: Tell = silent) -> PapersById:
        """Papers by id, from arXiv, and the ids that it does not know. What comes is kept.

        Raises:
            ArxivError: arXiv could not be asked.
        """
        async with self._within_deadline():
            found = await by_ids(ids, asker=self._asker, addresses=self._addresses, tell=tell)
        papers = tuple(as_announced(paper, self._mailings) for paper in found.papers)
        await asyncio.to_thread(self._mailings.store_papers, papers)
        return PapersById(papers, found.unknown)

    def missed(self, categories: tuple[str, ...]) -> tuple[date, ...]:
        """The mailing days of the last four weeks that catching up would bring, but for the newest."""
        return missed_days(categories, self._mailings, self._calendar, self._now())

    async def catch_up(
        self, categories: tuple[str, ...], tell: Tell = silent
    ) -> AsyncGenerator[DigestOutcome, None]:
        """Each missed mailing by submission date, oldest first, then the newest from the daily feed.

        Each is stored before it is given, so it can be stopped at any time and goes on from there.

        Raises:
            ArxivError: an earlier mailing could not be had. It is raised after the newest was given,
                because the feed holds that for a day only.
        """
        problem: ArxivError | None = None
        days = self.missed(categories)
        for done, day in enumerate(days):
            tell(f"catching up: {day_name(day)}, {done + 1} of {len(days)} missed mailings")
            try:
                outcome = await self._earlier(day, categories, offline=False, again=False, tell=tell)
            except ArxivError as error:
                problem = error
                break
            if outcome.digest.papers:
                yield outcome
        yield await self._newest(categories, offline=False, again=False, tell=tell)
        if problem is not None:
            raise problem

    def _judged_again(self, digest: Digest) -> Digest:
        """The digest, known now with the dates of submission, marked stale where they tell that it is."""
        since = self._calendar.cut_off(self._calendar.before(digest.date))
        early = submitted_too_early(digest.papers, digest.categories, since)
        stored = self._mailings.digest(digest.date, digest.categories)
        if not early or stored is None or stored.completeness.state is not CompletenessState.COMPLETE:
            return digest
        self._mailings.store_digest(turned_stale(stored, early))
        return turned_stale(digest, early)

    async def _newest(
        self, categories: tuple[str, ...], offline: bool, again: bool, tell: Tell
    ) -> DigestOutcome:
        stored = self._mailings.digest(None, categories)
        now = self._now()
        if offline:
            return self._from_store(_there(stored))
        if stored is not None and not again:
            if not is_due(stored, now, self._calendar):
                return self._from_store(stored)
            verdict = await self._asker.verdict(self._addresses.feed(categories))
            if verdict is not None:
                return self._from_store(with_note(stored, verdict.note, verdict.state))
        try:
            async with self._within_deadline():
                digest = await self._ask_newest(categories, stored, again, tell)
        except ArxivError as problem:
            if stored is None:
                raise
            return self._from_store(stored, problem)
        return DigestOutcome(digest=presented(digest, now, self._calendar))

    async def _ask_newest(
        self, categories: tuple[str, ...], stored: Digest | None, again: bool, tell: Tell
    ) -> Digest:
        """The newest mailing, stored; where arXiv has none, what there is instead."""
        now = self._now()
        found = await self._reader.read(categories, now, again=again, tell=tell)
        if isinstance(found, Digest):
            papers = tuple(as_known(paper, self._mailings) for paper in found.papers)
            digest = msgspec.structs.replace(found, papers=papers)
            await asyncio.to_thread(self._mailings.store_digest, digest)
            return digest
        last = self._calendar.newest_in_feed(now)
        if found.state is CompletenessState.QUIET:
            if stored is not None and stored.date >= last:
                return stored
            return await self._instead(last, categories, stored, found, tell)
        await self._remember(categories, found)
        if stored is None:
            return await self._instead(self._calendar.before(last), categories, None, found, tell)
        return with_note(stored, found.note, found.state)

    async def _instead(
        self, day: date, categories: tuple[str, ...], stored: Digest | None, found: Verdict, tell: Tell
    ) -> Digest:
        """The last mailing by submission date, when the feed holds none and it was not fetched in time."""
        digest = await self._ask_earlier(day, categories, tell)
        if digest.papers:
            return with_note(digest, found.note)
        if stored is None:
            raise UnconfirmedError(
                "Unconfirmed: arXiv's feed and its API were empty where papers were due. Try again later."
            )
        unconfirmed = Verdict(digest.completeness.state, digest.completeness.note)
        await self._remember(categories, unconfirmed)
        return with_note(stored, unconfirmed.note, unconfirmed.state)

    async def _remember(self, categories: tuple[str, ...], verdict: Verdict) -> None:
        """Do not ask for the newest mailing again before an hour has passed or the feeds change."""
        now = self._now()
        until = min(now + ASK_AGAIN_AFTER, self._calendar.feed_changes(now))
        await self._asker.note_verdict(self._addresses.feed(categories), verdict, until)

    async def _earlier(
        self, day: date, categories: tuple[str, ...], offline: bool, again: bool, tell: Tell
    ) -> DigestOutcome:
        """A day whose mailing the feed no longer holds."""
        stored = self._mailings.digest(day, categories)
        if offline or (stored is not None and not (again and came_by_submission(stored))):
            return DigestOutcome(digest=_there(stored), from_store=True)
        if not again:
            verdict = await self._asker.verdict(_question(day, categories))
            if verdict is not None:
                return DigestOutcome(digest=_nothing(day, categories, verdict), from_store=True)
        try:
            async with self._within_deadline():
                digest = await self._ask_earlier(day, categories, tell)
        except ArxivError as problem:
            if stored is None:
                raise
            return DigestOutcome(digest=stored, problem=problem, from_store=True)
        if stored is not None and not digest.papers:
            told = digest.completeness
            return DigestOutcome(digest=with_note(stored, told.note, told.state), from_store=True)
        return DigestOutcome(digest=digest)

    async def _ask_earlier(self, day: date, categories: tuple[str, ...], tell: Tell) -> Digest:
        """A day by submission date: stored, unless nothing at all came, which is only remembered."""
        digest = await digest_by_submission(
            day,
            categories,
            asker=self._asker,
            addresses=self._addresses,
            calendar=self._calendar,
            tell=tell,
        )
        if digest.papers:
            papers = tuple(as_announced(paper, self._mailings) for paper in digest.papers)
            digest = msgspec.structs.replace(digest, papers=papers)
            await asyncio.to_thread(self._mailings.store_digest, digest)
        else:
            verdict = Verdict(digest.completeness.state, digest.completeness.note)
            until = self._now() + _UNCONFIRMED_FOR
            await self._asker.note_verdict(_question(day, categories), verdict, until)
        return digest

    def _from_store(self, stored: Digest, problem: ArxivError | None = None) -> DigestOutcome:
        digest = presented(stored, self._now(), self._calendar)
        return DigestOutcome(digest=digest, problem=problem, from_store=True)

    @contextlib.asynccontextmanager
    async def _within_deadline(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._deadline):
                yield
        except TimeoutError as error:
            raise too_late(self._deadline) from error


def _there(stored: Digest | None) -> Digest:
    if stored is None:
        raise UnreachableError("Nothing is stored of that day, and arXiv is not asked while off line.")
    return stored


def _question(day: date, categories: tuple[str, ...]) -> str:
    return f"{day} {'+'.join(categories)}"


def _nothing(day: date, categories: tuple[str, ...], verdict: Verdict) -> Digest:
    told = Completeness(state=verdict.state, shown=0, note=verdict.note)
    return Digest(date=day, categories=categories, papers=(), completeness=told)
