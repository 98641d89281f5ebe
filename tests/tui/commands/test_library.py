"""Beyond the day: queue, similar papers, search over everything, history; and back again."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from textual.pilot import Pilot

from tests.tui.fakes import (
    DAY,
    FakeDays,
    make_app,
    make_digest,
    make_paper,
    page_text,
    reader_of,
    screen_of,
    settle,
    shown,
    work_done,
)
from tests.tui.pictures import MakeDemo
from tui_digest.entry import Mark
from tui_digest.paper import Digest
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.dialogs.chooser import ChooserScreen

WIDE = (120, 36)
BEFORE = DAY - timedelta(days=1)


def header(app: ReaderApp) -> str:
    return reader_of(app).status.header.render_line(0).text


def older_day(day: date = BEFORE) -> Digest:
    papers = tuple(make_paper(number, announced=day) for number in (50, 51, 52))
    return make_digest(day=day, papers=papers)


def two_days() -> ReaderApp:
    days = FakeDays({DAY: make_digest(4), BEFORE: older_day()}, stored_days={DAY, BEFORE})
    return make_app(days, make_digest(4))


def choices(app: ReaderApp) -> list[str]:
    screen = app.screen
    assert isinstance(screen, ChooserScreen)
    return [str(option.prompt) for option in screen.options.options]


async def test_the_queue_holds_the_papers_to_read_of_all_days() -> None:
    app = two_days()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        reader.services.library.marks.mark(["0612.90051"], Mark.TO_READ)
        await pilot.press("j", "m", "g", "q")
        await pilot.pause()
        assert [entry.paper.id for entry in shown(reader)] == ["0612.90051", "0612.90001"]
        assert "To read, of all days" in header(app)
        await pilot.press("s", "n")
        assert [entry.paper.id for entry in shown(reader)] == ["0612.90001", "0612.90051"]
        await pilot.press("escape")
        await pilot.pause()
        assert "20 Nov 2026" in header(app)
        assert reader.papers.cursor == 1


async def test_in_the_queue_marks_and_undo_work_and_the_day_knows_of_them() -> None:
    app = two_days()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        await pilot.press("m", "j", "m", "g", "q", "x")
        assert shown(reader)[0].reading.mark == Mark.DONE
        assert len(shown(reader)) == 2
        await pilot.press("q")
        assert shown(reader)[0].reading.mark == Mark.DONE
        await pilot.press("g", "q", "u", "escape")
        assert [entry.reading.mark for entry in shown(reader)[:2]] == [Mark.TO_READ, Mark.TO_READ]


async def test_an_empty_queue_says_how_to_fill_it() -> None:
    app = two_days()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "q")
        assert "m marks one" in reader_of(app).status.footer.message


async def found(pilot: Pilot[str], words: str) -> None:
    await pilot.press("g", "s", *words)
    await pilot.pause()
    await settle(pilot)


async def test_everything_is_searched_as_one_types() -> None:
    app = two_days()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        await pilot.press("j")
        await found(pilot, "au:number51")
        assert [entry.paper.id for entry in shown(reader)] == ["0612.90051"]
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert reader.panes.paper_open
        assert "Ada Number51" in page_text(reader)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert "20 Nov 2026" in header(app)
        assert reader.papers.cursor == 1


async def test_a_search_over_everything_can_be_given_up() -> None:
    app = two_days()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await found(pilot, "norms")
        await pilot.press("escape")
        await pilot.pause()
        assert reader_of(app).state.browsing.in_day
        assert len(shown(reader_of(app))) == 4


async def test_nothing_found_and_a_wrong_search_are_said() -> None:
    app = two_days()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await found(pilot, "perpetuum")
        await pilot.press("enter")
        await pilot.pause()
        assert "Nothing in the library matches" in reader_of(app).status.footer.message
        await pilot.press("escape")
        await pilot.pause()
        await found(pilot, "nix:da ")
        assert "character 1" in reader_of(app).status.footer.message


async def test_the_history_shows_what_was_done_and_its_papers() -> None:
    app = two_days()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        await pilot.press("*", "m", "j", "x", "u", "g", "h")
        await pilot.pause()
        lines = choices(app)
        assert "undid marked done: Paper number 1 on ℓ₁ norms" in lines[0]
        assert "marked 4 papers to read" in lines[2]
        await pilot.press("G", "enter")
        await pilot.pause()
        assert len(shown(reader)) == 4
        assert "You marked 4 papers to read" in header(app)
        await pilot.press("escape")
        assert reader.state.browsing.in_day


async def test_an_empty_history_says_so() -> None:
    app = two_days()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("g", "h")
        await pilot.pause()
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert app.screen is screen_of(app)


async def test_going_to_a_day_leaves_the_queue() -> None:
    app = two_days()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("m", "g", "q", "[")
        await pilot.pause()
        assert "19 Nov 2026" in header(app)
        assert reader_of(app).state.browsing.in_day


async def test_each_day_keeps_its_own_place() -> None:
    app = two_days()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("j", "j", "[", "j", "]")
        await pilot.pause()
        assert reader_of(app).papers.cursor == 2
        await pilot.press("[")
        await pilot.pause()
        assert reader_of(app).papers.cursor == 1


async def test_a_day_that_is_fetched_meanwhile_does_not_take_the_queue_away() -> None:
    gate = asyncio.Event()
    days = FakeDays({DAY: make_digest(4), BEFORE: older_day()}, stored_days={BEFORE}, gate=gate)
    app = make_app(days, older_day())
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("m", "g", "q")
        gate.set()
        await settle(pilot)
        reader = reader_of(app)
        assert "To read, of all days" in header(app)
        assert "Fri 20 Nov 2026 was fetched" in reader.status.footer.message
        await pilot.press("escape", "]")
        await settle(pilot)
        assert "20 Nov 2026" in header(app)


async def test_a_day_that_comes_when_the_reader_is_left_breaks_nothing() -> None:
    gate = asyncio.Event()
    app = make_app(FakeDays({DAY: make_digest(4)}, gate=gate), make_digest(4))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("Q")
        gate.set()
    assert not app.is_running


async def test_similar_papers_are_shown_with_what_they_share_and_esc_goes_back(demo: MakeDemo) -> None:
    app = demo()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        chosen = reader.papers.chosen
        assert chosen is not None
        await pilot.press("g", "r")
        await work_done(app)
        await pilot.pause()
        assert "Similar to" in header(app)
        papers = shown(reader)
        assert f"1 of {len(papers)}" in header(app)
        assert papers
        assert chosen.paper.id not in {entry.paper.id for entry in papers}
        assert papers[0].reasons[0].startswith("shares ")
        assert "Shares " in page_text(reader)
        assert "Picked: shares" not in page_text(reader)
        await pilot.press("escape")
        await pilot.pause()
        assert reader.listing.place == chosen.paper.id
