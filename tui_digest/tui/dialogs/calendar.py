"""The calendar: a month of days with their papers, to go to one."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from tui_digest.core.calendar import MailingCalendar
from tui_digest.render.labels import MONTHS
from tui_digest.tui.dialogs.modal import DialogCommand, ModalDialog
from tui_digest.tui.keymap.keymap import Keymap
from tui_digest.tui.theme.symbols import SymbolSet
from tui_digest.tui.theme.themes import sheet
from tui_digest.tui.widgets.footer import KeyFooter
from tui_digest.tui.widgets.month_grid import MonthGrid


class CalendarScreen(ModalDialog[date]):
    """A month over the reader; it returns the day to go to, None when there is none.

    Args:
        keymap: the reader's.
        calendar: the days and their mailings.
        symbols: those of the reader.
    """

    PLACE = "calendar"
    CSS_PATH = sheet("calendar")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (22, "-tall")]
    grid = query_one("#calendar-month", MonthGrid)
    footer = query_one("#calendar-keys", KeyFooter)

    def __init__(self, keymap: Keymap, calendar: MailingCalendar, symbols: SymbolSet) -> None:
        super().__init__(keymap)
        self._calendar = calendar
        self._symbols = symbols
        self.cursor = calendar.within(calendar.shown or calendar.newest)

    def functions(self) -> Mapping[str, DialogCommand]:
        """Return what the commands of the calendar do."""
        return {
            "down": lambda count: self._move(days=7 * count),
            "up": lambda count: self._move(days=-7 * count),
            "list_pane": lambda count: self._move(days=-count),
            "paper_pane": lambda count: self._move(days=count),
            "older_day": lambda count: self.move_to(month_away(self.cursor, -count)),
            "newer_day": lambda count: self.move_to(month_away(self.cursor, count)),
            "page_up": lambda count: self.move_to(month_away(self.cursor, -count)),
            "page_down": lambda count: self.move_to(month_away(self.cursor, count)),
            "calendar.open": lambda count: self._open(),
            "calendar.newest": lambda count: self.move_to(self._calendar.newest),
            "calendar": self.cancel,
            "back": self.cancel,
            "leave": self.cancel,
        }

    def compose(self) -> ComposeResult:
        """The month's name, its days, a sentence on the chosen one, the keys."""
        with Vertical(id="calendar"):
            yield Static(id="calendar-title")
            yield MonthGrid(self._calendar, self._symbols, id="calendar-month")
            yield Static(id="calendar-day")
            yield KeyFooter(id="calendar-keys")

    def on_mount(self) -> None:
        """Show the day that the reader shows."""
        self.footer.show(
            [
                self.hint("open", "calendar.open"),
                self.hint("month", "older_day", "newer_day"),
                self.hint("newest", "calendar.newest"),
                self.hint("close", "back", lasting=True),
                self.hint("day", "list_pane", "paper_pane"),
                self.hint("week", "up", "down"),
            ]
        )
        self.move_to(self.cursor)

    def move_to(self, day: date) -> None:
        """Choose a day, or the nearest that the calendar has, and show its month."""
        self.cursor = self._calendar.within(day)
        self.query_one("#calendar-title", Static).update(
            Content(f"{MONTHS[self.cursor.month - 1]} {self.cursor.year}")
        )
        self.query_one("#calendar-day", Static).update(Content(self._calendar.words(self.cursor)))
        self.grid.show(self.cursor)

    def _move(self, days: int) -> None:
        self.move_to(self.cursor + timedelta(days=days))

    def _open(self) -> None:
        if self._calendar.day(self.cursor).can_be_opened:
            self.close(self.cursor)

    @on(KeyFooter.Clicked)
    def _hint_clicked(self, event: KeyFooter.Clicked) -> None:
        self.run_command(event.command_id)

    @on(MonthGrid.Clicked)
    def _day_clicked(self, event: MonthGrid.Clicked) -> None:
        self.move_to(event.day)
        if event.twice:
            self._open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Turn the months with the wheel."""
        self.run_command("newer_day")

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Turn the months with the wheel."""
        self.run_command("older_day")


def month_away(day: date, step: int) -> date:
    """Return the same day `step` months away, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + step, 12)
    _, days = monthrange(year, month + 1)
    return date(year, month + 1, min(day.day, days))
