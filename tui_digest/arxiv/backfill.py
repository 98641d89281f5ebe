"""Mailings that were not fetched in time."""

from __future__ import annotations

from datetime import date, datetime

from tui_digest.arxiv.calendar import Calendar
from tui_digest.arxiv.completeness import came_by_submission
from tui_digest.arxiv.types import MailingStore

FURTHEST_BACK = 20
"""The most mailings that are fetched later: four weeks of them."""


def missed_days(
    categories: tuple[str, ...], mailings: MailingStore, calendar: Calendar, now: datetime
) -> tuple[date, ...]:
    """Return the days without a stored mailing since the first one, oldest first.

    The newest mailing is not among them: it comes from the daily feed. A day that was only opened in
    the calendar, and so came by submission date, does not count as the first one.
    """
    days = [calendar.before(calendar.newest_in_feed(now))]
    while len(days) < FURTHEST_BACK:
        days.insert(0, calendar.before(days[0]))
    stored = {day: mailings.digest(day, categories) for day in days}
    newest = mailings.digest(None, categories)
    read = [day for day, digest in stored.items() if digest and not came_by_submission(digest)]
    kept = read or [day for day, digest in stored.items() if digest]
    if newest is None or (not read and newest.date > days[-1]):
        return ()
    first = kept[0] if kept else days[0]
    return tuple(day for day in days if day >= first and stored[day] is None)
