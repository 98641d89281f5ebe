"""Stand-ins for what the reader is handed: days, a shelf, a browser, all scripted."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count as counting
from pathlib import Path

from msgspec import structs
from textual.pilot import Pilot

from tui_digest.cli.shelf import LibraryShelf
from tui_digest.errors import ArxivError
from tui_digest.latex import search_key
from tui_digest.library.library import Library
from tui_digest.paper import AnnounceType, Completeness, CompletenessState, Digest, Paper, count_types
from tui_digest.picking.pick import pick
from tui_digest.reading import Entry
from tui_digest.settings import ReaderSettings, Settings
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.ports import Answer, Progress, Services, no_editor
from tui_digest.tui.screens.reader import ReaderOptions, ReaderScreen

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
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
        "announce_type": KINDS[number % 4],
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
    """Days in memory. `gate`, when set, holds every fetch until it is opened."""

    digests: dict[date, Digest] = field(default_factory=dict)
    stored_days: set[date] = field(default_factory=set)
    error: str = ""
    problem: str = ""
    gate: asyncio.Event | None = None
    asked: list[tuple[date | None, bool]] = field(default_factory=list)

    def newest(self) -> date:
        return DAY

    def older(self, day: date) -> date | None:
        return day - timedelta(days=1)

    def newer(self, day: date) -> date | None:
        return day + timedelta(days=1) if day < DAY else None

    def stored(self, day: date | None) -> Digest | None:
        return self.digests.get(day or DAY) if (day or DAY) in self.stored_days else None

    async def fetch(self, day: date | None, *, again: bool, progress: Progress) -> Answer:
        self.asked.append((day, again))
        if self.gate is not None:
            await self.gate.wait()
        if self.error:
            raise ArxivError(self.error)
        return Answer(self.digests[day or DAY], self.problem)

    async def complete(self, digest: Digest, progress: Progress) -> Digest:
        return digest


_opened = ExitStack()


def _clock() -> Callable[[], datetime]:
    """A clock that is a second later every time it is asked."""
    seconds = counting()
    return lambda: NOW + timedelta(seconds=next(seconds))


def open_shelf(folder: Path, *digests: Digest, settings: Settings | None = None) -> LibraryShelf:
    """A real library in this folder that holds these days; `close_shelves` closes it."""
    library = _opened.enter_context(Library(folder / "library.sqlite3", search_key, _clock()))
    for digest in digests:
        library.mailings.store_digest(digest)
    rules = (settings or Settings()).pick

    def picked(entries: Sequence[Entry]) -> tuple[Entry, ...]:
        by_id = {entry.paper.id: entry for entry in entries}
        found = pick(entries, library.liking.taste(), rules, rules.count, fold=search_key)
        return tuple(structs.replace(by_id[each.paper_id], reasons=each.reasons) for each in found)

    return LibraryShelf(library, ("math.OC", "cs.LG"), picked)


def close_shelves() -> None:
    """Close the libraries that were opened since the last time."""
    _opened.close()


@dataclass
class Browser:
    """A browser that only remembers."""

    opened: list[str] = field(default_factory=list)
    works: bool = True

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
    edit_text: Callable[[str], str] = no_editor,
) -> ReaderApp:
    """The reader on a library in the test's home: by default a day of twelve papers, already stored.

    Without settings of its own it shows them in arXiv's order.
    """
    settings = settings or Settings(reader=ReaderSettings(sort="announced"))
    digest = first if first is not None or days is not None else make_digest()
    days = days or FakeDays({DAY: digest or make_digest()})
    known = {each.date: each for each in (*days.digests.values(), *([digest] if digest else []))}
    services = Services(
        days=days,
        shelf=open_shelf(Path(os.environ["HOME"]), *known.values(), settings=settings),
        now=lambda: NOW,
        open_address=(browser or Browser()).open,
        category_names={"math.OC": "Optimization and Control", "cs.LG": "Machine Learning"},
        edit_text=edit_text,
    )
    app = ReaderApp(services, settings, options or ReaderOptions(), digest)
    app.animation_level = "none"
    return app


def reader_of(app: ReaderApp) -> ReaderScreen:
    """The reader's main screen, also when another one lies over it."""
    screen = app.screen_stack[0]
    assert isinstance(screen, ReaderScreen)
    return screen


def page_text(reader: ReaderScreen) -> str:
    """The page as one reads it."""
    return "\n".join(line.content.plain for line in reader.pane.lines)


async def settle(pilot: Pilot[str]) -> None:
    """Wait until everything that runs in the background is done and shown."""
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
