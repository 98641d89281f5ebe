"""The words that every front end uses."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from tui_digest.entry import Mark
from tui_digest.paper import AnnounceType, CompletenessState
from tui_digest.render.labels import (
    ANNOUNCE_LABELS,
    MARK_LABELS,
    STATE_LABELS,
    age,
    announce_label,
    count_words,
    counts_by_label,
    date_and_time,
    day_name,
    full_day_name,
    licence_name,
    short_date,
)

DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


def test_every_value_has_a_label() -> None:
    assert set(MARK_LABELS) == set(Mark)
    assert set(ANNOUNCE_LABELS) == set(AnnounceType)
    assert set(STATE_LABELS) == set(CompletenessState)


def test_days_are_named_in_any_locale() -> None:
    assert (day_name(DAY), full_day_name(DAY), short_date(DAY)) == (
        "Fri 20 Nov",
        "Fri 20 Nov 2026",
        "20 Nov 2026",
    )


def test_an_unknown_announce_type_has_no_words() -> None:
    assert announce_label(None) == ""
    assert announce_label(AnnounceType.REPLACE_CROSS) == "replaced, cross-listed"


@pytest.mark.parametrize(
    ("passed", "expected"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=59), "59 min"),
        (timedelta(hours=47), "47 h"),
        (timedelta(days=2), "2 days"),
    ],
)
def test_an_age_is_in_the_largest_unit_that_fits(passed: timedelta, expected: str) -> None:
    assert age(NOW - passed, NOW) == expected


def test_replacements_are_counted_together_and_what_is_unknown_keeps_its_name() -> None:
    counts = {"new": 3, "replace": 2, "replace-cross": 1, "other": 4}
    assert counts_by_label(counts) == {"new": 3, "replaced": 3, "other": 4}


def test_counts_have_the_right_number() -> None:
    assert [count_words(number, "paper") for number in (0, 1, 2)] == ["0 papers", "1 paper", "2 papers"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("http://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("https://creativecommons.org/licenses/by-nc-sa/4.0", "CC BY-NC-SA 4.0"),
        ("http://creativecommons.org/licenses/by-nc-nd/4.0/", "CC BY-NC-ND 4.0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("http://creativecommons.org/licenses/publicdomain/", "public domain"),
        ("http://arxiv.org/licenses/nonexclusive-distrib/1.0/", "arXiv non-exclusive 1.0"),
        ("http://arxiv.org/licenses/assumed-1991-2003/", "assumed by arXiv (1991 to 2003)"),
        ("All rights\x1b[31m reserved", "All rights reserved"),
        (
            "http://creativecommons.org/licenses/by/4.0/evil",
            "http://creativecommons.org/licenses/by/4.0/evil",
        ),
    ],
)
def test_known_licences_have_their_names_and_others_stay(text: str, name: str) -> None:
    assert licence_name(text) == name


def test_a_moment_is_written_as_dates_are() -> None:
    moment = datetime(2026, 11, 20, 9, 12).astimezone()
    assert date_and_time(moment) == f"{short_date(moment.date())} 09:12" == "20 Nov 2026 09:12"
