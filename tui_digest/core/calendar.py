"""The days of the calendar: their mailings, or why they have none. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import Enum, auto

import msgspec

from tui_digest.core.services import Days
from tui_digest.entry import StoredDay
from tui_digest.render.labels import STATE_LABELS, count_words, full_day_name

FIRST_DAY = date(1991, 8, 14)
"""arXiv began."""

_MAILINGS_FOUND = 15
"""How many of the last mailings are found by name, also when they are not stored."""


class DayState(Enum):
    """State of a day's mailing in the library."""

    STORED = auto()
    MISSED = auto()
    EARLIER = auto()
    QUIET = auto()
    COMING = auto()


class CalendarDay(msgspec.Struct, frozen=True):
    """A day of the calendar.

    A mailing between stored ones that is not stored itself was missed; one before them all is
    earlier, and one that arXiv has not announced yet is coming. `stored` is None unless it is
    stored; `why_quiet` says why a day has no mailing, empty unless it has none.
    """

    date: date
    state: DayState
    stored: StoredDay | None = None
    why_quiet: str = ""

    @property
    def can_be_opened(self) -> bool:
        """Whether there are papers to go to."""
        return self.state in (DayState.STORED, DayState.MISSED, DayState.EARLIER)


class MailingCalendar:
    """The days as arXiv announces them, and what of them is stored.

    Args:
        days: arXiv's mailing days.
        stored: the stored days with what is left to do in each.
        today: the reader's own date.
        shown: the day that the reader shows; None when it shows none.
    """

    def __init__(self, days: Days, stored: Sequence[StoredDay], today: date, shown: date | None) -> None:
        self._days = days
        self._stored = {day.date: day for day in stored}
        self._oldest = min(self._stored, default=None)
        self.newest = days.newest()
        self.today = today
        self.shown = shown

    def day(self, day: date) -> CalendarDay:
        """Return what is known of a day."""
        if (stored := self._stored.get(day)) is not None:
            return CalendarDay(day, DayState.STORED, stored)
        if why := self._days.why_quiet(day):
            return CalendarDay(day, DayState.QUIET, why_quiet=why)
        if day > self.newest:
            return CalendarDay(day, DayState.COMING)
        missed = self._oldest is not None and day > self._oldest
        return CalendarDay(day, DayState.MISSED if missed else DayState.EARLIER)

    def within(self, day: date) -> date:
        """Return the nearest day of the calendar: its end is a week after the newest."""
        return max(FIRST_DAY, min(day, max(self.newest, self.today) + timedelta(days=7)))

    def to_go_to(self) -> tuple[date, ...]:
        """Return the days for a search by name, newest first."""
        found = set(self._stored)
        day = self.newest
        for _ in range(_MAILINGS_FOUND):
            found.add(day)
            day = self._days.older(day)
        return tuple(sorted(found, reverse=True))

    def words(self, day: date) -> str:
        """One sentence on a day."""
        known = self.day(day)
        also = [word for word, other in (("today", self.today), ("shown now", self.shown)) if day == other]
        name = f"{full_day_name(day)} ({', '.join(also)})" if also else full_day_name(day)
        return f"{name}: {_mailing_words(known)}."


def _mailing_words(day: CalendarDay) -> str:
    match day.state:
        case DayState.QUIET:
            return f"no mailing on {day.why_quiet}"
        case DayState.COMING:
            return "arXiv has not announced it yet"
        case DayState.MISSED:
            return "missed, not fetched yet; Enter fetches it"
        case DayState.EARLIER:
            return "not fetched; Enter fetches it"
    stored = day.stored
    assert stored is not None
    papers = count_words(stored.total, "paper")
    return f"{papers}, {stored.unread} unread, {stored.to_read} to read; {STATE_LABELS[stored.state]}"
