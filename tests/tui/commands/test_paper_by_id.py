"""Any paper by its id: given to the command, to the palette, or pasted into a search."""

from __future__ import annotations

import asyncio

import pytest

from tests.tui.fakes import (
    DAY,
    FakeDays,
    entry_of,
    library_of,
    make_app,
    make_digest,
    make_paper,
    page_text,
    reader_of,
    settle,
)
from tests.tui.pictures import paste
from tui_digest.paper import ArxivId
from tui_digest.tui.state import ReaderOptions

WIDE, NARROW = (120, 36), (80, 24)
ELSEWHERE = make_paper(7, id="2611.10001", title="A paper of another day", version=2, announced=None)


def days_with_paper(*, stored: bool = True) -> FakeDays:
    stored_days = {DAY} if stored else set()
    return FakeDays({DAY: make_digest()}, stored_days=stored_days, elsewhere={ELSEWHERE.id: ELSEWHERE})


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_paper_that_is_not_stored_is_fetched_and_kept(size: tuple[int, int]) -> None:
    days = days_with_paper(stored=False)
    app = make_app(days, options=ReaderOptions(paper=ArxivId(ELSEWHERE.id)))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        assert "A paper of another day" in page_text(reader)
        assert reader.panes.paper_open
        assert days.papers_asked == [ELSEWHERE.id]
        assert entry_of(app, ELSEWHERE.id).reading.read
        assert library_of(app).mailings.paper(ELSEWHERE.id) is not None
        # The day was fetched after it, and Esc leads there.
        assert reader.state.digest is not None
        await pilot.press("escape", "escape")
        assert reader.state.browsing.in_day
        assert reader.listing.count == 12


async def test_a_stored_paper_is_shown_without_asking() -> None:
    days = days_with_paper()
    app = make_app(days, make_digest(), options=ReaderOptions(paper=ArxivId("0612.90004"), offline=True))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        assert "Paper number 4" in page_text(reader)
        assert reader.state.browsing.in_day
        assert reader.papers.cursor == 4
        assert (days.papers_asked, days.asked) == ([], [])


async def test_what_cannot_be_had_is_told_and_the_day_is_shown() -> None:
    days = FakeDays({DAY: make_digest()})
    app = make_app(days, options=ReaderOptions(paper=ArxivId("2611.99999")))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        assert reader.listing.count == 12
        assert "arXiv could not be asked for 2611.99999." in reader.status.footer.message


@pytest.mark.parametrize(
    ("keys", "text"),
    [
        (":", "2611.10001"),
        ("/", "https://arxiv.org/abs/2611.10001v2"),
        ("g s", "arXiv:2611.10001v2 [cs.LG]"),
    ],
)
async def test_an_id_or_link_in_palette_and_search_opens_it(keys: str, text: str) -> None:
    days = days_with_paper()
    app = make_app(days, make_digest())
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        await pilot.press(*keys.split())
        await pilot.pause()
        paste(pilot, text)
        await pilot.pause()
        await pilot.press("enter")
        await settle(pilot)
        assert "A paper of another day" in page_text(reader)
        assert days.papers_asked[0].startswith(ELSEWHERE.id)
        await pilot.press("escape", "escape")
        assert reader.state.browsing.in_day
        assert not reader.listing.search


async def test_another_version_than_the_stored_one_is_fetched_else_it_is_told() -> None:
    days = days_with_paper()
    days.elsewhere["0612.90003"] = make_paper(3, version=2, title="Revised", announced=None)
    app = make_app(days, make_digest(), options=ReaderOptions(paper=ArxivId("0612.90003", 2)))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        assert "Revised" in page_text(reader)
        assert not reader.state.browsing.in_day


async def test_a_key_does_not_wait_for_it() -> None:
    days = days_with_paper()
    days.gate = asyncio.Event()
    app = make_app(days, make_digest(), options=ReaderOptions(paper=ArxivId(ELSEWHERE.id)))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j")
        reader = reader_of(app)
        assert reader.papers.cursor == 1
        days.gate.set()
        await settle(pilot)
        assert "A paper of another day" in page_text(reader)
