"""Which mailings someone missed who was away."""

from __future__ import annotations

from datetime import date, datetime

from tui_digest.arxiv.calendar import Calendar
from tui_digest.arxiv.completeness import came_by_submission
from tui_digest.arxiv.types import MailingStore

FURTHEST_BACK = 20
"""Mailings that are caught up with at most: four weeks."""


def missed_days(
    categories: tuple[str, ...], mailings: MailingStore, calendar: Calendar, now: datetime
) -> tuple[date, ...]:
    """The mailing days since the first stored one that are not stored, oldest first, without the newest.

    Nothing was missed before the first start. Whoever only looked at an old day, which came by
    submission date, has not been reading since then.
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
