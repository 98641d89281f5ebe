"""Digests for the reader, from the library or from arXiv."""

from __future__ import annotations

import asyncio
from datetime import date

from tui_digest.cli.container import Parts
from tui_digest.core.services import Answer, Progress
from tui_digest.paper import Digest


class ReaderDays:
    """Digests for the reader; the HTTP client is imported when it is first needed."""

    def __init__(self, parts: Parts, offline: bool) -> None:
        self._parts = parts
        self._offline = offline

    def newest(self) -> date:
        """Return the day of arXiv's newest mailing."""
        return self._parts.calendar.newest_in_feed(self._parts.now())

    def older(self, day: date) -> date | None:
        """Return the mailing day before."""
        return self._parts.calendar.before(day)

    def newer(self, day: date) -> date | None:
        """Return the mailing day after; None if it is in the future."""
        following = self._parts.calendar.after(day)
        return following if following <= self.newest() else None

    def why_quiet(self, day: date) -> str:
        """Say why a day has no mailing; empty if it has one."""
        calendar = self._parts.calendar
        return "" if calendar.is_mailing(day) else calendar.why_quiet(day)

    def stored(self, day: date | None) -> Digest | None:
        """Return the stored digest of a day."""
        return self._parts.library.mailings.digest(day, self._parts.categories)

    async def fetch(self, day: date | None, *, again: bool, progress: Progress) -> Answer:
        """Return the digest of a day, fetched if it is not fresh or `again` is set."""
        source = await asyncio.to_thread(lambda: self._parts.source)
        outcome = await source.digest(
            day, categories=self._parts.categories, offline=self._offline, again=again, tell=progress
        )
        return Answer(outcome.digest, str(outcome.problem or ""))

    async def catch_up(self, progress: Progress) -> str:
        """Fetch missed mailings, oldest first; return the error message, if any."""
        if self._offline:
            return ""
        source = await asyncio.to_thread(lambda: self._parts.source)
        days = source.missed(self._parts.categories)
        for number, day in enumerate(days, 1):
            progress(f"catching up, {number} of {len(days)} missed mailings")
            outcome = await source.digest(day, categories=self._parts.categories, tell=progress)
            if outcome.problem is not None:
                return str(outcome.problem)
        return ""

    async def complete(self, digest: Digest, progress: Progress) -> Digest:
        """Return the digest with the details that the daily feed lacks."""
        if self._offline:
            return digest
        source = await asyncio.to_thread(lambda: self._parts.source)
        return (await source.enrich(digest, progress)).digest
