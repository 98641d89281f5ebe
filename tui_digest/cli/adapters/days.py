"""Digests for the reader, from the library or from arXiv."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import msgspec

from tui_digest.cli.container import DigestChoice, Parts
from tui_digest.core.services import Answer, NamedDigest, Progress
from tui_digest.entry import StoredDay
from tui_digest.errors import UsageError
from tui_digest.lists import DayScope, StoredDigest
from tui_digest.paper import ArxivId, Digest, Paper
from tui_digest.settings import DEFAULT_DIGEST, READY_MADE_DIGESTS, Settings, digest_settings

_SATURDAY = 5


class ReaderDays:
    """Digests and papers for the reader; the HTTP client is imported at first use."""

    def __init__(self, parts: Parts, offline: bool) -> None:
        self._parts = parts
        self._offline = offline
        self._choice = parts.digest

    def choices(self) -> tuple[NamedDigest, ...]:
        """Return the digests to choose from: default, config.toml's, ready-made."""
        settings = self._parts.user_settings
        names = dict.fromkeys((DEFAULT_DIGEST, *settings.digest, *READY_MADE_DIGESTS))
        ready = READY_MADE_DIGESTS.keys() - settings.digest.keys()
        return tuple(
            NamedDigest(name, digest_settings(settings, name).categories, name in ready) for name in names
        )

    def choose(self, name: str) -> None:
        """Switch to another digest; what is under way goes on for the previous one."""
        self._choice = self._parts.choose_digest(name)

    def use_settings(self, settings: Settings) -> None:
        """Answer for the default digest of these settings from now on."""
        self._parts.use_settings(settings)
        self._choice = self._parts.digest

    def newest(self) -> date:
        """Return the day of arXiv's newest mailing."""
        return self._parts.calendar.newest_in_feed(self._parts.now())

    def older(self, day: date) -> date:
        """Return the mailing day before."""
        before = self._parts.calendar.before(day)
        return max(self._mailed_between(before, day), default=before)

    def newer(self, day: date) -> date | None:
        """Return the mailing day after; None if it is in the future."""
        following = self._parts.calendar.after(day)
        if mailed := self._mailed_between(day, following):
            return min(mailed)
        return following if following <= self.newest() else None

    def _mailed_between(self, first: date, last: date) -> list[date]:
        """Return stored days between two on which arXiv mailed before a holiday."""
        days = (first + timedelta(days=number) for number in range(1, (last - first).days))
        weekdays = [day for day in days if day.weekday() < _SATURDAY]
        return [day for day in weekdays if self.stored(day) is not None]

    def why_quiet(self, day: date) -> str:
        """Say why a day has no mailing; empty if it has one."""
        calendar = self._parts.calendar
        return "" if calendar.is_mailing(day) else calendar.why_quiet(day)

    def stored(self, day: date | None) -> StoredDigest | None:
        """The digest of a day as it is stored."""
        return self._parts.stored_digest(day, self._choice)

    def all_stored(self) -> tuple[StoredDay, ...]:
        """The stored days with what is left to do in each, newest first."""
        return self._parts.library.mailings.days(self._choice.categories)

    def papers(self, day: date) -> Digest | None:
        """The same with all its papers."""
        return self._papers(day, self._choice)

    def _papers(self, day: date, choice: DigestChoice) -> Digest | None:
        return self._parts.library.mailings.digest(day, choice.categories)

    async def fetch(self, day: date | None, *, again: bool, progress: Progress) -> Answer:
        """Return the digest of a day, fetched if it is not fresh or `again` is set."""
        choice = self._choice
        await asyncio.to_thread(lambda: self._parts.source)
        outcome = await self._parts.fetch_digest(
            day, progress, choice=choice, offline=self._offline, again=again
        )
        digest = await asyncio.to_thread(self._stored_with_pick, outcome.digest, choice)
        return Answer(digest, str(outcome.problem or ""), judged=outcome.from_store)

    def _stored_with_pick(self, digest: Digest, choice: DigestChoice) -> StoredDigest:
        """Return a stored digest with its pick and the messages that hold at this moment."""
        stored = self._parts.stored_digest(digest.date, choice)
        if stored is None:
            return StoredDigest(
                date=digest.date,
                categories=digest.categories,
                completeness=digest.completeness,
                scope=DayScope(mailing=-1, size=0),
            )
        self._parts.update_pick(stored, choice)
        self._update_other_picks(digest.date, choice)
        return msgspec.structs.replace(stored, completeness=digest.completeness)

    async def paper(self, wanted: ArxivId, progress: Progress) -> Paper:
        """Return a paper by its id: the stored one, else fetched and then stored.

        Raises:
            UsageError: arXiv has no such paper, or it is not stored and may not be fetched.
            ArxivError: arXiv could not be asked.
        """
        mailings = self._parts.library.mailings
        stored = await asyncio.to_thread(mailings.paper, wanted.number, wanted.version)
        if stored is not None:
            return stored
        if self._offline:
            raise UsageError(f"{wanted} is not stored, and arXiv is not asked offline.")
        source = await asyncio.to_thread(lambda: self._parts.source)
        found = await source.papers([wanted], progress)
        if not found.papers:
            raise UsageError(f"arXiv knows no paper {wanted}; nothing was changed.")
        return found.papers[0]

    def _update_other_picks(self, day: date, choice: DigestChoice) -> None:
        """Prepare the picks of config.toml's other digests, served by the same fetch."""
        for name in (DEFAULT_DIGEST, *self._parts.user_settings.digest):
            other = self._parts.choose_digest(name)
            if name != choice.name and other.fetched == choice.fetched:
                stored = self._parts.stored_digest(day, other)
                if stored is not None:
                    self._parts.update_pick(stored, other)

    async def catch_up(self, progress: Progress) -> str:
        """Fetch missed mailings, oldest first; return the error message, if any."""
        if self._offline:
            return ""
        choice = self._choice
        await asyncio.to_thread(lambda: self._parts.source)
        days = self._parts.missed_days(choice)
        for number, day in enumerate(days, 1):
            progress(f"catching up, {number} of {len(days)} missed mailings")
            outcome = await self._parts.fetch_digest(day, progress, choice=choice)
            if outcome.problem is not None:
                return str(outcome.problem)
        return ""

    async def complete(self, day: date, progress: Progress) -> StoredDigest | None:
        """Complete a stored day by what the daily feed lacks; None: nothing changed."""
        if self._offline:
            return None
        choice = self._choice
        digest = await asyncio.to_thread(self._papers, day, choice)
        if digest is None:
            return None
        await asyncio.to_thread(lambda: self._parts.source)
        enriched = (await self._parts.enrich(digest, progress, choice=choice)).digest
        if enriched == digest:
            return None
        if day == self.newest():
            from tui_digest.arxiv.completeness import with_current_state

            enriched = with_current_state(enriched, self._parts.now(), self._parts.calendar)
        return await asyncio.to_thread(self._stored_with_pick, enriched, choice)
