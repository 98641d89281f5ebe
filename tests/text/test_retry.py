"""`Retry-After` in the forms that RFC 9110 allows, and back-off without it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_digest.text.retry import backoff, retry_after

NOW = datetime(2026, 11, 20, 9, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("0", 0.0),
        (" 5 ", 5.0),
        ("1.5", 1.5),
        ("Fri, 20 Nov 2026 09:12:30 GMT", 30.0),
        ("Friday, 20-Nov-26 09:12:30 GMT", 30.0),
        ("Fri Nov 20 09:12:30 2026", 30.0),
        ("Fri, 20 Nov 2026 10:12:30 +0100", 30.0),
        ("Fri, 20 Nov 2026 09:00:00 GMT", 0.0),
        ("", None),
        ("soon", None),
        ("-1", None),
        ("٥", None),
        ("nan", None),
        ("inf", None),
        ("1e3", None),
        ("9" * 400, None),
        ("Fri, 20 Nov 99999 09:12:30 GMT", None),
        ("Fri, 31 Dec 9999 23:59:59 GMT", None),
        ("Fri, 41 Nov 2026 09:12:30 GMT", None),
    ],
)
def test_the_wait_is_seconds_or_a_date(header: str, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


@given(st.text(alphabet="0123456789:,.+- FriNovGMTZ\n\x00é", max_size=40))
def test_any_header_is_read(header: str) -> None:
    seconds = retry_after(header, NOW)
    assert seconds is None or seconds >= 0


def test_each_wait_is_twice_the_one_before() -> None:
    assert [backoff(3.0, attempt, 1.0) for attempt in (1, 2, 3)] == [3.0, 6.0, 12.0]
    assert backoff(1.0, 2, 1.5) == 3.0
