"""The calendar: the days that are stored, with what is left to do, and the last mailings. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from tui_digest.reading import StoredDay
from tui_digest.tui.ports import Days
from tui_digest.tui.summary import day_name, state_words

_NOT_FETCHED_SHOWN = 15


class CalendarDay(msgspec.Struct, frozen=True):
    """A mailing day; `stored` is None when its papers were not fetched."""

    date: date
    stored: StoredDay | None = None


def calendar_days(days: Days, stored: Sequence[StoredDay]) -> tuple[CalendarDay, ...]:
    """The days to go to, newest first: the last mailings, and every day that is stored."""
    found = {day.date: CalendarDay(day.date, day) for day in stored}
    day: date | None = days.newest()
    for _ in range(_NOT_FETCHED_SHOWN):
        if day is None:
            break
        found.setdefault(day, CalendarDay(day))
        day = days.older(day)
    return tuple(sorted(found.values(), key=lambda known: known.date, reverse=True))


def day_words(day: CalendarDay) -> str:
    """One line on a day, in columns."""
    name = day_name(day.date).rjust(15)
    if day.stored is None:
        return f"{name}   not fetched"
    known = day.stored
    counts = f"{known.total:4} papers  {known.unread:4} unread  {known.to_read:3} to read"
    return f"{name}   {counts}   {state_words(known.state)}"
