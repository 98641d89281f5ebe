"""A machine whose clock is wrong: the day is the feed's, and nothing waits for years once it is right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.servers.arxiv import StandIn
from tests.servers.arxiv_formats import invented
from tests.servers.arxiv_home import BOTH, Clock, Home, eastern
from tui_digest.paper import CompletenessState, Digest

FRIDAY, MONDAY = eastern(20), eastern(23)
WRONG = {
    "1970": datetime(1970, 1, 1, tzinfo=UTC),
    "the year before": FRIDAY - timedelta(days=365),
    "a month ago": FRIDAY - timedelta(days=30),
    "a day ahead": FRIDAY + timedelta(days=1),
    "a year ahead": FRIDAY + timedelta(days=365),
    "after 2038": datetime(2038, 1, 20, 15, tzinfo=UTC),
}


async def newest(home: Home) -> Digest:
    async with home.source() as source:
        return (await source.digest(categories=BOTH)).digest


@pytest.mark.parametrize("moment", WRONG.values(), ids=WRONG.keys())
async def test_the_mailing_has_the_day_of_the_feed(home: Home, clock: Clock, moment: datetime) -> None:
    clock.set(moment)
    assert (await newest(home)).date == FRIDAY.date()


@pytest.mark.parametrize("moment", WRONG.values(), ids=WRONG.keys())
async def test_once_it_is_right_the_next_mailing_is_fetched(
    home: Home, clock: Clock, server: StandIn, moment: datetime
) -> None:
    clock.set(moment)
    await newest(home)
    clock.set(FRIDAY)
    assert (await newest(home)).completeness.state is CompletenessState.COMPLETE
    server.mailings[MONDAY.date()] = [*invented(3, start=40), *invented(2, start=50, kind="cross")]
    server.today = MONDAY.date()
    clock.set(MONDAY)
    digest = await newest(home)
    assert (digest.date, len(digest.papers)) == (MONDAY.date(), 5)
    assert digest.completeness.state is CompletenessState.COMPLETE


async def test_a_clock_that_jumps_back_a_little_asks_nothing_again(
    home: Home, clock: Clock, server: StandIn
) -> None:
    await newest(home)
    asked = len(server.requests)
    for minutes in (3, 59):
        clock.set(FRIDAY - timedelta(minutes=minutes))
        assert (await newest(home)).completeness.state is CompletenessState.COMPLETE
    assert len(server.requests) == asked
