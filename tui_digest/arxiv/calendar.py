"""arXiv's mailing days, cut-offs and holidays, in US Eastern time.

arXiv's schedule (info.arxiv.org/help/availability.html): submissions until 14:00 are announced
at 20:00 on Sunday to Thursday; what is announced in the evening is the mailing of the next day.
On a holiday nothing is announced in the evening, so the day after it has no mailing. The daily
feeds change at midnight and hold nothing on a day without a mailing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

CUT_OFF = time(14)
ANNOUNCED = time(20)


class _Holidays(msgspec.Struct, frozen=True):
    """The file `holidays.json`: evenings without an announcement."""

    source: str
    written: date
    known_until: date
    evenings: frozenset[date]


_FILE = msgspec.json.decode(Path(__file__).with_name("holidays.json").read_bytes(), type=_Holidays)

HOLIDAYS: frozenset[date] = _FILE.evenings
HOLIDAYS_KNOWN_UNTIL: date = _FILE.known_until
"""The last day for which arXiv had published its holidays when `holidays.json` was written."""

_ONE_DAY = timedelta(days=1)
_SATURDAY, _SUNDAY = 5, 6


@cache
def us_eastern() -> ZoneInfo:
    """Return arXiv's time zone, read from disk when it is first needed."""
    from zoneinfo import ZoneInfo

    return ZoneInfo("America/New_York")


class Calendar:
    """arXiv's mailing days. Moments passed in must have a time zone."""

    def __init__(self, holidays: Iterable[date] = ()) -> None:
        """Add `holidays`, evenings without an announcement, to the published ones."""
        self._holidays = HOLIDAYS | frozenset(holidays)

    def holidays_known_until(self) -> date:
        """Return the last day for which holidays are known."""
        return max(HOLIDAYS_KNOWN_UNTIL, *self._holidays)

    def is_mailing(self, day: date) -> bool:
        """Tell whether there is a mailing on this date."""
        return day.weekday() < _SATURDAY and day - _ONE_DAY not in self._holidays

    def at_or_before(self, day: date) -> date:
        """Return the last mailing day up to and including `day`."""
        while not self.is_mailing(day):
            day -= _ONE_DAY
        return day

    def before(self, day: date) -> date:
        """Return the mailing day before `day`."""
        return self.at_or_before(day - _ONE_DAY)

    def after(self, day: date) -> date:
        """Return the mailing day after `day`."""
        day += _ONE_DAY
        while not self.is_mailing(day):
            day += _ONE_DAY
        return day

    def newest_announced(self, now: datetime) -> date:
        """Return the day of the last announced mailing: from 20:00 on, the next day's."""
        local = now.astimezone(us_eastern())
        evening = local.time() >= ANNOUNCED
        return self.at_or_before(local.date() + _ONE_DAY if evening else local.date())

    def newest_in_feed(self, now: datetime) -> date:
        """Return the day of the last mailing in the daily feeds, which change at midnight."""
        return self.at_or_before(now.astimezone(us_eastern()).date())

    def feed_is_quiet(self, now: datetime) -> bool:
        """Tell whether today has no mailing, so that the daily feeds hold nothing."""
        return not self.is_mailing(now.astimezone(us_eastern()).date())

    def feed_changes(self, now: datetime) -> datetime:
        """Return the next moment (UTC) at which the daily feeds get a new mailing."""
        day = self.after(now.astimezone(us_eastern()).date())
        return _moment(day, time(0))

    def cut_off(self, day: date) -> datetime:
        """Return the end of submissions (UTC) for the mailing of `day`."""
        evening = day - _ONE_DAY
        if evening.weekday() == _SUNDAY:
            evening -= 2 * _ONE_DAY
        return _moment(evening, CUT_OFF)

    def submission_window(self, day: date) -> tuple[datetime, datetime]:
        """Return the window of submissions (UTC) for the mailing of `day`."""
        return self.cut_off(self.before(day)), self.cut_off(day)

    def why_quiet(self, day: date) -> str:
        """Say why a day has no mailing: `a Saturday`, `the day after an arXiv holiday`."""
        if day.weekday() == _SATURDAY:
            return "a Saturday"
        if day.weekday() == _SUNDAY:
            return "a Sunday"
        return "the day after an arXiv holiday"


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, us_eastern()).astimezone(UTC)
