"""The list of papers, drawn line by line: a key costs the same with 100 rows and with 100,000."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui_digest.core.listing import EntryRows, Selection
from tui_digest.entry import Entry
from tui_digest.paper import Paper
from tui_digest.settings import Glyphs
from tui_digest.tui.theme.symbols import UNICODE, SymbolSet
from tui_digest.tui.widgets.line_widget import LineWidget, thumb
from tui_digest.tui.widgets.paper_row import (
    ROW_HEIGHT,
    Highlight,
    PaperRow,
    RowOptions,
    no_words,
    nobody,
    nothing_pending,
    set_row,
)

_EDGE = 2
_ROWS_KEPT = 120


class PaperList(LineWidget, can_focus=True):
    """The papers of the day, one chosen.

    It is handed its rows and tells by messages what was chosen; it decides nothing itself. It keeps
    its own place in them, so that other rows ask for no layout.
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    """The place of the chosen row."""

    class Chosen(Message):
        """The cursor moved to another paper."""

    class Opened(Message):
        """The chosen paper was opened with the mouse."""

    def __init__(
        self, *, glyphs: Glyphs = "full", symbols: SymbolSet = UNICODE, id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self.glyphs: Glyphs = glyphs
        self.symbols = symbols
        self.selection = Selection()
        self.is_pending: Callable[[str], bool] = nothing_pending
        self.highlight: Highlight = no_words
        self.followed: Callable[[Paper], Sequence[str]] = nobody
        self._entries: EntryRows = ()
        self._rows: dict[int, PaperRow] = {}
        self._strips: dict[tuple[int, int, bool, bool], Strip] = {}
        self._top = 0
        self._thumb = range(0)
        self._edge: list[Segment] = []
        self._thumb_edge: list[Segment] = []

    def style_changed(self) -> None:
        """Draw the rows again: the theme or the focus changed."""
        self._forget_rows()

    def _forget_rows(self) -> None:
        self._rows.clear()
        self._strips.clear()

    @property
    def entries(self) -> EntryRows:
        """The papers shown, in their order."""
        return self._entries

    def entry_at(self, place: int) -> Entry | None:
        """The paper at a place; None where there is none."""
        return self._entries[place] if 0 <= place < len(self._entries) else None

    @property
    def chosen(self) -> Entry | None:
        """The paper under the cursor."""
        return self.entry_at(self.cursor)

    def show(self, entries: EntryRows, cursor: int = 0) -> None:
        """Show these papers, the cursor on the one at that place (kept within the list)."""
        self._entries = entries
        self._forget_rows()
        self.set_reactive(PaperList.cursor, max(0, min(cursor, len(entries) - 1)))
        self._keep_in_view()
        self.refresh()

    def select(self, selection: Selection) -> None:
        """Show these papers as selected."""
        if selection != self.selection:
            self.selection = selection
            self._forget_rows()
            self.refresh()

    def move_to(self, place: int) -> None:
        """Put the cursor on the paper at that place, or on the nearest end."""
        if len(self._entries):
            self.cursor = max(0, min(place, len(self._entries) - 1))

    @property
    def page_rows(self) -> int:
        """How many whole papers are in view."""
        return max(1, self.size.height // ROW_HEIGHT)

    @property
    def top(self) -> int:
        """The first line in view, of all lines of all papers."""
        return self._top

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw both rows, scroll if needed, and post which paper is chosen."""
        if before == after:
            return
        self._refresh_row(before)
        self._refresh_row(after)
        self._keep_in_view()
        self.post_message(self.Chosen())

    def _keep_in_view(self) -> None:
        top, height = self.cursor * ROW_HEIGHT, self.size.height
        if height < ROW_HEIGHT:
            return
        if top < self._top:
            self._begin_at(top)
        elif top + ROW_HEIGHT > self._top + height:
            self._begin_at(top + ROW_HEIGHT - height)
        else:
            self._begin_at(self._top)

    def _begin_at(self, top: int) -> None:
        """Have that line be the first in view, as far as the list's ends allow."""
        top = max(0, min(top, len(self._entries) * ROW_HEIGHT - self.size.height))
        if top != self._top:
            self._top = top
            self.refresh()

    def _refresh_row(self, place: int) -> None:
        self.refresh(Region(0, place * ROW_HEIGHT - self._top, self.size.width, ROW_HEIGHT))

    def on_resize(self) -> None:
        """Lay the rows out for the new width, the chosen paper still in view."""
        self._forget_rows()
        self._keep_in_view()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the list, not the cursor."""
        self._begin_at(self._top + ROW_HEIGHT)
        event.stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the list, not the cursor."""
        self._begin_at(self._top - ROW_HEIGHT)
        event.stop()

    def on_click(self, event: events.Click) -> None:
        """Choose the paper under the mouse; a second click opens it."""
        place = (event.y + self._top) // ROW_HEIGHT
        if place >= len(self._entries):
            return
        self.move_to(place)
        if event.chain == 2:
            self.post_message(self.Opened())

    def render_line(self, y: int) -> Strip:
        """One line of the list, with the thumb at its right edge when not all papers are in view.

        Lines are kept, wherever in the view they are, until the paper, the width or the theme changes:
        most moves of the cursor move the whole list.
        """
        width = self.drawn_size.width
        place, line = divmod(y + self._top, ROW_HEIGHT)
        edge = self._thumb_edge if y in self._thumb else self._edge
        if place >= len(self._entries):
            return Strip([*self.segments(Content(""), width - _EDGE), *edge], width)
        key = (place, line, place == self.cursor, y in self._thumb)
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = Strip([*self._row_line(place, line), *edge], width)
        return strip

    def before_lines(self) -> None:
        """Work out the scrollbar's thumb."""
        self._thumb = thumb(self._top, self.drawn_size.height, len(self._entries) * ROW_HEIGHT)
        self._edge = self.segments(Content(""), _EDGE)
        self._thumb_edge = self.segments(Content.styled(f" {self.symbols.thumb}", "thumb"), _EDGE)

    def _row(self, place: int) -> PaperRow:
        """One paper, set in lines."""
        row = self._rows.get(place)
        if row is None:
            if len(self._rows) > _ROWS_KEPT:
                self._forget_rows()
            entry = self._entries[place]
            options = self._row_options(entry.paper, self.selection.has(place, entry.paper.id))
            row = self._rows[place] = set_row(entry, self.drawn_size.width - _EDGE, options)
        return row

    def _row_options(self, paper: Paper, selected: bool) -> RowOptions:
        pending = self.is_pending(paper.id)
        return RowOptions(
            self.glyphs, self.symbols, selected, self.followed(paper), self.highlight, pending=pending
        )

    def _row_line(self, place: int, line: int) -> list[Segment]:
        row, at_cursor = self._row(place), place == self.cursor
        content = row.lines[line]
        if at_cursor and self.has_focus and self.app.native_ansi_color:
            # Its ground is one of the terminal's colours, on which the others may not be told.
            content = Content(content.plain)
        if at_cursor:
            content = Content.styled(self.symbols.cursor, "cursor-bar") + content[1:]
        selected = "selected" if self.selection.has(place, self._entries[place].paper.id) else ""
        roles = (row.roles[line], selected, "cursor" if at_cursor else "")
        return self.segments(content, self.drawn_size.width - _EDGE, *roles)
