"""A month as a grid: weeks as lines, each day with its papers."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterator
from datetime import date

from textual import events
from textual.content import Content
from textual.message import Message
from textual.strip import Strip

from tui_digest.core.calendar import CalendarDay, DayState, MailingCalendar
from tui_digest.render.labels import WEEKDAYS
from tui_digest.tui.theme.symbols import SymbolSet
from tui_digest.tui.widgets.line_widget import LineWidget

_WEEKS = 6
_ROOMY = 9
"""Cells from which on a day has room for words."""

_WIDEST = 11
_MISSED = "!"


class MonthGrid(LineWidget):
    """A month with a chosen day; with room, each week has a second line of counts.

    The counts are those of the days' papers.
    """

    class Clicked(Message):
        """A day was clicked, once or twice."""

        def __init__(self, day: date, twice: bool) -> None:
            super().__init__()
            self.day = day
            self.twice = twice

    def __init__(self, calendar: MailingCalendar, symbols: SymbolSet, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._calendar = calendar
        self._symbols = symbols
        self._cursor = calendar.today
        self._weeks: list[list[date]] = []
        self._cell = 0

    def show(self, cursor: date) -> None:
        """Show the month of this day, and the day as chosen."""
        self._cursor = cursor
        self._weeks = Calendar().monthdatescalendar(cursor.year, cursor.month)
        self.refresh()

    @property
    def _lines_a_week(self) -> int:
        return 2 if self.size.height > 2 * _WEEKS else 1

    def before_lines(self) -> None:
        """Note how wide a day is."""
        self._cell = max(1, min(self.drawn_size.width // 7, _WIDEST))

    def render_line(self, y: int) -> Strip:
        """The weekdays, or a line of a week."""
        week, line = divmod(y - 1, self._lines_a_week)
        if y == 0:
            names = "".join(f" {name}"[: self._cell - 1].ljust(self._cell) for name in WEEKDAYS)
            content = Content.styled(names, "label")
        elif week < len(self._weeks):
            content = Content("").join(self._day(day, line) for day in self._weeks[week])
        else:
            content = Content("")
        return self.draw(content, self.drawn_size.width)

    def _day(self, day: date, line: int) -> Content:
        """One line of a day, as wide as a day is; a day of another month is blank."""
        width = self._cell
        if (day.year, day.month) != (self._cursor.year, self._cursor.month):
            return Content(" " * width)
        known = self._calendar.day(day)
        parts = Content("").join(self._date(known) if line == 0 else self._papers(known))
        cell = parts.truncate(width - 1)
        cell = cell.pad_right(max(0, width - 1 - cell.cell_length))
        if known.state in (DayState.QUIET, DayState.COMING):
            cell = cell.stylize("disabled")
        return (cell.stylize("cursor") if day == self._cursor else cell) + Content(" ")

    def _date(self, day: CalendarDay) -> Iterator[Content]:
        """The date, with a sign on the day that is shown, and what is special about it."""
        shown, today = day.date == self._calendar.shown, day.date == self._calendar.today
        yield Content.styled(self._symbols.picked if shown else " ", "day")
        yield Content.styled(f"{day.date.day:2}", "today" if today else "day" if shown else "")
        if self._cell >= _ROOMY and today:
            yield Content.styled(" today", "today")
        elif self._lines_a_week == 1 or self._cell < _ROOMY:
            yield self._sign(day)

    def _papers(self, day: CalendarDay) -> Iterator[Content]:
        """Yield how many papers there are, and how many of them are unread."""
        if day.stored is not None:
            yield Content(f"{day.stored.total:{min(4, self._cell - 1)}}")
            if self._cell >= _ROOMY:
                yield Content(" ")
                yield self._sign(day)
                yield Content.styled(str(day.stored.unread or ""), "unread")
        elif day.state is DayState.MISSED and self._cell >= _ROOMY:
            yield Content.styled(" missed", "warning")

    def _sign(self, day: CalendarDay) -> Content:
        if day.state is DayState.MISSED:
            return Content.styled(_MISSED, "warning")
        if day.stored is None:
            return Content(" ")
        if day.stored.unread:
            return Content.styled(self._symbols.unread, "unread")
        return Content.styled(self._symbols.done, "muted")

    def on_click(self, event: events.Click) -> None:
        """Post the day that was clicked."""
        week, column = (event.y - 1) // self._lines_a_week, event.x // max(1, self._cell)
        if event.y > 0 and week < len(self._weeks) and column < 7:
            day = self._weeks[week][column]
            if day.month == self._cursor.month:
                self.post_message(self.Clicked(day, event.chain > 1))
