"""What the reader is handed in tests: days, models and a browser that are scripted, and a real library."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count as counting
from pathlib import Path
from time import monotonic

from msgspec import structs
from textual.app import App
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.worker import Worker, WorkerCancelled

from tui_digest.cli.config_edit import UserConfig
from tui_digest.core.arxiv_search import ArxivSearch
from tui_digest.core.categories import CategoryTable
from tui_digest.core.services import (
    Answer,
    NamedDigest,
    NoPdfs,
    Pdfs,
    Progress,
    RunCommand,
    SendToZotero,
    Services,
    no_arxiv_search,
    no_commands,
    no_editor,
    no_texts,
    no_zotero,
)
from tui_digest.core.texts import PaperText, Texts
from tui_digest.entry import Entry, Explanation, Receipt, StoredDay
from tui_digest.errors import ArxivError, ModelError, TuiDigestError, UsageError
from tui_digest.explain.checking import assess
from tui_digest.fulltext.blocks import Place
from tui_digest.latex import search_key
from tui_digest.library.library import Library
from tui_digest.lists import StoredDigest
from tui_digest.model_service import (
    ConnectionTest,
    Event,
    Finished,
    NewText,
    Provider,
    Restarted,
    RetryNotice,
)
from tui_digest.paper import (
    AnnounceType,
    ArxivId,
    Completeness,
    CompletenessState,
    Digest,
    Paper,
    count_types,
)
from tui_digest.settings import ExplanationKind, ModelSettings, PickSettings, ReaderSettings, Settings
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.reader import Reader
from tui_digest.tui.screens.reader import ReaderScreen
from tui_digest.tui.state import ReaderOptions

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PATIENCE_S = 60.0
Said = str | Restarted | RetryNotice | Explanation | TuiDigestError
"""What comes of a request to the fake model."""


def event_of(said: str | Restarted | RetryNotice | Explanation) -> Event:
    """What a request tells its followers of it."""
    if isinstance(said, str):
        return NewText(said)
    return Finished(said) if isinstance(said, Explanation) else said


CATEGORIES = CategoryTable(
    {
        "cs.LG": "Machine Learning",
        "cs.RO": "Robotics",
        "math.OC": "Optimization and Control",
        "stat.ML": "Machine Learning",
    },
    {"cs.LG": 218, "cs.RO": 40, "math.OC": 29, "stat.ML": 36},
    date(2024, 11, 28),
    {"stat.ML": 31},
)
"""Some of arXiv's categories; stat.ML was counted."""

KINDS = (AnnounceType.NEW, AnnounceType.CROSS, AnnounceType.REPLACE, AnnounceType.REPLACE_CROSS)


def make_paper(number: int, **changes: object) -> Paper:
    """An invented paper; the number tells it from the others."""
    fields: dict[str, object] = {
        "id": f"0612.9{number:04}",
        "version": 1 + number % 3,
        "title": f"Paper number {number} on $\\ell_{number % 9}$ norms",
        "authors": (f"Ada Number{number}", "Bo Second"),
        "abstract": f"We bound $\\|x\\|_{number % 9}$ by $\\mathcal{{O}}(1/\\sqrt{{T}})$ in case {number}. "
        * 6,
        "categories": ("math.OC", "cs.LG"),
        "primary": "math.OC",
        "announce_type": KINDS[min(number // 3, 3)],
        "announced": DAY,
    }
    return Paper(**{**fields, **changes})  # type: ignore[arg-type]


def make_digest(count: int = 12, day: date = DAY, **changes: object) -> Digest:
    """A complete digest of invented papers."""
    papers = tuple(make_paper(number, announced=day) for number in range(count))
    fields: dict[str, object] = {
        "date": day,
        "categories": ("math.OC", "cs.LG"),
        "papers": papers,
        "completeness": Completeness(
            state=CompletenessState.COMPLETE, shown=count, announced=count, counts=count_types(papers)
        ),
        "fetched_at": NOW - timedelta(hours=2),
    }
    return Digest(**{**fields, **changes})  # type: ignore[arg-type]


@dataclass
class FakeDays:
    """Days in memory, stored in the library when they are fetched.

    `gate`, when set, holds every fetch until it is opened; `judging` the judgement of a day, which
    comes to `judged`.
    """

    digests: dict[date, Digest] = field(default_factory=dict)
    stored_days: set[date] = field(default_factory=set)
    error: str = ""
    problem: str = ""
    gate: asyncio.Event | None = None
    asked: list[tuple[date | None, bool]] = field(default_factory=list)
    caught_up: int = 0
    quiet: dict[date, str] = field(default_factory=dict)
    library: Library | None = None
    rules: PickSettings = field(default_factory=PickSettings)
    elsewhere: dict[str, Paper] = field(default_factory=dict)
    papers_asked: list[str] = field(default_factory=list)
    judging: asyncio.Event | None = None
    judged: Digest | None = None
    settings: list[Settings] = field(default_factory=list)

    def use_settings(self, settings: Settings) -> None:
        self.settings.append(settings)
        self.rules = settings.pick

    def choices(self) -> tuple[NamedDigest, ...]:
        return (NamedDigest("default", ("math.OC", "cs.LG")),)

    def choose(self, name: str) -> None:
        raise UsageError(f"There is no digest {name!r}.")

    def newest(self) -> date:
        return DAY

    def older(self, day: date) -> date:
        return day - timedelta(days=1)

    def newer(self, day: date) -> date | None:
        return day + timedelta(days=1) if day < DAY else None

    def why_quiet(self, day: date) -> str:
        return self.quiet.get(day, "")

    def stored(self, day: date | None) -> StoredDigest | None:
        digest = self.papers(day or DAY)
        return self.kept(digest) if digest is not None else None

    def all_stored(self) -> tuple[StoredDay, ...]:
        assert self.library is not None
        return self.library.mailings.days(("math.OC", "cs.LG"))

    def papers(self, day: date) -> Digest | None:
        return self.digests.get(day) if day in self.stored_days else None

    def kept(self, digest: Digest) -> StoredDigest:
        """A digest as the library has it, with its pick and its own completeness."""
        assert self.library is not None
        self.library.mailings.store_digest(digest)
        stored = self.library.lists.digest(digest.date, digest.categories)
        assert stored is not None
        self.library.picks.update(stored.scope, "default", self.rules)
        return structs.replace(stored, completeness=digest.completeness, fetched_at=digest.fetched_at)

    async def fetch(self, day: date | None, *, again: bool, progress: Progress) -> Answer:
        self.asked.append((day, again))
        progress("asking arXiv")
        if self.gate is not None:
            await self.gate.wait()
        if self.error or (day or DAY) not in self.digests:
            raise ArxivError(self.error or f"arXiv could not be asked for {day}; nothing was changed.")
        digest = self.digests[day or DAY]
        self.stored_days.add(digest.date)
        return Answer(self.kept(digest), self.problem, judged=self.judging is None)

    async def paper(self, wanted: ArxivId, progress: Progress) -> Paper:
        self.papers_asked.append(str(wanted))
        if self.gate is not None:
            await self.gate.wait()
        if wanted.number not in self.elsewhere:
            raise ArxivError(f"arXiv could not be asked for {wanted}.")
        assert self.library is not None
        self.library.mailings.store_papers([self.elsewhere[wanted.number]])
        return self.elsewhere[wanted.number]

    async def catch_up(self, progress: Progress) -> str:
        self.caught_up += 1
        return ""

    async def complete(self, day: date, progress: Progress) -> StoredDigest | None:
        if self.judging is None:
            return None
        await self.judging.wait()
        return self.kept(self.judged) if self.judged is not None else None


_opened = ExitStack()


def _clock() -> Callable[[], datetime]:
    """A clock that is a second later every time it is asked."""
    seconds = counting()
    return lambda: NOW + timedelta(seconds=next(seconds))


def open_library(folder: Path, *digests: Digest) -> Library:
    """A real library in this folder that holds these days; `close_libraries` closes it."""
    library = _opened.enter_context(Library(folder / "library.sqlite3", search_key, _clock()))
    for digest in digests:
        library.mailings.store_digest(digest)
    return library


def library_of(app: App[str]) -> Library:
    """The library of an app that `make_app` made."""
    assert isinstance(app, ReaderApp)
    assert isinstance(app.services.library, Library)
    return app.services.library


def entry_of(app: App[str], paper_id: str) -> Entry:
    """A paper as the library has it."""
    lists = library_of(app).lists
    return lists.rows(lists.papers([paper_id]), [0])[0]


def kept(app: App[str], digest: Digest) -> StoredDigest:
    """A digest stored in the library of an app, as the app is handed it."""
    library = library_of(app)
    library.mailings.store_digest(digest)
    stored = library.lists.digest(digest.date, digest.categories)
    assert stored is not None
    return stored


def close_libraries() -> None:
    """Close the libraries that were opened since the last time."""
    _opened.close()


@dataclass
class FakeModels:
    """A model that says what it is told to: pieces are put into a paper's queue, None ends them."""

    problem: str = ""
    started: list[tuple[str, bool]] = field(default_factory=list)
    kinds: list[ExplanationKind | None] = field(default_factory=list)
    from_text: list[tuple[ArxivId, str]] = field(default_factory=list)
    cancelled: list[str] = field(default_factory=list)
    said: dict[str, list[Said]] = field(default_factory=dict)
    over: set[str] = field(default_factory=set)
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    settings: list[ModelSettings] = field(default_factory=list)
    trials: int = 0
    trial_error: str = ""
    text_error: str = ""

    def ready(self) -> str:
        return self.problem

    def name(self) -> str:
        return "fake · model-1"

    async def prepare(self) -> None:
        """There is nothing to prepare."""

    def about(self) -> str:
        return "fake · model-1, key from FAKE_KEY"

    def providers(self) -> tuple[Provider, ...]:
        return (
            Provider("openai", "gpt-5.4-mini", "OPENAI_API_KEY is not set"),
            Provider("ollama", "", "needs no key"),
            Provider("compatible", "", "needs no key", asks_address=True),
        )

    def set_up(self, settings: ModelSettings) -> None:
        self.settings.append(settings)

    async def try_out(self) -> ConnectionTest:
        self.trials += 1
        if self.trial_error:
            raise ModelError(self.trial_error)
        return ConnectionTest("fake answers and offers model-1.", ("model-1", "model-2"))

    def start(self, paper: Paper, *, again: bool, kind: ExplanationKind | None = None) -> None:
        self.started.append((paper.id, again))
        self.kinds.append(kind)
        if paper.id in self.said and paper.id not in self.over:  # as the desk: one is under way
            return
        self.said[paper.id] = []
        self.over.discard(paper.id)

    async def start_from_text(
        self, paper: Paper, text: PaperText, place: Place | None, *, again: bool
    ) -> None:
        if self.text_error:
            raise ModelError(self.text_error)
        self.from_text.append((text.paper, place.address if place is not None else ""))
        self.start(paper, again=again)

    def say(self, paper_id: str, *words: Said) -> None:
        """The next of what comes of a paper's request; an explanation or an error is its last."""
        self.said[paper_id] += words
        if isinstance(words[-1], Explanation | TuiDigestError):
            self.over.add(paper_id)
        self.changed.set()
        self.changed = asyncio.Event()

    def under_way(self, paper_id: str) -> bool:
        return paper_id in self.said and paper_id not in self.over

    def outdated(self, explanation: Explanation, paper: Paper) -> str:
        version = explanation.receipt.paper_version
        return f"This explains version {version}." if version < paper.version else ""

    def knows(self, paper_id: str) -> bool:
        return paper_id in self.said

    async def follow(self, paper_id: str) -> AsyncIterator[Event]:
        place = 0
        while paper_id in self.said:
            while place == len(self.said[paper_id]):
                await self.changed.wait()
            said = self.said[paper_id][place]
            place += 1
            if isinstance(said, TuiDigestError):
                raise said
            yield event_of(said)
            if isinstance(said, Explanation):
                if self.said[paper_id][place:]:  # as when it could not be kept
                    continue
                return

    async def cancel(self, paper_id: str) -> None:
        self.cancelled.append(paper_id)
        self.say(paper_id, ModelError("The explanation was stopped and nothing of it was kept."))

    async def close(self) -> None:
        self.over |= set(self.said)


def make_explanation(paper_id: str, text: str, **changes: object) -> Explanation:
    """A complete explanation of a paper's first version."""
    fields: dict[str, object] = {
        "provider": "fake",
        "model": "model-1",
        "asked_at": NOW,
        "prompt_version": "1",
        "paper_version": 1,
        "tokens_in": 412,
        "tokens_out": 903,
        "complete": True,
    }
    return Explanation(paper_id=paper_id, text=text, receipt=Receipt(**{**fields, **changes}))  # type: ignore[arg-type]


def checked_explanation(paper: Paper, text: str, **changes: object) -> Explanation:
    """A complete explanation whose statements were compared with the paper as the program does it."""
    found = assess(text, paper)
    made = make_explanation(paper.id, text, statements=found.counts, **changes)
    return structs.replace(made, statements=found.statements)


@dataclass
class FakeClipboard:
    """A clipboard of the machine that only remembers; without a program it is none."""

    program: str = ""
    note: str = ""
    texts: list[str] = field(default_factory=list)

    def put(self, text: str) -> str:
        self.texts.append(text)
        return self.program


@dataclass
class Browser:
    """A browser that only remembers."""

    opened: list[str] = field(default_factory=list)
    works: bool = True
    in_terminal: bool = False

    def takes_terminal(self) -> bool:
        return self.in_terminal

    def open(self, address: str) -> bool:
        self.opened.append(address)
        return self.works


def make_app(
    days: FakeDays | None = None,
    first: Digest | None = None,
    *,
    settings: Settings | None = None,
    options: ReaderOptions | None = None,
    browser: Browser | None = None,
    models: FakeModels | None = None,
    edit_text: Callable[[str], str] = no_editor,
    clipboard: FakeClipboard | None = None,
    run_command: RunCommand = no_commands,
    texts: Callable[[], Texts] = no_texts,
    pdfs: Callable[[], Pdfs] = NoPdfs,
    send_to_zotero: SendToZotero = no_zotero,
    synchronise: Callable[[], int] | None = None,
    arxiv_search: Callable[[Library], ArxivSearch] = lambda library: no_arxiv_search(),
) -> ReaderApp:
    """The reader on a library in the test's home: by default a day of twelve papers, already stored.

    Without settings of its own it shows them in arXiv's order.
    """
    settings = settings or Settings(reader=ReaderSettings(sort="announced"))
    digest = first if first is not None or days is not None else make_digest()
    days = days or FakeDays({DAY: digest or make_digest()})
    known = {each.date: each for each in (*days.digests.values(), *([digest] if digest else []))}
    days.library = open_library(Path(os.environ["HOME"]), *known.values())
    days.rules = settings.pick
    search = arxiv_search(days.library)
    services = Services(
        days=days,
        library=days.library,
        models=models or FakeModels(),
        config=UserConfig(Path(os.environ["HOME"]) / "config.toml"),
        now=lambda: NOW,
        browser=browser or Browser(),
        category_names={"math.OC": "Optimization and Control", "cs.LG": "Machine Learning"},
        categories=lambda: CATEGORIES,
        edit_text=edit_text,
        clipboard=clipboard or FakeClipboard(),
        run_command=run_command,
        texts=texts,
        pdfs=pdfs,
        send_to_zotero=send_to_zotero,
        synchronise=synchronise,
        arxiv_search=lambda: search,
    )
    first_shown = days.kept(digest) if digest is not None else None
    app = ReaderApp(services, settings, options or ReaderOptions(), first_shown)
    app.animation_level = "none"
    return app


def screen_of(app: App[str]) -> ReaderScreen:
    """The reader's main screen, also when a dialog is open over it."""
    screen = app.screen_stack[0]
    assert isinstance(screen, ReaderScreen)
    return screen


def reader_of(app: App[str]) -> Reader:
    """The reader of the main screen."""
    return screen_of(app).reader


def shown(reader: Reader) -> Sequence[Entry]:
    """The papers in the list."""
    return reader.listing.slice(0, reader.listing.count)


def page_text(reader: Reader) -> str:
    """The text of the page."""
    return "\n".join(line.content.plain for line in reader.pane.lines)


async def finished(app: App[str], workers: Iterable[Worker[object]] | None = None) -> None:
    """Wait for workers; one that a newer one of its group has taken the place of is no failure."""
    for worker in tuple(app.workers) if workers is None else tuple(workers):
        with suppress(WorkerCancelled):
            await worker.wait()


async def work_done(app: App[str]) -> None:
    """Wait for all that is under way but models, which may say something for ever."""
    workers = [worker for worker in app.workers if not worker.group.startswith("follow ")]
    if workers:  # none stands for all
        await finished(app, workers)


async def until(pilot: Pilot[str], holds: Callable[[], bool]) -> None:
    """Wait until something holds, however busy the machine is."""
    end = monotonic() + PATIENCE_S
    while not holds():
        assert monotonic() < end, "what is waited for never came"
        await pilot.pause(0.01)


async def run_in_palette(pilot: Pilot[str], words: str) -> None:
    """Type into the palette and run what it finds first."""
    await pilot.press(":")
    await until(pilot, lambda: isinstance(pilot.app.screen, CommandPalette))
    palette = pilot.app.screen
    await pilot.press(*words, "enter")
    await until(pilot, lambda: palette not in pilot.app.screen_stack)
    await pilot.pause()


async def settle(pilot: Pilot[str]) -> None:
    """Wait until arXiv was asked, what it said is on the screen, and nothing is under way."""
    reader = reader_of(pilot.app)
    await pilot.pause()
    while not reader.state.ready or not (
        reader.state.digest or reader.state.problem or reader.state.options.offline
    ):
        await pilot.pause()
    await work_done(pilot.app)
    await pilot.pause()
