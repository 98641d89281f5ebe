"""Random keys, few and many: the reader never crashes, and what it shows is what the library has."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual import events

from tests.tui.fakes import (
    DAY,
    NOW,
    FakeDays,
    close_libraries,
    make_app,
    make_digest,
    make_paper,
    open_library,
    reader_of,
    settle,
    shown,
    work_done,
)
from tui_digest.core.services import Answer, Progress
from tui_digest.entry import Entry, Mark
from tui_digest.errors import ArxivError
from tui_digest.latex import search_key
from tui_digest.library.library import Library
from tui_digest.lists import ViewOptions
from tui_digest.paper import Digest
from tui_digest.tui.keymap.definitions import COMMANDS
from tui_digest.tui.reader import Reader

SEED = 20261120
PRESSES = 1000
BURST = 20
"""Keys that come at once, faster than they are answered."""
ENDING = {"q", "Q", "ctrl+q", "ctrl+z", "P", "I"}
"""Keys that leave the reader, or hand the terminal to another program."""

TYPED = ("a", "0", "9", "backspace", "delete", "left", "right", "enter", "escape", "escape", "$", "[", '"')
DECIDING = ("m", "x", "d", "r", "u", "ctrl+r", "space", "j", "k", "j", "k")

STEPS = (
    *("m", "x", "d", "r", "A", "u", "u", "ctrl+r", "j", "k", "5 j", "G", "g g", "space", "v", "*", "n"),
    *(
        "g 1",
        "g 2",
        "g 3",
        "U",
        "H",
        "T n",
        "T c",
        "S",
        "s t",
        "s d",
        "f i s : u n r e a d enter",
        "f backspace enter",
    ),
    *("/ 3 enter", "escape", "enter escape", "[", "]", "g q", "g h escape", "g c m d u escape"),
)
"""Keys, those of a step with spaces between them: marks, undo, filters, moves, other days and the queue."""


def two_days() -> tuple[Digest, Digest]:
    before = DAY - timedelta(days=1)
    papers = tuple(make_paper(number, announced=before) for number in range(20, 30))
    return make_digest(16), make_digest(day=before, papers=papers)


def keys() -> tuple[str, ...]:
    known = {key for command in COMMANDS for sequence in command.keys for key in sequence.split()}
    return (*sorted(known - ENDING), *TYPED, *DECIDING)


def key_event(key: str) -> events.Key:
    """A key as a terminal sends it."""
    if key == "space":
        return events.Key("space", " ")
    return events.Key(key, key if len(key) == 1 else None)


class DaysWithGaps(FakeDays):
    """Days of which arXiv gives only those that there are."""

    async def fetch(self, day: date | None, *, again: bool, progress: Progress) -> Answer:
        if day not in self.digests:
            raise ArxivError("arXiv could not be reached.")
        return await super().fetch(day, again=again, progress=progress)


def decided(entries: tuple[Entry, ...]) -> dict[str, tuple[Mark | None, bool]]:
    return {entry.paper.id: (entry.reading.mark, entry.reading.read) for entry in entries}


async def test_a_long_session_of_random_keys() -> None:
    newer, older = two_days()
    days = DaysWithGaps({newer.date: newer, older.date: older}, stored_days={newer.date, older.date})
    app = make_app(days, newer)
    known = keys()
    chance = random.Random(SEED)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for _ in range(PRESSES // BURST):
            for key in chance.choices(known, k=BURST):
                app.post_message(key_event(key))
            await pilot.pause()
            if chance.random() < 0.1:
                await pilot.resize_terminal(*chance.choice(((44, 12), (100, 30), (160, 50))))
        await pilot.press(*["escape"] * 8)
        await settle(pilot)
        reader = reader_of(app)
        after = decided(all_of_day(reader))
        day = reader.state.digest
        assert day is not None
    close_libraries()
    library = open_library(Path(os.environ["HOME"]))
    assert decided(library.lists.rows(day.scope, range(day.scope.size))) == after
    everything = decided(library.entries((*newer.papers, *older.papers)))
    assert {mark for mark, _ in everything.values()} - {None}


def all_of_day(reader: Reader) -> tuple[Entry, ...]:
    """All papers of the day as the list has them, hidden ones too."""
    day = reader.state.browsing.day
    before = day.options
    day.arrange(ViewOptions(everything=True))
    entries = tuple(day.slice(0, day.count))
    day.arrange(before)
    return entries


@contextmanager
def another_connection() -> Iterator[Library]:
    """The library on disk, as another program sees it."""
    with Library(Path(os.environ["HOME"]) / "library.sqlite3", search_key, lambda: NOW) as library:
        yield library


@pytest.mark.parametrize("seed", range(2))
async def test_what_is_shown_is_on_disk_after_every_few_keys(seed: int) -> None:
    newer, older = two_days()
    days = DaysWithGaps({newer.date: newer, older.date: older}, stored_days={newer.date, older.date})
    app = make_app(days, newer)
    chance = random.Random(seed)
    changes = 0
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        before = decided(all_of_day(reader))
        for _ in range(14):
            for step in chance.choices(STEPS, k=6):
                for key in step.split():
                    app.post_message(key_event(key))
            await pilot.pause()
            while len(app.screen_stack) > 1:
                await pilot.press("escape")
            await work_done(app)
            await pilot.pause()
            assert reader.state.digest is not None
            after = decided(all_of_day(reader))
            in_list = decided(tuple(shown(reader)))
            with another_connection() as library:
                scope = reader.state.digest.scope
                assert after == decided(library.lists.rows(scope, range(scope.size)))
                assert in_list == decided(library.entries(entry.paper for entry in shown(reader)))
            changes += after != before
            before = after
    assert changes > 2
