"""Marks, read and unread, selections, undo and redo, through their keys; all of it is on disk."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.tui.fakes import (
    make_app,
    make_digest,
    make_paper,
    page_text,
    reader_of,
    run_in_palette,
    shown,
)
from tui_digest.entry import Mark
from tui_digest.errors import LibraryError
from tui_digest.library.marks import Marks
from tui_digest.settings import ReaderSettings, Settings
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.reader import Reader

WIDE = (120, 36)


def on_disk() -> dict[str, tuple[str | None, int]]:
    """Mark and read of every paper that was decided on, as another program finds them in the file."""
    file = Path(os.environ["HOME"]) / "library.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT id, mark, read FROM readings JOIN papers USING (key)")
        return {number: (mark, read) for number, mark, read in rows if mark or read}


def message(app: ReaderApp) -> str:
    return reader_of(app).status.footer.message


def row_text(reader: Reader, place: int) -> str:
    """The lines of a paper in the list."""
    return "\n".join(reader.papers.render_line(y).text for y in reader.papers.lines_of(place))


async def test_done_and_dismissed_imply_read_and_one_undo_takes_both_back() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("d", "H")
        assert on_disk() == {"0612.90000": ("dismissed", 1)}
        assert "●" not in row_text(reader, 0)
        await pilot.press("u")
        assert on_disk() == {}
        assert message(app) == "Undone (dismissed): Paper number 0 on ℓ₀ norms"


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_every_paper_shown_at_full_width_is_read(size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await pilot.press("d", "enter", "n", "n")
        await pilot.pause()
        assert sorted(number[-2:] for number, (_, read) in on_disk().items() if read) == [
            "00",
            "01",
            "02",
            "03",
        ]
        await pilot.press("d")
        await pilot.pause()
        assert on_disk()["0612.90004"] == (None, 1)
        await pilot.press("r")
        await pilot.pause()
        assert "0612.90004" not in on_disk()
        await pilot.press("u", "u")
        assert message(app) == "Undone (dismissed): Paper number 3 on ℓ₃ norms"


def ids(reader: Reader) -> list[str]:
    return [entry.paper.id for entry in shown(reader)]


@pytest.mark.parametrize(("key", "mark"), [("m", Mark.TO_READ), ("x", Mark.DONE)])
async def test_a_key_marks_the_paper_and_takes_the_mark_off(key: str, mark: Mark) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("j", key)
        assert shown(reader)[1].reading.mark is mark
        read = int(mark is Mark.DONE)
        assert on_disk() == {"0612.90001": (mark.value, read)}
        words = "Marked done" if read else "Marked to read"
        assert message(app) == f"{words}: Paper number 1 on ℓ₁ norms"
        assert ("●" in row_text(reader, 1)) is not bool(read)
        await pilot.press(key)
        assert shown(reader)[1].reading.mark is None
        assert on_disk() == ({"0612.90001": (None, 1)} if read else {})


async def test_a_count_marks_so_many_papers_in_one_step() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("4", "m")
        assert len(on_disk()) == 4
        assert message(app) == "Marked 4 papers to read."
        await pilot.press("u")
        assert on_disk() == {}
        assert message(app) == "Undone: marked 4 papers to read."


async def test_a_dismissed_paper_leaves_and_can_be_seen_again() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("j", "d")
        assert "0612.90001" not in ids(reader)
        assert reader.papers.chosen is not None
        assert reader.papers.chosen.paper.id == "0612.90002"
        assert "1 dismissed" in reader.status.header.render_line(0).text
        await pilot.press("H")
        assert "0612.90001" in ids(reader)
        assert "hidden" not in reader.status.header.render_line(0).text
        await pilot.press("H", "u")
        assert ids(reader)[1] == "0612.90001"
        assert reader.papers.cursor == 1


async def test_the_last_paper_dismissed_leaves_the_cursor_on_the_new_last() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("G", "d")
        assert reader_of(app).papers.cursor == 10


async def test_when_all_are_dismissed_the_page_says_how_to_see_them() -> None:
    app = make_app(first=make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("*", "d")
        await pilot.pause()
        text = page_text(reader_of(app))
        assert "3 dismissed" in text
        assert "H  dismissed and muted ones too" in text
        await pilot.press("j", "m")
        assert "no paper is chosen" in message(app)
        await pilot.press("u")
        assert len(shown(reader_of(app))) == 3


async def test_space_selects_and_goes_on_and_a_mark_ends_the_selection() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("space", "j", "space")
        assert reader.papers.cursor == 3
        assert "2 selected" in reader.status.header.render_line(0).text
        assert "■" in reader.papers.render_line(reader.papers.lines_of(0).start).text
        await pilot.press("m")
        assert set(on_disk()) == {"0612.90000", "0612.90002"}
        assert reader.papers.selection.count == 0


async def test_v_draws_a_range_and_escape_forgets_it() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("j", "v", "3", "j")
        await pilot.pause()
        assert reader.papers.selection.count == 4
        await pilot.press("v", "j")
        assert reader.papers.selection.count == 4
        await pilot.press("escape", "m")
        assert set(on_disk()) == {"0612.90005"}


async def test_star_selects_all_and_then_none() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("*")
        assert reader.papers.selection.count == 12
        await pilot.press("*")
        assert reader.papers.selection.count == 0


async def test_space_takes_a_paper_out_of_the_selection() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("*", "g", "g", "space", "m")
        assert len(on_disk()) == 11


async def test_r_and_a_mark_as_read() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("r")
        assert on_disk() == {"0612.90000": (None, 1)}
        await pilot.press("r")
        assert on_disk() == {}
        await pilot.press("A")
        assert len(on_disk()) == 12
        assert "12 papers" in message(app)
        await pilot.press("u")
        assert on_disk() == {}


async def test_a_paper_that_was_opened_is_read() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "escape", "j", "j")
        assert set(on_disk()) == {"0612.90000"}


async def test_a_paper_that_was_scrolled_is_read_once_it_is_left() -> None:
    long = [make_paper(number, abstract="On and on it goes. " * 300) for number in range(3)]
    app = make_app(first=make_digest(papers=tuple(long)))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("J")
        assert on_disk() == {}
        await pilot.press("j")
        await pilot.pause()
        assert set(on_disk()) == {"0612.90000"}
        await pilot.press("j")
        await pilot.pause()
        assert set(on_disk()) == {"0612.90000"}


async def test_undo_and_redo_go_through_everything() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("m", "j", "x", "j", "d")
        after = on_disk()
        await pilot.press("3", "u")
        assert on_disk() == {}
        await pilot.press("u")
        assert "there is nothing to undo" in message(app)
        await pilot.press("3", "ctrl+r")
        assert on_disk() == after
        assert "Redone (dismissed): Paper" in message(app)
        await pilot.press("ctrl+r")
        assert "there is nothing to redo" in message(app)


async def test_undo_goes_on_after_a_restart() -> None:
    async with make_app().run_test(size=WIDE) as pilot:
        await pilot.press("m", "j", "m")
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("u", "u")
        assert on_disk() == {}


async def test_marking_goes_on_to_the_next_unread_paper_when_wanted() -> None:
    settings = Settings(reader=ReaderSettings(sort="announced", after_mark="next-unread"))
    app = make_app(settings=settings)
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("j", "r", "k", "m")
        assert reader.papers.cursor == 2
        await pilot.press("d")
        assert reader.papers.chosen is not None
        assert reader.papers.chosen.paper.id == "0612.90003"


async def test_a_mark_that_cannot_be_written_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)

        def fail(*_: object) -> None:
            raise LibraryError("The library is in use by another program; nothing was changed.")

        monkeypatch.setattr(Marks, "toggle_mark", fail)
        await pilot.press("*", "m")
        assert "nothing was changed" in message(app)
        assert all(entry.reading.mark is None for entry in shown(reader))
        assert reader.papers.selection.count == 12


async def test_the_palette_marks_too() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await run_in_palette(pilot, "dismiss")
        assert on_disk() == {"0612.90000": ("dismissed", 1)}
