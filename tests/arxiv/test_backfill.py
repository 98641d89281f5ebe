"""After days away: each missed mailing once, oldest first, and the newest whatever happens."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime

import pytest

from tests.servers.arxiv import StandIn
from tests.servers.arxiv_formats import invented
from tests.servers.arxiv_home import BOTH, Clock, Home, eastern
from tui_digest.arxiv.errors import CoolDownError
from tui_digest.arxiv.source import Source
from tui_digest.arxiv.types import DigestOutcome, Progress, no_progress
from tui_digest.errors import ArxivError
from tui_digest.paper import CompletenessState

DAYS = [date(2026, 11, day) for day in (12, 13, 16, 17, 18, 19, 20)]


@pytest.fixture
def away(home: Home, server: StandIn, clock: Clock) -> Home:
    """Someone who read on Thursday the 12th and comes back on Friday the 20th."""
    for day in DAYS:
        start, _ = home.calendar.submission_window(day)
        server.mailings[day] = invented(3, start=100 * day.day, submitted=start)
    server.today = DAYS[0]
    clock.set(eastern(12))
    return home


async def caught_up(home: Home, at_most: int = 99) -> list[DigestOutcome]:
    """At most that many outcomes of catching up, by a newly started process."""
    async with home.source() as source:
        return await collected(source, at_most, home.told.append)


async def collected(source: Source, at_most: int = 99, tell: Progress = no_progress) -> list[DigestOutcome]:
    """At most that many outcomes; a failure at the end is told."""
    outcomes: list[DigestOutcome] = []
    async with contextlib.aclosing(source.catch_up(BOTH, tell)) as catching_up:
        try:
            async for outcome in catching_up:
                outcomes.append(outcome)
                if len(outcomes) == at_most:
                    break
        except ArxivError as error:
            tell(f"failed: {error}")
    return outcomes


def come_back(home: Home) -> None:
    home.clock.set(eastern(20))
    home.server.today = DAYS[-1]
    home.server.requests.clear()


async def test_a_first_start_has_missed_nothing(away: Home, server: StandIn) -> None:
    (only,) = await caught_up(away)
    assert only.digest.date == DAYS[0]
    assert len(server.requests) == 1


async def test_missed_mailings_come_oldest_first_and_the_newest_exactly(away: Home) -> None:
    await caught_up(away)
    come_back(away)
    outcomes = await caught_up(away)
    assert [outcome.digest.date for outcome in outcomes] == DAYS[1:]
    *earlier, newest = (outcome.digest.completeness.state for outcome in outcomes)
    assert set(earlier) == {CompletenessState.BY_SUBMISSION_DATE}
    assert newest is CompletenessState.COMPLETE
    assert "catching up: Fri 13 Nov, 1 of 5 missed mailings" in away.told


async def test_stopped_and_resumed_it_asks_nothing_twice(away: Home, server: StandIn) -> None:
    await caught_up(away)
    come_back(away)
    first = await caught_up(away, at_most=2)
    second = await caught_up(away)
    assert [outcome.digest.date for outcome in (*first, *second)] == DAYS[1:]
    assert len(server.asked()) == len(set(server.asked())) == 6
    await caught_up(away)
    assert len(server.asked()) == 6


async def test_the_newest_comes_although_the_api_fails(away: Home, server: StandIn) -> None:
    await caught_up(away)
    come_back(away)
    server.fault, server.faulty_part = "503", "/api/"
    assert [outcome.digest.date for outcome in await caught_up(away)] == [DAYS[-1]]
    assert away.told[-1].startswith("failed: arXiv's server failed (503); it was asked 4 times")
    server.fault = ""
    assert [outcome.digest.date for outcome in await caught_up(away)] == DAYS[1:]


async def test_a_cool_down_is_for_all_of_arxiv(away: Home, server: StandIn) -> None:
    await caught_up(away)
    come_back(away)
    server.fault = "429x1"
    outcomes = await caught_up(away)
    assert away.told[-1].startswith("failed: arXiv is asked too often")
    assert [outcome.digest.date for outcome in outcomes] == [DAYS[0]]
    assert isinstance(outcomes[0].problem, CoolDownError)
    away.clock.set(eastern(20, 10))
    assert [outcome.digest.date for outcome in await caught_up(away)] == DAYS[1:]


async def test_a_day_that_stays_empty_is_not_asked_for_every_hour(away: Home, server: StandIn) -> None:
    await caught_up(away)
    del server.mailings[DAYS[2]]
    come_back(away)
    assert DAYS[2] not in [outcome.digest.date for outcome in await caught_up(away)]
    asked = len(server.requests)
    for hour in (10, 11, 12):
        away.clock.set(eastern(20, hour))
        await caught_up(away)
    assert len(server.requests) == asked


async def test_looking_at_an_old_day_is_not_having_read_since_then(away: Home) -> None:
    come_back(away)
    async with away.source() as source:
        await source.digest(DAYS[1], categories=BOTH)
        await source.digest(categories=BOTH)
        assert source.missed(BOTH) == ()


async def test_after_a_long_time_away_four_weeks_are_brought(away: Home) -> None:
    away.clock.set(datetime(2026, 9, 1, 15, tzinfo=UTC))
    away.server.today = date(2026, 9, 1)
    away.server.mailings[away.server.today] = invented(2, start=9000)
    await caught_up(away)
    come_back(away)
    async with away.source() as source:
        missed = source.missed(BOTH)
    assert len(missed) == 20
    assert missed[0] == date(2026, 10, 23)
    assert missed[-1] == date(2026, 11, 19)
