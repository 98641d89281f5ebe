"""What the reader needs from the rest of the program, as protocols: it is handed all of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from tui_digest.paper import Digest, Paper
from tui_digest.reading import Entry, Explanation

Progress = Callable[[str], None]
"""Takes one short sentence on what is being done, for the user."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A digest, and what went wrong on the way to it, in one sentence (empty: nothing).

    With a problem, the digest is the last good one.
    """

    digest: Digest
    problem: str = ""


class Days(Protocol):
    """The days' papers, from what is stored or from arXiv. Failures are TuiDigestErrors."""

    def newest(self) -> date:
        """The day of arXiv's newest mailing."""

    def older(self, day: date) -> date | None:
        """The mailing day before."""

    def newer(self, day: date) -> date | None:
        """The mailing day after; None when there is none yet."""

    def stored(self, day: date | None) -> Digest | None:
        """The digest of a day as it is stored; None as the day means the newest stored one."""

    async def fetch(self, day: date | None, *, again: bool, progress: Progress) -> Answer:
        """The digest of a day (None: the newest), asking arXiv only when needed, or again when told to."""

    async def complete(self, digest: Digest, progress: Progress) -> Digest:
        """The digest with what the daily feed lacks: comments, journals, dates."""


class Shelf(Protocol):
    """The library, as far as the reader uses it."""

    def entries(self, papers: Sequence[Paper]) -> tuple[Entry, ...]:
        """The papers with what the reader made of them."""

    def set_read(self, ids: Sequence[str], read: bool) -> None:
        """Mark papers as read or unread."""


@dataclass(frozen=True, slots=True)
class Patience:
    """A service asked for patience: what to tell the user meanwhile."""

    sentence: str


class Models(Protocol):
    """Language models, asked in the background; a request goes on whoever looks at it."""

    def ready(self) -> str:
        """Empty when a model can be asked, else the sentence that says how to set one up."""

    def name(self) -> str:
        """The provider and the model that would be asked."""

    def start(self, paper: Paper, *, again: bool) -> None:
        """Ask for the explanation of a paper, unless that is under way already."""

    def under_way(self, paper_id: str) -> bool:
        """Whether an explanation of the paper is being made."""

    def follow(self, paper_id: str) -> AsyncIterator[str | Patience | Explanation]:
        """What comes of the paper's request from its beginning: words, and at last the explanation.

        A failure is raised as a TuiDigestError.
        """

    async def cancel(self, paper_id: str) -> None:
        """Stop the paper's request; nothing of it is kept."""

    async def close(self) -> None:
        """Stop all requests."""


@dataclass(frozen=True, slots=True)
class Services:
    """All that the reader is handed."""

    days: Days
    shelf: Shelf
    models: Models
    now: Callable[[], datetime]
    open_address: Callable[[str], bool]
    category_names: Mapping[str, str] = field(default_factory=dict)
