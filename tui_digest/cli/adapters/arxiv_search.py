"""Searches at arXiv's API, for the reader and for `search --arxiv`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui_digest.cli.container import Parts
from tui_digest.errors import UsageError

if TYPE_CHECKING:
    from tui_digest.core.arxiv_search import HitOrder, HitPage


async def ask_arxiv(
    parts: Parts, query: str, start: int, size: int, order: HitOrder, progress: Callable[[str], None]
) -> HitPage:
    """Return a page of what a query in our language finds at arXiv; nothing is stored.

    Raises:
        UsageError: the query is wrong, or asks what arXiv cannot answer.
        ArxivError: arXiv could not be asked.
    """
    from tui_digest.core.arxiv_search import HitPage

    question = _question(query)
    source = await asyncio.to_thread(lambda: parts.source)
    page = await source.search(
        question, start=start, size=size, relevance=order == "relevance", tell=progress
    )
    return HitPage(page.papers, page.total)


def _question(query: str) -> str:
    """Return a query in the language of arXiv's API.

    The reader of queries is imported for the first one.
    """
    from tui_digest.latex import search_key
    from tui_digest.library.query.api_query import api_query
    from tui_digest.library.query.parser import parse

    return api_query(parse(query, search_key))


class ReaderArxivSearch:
    """Searches whose hits are in the library until they are forgotten."""

    def __init__(self, parts: Parts, offline: bool) -> None:
        self._parts = parts
        self._offline = offline

    def check(self, query: str) -> None:
        """Read a query without asking it.

        Raises:
            UsageError: it is wrong, or asks what arXiv cannot answer.
        """
        _question(query)

    async def ask(self, query: str, start: int, order: HitOrder, progress: Callable[[str], None]) -> HitPage:
        """Return a page of a query's results at arXiv, from result `start` on.

        See `ArxivSearch`.
        """
        from tui_digest.core.arxiv_search import HITS_AT_ONCE

        if self._offline:
            raise UsageError("arXiv is not asked offline.")
        page = await ask_arxiv(self._parts, query, start, HITS_AT_ONCE, order, progress)
        await asyncio.to_thread(self._store, page)
        return page

    def _store(self, page: HitPage) -> None:
        from tui_digest.arxiv.enrichment import with_announced_tex

        library = self._parts.library
        library.passing.store([with_announced_tex(paper, library.mailings) for paper in page.papers])

    def forget(self, ids: Sequence[str]) -> None:
        """Remove hits that nothing was done with, and those left by a killed reader."""
        passing = self._parts.library.passing
        passing.forget(ids)
        passing.forget_left_behind()
