"""The days' papers as the reader asks for them, from the library or from arXiv."""

from __future__ import annotations

import asyncio
from datetime import date

from tui_digest.cli.container import Parts
from tui_digest.core.services import Answer, Progress
from tui_digest.paper import Digest


class ReaderDays:
    """The days' papers for the reader. arXiv's side is imported when it is first asked for something."""

    def __init__(self, parts: Parts, offline: bool) -> None:
        self._parts = parts
        self._offline = offline

    def newest(self) -> date:
        """The day of arXiv's newest mailing."""
        return self._parts.calendar.newest_in_feed(self._parts.now())

    def older(self, day: date) -> date | None:
        """The mailing day before."""
        return self._parts.calendar.before(day)

    def newer(self, day: date) -> date | None:
        """The mailing day after; None when there is none yet."""
        following = self._parts.calendar.after(day)
        return following if following <= self.newest() else None

    def why_quiet(self, day: date) -> str:
        """Why a day has no mailing; empty when it has one."""
        calendar = self._parts.calendar
        return "" if calendar.is_mailing(day) else calendar.why_quiet(day)

    def stored(self, day: date | None) -> Digest | None:
        """The digest of a day as it is stored."""
        return self._parts.library.mailings.digest(day, self._parts.categories)

    async def fetch(self, day: date | None, *, again: bool, progress: Progress) -> Answer:
        """The digest of a day, asking arXiv only when needed, or again when told to."""
        source = await asyncio.to_thread(lambda: self._parts.source)
        outcome = await source.digest(
            day, categories=self._parts.categories, offline=self._offline, again=again, tell=progress
        )
        return Answer(outcome.digest, str(outcome.problem or ""))

    async def catch_up(self, progress: Progress) -> str:
        """Fetch the mailings that were missed, oldest first; what went wrong, in one sentence."""
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
        """The digest with what the daily feed lacks."""
        if self._offline:
            return digest
        source = await asyncio.to_thread(lambda: self._parts.source)
        return (await source.enrich(digest, progress)).digest
