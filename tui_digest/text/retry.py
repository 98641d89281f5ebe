"""The wait before a retry: `Retry-After` (RFC 9110, 10.2.3), and back-off."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MOST_S = 999_999_999
_SECONDS = re.compile(r"\d{1,9}(?:\.\d{1,6})?", re.ASCII)


def retry_after(value: str, now: datetime) -> float | None:
    """Return the seconds to wait that a `Retry-After` header asks for.

    Args:
        value: the header's value: seconds, with or without decimals, or an HTTP date.
        now: the present moment, in UTC, from which a date is counted.

    Returns:
        Seconds, 0 or more; None if the header is empty, is neither form, or names more than 30 years.
    """
    value = value.strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:  # `asctime`'s form, which RFC 9110, 5.6.7, reads as UTC
        moment = moment.replace(tzinfo=UTC)
    seconds = max(0.0, (moment - now).total_seconds())
    return seconds if seconds <= _MOST_S else None


def backoff(first: float, attempt: int, jitter: float) -> float:
    """Return the seconds to wait after a failed attempt: doubled after each one.

    Args:
        first: the seconds after the first attempt.
        attempt: how many attempts have failed, from 1.
        jitter: a random factor around 1, so that many clients do not come back at one moment.
    """
    return float(first * 2 ** (attempt - 1) * jitter)
