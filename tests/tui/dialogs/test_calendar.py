"""The calendar: a month as a grid, by keys and by mouse, at every size."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from textual.pilot import Pilot

from tests.tui.fakes import DAY, FakeDays, make_app, make_digest, make_paper, reader_of, settle
from tui_digest.core.calendar import MailingCalendar
from tui_digest.paper import Digest
from tui_digest.settings import ReaderSettings, Settings
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.dialogs.calendar import CalendarScreen, month_away
from tui_digest.tui.state import ReaderOptions

WIDE, NARROW, SMALLEST = (120, 36), (40, 24), (40, 12)
BEFORE = DAY - timedelta(days=3)
SATURDAYS = {DAY + timedelta(days=1 - 7 * n): "a Saturday" for n in range(60)}


def digest_of(day: date, first: int) -> Digest:
    papers = tuple(make_paper(number, announced=day) for number in range(first, first + 3))
    return make_digest(day=day, papers=papers)


def two_days() -> ReaderApp:
    days = FakeDays(
        {DAY: make_digest(4), BEFORE: digest_of(BEFORE, 50)}, stored_days={DAY, BEFORE}, quiet=SATURDAYS
    )
    return make_app(days, make_digest(4))


def calendar_of(app: ReaderApp) -> CalendarScreen:
    assert isinstance(app.screen, CalendarScreen)
    return app.screen


def grid(app: ReaderApp) -> list[str]:
    month = calendar_of(app).grid
    return [month.render_line(y).text.rstrip() for y in range(month.size.height)]


def title(app: ReaderApp) -> str:
    return str(app.screen.query_one("#calendar-title").render())


def told(app: ReaderApp) -> str:
    return str(app.screen.query_one("#calendar-day").render())


async def open_calendar(pilot: Pilot[str], *keys: str) -> None:
    await settle(pilot)
    await pilot.press("D", *keys)
    await pilot.pause()


async def test_a_month_with_what_is_left_in_each_day() -> None:
    app = two_days()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("r", "m")
        await open_calendar(pilot)
        assert title(app) == "November 2026"
        lines = grid(app)
        assert lines[0].split() == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        assert lines[1].split() == ["1"]
        assert lines[7].split() == ["16", "17", "18", "19", "▸20", "today", "21", "22"]
        assert lines[8].split() == ["3", "●3", "missed", "missed", "4", "●3"]
        assert told(app) == ("Fri 20 Nov 2026 (today, shown now): 4 papers, 3 unread, 1 to read; complete.")


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        (("h",), "Thu 19 Nov 2026: missed, not fetched yet; Enter fetches it."),
        (("left", "h", "h"), "Tue 17 Nov 2026: 3 papers, 3 unread, 0 to read; complete."),
        (("k",), "Fri 13 Nov 2026: not fetched; Enter fetches it."),
        (("l",), "Sat 21 Nov 2026: no mailing on a Saturday."),
        (("right", "l", "l"), "Mon 23 Nov 2026: arXiv has not announced it yet."),
        (("j", "j", "j"), "Fri 27 Nov 2026: arXiv has not announced it yet."),
        (("left_square_bracket", "up"), "Tue 13 Oct 2026: not fetched; Enter fetches it."),
        (("k", "k", "k", "left_square_bracket", "n"), "Fri 20 Nov 2026 (today, shown now): 4 papers"),
    ],
)
async def test_moving_by_days_weeks_and_months(keys: tuple[str, ...], words: str) -> None:
    app = two_days()
    async with app.run_test(size=WIDE) as pilot:
        await open_calendar(pilot, *keys)
        assert told(app).startswith(words)


async def test_enter_goes_to_a_day_and_escape_does_not() -> None:
    app = two_days()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await open_calendar(pilot, "h", "h", "h", "enter")
        await pilot.pause()
        assert reader.state.digest is not None
        assert reader.state.digest.date == BEFORE
        await pilot.press("D", "l", "escape")
        await pilot.pause()
        assert reader.state.digest.date == BEFORE
        await pilot.press("D")
        await pilot.pause()
        assert "▸17" in grid(app)[7]


async def test_a_day_that_was_missed_is_fetched() -> None:
    missed = DAY - timedelta(days=1)
    days = FakeDays({DAY: make_digest(4), missed: digest_of(missed, 50)}, stored_days={DAY})
    app = make_app(days, make_digest(4))
    async with app.run_test(size=WIDE) as pilot:
        await open_calendar(pilot, "h", "enter")
        await settle(pilot)
        assert (missed, False) in days.asked
        digest = reader_of(app).state.digest
        assert digest is not None
        assert digest.date == missed


async def test_a_day_without_a_mailing_cannot_be_opened() -> None:
    app = two_days()
    async with app.run_test(size=WIDE) as pilot:
        await open_calendar(pilot, "l", "enter")
        await pilot.pause()
        assert "a Saturday" in told(app)


@pytest.mark.parametrize("size", [NARROW, SMALLEST])
async def test_it_fits_a_narrow_terminal(size: tuple[int, int]) -> None:
    app = two_days()
    async with app.run_test(size=size) as pilot:
        await open_calendar(pilot)
        lines = grid(app)
        assert lines[0].split() == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        weeks = [line.split() for line in lines[1:] if line.split()]
        assert ["16", "17●", "18!", "19!", "▸20●", "21", "22"] in weeks
        screen = calendar_of(app)
        for widget in (screen.grid, screen.footer, screen.query_one("#calendar-day")):
            assert screen.region.contains_region(widget.region)
            assert widget.region.height > 0
        assert "Enter open" in screen.footer.render_line(0).text


async def test_ascii_signs() -> None:
    app = make_app(first=make_digest(4), settings=Settings(reader=ReaderSettings(signs="ascii")))
    async with app.run_test(size=NARROW) as pilot:
        await open_calendar(pilot)
        assert "".join(grid(app)).isascii()
        assert ">20o" in " ".join(grid(app))


async def test_the_mouse_chooses_opens_and_turns_months() -> None:
    app = two_days()
    async with app.run_test(size=WIDE) as pilot:
        await open_calendar(pilot)
        tuesday, week = 12, 7
        await pilot.click("#calendar-month", offset=(tuesday, week))
        await pilot.pause()
        assert told(app).startswith("Tue 17 Nov 2026")
        place = calendar_of(app).footer.render_line(0).text.index("[")
        await pilot.click("#calendar-keys", offset=(place, 0))
        await pilot.pause()
        assert title(app) == "October 2026"
        await pilot.press("n")
        await pilot.click("#calendar-month", offset=(tuesday, week), times=2)
        await pilot.pause()
        digest = reader_of(app).state.digest
        assert digest is not None
        assert digest.date == BEFORE


async def test_without_any_stored_day_nothing_was_missed() -> None:
    app = make_app(FakeDays(), options=ReaderOptions(offline=True))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        await pilot.press("D")
        await pilot.pause()
        assert "missed" not in " ".join(grid(app))


def test_the_calendar_has_its_ends() -> None:
    calendar = MailingCalendar(FakeDays(), (), DAY, None)
    assert calendar.within(date(1990, 1, 1)) == date(1991, 8, 14)
    assert calendar.within(date(2030, 1, 1)) == DAY + timedelta(days=7)


@pytest.mark.parametrize(
    ("day", "step", "there"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2028, 3, 31), -1, date(2028, 2, 29)),
    ],
)
def test_the_same_day_of_another_month(day: date, step: int, there: date) -> None:
    assert month_away(day, step) == there
