"""The day is arXiv's own list, and the reader can see that it is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.servers.arxiv import StandIn
from tests.servers.arxiv_formats import Invented, invented
from tests.servers.arxiv_home import BOTH, Clock, Home, eastern
from tui_digest.arxiv.errors import UnconfirmedError
from tui_digest.arxiv.types import DigestOutcome
from tui_digest.errors import ArxivError, UsageError
from tui_digest.paper import CompletenessState

FRIDAY, THURSDAY = date(2026, 11, 20), date(2026, 11, 19)


async def fetched(
    home: Home, day: date | None = None, *, categories: tuple[str, ...] = BOTH, **how: bool
) -> DigestOutcome:
    """A digest, as a newly started process gets it."""
    async with home.source() as source:
        return await source.digest(day, categories=categories, tell=home.told.append, **how)


def ids(outcome: DigestOutcome) -> set[str]:
    return {paper.id for paper in outcome.digest.papers}


async def test_two_categories_are_one_request_and_a_paper_in_both_appears_once(
    home: Home, server: StandIn
) -> None:
    outcome = await fetched(home)
    assert server.asked() == ["/rss/cs.LG+math.OC"]
    assert len(outcome.digest.papers) == len(ids(outcome)) == 9
    assert outcome.digest.date == FRIDAY
    told = outcome.digest.completeness
    assert (told.state, told.shown, told.announced, told.note) == (CompletenessState.COMPLETE, 9, 9, "")
    assert told.counts == {"new": 7, "cross": 2}
    assert all(paper.announced == FRIDAY for paper in outcome.digest.papers)


async def test_announce_types_are_told_apart(home: Home, server: StandIn) -> None:
    kinds = {"new": 3, "cross": 2, "replace": 4, "replace-cross": 1}
    server.mailings[FRIDAY] = [
        paper
        for index, (kind, count) in enumerate(kinds.items())
        for paper in invented(count, start=100 * index, kind=kind)
    ]
    outcome = await fetched(home)
    assert outcome.digest.completeness.counts == kinds


@pytest.mark.parametrize(
    ("moment", "served", "shown"),
    [
        pytest.param(eastern(22, 19, 59), date(2026, 11, 22), FRIDAY, id="Sunday 19:59"),
        pytest.param(eastern(22, 20, 1), date(2026, 11, 22), FRIDAY, id="Sunday 20:01"),
        pytest.param(eastern(23, 0, 1), date(2026, 11, 23), date(2026, 11, 23), id="Monday 00:01"),
        pytest.param(eastern(26, 9), date(2026, 11, 26), date(2026, 11, 26), id="Thanksgiving"),
        pytest.param(eastern(27, 9), date(2026, 11, 27), date(2026, 11, 26), id="the day after"),
    ],
)
async def test_the_right_mailing_around_its_announcement(
    home: Home, clock: Clock, server: StandIn, moment: datetime, served: date, shown: date
) -> None:
    """Each mailing has been read on its day; then comes the moment."""
    for day in (20, 23, 24, 25, 26):
        server.today = date(2026, 11, day)
        server.mailings[server.today] = invented(3, start=100 * day)
        if eastern(day, 0, 1) < moment:
            clock.set(eastern(day, 0, 1))
            await fetched(home)
    clock.set(moment)
    server.today = served
    outcome = await fetched(home)
    assert outcome.digest.date == shown


async def test_from_the_evening_on_the_next_mailing_is_told_of(home: Home, clock: Clock) -> None:
    await fetched(home)
    clock.set(eastern(22, 20, 1))
    told = (await fetched(home)).digest.completeness
    assert told.state is CompletenessState.QUIET
    assert told.note == "Mon 23 Nov is announced; arXiv's feed brings it at midnight Eastern."


async def test_the_evenings_mailing_can_be_asked_for_by_its_date(
    home: Home, clock: Clock, server: StandIn
) -> None:
    monday = date(2026, 11, 23)
    server.mailings[monday] = invented(4, start=500, submitted=datetime(2026, 11, 20, 12, tzinfo=UTC))
    clock.set(eastern(22, 20, 1))
    outcome = await fetched(home, monday)
    assert outcome.digest.completeness.state is CompletenessState.BY_SUBMISSION_DATE
    assert len(outcome.digest.papers) == 4
    clock.set(eastern(23, 0, 1))
    server.today = monday
    assert (await fetched(home)).digest.completeness.state is CompletenessState.COMPLETE


async def test_a_paper_that_was_held_for_13_days_is_shown_when_it_is_announced(
    home: Home, server: StandIn
) -> None:
    held = Invented(id="2611.07430", submitted=datetime(2026, 11, 7, tzinfo=UTC))
    server.mailings[FRIDAY].append(held)
    assert held.id in ids(await fetched(home))


async def test_on_a_saturday_fridays_mailing_is_shown_without_asking(
    home: Home, clock: Clock, server: StandIn
) -> None:
    await fetched(home)
    clock.set(eastern(21))
    outcome = await fetched(home)
    assert len(server.requests) == 1
    assert outcome.digest.date == FRIDAY
    assert outcome.digest.completeness.state is CompletenessState.QUIET
    assert outcome.digest.completeness.note == "No mailing on Sat 21 Nov (a Saturday); Fri 20 Nov is shown."
    assert home.mailings.digests[FRIDAY, BOTH].completeness.state is CompletenessState.COMPLETE


async def test_an_earlier_day_is_shown_without_a_word_about_newer_ones(
    home: Home, clock: Clock, server: StandIn
) -> None:
    await fetched(home)
    clock.set(eastern(24))
    outcome = await fetched(home, FRIDAY)
    assert outcome.from_store
    assert outcome.digest.completeness.note == ""
    assert len(server.requests) == 1


async def test_a_first_start_on_a_saturday_shows_friday_by_submission_date(
    home: Home, clock: Clock, server: StandIn
) -> None:
    clock.set(eastern(21))
    server.today = date(2026, 11, 21)
    outcome = await fetched(home)
    assert outcome.problem is None
    assert len(ids(outcome)) == 9
    assert outcome.digest.completeness.state is CompletenessState.BY_SUBMISSION_DATE
    assert outcome.digest.completeness.note.startswith("No mailing on Sat 21 Nov")
    assert server.asked("/rss/") == ["/rss/cs.LG+math.OC"]
    await fetched(home)
    assert len(server.requests) == 2


async def test_a_day_without_a_mailing_asked_for_by_date(home: Home) -> None:
    outcome = await fetched(home, date(2026, 11, 15))
    assert outcome.digest.date == date(2026, 11, 13)
    assert "No mailing on Sun 15 Nov (a Sunday); Fri 13 Nov is shown." in outcome.digest.completeness.note


async def test_a_mailing_still_to_come_is_a_wrong_question(home: Home, server: StandIn) -> None:
    with pytest.raises(UsageError, match="2026-11-24 is still to come; the newest is that of 2026-11-20"):
        await fetched(home, date(2026, 11, 24))
    assert not server.requests


async def test_a_category_with_yesterdays_papers_is_stale_and_asked_again_later(
    home: Home, clock: Clock, server: StandIn
) -> None:
    clock.set(eastern(19))
    server.today = THURSDAY
    yesterday = invented(4, start=300, categories=("cs.LG",))
    server.mailings[THURSDAY] = [*yesterday, *invented(2, start=400, categories=("math.OC",))]
    await fetched(home)

    clock.set(eastern(20))
    server.today = FRIDAY
    todays = server.mailings[FRIDAY]
    server.mailings[FRIDAY] = [*yesterday, *invented(3, start=11, categories=("math.OC",))]
    outcome = await fetched(home)
    assert outcome.digest.completeness.state is CompletenessState.STALE
    assert outcome.digest.completeness.note.startswith("For cs.LG arXiv still served an earlier mailing")
    assert ids(outcome) == {"2611.00011", "2611.00012", "2611.00013"}

    clock.set(eastern(20, 9, 30))
    assert (await fetched(home)).from_store
    clock.set(eastern(20, 10, 1))
    server.mailings[FRIDAY] = todays
    outcome = await fetched(home)
    assert outcome.digest.completeness.state is CompletenessState.COMPLETE
    assert len(ids(outcome)) == 9


async def test_yesterdays_whole_mailing_under_todays_date_is_stale(
    home: Home, clock: Clock, server: StandIn
) -> None:
    clock.set(eastern(19))
    server.today = THURSDAY
    server.mailings[THURSDAY] = invented(4, start=300)
    await fetched(home)
    clock.set(eastern(20))
    server.stated = FRIDAY
    outcome = await fetched(home)
    assert (outcome.digest.date, len(outcome.digest.papers)) == (THURSDAY, 4)
    assert outcome.digest.completeness.state is CompletenessState.STALE
    assert "Under Fri 20 Nov arXiv still serves an earlier mailing" in outcome.digest.completeness.note
    asked = len(server.requests)
    assert (await fetched(home)).digest.completeness.state is CompletenessState.STALE
    assert len(server.requests) == asked
    clock.set(eastern(20, 10, 1))
    server.today = FRIDAY
    outcome = await fetched(home)
    assert (outcome.digest.date, len(outcome.digest.papers)) == (FRIDAY, 9)


async def test_yesterdays_mailing_is_known_again_although_it_came_by_submission_date(
    home: Home, clock: Clock, server: StandIn
) -> None:
    server.mailings[FRIDAY] = [
        *invented(4),
        *invented(2, start=50, kind="cross"),
        *invented(2, start=60, kind="replace", version=2),
    ]
    clock.set(eastern(23))
    await fetched(home, FRIDAY)
    server.stated = date(2026, 11, 23)
    outcome = await fetched(home)
    assert outcome.digest.date == FRIDAY
    assert outcome.digest.completeness.state is CompletenessState.STALE


async def test_new_papers_under_yesterdays_date_are_todays(home: Home, clock: Clock, server: StandIn) -> None:
    clock.set(eastern(19))
    server.today = THURSDAY
    server.mailings[THURSDAY] = invented(4, start=300)
    await fetched(home)
    clock.set(eastern(20))
    server.today, server.stated = FRIDAY, THURSDAY
    outcome = await fetched(home)
    assert outcome.digest.date == FRIDAY
    assert outcome.digest.completeness.state is CompletenessState.COMPLETE


async def test_yesterdays_date_is_believed_when_nothing_is_stored(
    home: Home, clock: Clock, server: StandIn
) -> None:
    server.stated = THURSDAY
    outcome = await fetched(home)
    assert outcome.digest.date == THURSDAY
    assert outcome.digest.completeness.state is CompletenessState.STALE
    assert "does not hold the mailing of Fri 20 Nov yet" in outcome.digest.completeness.note
    clock.set(eastern(20, 10, 1))
    server.stated = None
    server.mailings[FRIDAY] = invented(4, start=600)
    outcome = await fetched(home)
    assert (outcome.digest.date, len(ids(outcome))) == (FRIDAY, 4)


async def test_a_cross_list_of_a_known_paper_is_not_stale(home: Home, clock: Clock, server: StandIn) -> None:
    clock.set(eastern(19))
    server.today = THURSDAY
    server.mailings[THURSDAY] = invented(1, start=300, categories=("cs.LG",))
    await fetched(home)
    clock.set(eastern(20))
    server.today = FRIDAY
    server.mailings[FRIDAY] = [
        *invented(1, start=300, categories=("cs.LG", "math.OC"), kind="cross"),
        *invented(1, start=1),
    ]
    outcome = await fetched(home)
    assert outcome.digest.completeness.state is CompletenessState.COMPLETE
    assert len(ids(outcome)) == 2


async def test_a_feed_at_its_cap_is_asked_for_category_by_category(
    home: Home, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_digest.arxiv.mailing.FEED_CAP", 100)
    learning = invented(75, start=1, categories=("cs.LG",), kind="replace")
    control = invented(45, start=2001, categories=("math.OC",), kind="replace")

    def feed_of(name: str) -> list[Invented]:
        return {"cs.LG": learning, "math.OC": control}.get(name, [*learning, *control][:100])

    server.feed_of = feed_of
    outcome = await fetched(home)
    assert server.asked() == ["/rss/cs.LG+math.OC", "/rss/cs.LG", "/rss/math.OC"]
    assert len(ids(outcome)) == outcome.digest.completeness.announced == 120
    assert outcome.digest.completeness.state is CompletenessState.COMPLETE
    assert "cut at 2000 papers, so each category was asked for alone" in outcome.digest.completeness.note


async def test_many_categories_at_the_cap_are_taken_up_where_they_stopped(
    home: Home, server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_digest.arxiv.mailing.FEED_CAP", 20)
    server.feed_of = lambda name: invented(20 if "+" in name else 10, start=len(name), kind="replace")
    server.fault, server.faulty_part = "404", "/rss/stat.ML"
    categories = ("cs.LG", "math.OC", "stat.ML")
    with pytest.raises(ArxivError):
        await fetched(home, categories=categories)
    server.fault = ""
    server.requests.clear()
    outcome = await fetched(home, categories=categories)
    assert outcome.digest.completeness.state is CompletenessState.COMPLETE
    assert server.asked() == ["/rss/cs.LG+math.OC+stat.ML", "/rss/stat.ML"]


async def test_a_single_category_at_the_cap_is_partial(home: Home, server: StandIn) -> None:
    server.mailings[FRIDAY] = invented(2000)
    outcome = await fetched(home, categories=("cs.LG",))
    assert outcome.digest.completeness.state is CompletenessState.PARTIAL
    assert "new ones are missing; see arxiv.org/list/cs.LG/new" in outcome.digest.completeness.note


async def test_an_empty_answer_to_a_date_is_asked_for_once_more_and_not_kept(
    home: Home, server: StandIn
) -> None:
    server.mailings.clear()
    outcome = await fetched(home, date(2026, 11, 18))
    assert len(server.asked("/api/query")) == 2
    assert outcome.digest.completeness.state is CompletenessState.UNCONFIRMED
    assert outcome.digest.completeness.note.startswith("Unconfirmed: ")
    assert home.mailings.digest(date(2026, 11, 18), BOTH) is None
    await fetched(home, date(2026, 11, 18), again=True)
    assert len(server.asked("/api/query")) == 4


async def test_an_empty_feed_on_a_weekday_is_unconfirmed(home: Home, clock: Clock, server: StandIn) -> None:
    await fetched(home)
    clock.set(eastern(23, 9))
    server.today = date(2026, 11, 23)
    outcome = await fetched(home)
    assert len(server.requests) == 3
    assert outcome.digest.date == FRIDAY
    assert outcome.digest.completeness.state is CompletenessState.UNCONFIRMED
    assert "was empty twice" in outcome.digest.completeness.note
    assert (await fetched(home)).digest.completeness.state is CompletenessState.UNCONFIRMED
    assert len(server.requests) == 3
    clock.set(eastern(23, 10, 1))
    server.mailings[server.today] = invented(2, start=700)
    assert (await fetched(home)).digest.date == date(2026, 11, 23)


async def test_a_first_start_on_an_unlisted_holiday_shows_the_mailing_before(
    home: Home, clock: Clock, server: StandIn
) -> None:
    clock.set(eastern(23))
    server.today = date(2026, 11, 23)
    outcome = await fetched(home)
    assert outcome.digest.date == FRIDAY
    assert len(ids(outcome)) == 9
    assert "Unconfirmed: arXiv's feed for Mon 23 Nov was empty twice" in outcome.digest.completeness.note
    asked = len(server.requests)
    assert (await fetched(home)).digest.completeness.state is CompletenessState.UNCONFIRMED
    assert len(server.requests) == asked


async def test_nothing_at_all_on_a_first_start_is_a_failure_not_zero_papers(
    home: Home, server: StandIn
) -> None:
    server.mailings.clear()
    with pytest.raises(UnconfirmedError, match="Unconfirmed"):
        await fetched(home)


async def test_an_empty_second_page_is_asked_for_again_then_partial(home: Home, server: StandIn) -> None:
    server.mailings[FRIDAY] = invented(700)
    server.fault = "emptypage2"
    home.clock.set(eastern(24))
    outcome = await fetched(home, FRIDAY)
    assert [path.rpartition("start=")[2] for path in server.asked("/api/query")] == [
        "0&max_results=500",
        "500&max_results=500",
        "500&max_results=500",
    ]
    told = outcome.digest.completeness
    assert (told.state, told.shown, told.announced) == (CompletenessState.PARTIAL, 500, 700)


async def test_a_partial_day_is_completed_without_asking_for_its_pages_again(
    home: Home, server: StandIn
) -> None:
    server.mailings[FRIDAY] = invented(700)
    server.fault = "emptypage2"
    home.clock.set(eastern(24))
    await fetched(home, FRIDAY)
    server.fault = ""
    server.requests.clear()
    outcome = await fetched(home, FRIDAY, again=True)
    assert [path.rpartition("start=")[2] for path in server.asked()] == ["500&max_results=500"]
    assert outcome.digest.completeness.state is CompletenessState.BY_SUBMISSION_DATE
    assert outcome.digest.completeness.shown == 700


async def test_a_promise_that_no_page_keeps_is_partial(home: Home, server: StandIn) -> None:
    server.fault = "short"
    home.clock.set(eastern(24))
    told = (await fetched(home, FRIDAY)).digest.completeness
    assert (told.state, told.shown, told.announced) == (CompletenessState.PARTIAL, 9, 59)


async def test_the_same_page_again_and_again_is_asked_for_twice_and_told(
    home: Home, clock: Clock, server: StandIn
) -> None:
    server.fault, server.faulty_part = "samepage", "/api/"
    clock.set(eastern(24))
    outcome = await fetched(home, FRIDAY)
    assert len(ids(outcome)) == 9
    assert outcome.digest.completeness.state is not CompletenessState.COMPLETE
    assert len([request for request in server.requests if "/api/" in request.path]) <= 3


async def test_a_day_not_fetched_in_time_comes_by_submission_date(home: Home, clock: Clock) -> None:
    clock.set(eastern(24))
    outcome = await fetched(home, FRIDAY)
    assert outcome.digest.completeness.state is CompletenessState.BY_SUBMISSION_DATE
    assert outcome.digest.completeness.note.startswith(
        "By submission date, because arXiv's feed does not hold Fri 20 Nov"
    )
    assert len(ids(outcome)) == 9


async def test_a_second_start_on_the_same_mailing_asks_nothing(home: Home, server: StandIn) -> None:
    first = await fetched(home)
    second = await fetched(home)
    assert len(server.requests) == 1
    assert second.from_store
    assert second.digest == first.digest


async def test_without_the_library_the_cache_answers(home: Home, server: StandIn) -> None:
    first = await fetched(home)
    home.mailings.digests.clear()
    assert (await fetched(home)).digest == first.digest
    assert len(server.requests) == 1


async def test_again_asks_although_nothing_new_is_due(home: Home, server: StandIn) -> None:
    await fetched(home)
    await fetched(home, again=True)
    assert len(server.requests) == 2
    home.mailings.digests.clear()
    await fetched(home, again=True)
    assert len(server.requests) == 3


@pytest.mark.parametrize("day", [None, FRIDAY])
async def test_offline_shows_what_is_stored_and_asks_nothing(
    home: Home, clock: Clock, server: StandIn, day: date | None
) -> None:
    with pytest.raises(ArxivError, match="Nothing is stored"):
        await fetched(home, day, offline=True)
    await fetched(home)
    clock.set(eastern(23))
    outcome = await fetched(home, day, offline=True)
    assert len(ids(outcome)) == 9
    assert outcome.digest.fetched_at == eastern(20)
    assert len(server.requests) == 1


async def test_a_digest_shown_late_says_which_mailing_is_missing(home: Home, clock: Clock) -> None:
    await fetched(home)
    clock.set(eastern(24))
    outcome = await fetched(home, offline=True)
    assert outcome.digest.completeness.note == "Fri 20 Nov is shown; Tue 24 Nov has not been fetched."


async def test_a_mailing_that_the_calendar_does_not_know_is_taken(
    home: Home, clock: Clock, server: StandIn
) -> None:
    clock.set(eastern(27))
    server.today = date(2026, 11, 27)
    server.mailings[server.today] = invented(2, start=800)
    outcome = await fetched(home)
    assert outcome.digest.date == date(2026, 11, 27)
    assert len(ids(outcome)) == 2


async def test_a_feed_that_is_early_is_taken(home: Home, clock: Clock, server: StandIn) -> None:
    clock.set(eastern(22, 20, 1))
    server.today = date(2026, 11, 23)
    server.mailings[server.today] = invented(2, start=800)
    outcome = await fetched(home)
    assert outcome.digest.date == date(2026, 11, 23)
    assert outcome.digest.completeness.note == ""


async def test_a_date_still_to_come_is_not_believed(home: Home, server: StandIn) -> None:
    server.stated = date(2030, 1, 4)
    assert (await fetched(home)).digest.date == FRIDAY


async def test_a_home_that_cannot_be_written_is_no_hindrance(home: Home) -> None:
    for name in ("cache", "state"):
        (home.folder / name).write_text("in the way")
    assert len(ids(await fetched(home))) == 9
    assert (await fetched(home)).from_store


async def test_an_unknown_category_is_refused_in_arxivs_words(home: Home, server: StandIn) -> None:
    with pytest.raises(ArxivError, match=r"arXiv refused the question: Bad archive 'nope'\."):
        await fetched(home, categories=("nope",))
    assert len(server.requests) == 1


async def test_an_archive_stands_for_its_categories(home: Home, server: StandIn) -> None:
    outcome = await fetched(home, categories=("cs",))
    assert len(ids(outcome)) == 6
    home.clock.set(eastern(24))
    outcome = await fetched(home, FRIDAY, categories=("math",))
    assert "cat%3Amath.%2A" in server.asked("/api/query")[0]


async def test_it_is_due_only_when_something_new_can_be_there(home: Home, clock: Clock) -> None:
    assert home.is_due(BOTH)
    await fetched(home)
    for moment in (eastern(20, 23), eastern(21), eastern(22, 23, 59)):
        clock.set(moment)
        assert not home.is_due(BOTH)
    clock.set(eastern(23, 0, 1))
    assert home.is_due(BOTH)


async def test_a_late_feed_is_asked_again_also_on_a_quiet_day(
    home: Home, clock: Clock, server: StandIn
) -> None:
    server.stated = THURSDAY
    outcome = await fetched(home)
    assert (outcome.digest.date, outcome.digest.completeness.state) == (THURSDAY, CompletenessState.STALE)
    clock.set(eastern(21))
    assert home.is_due(BOTH)


async def test_what_is_not_all_there_is_due_an_hour_later(home: Home, clock: Clock, server: StandIn) -> None:
    server.mailings[FRIDAY].append(Invented(id="1234.12345x"))
    outcome = await fetched(home, categories=("cs.LG",))
    assert outcome.digest.completeness.note == "1 of the 7 papers in arXiv's feed could not be read."
    clock.set(eastern(20) + timedelta(minutes=59))
    assert not home.is_due(("cs.LG",))
    clock.set(eastern(20) + timedelta(minutes=61))
    assert home.is_due(("cs.LG",))
    clock.set(eastern(21))
    assert not home.is_due(("cs.LG",))
