"""What the parts of this package hand to each other, and what they need from outside."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import date, datetime
from typing import Protocol

import msgspec

from tui_digest.errors import ArxivError
from tui_digest.paper import Digest, Paper

Tell = Callable[[str], None]
"""Progress: called with a short plain sentence when something is asked or waited for."""

Now = Callable[[], datetime]
"""The clock, in UTC."""

Sleep = Callable[[float], Awaitable[None]]
"""Waiting, in seconds."""


def silent(_: str) -> None:
    """Progress that nobody asked for."""


class FetchedAnswer(Protocol):
    """What a server answered."""

    @property
    def body(self) -> bytes:
        """The unpacked body."""
        ...

    @property
    def fetched_at(self) -> datetime:
        """When it came, in UTC."""
        ...

    @property
    def status(self) -> int:
        """The HTTP status: 200, or 400 with arXiv's reason in the body."""
        ...


class ArxivAnswer(msgspec.Struct, frozen=True):
    """An answer, as the client gives it and the cache keeps it."""

    body: bytes
    fetched_at: datetime
    status: int = 200


class DigestOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """A digest and how it was come by.

    `problem` is why arXiv could not be asked, or why its answer could not be used, when what was
    stored before is shown instead. `from_store` is true when the digest is one that was stored before.
    """

    digest: Digest
    problem: ArxivError | None = None
    from_store: bool = False


class Fetcher(Protocol):
    """Whoever brings an address's answer: the HTTP client, or the demo's own server."""

    async def get(self, address: str, tell: Tell = silent) -> FetchedAnswer:
        """The answer, with status 200 or 400. Raises ArxivError."""
        ...


class MailingStore(Protocol):
    """Where digests and papers are kept: the library.

    What is stored is stored from another thread: making hundreds of papers searchable takes a while.
    """

    def store_digest(self, digest: Digest) -> None:
        """Keep a digest under its date and categories, instead of an earlier one."""
        ...

    def store_papers(self, papers: Sequence[Paper]) -> None:
        """Keep papers, instead of earlier records of the same id and version."""
        ...

    def digest(self, day: date | None, categories: tuple[str, ...]) -> Digest | None:
        """The stored digest of a day (None: of the newest day there is) for these categories.

        Its papers are as they were stored last.
        """
        ...

    def announced_before(self, day: date, ids: Collection[str]) -> set[str]:
        """Which of the ids with version (`2511.00001v2`) were in a mailing stored for an earlier day."""
        ...

    def paper(self, paper_id: str) -> Paper | None:
        """The newest stored version of a paper, by its id without version."""
        ...
