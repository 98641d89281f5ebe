"""Mailing days around the moments where they change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.servers.arxiv_home import eastern
from tui_digest.arxiv.calendar import Calendar

CALENDAR = Calendar()


@pytest.mark.parametrize(
    ("moment", "announced", "in_feed"),
    [
        pytest.param(eastern(22, 19, 59), date(2026, 11, 20), date(2026, 11, 20), id="Sunday 19:59"),
        pytest.param(eastern(22, 20, 0), date(2026, 11, 23), date(2026, 11, 20), id="Sunday 20:00"),
        pytest.param(eastern(22, 20, 1), date(2026, 11, 23), date(2026, 11, 20), id="Sunday 20:01"),
        pytest.param(eastern(22, 23, 59), date(2026, 11, 23), date(2026, 11, 20), id="Sunday 23:59"),
        pytest.param(eastern(23, 0, 0), date(2026, 11, 23), date(2026, 11, 23), id="Monday midnight"),
        pytest.param(eastern(23, 0, 1), date(2026, 11, 23), date(2026, 11, 23), id="Monday 00:01"),
        pytest.param(eastern(20, 20, 1), date(2026, 11, 20), date(2026, 11, 20), id="Friday evening"),
        pytest.param(eastern(21, 12), date(2026, 11, 20), date(2026, 11, 20), id="Saturday"),
        pytest.param(eastern(25, 20, 1), date(2026, 11, 26), date(2026, 11, 25), id="eve of Thanksgiving"),
        pytest.param(eastern(26, 12), date(2026, 11, 26), date(2026, 11, 26), id="Thanksgiving"),
        pytest.param(eastern(26, 20, 1), date(2026, 11, 26), date(2026, 11, 26), id="its evening"),
        pytest.param(eastern(27, 12), date(2026, 11, 26), date(2026, 11, 26), id="the day after"),
        pytest.param(eastern(29, 20, 1), date(2026, 11, 30), date(2026, 11, 26), id="Sunday after it"),
        pytest.param(eastern(1, 19, 59), date(2026, 10, 30), date(2026, 10, 30), id="clocks back, 19:59"),
        pytest.param(eastern(1, 20, 1), date(2026, 11, 2), date(2026, 10, 30), id="clocks back, 20:01"),
        pytest.param(
            eastern(8, 19, 59, month=3), date(2026, 3, 6), date(2026, 3, 6), id="clocks forward, 19:59"
        ),
        pytest.param(
            eastern(8, 20, 1, month=3), date(2026, 3, 9), date(2026, 3, 6), id="clocks forward, 20:01"
        ),
    ],
)
def test_the_newest_mailing(moment: datetime, announced: date, in_feed: date) -> None:
    utc = moment.astimezone(UTC)
    assert CALENDAR.newest_announced(utc) == announced
    assert CALENDAR.newest_in_feed(utc) == in_feed


def announced_at(day: date) -> datetime:
    """When the mailing of a day was announced: at eight in the evening before it, in New York."""
    return datetime.combine(day - timedelta(days=1), time(20), ZoneInfo("America/New_York")).astimezone(UTC)


@pytest.mark.parametrize("day", [date(2026, 3, 6), date(2026, 3, 9), date(2026, 10, 30), date(2026, 11, 2)])
def test_announcements_follow_daylight_saving(day: date) -> None:
    assert CALENDAR.newest_announced(announced_at(day)) == day
    assert CALENDAR.newest_announced(announced_at(day) - timedelta(seconds=1)) == CALENDAR.before(day)


@pytest.mark.parametrize(
    ("day", "start", "end"),
    [
        pytest.param(date(2026, 11, 20), eastern(18, 14), eastern(19, 14), id="Friday"),
        pytest.param(date(2026, 11, 23), eastern(19, 14), eastern(20, 14), id="Monday"),
        pytest.param(date(2026, 11, 24), eastern(20, 14), eastern(23, 14), id="Tuesday"),
        pytest.param(date(2026, 11, 30), eastern(25, 14), eastern(27, 14), id="Monday after Thanksgiving"),
        pytest.param(date(2026, 11, 3), eastern(30, 14, month=10), eastern(2, 14), id="clocks back"),
    ],
)
def test_submission_window(day: date, start: datetime, end: datetime) -> None:
    assert CALENDAR.submission_window(day) == (start, end)


def test_feeds_change_at_midnight_before_a_mailing() -> None:
    assert CALENDAR.feed_changes(eastern(19, 9)) == eastern(20, 0)
    assert CALENDAR.feed_changes(eastern(20, 0)) == eastern(23, 0)
    assert CALENDAR.feed_changes(eastern(21, 9)) == eastern(23, 0)
    assert CALENDAR.feed_changes(eastern(26, 9)) == eastern(30, 0)


def test_walking_over_mailing_days() -> None:
    assert CALENDAR.before(date(2026, 11, 30)) == date(2026, 11, 26)
    assert CALENDAR.after(date(2026, 11, 26)) == date(2026, 11, 30)
    assert CALENDAR.at_or_before(date(2026, 11, 22)) == date(2026, 11, 20)


def test_why_there_is_no_mailing() -> None:
    assert CALENDAR.why_quiet(date(2026, 11, 21)) == "a Saturday"
    assert CALENDAR.why_quiet(date(2026, 11, 22)) == "a Sunday"
    assert CALENDAR.why_quiet(date(2026, 11, 27)) == "the day after an arXiv holiday"


def test_settings_add_holidays() -> None:
    with_one_more = Calendar(holidays=[date(2026, 11, 23)])
    assert CALENDAR.is_mailing(date(2026, 11, 24))
    assert not with_one_more.is_mailing(date(2026, 11, 24))
    assert with_one_more.submission_window(date(2026, 11, 25)) == (eastern(20, 14), eastern(24, 14))


MOMENTS = st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC))


@given(MOMENTS)
def test_every_moment_has_its_mailing(moment: datetime) -> None:
    announced, in_feed = CALENDAR.newest_announced(moment), CALENDAR.newest_in_feed(moment)
    assert CALENDAR.is_mailing(announced)
    assert announced_at(announced) <= moment < announced_at(CALENDAR.after(announced))
    assert in_feed in (announced, CALENDAR.before(announced))
    changes = CALENDAR.feed_changes(moment)
    assert moment < changes
    assert CALENDAR.newest_in_feed(changes - timedelta(seconds=1)) == in_feed
    assert CALENDAR.newest_in_feed(changes) == CALENDAR.after(in_feed)


@given(st.dates(min_value=date(2025, 1, 1), max_value=date(2030, 1, 1)))
def test_submission_windows_follow_each_other_without_a_gap(day: date) -> None:
    mailing = CALENDAR.at_or_before(day)
    start, end = CALENDAR.submission_window(mailing)
    assert start < end < announced_at(mailing)
    assert CALENDAR.submission_window(CALENDAR.after(mailing))[0] == end
