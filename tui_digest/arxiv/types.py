"""Types shared by the modules of this package, and protocols of what it is given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Protocol

import msgspec

from tui_digest.errors import ArxivError
from tui_digest.paper import Digest, Paper

Progress = Callable[[str], None]
"""Called with a short sentence when a request is sent or waited for."""

Now = Callable[[], datetime]
"""The clock, in UTC."""

Sleep = Callable[[float], Awaitable[None]]
"""Waiting, in seconds."""

CLOCK_SLACK: Final = timedelta(hours=1)
"""What was fetched further in the future than that was fetched by a clock that was wrong."""


def no_progress(_: str) -> None:
    """Show no progress."""


class FetchedAnswer(Protocol):
    """An answer of a server."""

    @property
    def body(self) -> bytes:
        """The decompressed body."""
        ...

    @property
    def fetched_at(self) -> datetime:
        """When it arrived, in UTC."""
        ...

    @property
    def status(self) -> int:
        """The HTTP status: 200, or 400 with arXiv's reason in the body."""
        ...


class ArxivAnswer(msgspec.Struct, frozen=True):
    """An answer of arXiv, as the client returns it and the cache stores it."""

    body: bytes
    fetched_at: datetime
    status: int = 200


class DigestOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """A digest and where it came from.

    `problem` is the error because of which a stored digest is returned instead of a fetched one.
    `from_store` is true when the digest was stored before.
    """

    digest: Digest
    problem: ArxivError | None = None
    from_store: bool = False


class Fetcher(Protocol):
    """Fetches addresses: the HTTP client, or the demo's fake arXiv."""

    async def get(self, address: str, tell: Progress = no_progress) -> FetchedAnswer:
        """Return the answer, with status 200 or 400. Raises ArxivError."""
        ...


class MailingStore(Protocol):
    """Stores digests and papers: the library.

    Digests and papers are stored from another thread: indexing hundreds of papers takes a while.
    """

    def store_digest(self, digest: Digest) -> None:
        """Store a digest under its date and categories, replacing an earlier one."""
        ...

    def store_papers(self, papers: Sequence[Paper]) -> None:
        """Store papers, replacing earlier records of the same id and version."""
        ...

    def digest(self, day: date | None, categories: tuple[str, ...]) -> Digest | None:
        """Return the stored digest of a day (None: the newest) for these categories.

        Its papers are as they were stored last.
        """
        ...

    def announced_before(self, day: date, ids: Collection[str]) -> set[str]:
        """Return those ids with version (`2511.00001v2`) that an earlier day announced."""
        ...

    def paper(self, paper_id: str) -> Paper | None:
        """Return the newest stored version of a paper, by its id without version."""
        ...
