"""The parts of the program, each opened when it is first needed and closed at the end."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TypeVar

import msgspec

from tui_digest.config_file import load_settings
from tui_digest.settings import (
    ExportSettings,
    ModelSettings,
    Places,
    Settings,
    places,
    shown_path,
)

if TYPE_CHECKING:
    from tui_digest.arxiv.calendar import Calendar
    from tui_digest.arxiv.client import Client, Expectation
    from tui_digest.arxiv.html_pages import HtmlPages
    from tui_digest.arxiv.rate_limit import RateLimiter
    from tui_digest.arxiv.source import Source
    from tui_digest.arxiv.types import Fetcher
    from tui_digest.arxiv.urls import Addresses, PageAddresses
    from tui_digest.cli.adapters.texts import PaperTexts
    from tui_digest.entry import Entry
    from tui_digest.explain.explainer import Explainer
    from tui_digest.library.library import Library
    from tui_digest.library.text_index import TextIndex
    from tui_digest.lists import Scope

Result = TypeVar("Result")


def utc_now() -> datetime:
    """The clock, in UTC."""
    return datetime.now(UTC)


class Parts:
    """Settings, library, cache and arXiv, wired together.

    Args:
        categories: instead of those of the settings; None or empty takes the settings'.
        home: a folder below which everything lives, instead of the user's own places.
        demo: whether arXiv is the made-up one inside the program.
        now: the clock, in UTC; None takes the machine's.
    """

    def __init__(
        self,
        categories: Sequence[str] | None = None,
        *,
        home: Path | None = None,
        demo: bool = False,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.demo = demo
        self.now = now or utc_now
        self.places: Places = places(home)
        self._wanted = tuple(categories or ())
        self._open = ExitStack()
        self._page_clients: list[Client] = []

    def __enter__(self) -> Self:
        """Nothing is opened yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what was opened, the last first."""
        self._open.close()

    @cached_property
    def settings(self) -> Settings:
        """The settings of the user; in the demo the defaults, or those of the demo's own home."""
        settings = load_settings(self.places.config_file, {} if self.demo else None)
        if not self.demo or settings.export.folder != ExportSettings().folder:
            return settings
        # What is written in the demo does not come among what the user wrote of real papers.
        own = msgspec.structs.replace(settings.export, folder=shown_path(self.places.data / "export"))
        return msgspec.structs.replace(settings, export=own)

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The categories asked for, checked against arXiv's taxonomy."""
        from tui_digest.arxiv.taxonomy import checked_categories

        return checked_categories(self._wanted or self.settings.categories)

    @cached_property
    def calendar(self) -> Calendar:
        """ArXiv's mailing days, with the user's own holidays."""
        from tui_digest.arxiv.calendar import Calendar

        return Calendar(self.settings.arxiv.holidays)

    @cached_property
    def library(self) -> Library:
        """The library, open."""
        from tui_digest.latex import search_key
        from tui_digest.library.library import Library

        return self._open.enter_context(Library(self.places.library_file, search_key, self.now))

    @cached_property
    def addresses(self) -> Addresses:
        """Where arXiv is asked."""
        from tui_digest.arxiv.urls import Addresses

        return Addresses(self.settings.arxiv)

    @cached_property
    def source(self) -> Source:
        """The way to arXiv. Building it imports httpx, feedparser and diskcache."""
        from tui_digest.arxiv.cache import AnswerCache
        from tui_digest.arxiv.source import Source

        cache = AnswerCache(self.places.cache, now=self.now)
        return Source(
            self._fetcher(),
            cache,
            self.library.mailings,
            addresses=self.addresses,
            calendar=self.calendar,
            now=self.now,
            deadline=self.settings.arxiv.deadline,
        )

    @cached_property
    def explainer(self) -> Explainer:
        """Whoever asks the language model of the settings; in the demo, whoever plays its sample."""
        return self.make_explainer(self.settings.model)

    def make_explainer(self, settings: ModelSettings) -> Explainer:
        """Whoever asks the model of these settings; in the demo always its sample.

        Building it asks nobody; outside of the demo it imports no httpx either.
        """
        from tui_digest.explain.explainer import Explainer

        network = None
        environment: Mapping[str, str] = os.environ
        if self.demo:
            from tui_digest.demo.model_transport import SAMPLE, SampleNetwork

            settings, network, environment = SAMPLE, SampleNetwork(), {}
        return Explainer(
            settings,
            environment,
            state=self.places.state,
            keeper=self.library.explanations,
            transport=network,
            now=lambda: self.now().astimezone(),
            clock=(lambda: self.now().timestamp()) if self.demo else time.monotonic,
        )

    def _fetcher(self) -> Fetcher:
        """ArXiv over the network; in the demo, the made-up one inside the program."""
        if self.demo:
            from tui_digest.demo.fake_arxiv import DemoArxiv

            return DemoArxiv(self.calendar.newest_in_feed(self.now()), self.now)
        return self.client

    @cached_property
    def client(self) -> Client:
        """The connection to arXiv; it opens with the first request."""
        from tui_digest.arxiv.client import Client

        return Client(self.addresses, self.rate_limiter, deadline=self.settings.arxiv.deadline, now=self.now)

    @cached_property
    def rate_limiter(self) -> RateLimiter:
        """Whose turn it is to ask arXiv, over all of the user's processes."""
        import asyncio

        from tui_digest.arxiv.rate_limit import RateLimiter

        interval = self.addresses.interval()
        return RateLimiter(self.places.state, interval, now=self.now, sleep=asyncio.sleep)

    @cached_property
    def page_addresses(self) -> PageAddresses:
        """Where papers' pages and PDFs are."""
        from tui_digest.arxiv.urls import PageAddresses

        return PageAddresses(self.settings.arxiv)

    @cached_property
    def html_pages(self) -> HtmlPages:
        """The way to papers' pages; in the demo, the made-up arXiv's."""
        from tui_digest.arxiv.html_pages import PAGES, PICTURES, HtmlPages

        if self.demo:
            made_up = self._fetcher()
            return HtmlPages(made_up, made_up, self.page_addresses)
        pages, pictures = (self._page_client(expects) for expects in (PAGES, PICTURES))
        return HtmlPages(pages, pictures, self.page_addresses)

    def _page_client(self, expects: Expectation) -> Client:
        from tui_digest.arxiv.client import Client

        client = Client(
            self.page_addresses,
            self.page_rate_limiter,
            deadline=self.settings.arxiv.deadline,
            expects=expects,
            now=self.now,
        )
        self._page_clients.append(client)
        return client

    @cached_property
    def page_rate_limiter(self) -> RateLimiter:
        """Whose turn it is to ask arXiv for pages and PDFs, over all of the user's processes."""
        import asyncio

        from tui_digest.arxiv.html_pages import COUNTDOWN, PACING_NAME
        from tui_digest.arxiv.rate_limit import RateLimiter

        return RateLimiter(
            self.places.state,
            self.page_addresses.interval(),
            now=self.now,
            sleep=asyncio.sleep,
            name=PACING_NAME,
            countdown=COUNTDOWN,
        )

    def texts(self, *, offline: bool = False) -> PaperTexts:
        """Whole texts of papers; `offline` opens no socket for them."""
        from tui_digest.arxiv.cache import AnswerCache
        from tui_digest.arxiv.text_store import TextStore
        from tui_digest.cli.adapters.texts import PaperTexts

        return PaperTexts(
            TextStore(AnswerCache(self.places.cache, now=self.now)),
            self.library.texts,
            None if offline else lambda: self.html_pages,
            self.page_addresses.html,
            lambda: self.text_index,
            self._newest_version,
        )

    def _newest_version(self, paper_id: str) -> int:
        paper = self.library.mailings.paper(paper_id)
        return paper.version if paper is not None else 0

    @cached_property
    def text_index(self) -> TextIndex:
        """The full-text file over the stored texts."""
        from tui_digest.latex import search_key
        from tui_digest.library.text_index import TextIndex

        return TextIndex(self.places.cache / "texts.sqlite3", search_key)

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """What a coroutine gives, run to its end; the connections that it opened are closed after it."""
        import asyncio

        async def and_close() -> Result:
            try:
                return await work
            finally:
                await self._close_connections()

        return asyncio.run(and_close())

    async def _close_connections(self) -> None:
        """Close what is open towards arXiv and the model, if they were asked at all."""
        if "client" in vars(self):
            async with self.client:
                pass  # it closes on the way out, and opens anew when it is asked again
        for client in self._page_clients:
            async with client:
                pass
        if "explainer" in vars(self):
            await self.explainer.aclose()

    def picked(self, scope: Scope, count: int | None = None) -> tuple[Entry, ...]:
        """The pick of these papers, the best first, with its reasons; `count` None takes the settings'."""
        rules = self.settings.pick
        rows = self.library.picks.compute(scope, rules, rules.count if count is None else count)
        entries = self.library.lists.rows(scope, [row.position for row in rows])
        return tuple(
            msgspec.structs.replace(entry, reasons=row.reasons)
            for entry, row in zip(entries, rows, strict=True)
        )
