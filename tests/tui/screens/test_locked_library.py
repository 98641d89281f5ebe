"""Another program holds the library: every key is answered, nothing ends, and all is shown afterwards."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.fakes import reader_of, settle, until, work_done
from tests.tui.pictures import MakeDemo
from tests.tui.screens.test_long_session import key_event, keys
from tui_digest.entry import Mark
from tui_digest.errors import LibraryError
from tui_digest.library import database
from tui_digest.tui.dialogs.help import HelpScreen

OPENS_A_PROGRAM = {"o", "p", "|", "L", "W", "w"}
SEED, ROUNDS, PRESSES = 20261127, 2, 25


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys wait for nobody, threads for as long as it takes: nothing hangs on time."""
    patiently = database.patiently

    def wait(connection: sqlite3.Connection, statement: str, patience: float = database.PATIENCE) -> None:
        patiently(connection, statement, 60.0 if patience == database.PATIENCE else patience)

    monkeypatch.setattr(database, "patiently", wait)
    monkeypatch.setattr(database, "LONG_PATIENCE", 60.0)
    monkeypatch.setattr("tui_digest.core.decisions.GRACE_S", 0.0)
    monkeypatch.setattr("tui_digest.core.entry_rows.ROW_PATIENCE_S", 0.0)
    monkeypatch.setattr(database, "_HURRIED_PATIENCE", 0.0)
    monkeypatch.setattr(database, "_SHORTEST_WAIT", 0.0)
    monkeypatch.setattr("tui_digest.tui.screen_handle.RETRY_DELAY_S", 0.01)


@contextmanager
def held_library(home: Path) -> Iterator[None]:
    """Nobody else can read or write the library."""
    (file,) = home.rglob("library.sqlite3")
    connection = sqlite3.connect(file, isolation_level=None, timeout=20)
    try:
        connection.execute("BEGIN EXCLUSIVE")
        yield
        connection.execute("ROLLBACK")
    finally:
        connection.close()


async def written(pilot: Pilot[str]) -> None:
    """Wait until all decisions are on disk and shown."""
    reader = reader_of(pilot.app)
    while not reader.writes.writer.is_idle:
        await pilot.pause()
    await work_done(pilot.app)
    await pilot.pause()


async def test_a_decision_made_meanwhile_is_shown_once_it_is_on_disk(demo: MakeDemo, home: Path) -> None:
    app = demo(offline=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        place = reader.papers.cursor
        paper_id = reader.listing.rows[place].paper.id
        with held_library(home):
            await pilot.press("m", "j", "g", "escape", "k")
            assert reader.papers.cursor == place
            assert reader.writes.writer.pending[paper_id] == 1
        await written(pilot)
        # The row is read again once the library can be read: at once, or by the next try.
        while reader.listing.rows[place].reading.mark is not Mark.TO_READ:
            await pilot.pause()
        assert not reader.writes.writer.pending


async def test_a_decision_of_one_at_a_time_is_told_after_its_dialog_is_closed(
    demo: MakeDemo, home: Path
) -> None:
    app = demo(offline=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        await pilot.press("g", "c")
        with held_library(home):
            await pilot.press("m", "escape")
            await pilot.pause()
            assert len(app.screen_stack) == 1
        await written(pilot)
        assert reader.status.footer.message.startswith("Marked to read: ")


@pytest.mark.parametrize("seen", [False, True])
async def test_what_is_not_written_is_told_again_at_the_end_unless_it_was_seen(
    demo: MakeDemo, home: Path, seen: bool
) -> None:
    def fail() -> None:
        raise LibraryError("It is locked.")

    app = demo(offline=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        paper = reader.listing.rows[0].paper
        told = f"Not written: “{paper.title}”. It is locked."
        with held_library(home):
            reader.writes.perform(fail, papers=[paper.id])
            reader.writes.writer.wait()
            await until(pilot, lambda: reader.status.footer.message == told)
        if seen:
            await pilot.press("j")
        app.exit(return_code=143)
    assert (reader.writes.words_of_unwritten(), app.return_code) == ("" if seen else told, 143)


async def test_no_key_ends_the_reader(demo: MakeDemo, home: Path) -> None:
    app = demo(offline=True)
    chance = random.Random(SEED)
    known = [key for key in keys() if key not in OPENS_A_PROGRAM]
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for _ in range(ROUNDS):
            with held_library(home):
                for key in chance.choices(known, k=PRESSES):
                    app.post_message(key_event(key))
                await pilot.pause()
            await pilot.press(*["escape"] * 4)
        await written(pilot)
        await pilot.press(*["escape"] * 8, "?")
        assert isinstance(app.screen, HelpScreen)
    assert app.failure is None


async def test_the_palette_finds_what_can_be_found(demo: MakeDemo, home: Path) -> None:
    app = demo(offline=True)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        with held_library(home):
            await pilot.press(":", *"quit")
            await pilot.pause()
            await pilot.press("escape")
        assert len(app.screen_stack) == 1
    assert app.failure is None
