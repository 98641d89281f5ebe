"""The parts of the program, each created when it is first used."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from contextlib import ExitStack, suppress
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

import msgspec

from tui_digest.cli.streams import require_open_files
from tui_digest.config_file import load_settings
from tui_digest.errors import LibraryError, TuiDigestError
from tui_digest.folders import Places, places
from tui_digest.settings import (
    DEFAULT_DIGEST,
    READY_MADE_DIGESTS,
    UNNAMED_DIGEST,
    ModelSettings,
    Settings,
    all_categories,
    digest_settings,
)

if TYPE_CHECKING:
    from tui_digest.arxiv.calendar import Calendar
    from tui_digest.arxiv.client import Client, Expectation
    from tui_digest.arxiv.html_pages import HtmlPages
    from tui_digest.arxiv.rate_limit import RateLimiter
    from tui_digest.arxiv.source import Source
    from tui_digest.arxiv.types import DigestOutcome, Fetcher, Progress
    from tui_digest.arxiv.urls import Addresses, PageAddresses
    from tui_digest.cli.adapters.pdfs import PaperPdfs, PdfSource
    from tui_digest.cli.adapters.texts import PaperTexts
    from tui_digest.entry import Entry
    from tui_digest.explain.explainer import Explainer, RunInThread
    from tui_digest.library.library import Library
    from tui_digest.library.text_index import TextIndex
    from tui_digest.lists import Scope, StoredDigest
    from tui_digest.paper import Digest

Result = TypeVar("Result")


class DigestChoice(msgspec.Struct, frozen=True):
    """A digest to read: name, settings, categories, and those fetched with it."""

    name: str
    settings: Settings
    categories: tuple[str, ...]
    fetched: tuple[str, ...]


_FIRST_MOMENT: Final = datetime(1900, 1, 1, tzinfo=UTC)
_LAST_MOMENT: Final = datetime(9900, 1, 1, tzinfo=UTC)
_FILES_OF_A_REQUEST: Final = 6
"""What the event loop opens, and a request in it: a connection, a lock, the cache."""


def utc_now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def within_calendar(moment: datetime) -> datetime:
    """Return a moment with days before and after it, of a clock that may be wrong."""
    return min(max(moment, _FIRST_MOMENT), _LAST_MOMENT)


class Parts:
    """Settings, library, cache and arXiv, wired together.

    Args:
        categories: those of an unnamed digest, unless None or empty.
        digest: the name of another digest than the default; not together with categories.
        home: a folder for all files, instead of the user's own places.
        demo: whether arXiv is the fake one inside the program.
        now: the clock, in UTC; None means the machine's.
    """

    def __init__(
        self,
        categories: Sequence[str] | None = None,
        digest: str | None = None,
        *,
        home: Path | None = None,
        demo: bool = False,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self.demo = demo
        clock = now or utc_now
        self.now: Callable[[], datetime] = lambda: within_calendar(clock())
        self.places: Places = places(home)
        self._wanted = tuple(categories or ())
        self._digest_name = UNNAMED_DIGEST if categories else digest or DEFAULT_DIGEST
        self._open = ExitStack()
        self._page_clients: list[Client] = []

    def __enter__(self) -> Self:
        """Open nothing yet."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close what was opened, in reverse order."""
        self._open.close()

    @cached_property
    def settings(self) -> Settings:
        """The settings of the digest.

        Raises:
            UsageError: there is no digest of that name.
        """
        return self.digest.settings

    @cached_property
    def user_settings(self) -> Settings:
        """Return the settings outside named digests; in the demo its own home's."""
        settings = load_settings(self.places.config_file, {} if self.demo else None)
        if not self.demo:
            return settings
        from tui_digest.demo.settings import demo_settings

        return demo_settings(settings, self.places.data)

    def use_last_digest(self) -> None:
        """Use the digest chosen last in the reader, if there is one of that name."""
        known = {*self.user_settings.digest, *READY_MADE_DIGESTS}
        if (name := self.library.positions.last_digest()) in known:
            self._digest_name = name

    def use_settings(self, settings: Settings) -> None:
        """Apply settings outside named digests from now on, and use the default digest."""
        self._digest_name = DEFAULT_DIGEST
        vars(self)["user_settings"] = settings
        for name in ("digest", "settings"):
            vars(self).pop(name, None)

    @cached_property
    def digest(self) -> DigestChoice:
        """The digest that was asked for."""
        return self.choose_digest(self._digest_name)

    def choose_digest(self, name: str) -> DigestChoice:
        """Return a digest by name, with its categories checked against arXiv's taxonomy.

        All digests of config.toml are fetched together; a digest that is not one of them alone.

        Raises:
            UsageError: there is no digest of that name, or a category is none of arXiv's.
        """
        from tui_digest.arxiv.taxonomy import checked_categories

        settings = digest_settings(self.user_settings, name)
        wanted = self._wanted if name == UNNAMED_DIGEST else settings.categories
        categories = checked_categories(wanted or settings.categories)
        in_config = name == DEFAULT_DIGEST or name in self.user_settings.digest
        together = checked_categories(all_categories(self.user_settings)) if in_config else ()
        fetched = categories if set(together) <= set(categories) else together
        return DigestChoice(name, settings, categories, fetched)

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories of the digest."""
        return self.digest.categories

    @cached_property
    def calendar(self) -> Calendar:
        """The mailing days of arXiv, with the holidays of the settings."""
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
        """The addresses of arXiv."""
        from tui_digest.arxiv.urls import Addresses

        return Addresses(self.settings.arxiv)

    @cached_property
    def source(self) -> Source:
        """The source of digests. Creating it imports httpx, feedparser and diskcache."""
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
        """The explainer with the model of the settings; in the demo with its sample."""
        return self.make_explainer(self.settings.model)

    def make_explainer(self, settings: ModelSettings, in_thread: RunInThread | None = None) -> Explainer:
        """Create an explainer with the model of these settings; in the demo its sample.

        `in_thread` runs what stores an explanation, by default `asyncio.to_thread`.

        Creating it sends no request; outside of the demo it does not import httpx either.
        """
        import asyncio

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
            in_thread=in_thread or asyncio.to_thread,
        )

    def _fetcher(self) -> Fetcher:
        """The HTTP client for arXiv; in the demo, the fake arXiv inside the program."""
        if self.demo:
            from tui_digest.demo.fake_arxiv import DemoArxiv

            return DemoArxiv(self.calendar.newest_in_feed(self.now()), self.now)
        return self.client

    @cached_property
    def client(self) -> Client:
        """The HTTP client for arXiv; it connects with the first request."""
        from tui_digest.arxiv.client import Client

        return Client(self.addresses, self.rate_limiter, deadline=self.settings.arxiv.deadline, now=self.now)

    @cached_property
    def rate_limiter(self) -> RateLimiter:
        """The rate limit for arXiv's feeds and API, over all of the user's processes."""
        import asyncio

        from tui_digest.arxiv.rate_limit import RateLimiter

        interval = self.addresses.interval()
        return RateLimiter(self.places.state, interval, now=self.now, sleep=asyncio.sleep)

    @cached_property
    def page_addresses(self) -> PageAddresses:
        """The addresses of papers' pages and PDFs."""
        from tui_digest.arxiv.urls import PageAddresses

        return PageAddresses(self.settings.arxiv)

    @cached_property
    def html_pages(self) -> HtmlPages:
        """The client for papers' pages; in the demo, the fake arXiv's."""
        from tui_digest.arxiv.html_pages import PAGES, PICTURES, HtmlPages

        if self.demo:
            made_up = self._fetcher()
            return HtmlPages(made_up, made_up, self.page_addresses)
        pages, pictures = (self._page_client(expects) for expects in (PAGES, PICTURES))
        return HtmlPages(pages, pictures, self.page_addresses)

    def pdfs(self, *, offline: bool = False) -> PaperPdfs:
        """Papers' PDFs; `offline` opens no socket for them."""
        from tui_digest.cli.adapters.pdfs import PaperPdfs

        return PaperPdfs(self.settings.pdf, None if offline else lambda: self.pdf_downloads)

    @cached_property
    def pdf_downloads(self) -> PdfSource:
        """Return the source of PDFs: downloads under the rate limit, or the demo's own.

        The limit is that of papers' pages.
        """
        from tui_digest.pdf.folder import PdfFolder

        folder = PdfFolder(self.settings.pdf.folder, self.settings.pdf.name)
        if self.demo:
            from tui_digest.demo.pdf import DemoPdfs

            return DemoPdfs(folder)
        from tui_digest.pdf.download import DEADLINE_S, PDFS, PdfDownloads

        client = self._page_client(PDFS, deadline=DEADLINE_S)
        return PdfDownloads(client, self.page_addresses, folder)

    def _page_client(self, expects: Expectation, deadline: float | None = None) -> Client:
        from tui_digest.arxiv.client import Client

        client = Client(
            self.page_addresses,
            self.page_rate_limiter,
            deadline=deadline or self.settings.arxiv.deadline,
            expects=expects,
            now=self.now,
        )
        self._page_clients.append(client)
        return client

    @cached_property
    def page_rate_limiter(self) -> RateLimiter:
        """The rate limit for pages and PDFs, over all of the user's processes."""
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
            lambda paper: bool(self.library.entries([paper])[0].reading.note),
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
        """Run a coroutine, close the connections that it opened, return its result."""
        import asyncio

        async def and_close() -> Result:
            try:
                return await work
            finally:
                await self._close_connections()

        try:
            require_open_files(_FILES_OF_A_REQUEST)
        except TuiDigestError:
            work.close()
            raise
        return asyncio.run(and_close())

    async def _close_connections(self) -> None:
        """Close the connections to arXiv and the model, if there are any."""
        if "client" in vars(self):
            async with self.client:
                pass  # leaving it closes the connection; the next request opens another
        for client in self._page_clients:
            async with client:
                pass
        if "explainer" in vars(self):
            await self.explainer.aclose()

    def stored_digest(self, day: date | None, choice: DigestChoice | None = None) -> StoredDigest | None:
        """The digest of a day (None: the newest) as it is stored, without its papers."""
        choice = choice or self.digest
        return self.library.lists.digest(day, choice.categories, choice.name)

    def update_pick(self, digest: StoredDigest, choice: DigestChoice | None = None) -> None:
        """Update the pick that is stored with a day, if that can be written."""
        choice = choice or self.digest
        with suppress(LibraryError):
            self.library.picks.update(digest.scope, choice.name, choice.settings.pick)

    async def fetch_digest(
        self,
        day: date | None,
        tell: Progress,
        *,
        choice: DigestChoice | None = None,
        offline: bool = False,
        again: bool = False,
    ) -> DigestOutcome:
        """Return a digest's day (None: the newest), fetched together with other digests.

        Raises:
            ArxivError: nothing is stored, and nothing could be fetched.
            UsageError: the day is in the future.
        """
        from tui_digest.errors import ArxivError

        choice = choice or self.digest
        stored, alone, together = self.library.lists.digest, choice.categories, choice.fetched
        older = day is not None and day < self.calendar.newest_in_feed(self.now())
        if offline or (older and stored(day, together) is None and stored(day, alone) is not None):
            together = alone  # as it was stored before there were other digests
        try:
            outcome = await self.source.digest(
                day, categories=together, offline=offline, again=again, tell=tell
            )
        except ArxivError as problem:
            if together == alone or stored(day, alone) is None:
                raise
            outcome = await self.source.digest(day, categories=alone, offline=True, tell=tell)
            return msgspec.structs.replace(outcome, problem=problem)
        return self.part_of(outcome, choice) if together != alone else outcome

    def part_of(self, outcome: DigestOutcome, choice: DigestChoice | None = None) -> DigestOutcome:
        """Return what was fetched, as far as it is in the categories of a digest."""
        from tui_digest.library.digests import narrow_digest

        choice = choice or self.digest
        if set(choice.fetched) == set(choice.categories):
            return outcome
        return msgspec.structs.replace(outcome, digest=narrow_digest(outcome.digest, choice.categories))

    async def enrich(
        self, digest: Digest, tell: Progress, *, choice: DigestChoice | None = None
    ) -> DigestOutcome:
        """Return a digest with the API's details, and judged by their dates.

        As it was fetched together with other digests, all of that is completed and judged.
        """
        import asyncio

        choice = choice or self.digest
        whole = None
        if set(digest.categories) == set(choice.categories) != set(choice.fetched):
            whole = await asyncio.to_thread(self.library.mailings.digest, digest.date, choice.fetched)
        outcome = await self.source.enrich(whole or digest, tell)
        return outcome if whole is None else self.part_of(outcome, choice)

    def missed_days(self, choice: DigestChoice | None = None) -> tuple[date, ...]:
        """Return the days that a digest, or one fetched with it, lacks, oldest first."""
        choice = choice or self.digest
        missed = {*self.source.missed(choice.fetched), *self.source.missed(choice.categories)}
        return tuple(sorted(missed))

    def picked(self, scope: Scope, count: int | None = None) -> tuple[Entry, ...]:
        """Return the pick of these papers with reasons, `count` or the settings' number."""
        rules = self.settings.pick
        rows = self.library.picks.compute(scope, rules, rules.count if count is None else count)
        entries = self.library.lists.rows(scope, [row.position for row in rows])
        return tuple(
            msgspec.structs.replace(entry, reasons=row.reasons)
            for entry, row in zip(entries, rows, strict=True)
        )
