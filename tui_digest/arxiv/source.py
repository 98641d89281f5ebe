"""Digests by day and categories: from the library, the daily feed or the API."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from datetime import date, datetime, timedelta

import msgspec

from tui_digest.arxiv.by_submission import digest_by_submission
from tui_digest.arxiv.cache import AnswerCache
from tui_digest.arxiv.cached_requests import CachedRequests, Verdict
from tui_digest.arxiv.calendar import Calendar
from tui_digest.arxiv.completeness import (
    ASK_AGAIN_AFTER,
    came_by_submission,
    is_confirmed_by,
    is_fetch_due,
    judged_by_dates,
    quiet_note,
    with_current_state,
    with_note,
)
from tui_digest.arxiv.enrichment import (
    PapersById,
    enrich_papers,
    fetch_by_ids,
    with_announced_tex,
    with_library_details,
)
from tui_digest.arxiv.errors import UnconfirmedError, UnreachableError, deadline_error
from tui_digest.arxiv.feed import ApiPage
from tui_digest.arxiv.mailing import MailingReader
from tui_digest.arxiv.types import DigestOutcome, Fetcher, MailingStore, Now, Progress, no_progress
from tui_digest.arxiv.urls import Addresses
from tui_digest.errors import ArxivError, UsageError
from tui_digest.paper import ArxivId, Completeness, CompletenessState, Digest
from tui_digest.render.labels import day_name

_FURTHEST_BACK = 20
"""The most mailings that are fetched later: those of four weeks."""

_UNCONFIRMED_FOR = timedelta(days=1)


class Source:
    """The source of digests. If a request fails, the stored digest is returned."""

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
        """Allow `deadline` seconds for one digest."""
        self._asker = CachedRequests(fetcher, cache, calendar, now)
        self._reader = MailingReader(self._asker, addresses, calendar, mailings)
        self._mailings = mailings
        self._addresses = addresses
        self._calendar = calendar
        self._now = now
        self._deadline = deadline

    async def digest(
        self,
        day: date | None = None,
        *,
        categories: tuple[str, ...],
        offline: bool = False,
        again: bool = False,
        tell: Progress = no_progress,
    ) -> DigestOutcome:
        """Return the mailing of a day (None: the newest), fetched only if that can help.

        `offline` sends no request; `again` fetches even if the stored digest is fresh.

        Raises:
            ArxivError: nothing is stored, and nothing could be fetched.
            UsageError: the day is in the future.
        """
        if day is None:
            return await self._newest(categories, offline=offline, again=again, tell=tell)
        stored = self._mailings.digest(day, categories)
        newest = self._calendar.newest_announced(self._now())
        if stored is None and day > newest and self._calendar.is_mailing(day):
            raise UsageError(f"The mailing of {day} is still to come; the newest is that of {newest}.")
        shown = day if stored else min(self._calendar.at_or_before(day), newest)
        if shown == self._calendar.newest_in_feed(self._now()) and not offline:
            outcome = await self._newest(categories, offline=offline, again=again, tell=tell)
            if outcome.digest.date > shown:
                # arXiv mailed on a day that the table of holidays calls empty; that is another day.
                outcome = await self._earlier(shown, categories, offline=offline, again=again, tell=tell)
        else:
            outcome = await self._earlier(shown, categories, offline=offline, again=again, tell=tell)
        if shown == day or outcome.digest.completeness.state is CompletenessState.QUIET:
            return outcome
        note = quiet_note(day, outcome.digest.date, self._calendar)
        return msgspec.structs.replace(
            outcome, digest=with_note(outcome.digest, note, CompletenessState.QUIET)
        )

    async def enrich(self, digest: Digest, tell: Progress = no_progress) -> DigestOutcome:
        """Return the digest with the API's details of its papers, and store them.

        A mailing that could not be confirmed when it came is judged by their dates, which is stored.
        It does not raise: after a `problem` the remaining papers are unchanged.
        """
        papers, problem = await enrich_papers(
            digest.papers, asker=self._asker, addresses=self._addresses, mailings=self._mailings, tell=tell
        )
        full = msgspec.structs.replace(digest, papers=papers)
        stored = self._mailings.digest(digest.date, digest.categories)
        if stored is None or stored.completeness.state is not CompletenessState.UNCONFIRMED:
            return DigestOutcome(digest=full, problem=problem)
        judged = self._judged_by_dates(stored, all_asked=problem is None)
        if judged != stored:
            await asyncio.to_thread(self._mailings.store_digest, judged)
        # What was said of this moment besides stays.
        note = full.completeness.note.replace(stored.completeness.note, judged.completeness.note).strip()
        told = msgspec.structs.replace(judged.completeness, note=note)
        return DigestOutcome(digest=msgspec.structs.replace(full, completeness=told), problem=problem)

    async def papers(self, ids: Sequence[ArxivId], tell: Progress = no_progress) -> PapersById:
        """Fetch papers by id and store them; also return the ids that arXiv does not know.

        Raises:
            ArxivError: a request failed.
        """
        async with self._within_deadline():
            found = await fetch_by_ids(ids, asker=self._asker, addresses=self._addresses, tell=tell)
        papers = tuple(with_announced_tex(paper, self._mailings) for paper in found.papers)
        await asyncio.to_thread(self._mailings.store_papers, papers)
        return PapersById(papers, found.unknown)

    async def search(
        self, query: str, *, start: int, size: int, relevance: bool, tell: Progress = no_progress
    ) -> ApiPage:
        """A page of what a query finds at arXiv; its papers are not stored.

        Args:
            query: in the API's own grammar.
            start: how many hits are left out at the beginning.
            size: how many hits the page has at most.
            relevance: the most relevant first instead of the newest.
            tell: takes progress.

        Raises:
            ArxivError: arXiv could not be asked, or refused the query.
        """
        address = self._addresses.search(query, start=start, size=size, relevance=relevance)
        async with self._within_deadline():
            page, _ = await self._asker.page(address, tell, due=size)
        return page

    def missed(self, categories: tuple[str, ...]) -> tuple[date, ...]:
        """Return the missed mailing days of the last four weeks, without the newest."""
        return _missed_days(categories, self._mailings, self._calendar, self._now())

    async def catch_up(
        self,
        categories: tuple[str, ...],
        tell: Progress = no_progress,
        days: Sequence[date] | None = None,
    ) -> AsyncGenerator[DigestOutcome, None]:
        """Yield each missed mailing by submission date, oldest first, then the newest.

        `days` are taken for the missed ones instead of those that these categories lack.

        Each is stored before it is yielded, so it can be stopped at any time and continued later.

        Raises:
            ArxivError: an earlier mailing could not be fetched. It is raised after the newest was
                yielded, which the feed holds for a day only.
        """
        problem: ArxivError | None = None
        days = self.missed(categories) if days is None else days
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

    def _judged(self, digest: Digest) -> Digest:
        """Judge a mailing that has just come: by the ids of the one before, or by dates."""
        previous = self._mailings.digest(self._calendar.before(digest.date), digest.categories)
        if digest.completeness.state is not CompletenessState.COMPLETE or is_confirmed_by(previous):
            return digest
        return self._judged_by_dates(digest, all_asked=False)

    def _judged_by_dates(self, digest: Digest, *, all_asked: bool) -> Digest:
        since = self._calendar.cut_off(self._calendar.before(digest.date))
        told = judged_by_dates(
            digest.completeness, digest.papers, digest.categories, since, all_asked=all_asked
        )
        return msgspec.structs.replace(digest, completeness=told)

    async def _newest(
        self, categories: tuple[str, ...], *, offline: bool, again: bool, tell: Progress
    ) -> DigestOutcome:
        stored = self._mailings.digest(None, categories)
        now = self._now()
        if offline:
            return self._from_store(_require_stored(stored))
        if stored is not None and not again:
            if not is_fetch_due(stored, now, self._calendar):
                return self._from_store(stored)
            verdict = await self._asker.verdict(self._addresses.feed(categories))
            if verdict is not None:
                return self._from_store(with_note(stored, verdict.note, verdict.state))
        try:
            async with self._within_deadline():
                digest = await self._ask_newest(categories, stored, again=again, tell=tell)
        except ArxivError as problem:
            if stored is None:
                raise
            return self._from_store(stored, problem)
        return DigestOutcome(digest=with_current_state(digest, now, self._calendar))

    async def _ask_newest(
        self, categories: tuple[str, ...], stored: Digest | None, *, again: bool, tell: Progress
    ) -> Digest:
        """Fetch and store the newest mailing; without one, return the best substitute."""
        now = self._now()
        found = await self._reader.read(categories, now, again=again, tell=tell)
        if isinstance(found, Digest):
            papers = tuple(with_library_details(paper, self._mailings) for paper in found.papers)
            digest = self._judged(msgspec.structs.replace(found, papers=papers))
            await asyncio.to_thread(self._mailings.store_digest, digest)
            return digest
        last = self._calendar.newest_in_feed(now)
        if found.state is CompletenessState.QUIET:
            if stored is not None and stored.date >= last:
                return stored
            return await self._fetch_substitute(last, categories, stored, found, tell)
        await self._remember(categories, found)
        if stored is None:
            return await self._fetch_substitute(self._calendar.before(last), categories, None, found, tell)
        return with_note(stored, found.note, found.state)

    async def _fetch_substitute(
        self, day: date, categories: tuple[str, ...], stored: Digest | None, found: Verdict, tell: Progress
    ) -> Digest:
        """Fetch the last mailing by submission date, when the feed has none."""
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
        """Do not fetch the newest mailing again for an hour, or until the feeds change."""
        now = self._now()
        until = min(now + ASK_AGAIN_AFTER, self._calendar.feed_changes(now))
        await self._asker.note_verdict(self._addresses.feed(categories), verdict, until)

    async def _earlier(
        self, day: date, categories: tuple[str, ...], *, offline: bool, again: bool, tell: Progress
    ) -> DigestOutcome:
        """Return a day whose mailing is no longer in the feed."""
        stored = self._mailings.digest(day, categories)
        if offline or (stored is not None and not (again and came_by_submission(stored))):
            return DigestOutcome(digest=_require_stored(stored), from_store=True)
        if not again:
            verdict = await self._asker.verdict(_verdict_name(day, categories))
            if verdict is not None:
                return DigestOutcome(digest=_empty_digest(day, categories, verdict), from_store=True)
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

    async def _ask_earlier(self, day: date, categories: tuple[str, ...], tell: Progress) -> Digest:
        """Fetch a day by submission date; store it unless it is empty."""
        digest = await digest_by_submission(
            day,
            categories,
            asker=self._asker,
            addresses=self._addresses,
            calendar=self._calendar,
            tell=tell,
        )
        if digest.papers:
            papers = tuple(with_announced_tex(paper, self._mailings) for paper in digest.papers)
            digest = msgspec.structs.replace(digest, papers=papers)
            await asyncio.to_thread(self._mailings.store_digest, digest)
        else:
            verdict = Verdict(digest.completeness.state, digest.completeness.note)
            until = self._now() + _UNCONFIRMED_FOR
            await self._asker.note_verdict(_verdict_name(day, categories), verdict, until)
        return digest

    def _from_store(self, stored: Digest, problem: ArxivError | None = None) -> DigestOutcome:
        digest = with_current_state(stored, self._now(), self._calendar)
        return DigestOutcome(digest=digest, problem=problem, from_store=True)

    @contextlib.asynccontextmanager
    async def _within_deadline(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._deadline):
                yield
        except TimeoutError as error:
            raise deadline_error(self._deadline) from error


def _require_stored(stored: Digest | None) -> Digest:
    if stored is None:
        raise UnreachableError("Nothing is stored for that day, and arXiv is not asked while offline.")
    return stored


def _verdict_name(day: date, categories: tuple[str, ...]) -> str:
    return f"{day} {'+'.join(categories)}"


def _empty_digest(day: date, categories: tuple[str, ...], verdict: Verdict) -> Digest:
    told = Completeness(state=verdict.state, shown=0, note=verdict.note)
    return Digest(date=day, categories=categories, papers=(), completeness=told)


def _missed_days(
    categories: tuple[str, ...], mailings: MailingStore, calendar: Calendar, now: datetime
) -> tuple[date, ...]:
    """Return the days without a stored mailing since the first one, oldest first.

    The newest mailing is not among them: it comes from the daily feed. A day that was only opened in
    the calendar, and so came by submission date, does not count as the first one.
    """
    days = [calendar.before(calendar.newest_in_feed(now))]
    while len(days) < _FURTHEST_BACK:
        days.insert(0, calendar.before(days[0]))
    stored = {day: mailings.digest(day, categories) for day in days}
    newest = mailings.digest(None, categories)
    read = [day for day, digest in stored.items() if digest and not came_by_submission(digest)]
    kept = read or [day for day, digest in stored.items() if digest]
    if newest is None or (not read and newest.date > days[-1]):
        return ()
    first = kept[0] if kept else days[0]
    return tuple(day for day in days if day >= first and stored[day] is None)
