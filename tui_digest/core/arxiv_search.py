"""A search at arXiv: its question, its hits so far, and its status in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal, Protocol

import msgspec

from tui_digest.errors import UsageError
from tui_digest.paper import Paper

HITS_AT_ONCE: Final = 50
"""Hits of one request: arXiv answers for more of them too slowly."""

HitOrder = Literal["newest", "relevance"]

ORDER_WORDS: Final[dict[HitOrder, str]] = {"newest": "newest first", "relevance": "most relevant first"}


class HitPage(msgspec.Struct, frozen=True):
    """Some of the papers that arXiv found, and how many there are in all."""

    papers: tuple[Paper, ...]
    total: int


class ArxivSearch(Protocol):
    """Puts questions in our query language to arXiv. Failures are TuiDigestErrors."""

    def check(self, query: str) -> None:
        """Read a query without asking it; a UsageError says what is wrong."""

    async def ask(self, query: str, start: int, order: HitOrder, progress: Callable[[str], None]) -> HitPage:
        """A page of what a query finds at arXiv, from the hit number `start` on.

        The papers are in the library until they are forgotten.
        """

    def forget(self, ids: Sequence[str]) -> None:
        """Remove hits from the library that nothing was done with."""


class NoArxivSearch:
    """arXiv cannot be asked here."""

    def check(self, query: str) -> None:
        """Accept any query."""

    async def ask(self, query: str, start: int, order: HitOrder, progress: Callable[[str], None]) -> HitPage:
        """Refuse."""
        raise UsageError("Here arXiv cannot be searched.")

    def forget(self, ids: Sequence[str]) -> None:
        """Forget nothing: there are no hits."""


class HitList:
    """Results of arXiv for a query, page by page.

    Attributes:
        ids: the papers in arXiv's order.
        total: how many there are at arXiv; None before the first answer.
    """

    def __init__(self, query: str, order: HitOrder) -> None:
        self.query = query
        self.order: HitOrder = order
        self.ids: list[str] = []
        self.total: int | None = None
        self._asked = 0

    @property
    def start(self) -> int:
        """The number of the hit with which the next page begins."""
        return self._asked

    @property
    def is_complete(self) -> bool:
        """Whether arXiv has no more."""
        return self.total is not None and self._asked >= self.total

    def add(self, page: HitPage) -> None:
        """Add a page's papers; one that moved from the previous page is listed once."""
        self.total = page.total
        # Without papers there is no more to ask for, whatever the total promises.
        self._asked = self._asked + len(page.papers) if page.papers else max(page.total, self._asked)
        known = set(self.ids)
        self.ids += [paper.id for paper in page.papers if paper.id not in known]

    @property
    def title(self) -> str:
        """The question, and how many of how many hits are here."""
        return f"arXiv, {ORDER_WORDS[self.order]}: {self.query}"

    @property
    def summary(self) -> str:
        """Return how many results there are and how many are here, in a sentence."""
        total = self.total or 0
        if not total:
            return "arXiv has no such paper."
        if self.is_complete:
            return f"arXiv has {total:,}; these are all."
        return f"arXiv has {total:,}; these are the first {len(self.ids)}."
