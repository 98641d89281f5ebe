"""What is around a `Source` in a test: a clock that is set, a library in memory, a home."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec

from tests.servers.arxiv import StandIn
from tui_digest.arxiv.cache import AnswerCache
from tui_digest.arxiv.calendar import Calendar, us_eastern
from tui_digest.arxiv.client import Client
from tui_digest.arxiv.completeness import is_fetch_due
from tui_digest.arxiv.rate_limit import RateLimiter
from tui_digest.arxiv.source import Source
from tui_digest.arxiv.urls import Addresses
from tui_digest.paper import Digest, Paper
from tui_digest.settings import ArxivSettings

BOTH = ("cs.LG", "math.OC")


def eastern(day: int, hour: int = 9, minute: int = 0, month: int = 11) -> datetime:
    """A moment of 2026 on arXiv's own clock."""
    return datetime(2026, month, day, hour, minute, tzinfo=us_eastern())


class Clock:
    """A clock that moves only when someone waits or sets it."""

    def __init__(self, moment: datetime) -> None:
        """Start at a moment."""
        self.moment = moment.astimezone(UTC)
        self.waits: list[float] = []

    def now(self) -> datetime:
        """The time it shows."""
        return self.moment

    def set(self, moment: datetime) -> None:
        """Go to a moment."""
        self.moment = moment.astimezone(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait without waiting."""
        self.waits.append(seconds)
        self.moment += timedelta(seconds=seconds)
        await asyncio.sleep(0)


class InMemoryMailings:
    """A library that forgets."""

    def __init__(self) -> None:
        """Nothing is stored."""
        self.digests: dict[tuple[date, tuple[str, ...]], Digest] = {}
        self.by_version: dict[tuple[str, int], Paper] = {}

    def store_digest(self, digest: Digest) -> None:
        """Keep a digest and its papers."""
        self.digests[digest.date, digest.categories] = digest
        self.store_papers(digest.papers)

    def store_papers(self, papers: Sequence[Paper]) -> None:
        """Keep papers."""
        self.by_version.update({(paper.id, paper.version): paper for paper in papers})

    def digest(self, day: date | None, categories: tuple[str, ...]) -> Digest | None:
        """A stored digest, with its papers as they were kept last."""
        days = [kept for kept, own in self.digests if own == categories and day in (None, kept)]
        if not days:
            return None
        digest = self.digests[max(days), categories]
        papers = tuple(self.by_version[paper.id, paper.version] for paper in digest.papers)
        return msgspec.structs.replace(digest, papers=papers)

    def announced_before(self, day: date, ids: Collection[str]) -> set[str]:
        """Which ids were in a mailing stored for an earlier day."""
        earlier = (digest for (kept, _), digest in self.digests.items() if kept < day)
        return {str(paper.arxiv_id) for digest in earlier for paper in digest.papers} & set(ids)

    def paper(self, paper_id: str) -> Paper | None:
        """The newest version of a paper."""
        versions = [paper for (own, _), paper in self.by_version.items() if own == paper_id]
        return max(versions, key=lambda paper: paper.version, default=None)


class Home:
    """A user's home, with everything that a `Source` needs."""

    def __init__(self, folder: Path, clock: Clock, server: StandIn) -> None:
        """Files in `folder`; the settings point at `server`, without a pause between requests."""
        self.folder = folder
        self.clock = clock
        self.server = server
        self.mailings = InMemoryMailings()
        self.calendar = Calendar()
        self.told: list[str] = []
        self.settings = ArxivSettings(
            interval=0.0, api_url=f"{server.base}/api/query", feed_url=f"{server.base}/rss", deadline=60.0
        )

    def is_due(self, categories: tuple[str, ...]) -> bool:
        """Whether arXiv can have something newer than what is stored."""
        return is_fetch_due(self.mailings.digest(None, categories), self.clock.now(), self.calendar)

    def client(self) -> Client:
        """A client, as every process of the user has one."""
        addresses = Addresses(self.settings)
        pacing = RateLimiter(
            self.folder / "state", addresses.interval(), now=self.clock.now, sleep=self.clock.sleep
        )
        return Client(
            addresses,
            pacing,
            deadline=self.settings.deadline,
            now=self.clock.now,
            sleep=self.clock.sleep,
            jitter=lambda: 0.0,
        )

    @asynccontextmanager
    async def source(self) -> AsyncIterator[Source]:
        """A source, as a newly started process has one."""
        cache = AnswerCache(self.folder / "cache", now=self.clock.now)
        async with self.client() as client:
            yield Source(
                client,
                cache,
                self.mailings,
                addresses=Addresses(self.settings),
                calendar=self.calendar,
                now=self.clock.now,
                deadline=self.settings.deadline,
            )
