"""How many functions of the program a key calls, in how many files, with a short and a long day.

    python -m tests.benchmarks.calls [--rows 20 1000] [--homes FOLDER]

Counted are calls of Python functions: from the key to the screen those in the reader's own thread until it
is at rest, from the key to the disk those in the thread that writes decisions. Unlike times they hardly
depend on the machine. `e` is answered by a model that is not one: what a service and its checks take is
not in it. With `--homes` the lists are those of the libraries that `tests.benchmarks.reader` keeps there,
of up to a million papers.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import Any

from msgspec.structs import replace

import tui_digest
from tests.benchmarks.homes import CATEGORIES, library_file, make_home, refresh_home
from tests.tui.fakes import (
    FakeModels,
    close_libraries,
    finished,
    make_app,
    make_digest,
    make_explanation,
    reader_of,
    settle,
)
from tui_digest.core.decisions import DecisionWriter, Outcome
from tui_digest.latex import search_key
from tui_digest.library.library import Library
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.state import ReaderOptions

PACKAGE = str(Path(tui_digest.__file__).parent)
KEYS = (
    ("j", "the next paper"),
    ("m", "marked to read"),
    ("x", "done"),
    ("u", "undone"),
    ("d", "dismissed"),
    ("e", "explained"),
)
OFFLINE = ReaderOptions(offline=True)
WORDS = "One sentence of an explanation. " * 40


class Calls:
    """Counts calls in the threads in which `count` is set as profile function, by the file called."""

    def __init__(self) -> None:
        self.by_file: Counter[str] = Counter()

    def count(self, frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            self.by_file[frame.f_code.co_filename] += 1

    def figures(self) -> tuple[int, int, int]:
        """Calls in all, calls of the program's functions, and the files that those are in."""
        own = {file: number for file, number in self.by_file.items() if file.startswith(PACKAGE)}
        return self.by_file.total(), sum(own.values()), len(own)


class CountingWriter(DecisionWriter):
    """Counts the calls that it takes to write decisions."""

    calls = Calls()

    def submit(
        self, papers: Sequence[str], act: Callable[[], Any], done: Callable[[Outcome[Any]], None]
    ) -> bool:
        def counted() -> object:
            sys.setprofile(self.calls.count)
            try:
                return act()
            finally:
                sys.setprofile(None)

        return super().submit(papers, counted, done)


def app_of_home(app: ReaderApp, library: Library) -> ReaderApp:
    """The reader on the day of another library."""
    first = library.lists.digest(None, CATEGORIES)
    assert first is not None
    return ReaderApp(replace(app.services, library=library), app.settings, app.options, first)


async def counts(rows: int, homes: Path | None) -> dict[str, tuple[int, ...]]:
    """For each key: the figures to the screen, then those to the disk."""
    with ExitStack() as stack:
        models = FakeModels()
        app = make_app(first=make_digest(rows if homes is None else 1), models=models, options=OFFLINE)
        if homes is not None:
            home = homes / str(rows)
            refresh_home(home) if home.exists() else make_home(home, rows)
            app = app_of_home(app, stack.enter_context(Library(library_file(home), search_key)))
        return await _counts(app, models)


async def _counts(app: ReaderApp, models: FakeModels) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        reader.writes.writer = writer = CountingWriter(reader.writes.writer._deliver, grace=10.0)

        async def press(key: str) -> None:
            await pilot.press(key)
            if key == "e":
                chosen = reader.papers.chosen
                assert chosen is not None
                models.say(chosen.paper.id, WORDS, make_explanation(chosen.paper.id, WORDS))
                await finished(app)
            await settle(pilot)

        for key, _ in KEYS:  # what is imported or computed once
            await press(key)
        await press("j")
        for key, _ in KEYS:
            to_screen, writer.calls = Calls(), Calls()
            sys.setprofile(to_screen.count)
            try:
                await press(key)
            finally:
                sys.setprofile(None)
            writer.wait()
            found[key] = (*to_screen.figures(), *writer.calls.figures())
        writer.close()
    close_libraries()
    return found


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, nargs="*", default=[20, 1000])
    parser.add_argument("--homes", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        table = {rows: asyncio.run(counts(rows, arguments.homes)) for rows in arguments.rows}
    print("calls in all / of the program / files of the program; to the screen, then to the disk")
    for rows, figures in table.items():
        print(f"{rows:,} papers")
        for key, what in KEYS:
            print("  {}  {:16} {:6} {:6} {:4}   {:6} {:6} {:4}".format(key, what, *figures[key]))


if __name__ == "__main__":
    main()
