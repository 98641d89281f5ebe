"""A day that comes from arXiv: shown by itself, or offered to a user who is reading."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from tests.tui.fakes import DAY, FakeDays, make_app, make_digest, reader_of, settle
from tui_digest.core.services import Answer, Progress
from tui_digest.paper import Completeness, CompletenessState
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.reader import Reader

WIDE = (120, 36)


def header(app: ReaderApp) -> str:
    return reader_of(app).status.header.render_line(0).text


async def test_a_new_mailing_is_offered_to_who_is_reading_and_nothing_moves() -> None:
    before = make_digest(3, day=DAY - timedelta(days=1))
    days = FakeDays({DAY: make_digest(12)}, stored_days={before.date}, gate=asyncio.Event())
    app = make_app(days, before)
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("j")
        assert days.gate is not None
        days.gate.set()
        await settle(pilot)
        assert reader.state.digest is not None
        assert reader.state.digest.date == before.date
        assert reader.papers.cursor == 1
        assert "Fri 20 Nov 2026 is here, 12 papers: ] shows it." in reader.status.footer.message
        await pilot.press("]")
        await settle(pilot)
        assert reader.state.digest.date == DAY


async def test_a_new_mailing_comes_by_itself_before_a_key_is_pressed() -> None:
    before = make_digest(3, day=DAY - timedelta(days=1))
    app = make_app(FakeDays({DAY: make_digest(12)}, stored_days={before.date}), before)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        assert reader.state.digest is not None
        assert reader.state.digest.date == DAY


async def test_a_day_is_called_complete_or_not_once_it_is_judged() -> None:
    digest = make_digest(12)
    stale = Completeness(state=CompletenessState.STALE, shown=12, announced=12, note="All too early.")
    days = FakeDays({DAY: digest}, judging=asyncio.Event(), judged=replace(digest, completeness=stale))
    app = make_app(days)
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        while reader.state.digest is None:
            await pilot.pause()
        await pilot.pause()
        assert "12 papers" in header(app)
        assert "complete" not in header(app)
        assert days.judging is not None
        days.judging.set()
        await settle(pilot)
        assert "stale 12/12" in header(app)


async def test_a_day_that_arxiv_does_not_give_yet_is_told() -> None:
    before = make_digest(3, day=DAY - timedelta(days=1))
    days = FakeDays({before.date: before, DAY: before}, stored_days={before.date})
    app = make_app(days, before)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("]")
        await settle(pilot)
        message = reader_of(app).status.footer.message
        assert message == "arXiv has no mailing of Fri 20 Nov 2026 yet; Thu 19 Nov 2026 is shown."


async def test_behind_days_that_are_missing_the_calendar_is_offered() -> None:
    before = make_digest(3, day=DAY - timedelta(days=2))
    days = FakeDays({DAY: make_digest(12)}, stored_days={before.date}, gate=asyncio.Event())
    app = make_app(days, before)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j")
        assert days.gate is not None
        days.gate.set()
        await settle(pilot)
        assert "Fri 20 Nov 2026 is here, 12 papers: D goes there." in reader_of(app).status.footer.message
        await pilot.press("D", "n", "enter")
        await settle(pilot)
        shown = reader_of(app).state.digest
        assert shown is not None
        assert shown.date == DAY


async def test_the_header_says_that_arxiv_is_asked_once_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    show = Reader.show_progress

    def show_progress(reader: Reader, words: str) -> None:
        told.append(words)
        show(reader, words)

    monkeypatch.setattr(Reader, "show_progress", show_progress)
    monkeypatch.setattr(FakeDays, "fetch", answered_from_the_library)
    app = make_app(FakeDays({DAY: make_digest(3)}), make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert not any(told)
        await pilot.press("R")
        await settle(pilot)
        assert "asking arXiv" in told
        assert reader_of(app).status.footer.message == "Refreshed: nothing new for Fri 20 Nov 2026."


async def test_refreshing_says_how_many_papers_it_brought() -> None:
    days = FakeDays({DAY: make_digest(3)})
    app = make_app(days, make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        days.digests[DAY] = make_digest(12)
        await pilot.press("R")
        await settle(pilot)
        assert reader_of(app).status.footer.message == "Refreshed: 9 more papers for Fri 20 Nov 2026."


async def answered_from_the_library(
    days: FakeDays, day: date | None, *, again: bool, progress: Progress
) -> Answer:
    """Nothing is due: arXiv is not asked."""
    return Answer(days.kept(days.digests[day or DAY]))
