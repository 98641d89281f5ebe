"""The calendar: a month of days with their papers, to go to one."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from tui_digest.core.calendar import Almanac
from tui_digest.render.labels import MONTHS
from tui_digest.tui.dialogs.modal import Overlay
from tui_digest.tui.theme.stylesheets import sheet
from tui_digest.tui.theme.symbols import SymbolSet
from tui_digest.tui.widgets.footer import KeyFooter, KeyHint
from tui_digest.tui.widgets.month_grid import MonthGrid

_HINTS = (
    KeyHint((("Enter", "open"),), "open"),
    KeyHint((("[", "month_before"), ("]", "month_after")), "month"),
    KeyHint((("n", "newest"),), "newest"),
    KeyHint((("Esc", "close"),), "close", lasting=True),
    KeyHint((("h", "day_before"), ("l", "day_after")), "day"),
    KeyHint((("k", "week_before"), ("j", "week_after")), "week"),
)


class CalendarScreen(Overlay[date]):
    """A month over the reader; it returns the day to go to, None when there is none.

    Args:
        almanac: what is known of the days.
        symbols: those of the reader.
    """

    CSS_PATH = sheet("calendar")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (72, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,D", "close", "Close", show=False),
        Binding("enter", "go('open')", "Go there", show=False),
        Binding("h,left", "go('day_before')", "A day back", show=False),
        Binding("l,right", "go('day_after')", "A day on", show=False),
        Binding("k,up", "go('week_before')", "A week back", show=False),
        Binding("j,down", "go('week_after')", "A week on", show=False),
        Binding("left_square_bracket,pageup", "go('month_before')", "A month back", show=False),
        Binding("right_square_bracket,pagedown", "go('month_after')", "A month on", show=False),
        Binding("n", "go('newest')", "The newest mailing", show=False),
    ]

    grid = query_one("#calendar-month", MonthGrid)
    key_bar = query_one("#calendar-keys", KeyFooter)

    def __init__(self, almanac: Almanac, symbols: SymbolSet) -> None:
        super().__init__()
        self._almanac = almanac
        self._symbols = symbols
        self.cursor = almanac.within(almanac.shown or almanac.newest)
        self._acts: dict[str, Callable[[], None]] = {
            "open": self._open,
            "close": self.close,
            "newest": lambda: self.move_to(almanac.newest),
            "day_before": lambda: self._move(days=-1),
            "day_after": lambda: self._move(days=1),
            "week_before": lambda: self._move(days=-7),
            "week_after": lambda: self._move(days=7),
            "month_before": lambda: self.move_to(month_away(self.cursor, -1)),
            "month_after": lambda: self.move_to(month_away(self.cursor, 1)),
        }

    def compose(self) -> ComposeResult:
        """The month's name, its days, a sentence on the chosen one, the keys."""
        with Vertical(id="calendar"):
            yield Static(id="calendar-title")
            yield MonthGrid(self._almanac, self._symbols, id="calendar-month")
            yield Static(id="calendar-day")
            yield KeyFooter(id="calendar-keys")

    def on_mount(self) -> None:
        """Begin at the day that the reader shows."""
        self.key_bar.show(_HINTS)
        self.move_to(self.cursor)

    def move_to(self, day: date) -> None:
        """Choose a day, or the nearest that the calendar has, and show its month."""
        self.cursor = self._almanac.within(day)
        self.query_one("#calendar-title", Static).update(
            Content(f"{MONTHS[self.cursor.month - 1]} {self.cursor.year}")
        )
        self.query_one("#calendar-day", Static).update(Content(self._almanac.words(self.cursor)))
        self.grid.show(self.cursor)

    def _move(self, days: int) -> None:
        self.move_to(self.cursor + timedelta(days=days))

    def _open(self) -> None:
        if self._almanac.day(self.cursor).can_be_opened:
            self.close(self.cursor)

    def action_go(self, act: str) -> None:
        """Do what a key or a hint says."""
        self._acts[act]()

    @on(KeyFooter.Clicked)
    def _hint_clicked(self, event: KeyFooter.Clicked) -> None:
        self.action_go(event.command_id)

    @on(MonthGrid.Clicked)
    def _day_clicked(self, event: MonthGrid.Clicked) -> None:
        self.move_to(event.day)
        if event.twice:
            self._open()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel turns the months."""
        self.action_go("month_after")

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel turns the months."""
        self.action_go("month_before")


def month_away(day: date, step: int) -> date:
    """The same day a month before (`step` -1) or after (1), or that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + step, 12)
    _, days = monthrange(year, month + 1)
    return date(year, month + 1, min(day.day, days))
