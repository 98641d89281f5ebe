"""A day that comes from arXiv: shown by itself, or offered to a user who is reading."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from tests.tui.fakes import DAY, FakeDays, make_app, make_digest, reader_of, settle

WIDE = (120, 36)


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
