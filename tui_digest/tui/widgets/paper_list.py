"""The list of papers, drawn by lines: a key's cost is independent of its length."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual import events
from textual.content import Content, Span
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui_digest.core.entry_rows import EntryRows
from tui_digest.core.listing import Selection
from tui_digest.entry import Entry
from tui_digest.lists import ListPart
from tui_digest.paper import Paper
from tui_digest.render.labels import PART_LABELS
from tui_digest.settings import Glyphs
from tui_digest.tui.page.wrap import fit
from tui_digest.tui.text import plain_line, tex_line
from tui_digest.tui.theme.symbols import UNICODE, SymbolSet
from tui_digest.tui.widgets.line_widget import LineStrip, LineWidget, rule_line, thumb
from tui_digest.tui.widgets.list_geometry import HEADING, OFFER, ListGeometry
from tui_digest.tui.widgets.paper_row import (
    Highlight,
    PaperRow,
    RowHeight,
    RowOptions,
    no_words,
    nobody,
    nothing_pending,
    set_row,
)
from tui_digest.tui.widgets.scrollbar import DraggedScrollbar, ScrollRange

NAME = "Papers"

_EDGE = 2
_WHEEL_LINES = 3
_PAGES_KEPT = 2
"""The lines of so many full views are kept as drawn."""

_TITLED_LINES = 14
"""From this height on the pane has its name above it."""


_Drawn = tuple[str, tuple[Span, ...], str, bool, bool, bool]
"""What a drawn line shows: words, roles in it, its role, whether selected, at the cursor, at the thumb."""


class PaperList(LineWidget, DraggedScrollbar, can_focus=True):
    """The papers of the day, one chosen.

    It is handed its rows and tells by messages what was chosen; it decides nothing itself. It keeps
    its own place in them, so that other rows ask for no layout.
    """

    ALLOW_SELECT = False

    cursor: reactive[int] = reactive(0, repaint=False)
    """The place of the chosen row."""

    class Chosen(Message):
        """The cursor moved to another paper."""

    class Opened(Message):
        """The chosen paper, or the offer below the papers, was opened with the mouse."""

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
        self.row_height: RowHeight = 3
        self._entries: EntryRows = ()
        self._geometry = ListGeometry()
        self._offer = ""
        self._rows: dict[int, PaperRow] = {}
        self._rows_before: dict[str, PaperRow] = {}
        self._width_of_rows = 0
        self._strips: dict[_Drawn, Strip] = {}
        self._top = 0
        self._titled = 0
        self._thumb = range(0)
        self._edge: list[Segment] = []
        self._thumb_edge: list[Segment] = []

    def style_changed(self) -> None:
        """Draw the rows again: the theme, the focus or the density changed."""
        self._geometry = self._geometry_with(self._geometry.parts)
        self._forget_rows()

    def _geometry_with(self, parts: Sequence[ListPart]) -> ListGeometry:
        return ListGeometry(len(self._entries), self.row_height, parts, bool(self._offer))

    def _forget_rows(self) -> None:
        self._rows.clear()
        self._rows_before.clear()
        self._strips.clear()

    def _set_rows_again(self) -> None:
        self._rows_before |= {row.entry.paper.id: row for row in self._rows.values()}
        if len(self._rows_before) > _PAGES_KEPT * self.page_rows:
            self._rows_before = {row.entry.paper.id: row for row in self._rows.values()}
        self._rows.clear()

    def _forget_rows_far_from(self, place: int) -> None:
        """Keep the rows of the page around a place, and of those before and after."""
        near = range(place - 2 * self.page_rows, place + 2 * self.page_rows + 1)
        self._rows = {each: row for each, row in self._rows.items() if each in near}

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

    @property
    def at_offer(self) -> bool:
        """Whether the cursor is on the line below the papers."""
        return bool(self._offer) and self.cursor == len(self._entries)

    def show(
        self, entries: EntryRows, cursor: int = 0, parts: Sequence[ListPart] = (), offer: str = ""
    ) -> None:
        """Show these papers, the cursor on the one at that place (kept within the list).

        Args:
            entries: the papers in their order.
            cursor: the place of the chosen one; their number for the offer.
            parts: where the list has headings.
            offer: what the line below the papers offers to do; empty for no such line.
        """
        self._entries, self._offer = entries, offer
        self._geometry = self._geometry_with(parts)
        self._set_rows_again()
        self.set_reactive(PaperList.cursor, max(0, min(cursor, len(entries) - (not offer))))
        self._keep_in_view()
        self.refresh_changed()

    def select(self, selection: Selection) -> None:
        """Show these papers as selected."""
        if selection != self.selection:
            self.selection = selection
            self._set_rows_again()
            self.refresh_changed()

    def move_to(self, place: int, *, to_offer: bool = False) -> None:
        """Move the cursor to the paper at that place, or to the nearest end.

        With `to_offer` the line below the papers is the last place.
        """
        last = len(self._entries) - (not (to_offer and self._offer))
        if last >= 0:
            self.cursor = max(0, min(place, last))

    @property
    def page_rows(self) -> int:
        """Number of whole papers in view."""
        return max(1, self._view_height // self.row_height)

    @property
    def top(self) -> int:
        """The first line in view, of all lines of all papers and headings."""
        return self._top

    @property
    def _title_lines(self) -> int:
        """Lines of the pane's name: one beside the paper if there is room, else none."""
        return int(self.size.height >= _TITLED_LINES and not self.screen.has_class("-narrow"))

    @property
    def _view_height(self) -> int:
        """The lines for papers: those below the pane's name."""
        return self.size.height - self._title_lines

    def watch_cursor(self, before: int, after: int) -> None:
        """Draw both rows, scroll if needed, and post which paper is chosen."""
        if before == after:
            return
        self._refresh_row(before)
        self._refresh_row(after)
        self._keep_in_view()
        self.post_message(self.Chosen())

    def _keep_in_view(self) -> None:
        start, height = self._geometry.start_of(self.cursor), self._view_height
        end = self._geometry.top_of(self.cursor) + self._geometry.height_of(self.cursor)
        if height < self.row_height:
            return
        if start < self._top:
            self._begin_at(start)
        elif end > self._top + height:
            self._begin_at(end - height)
        else:
            self._begin_at(self._top)

    def _begin_at(self, top: int) -> None:
        """Scroll so that this line is the first in view, as far as the list's ends allow."""
        top = max(0, min(top, self._geometry.total - self._view_height))
        if top != self._top:
            self._top = top
            self.refresh()

    def lines_of(self, place: int) -> range:
        """Return the lines of a paper or the offer; beyond the height if not in view."""
        y = self._geometry.top_of(place) - self._top + self._title_lines
        return range(y, y + self._geometry.height_of(place))

    def _refresh_row(self, place: int) -> None:
        lines = self.lines_of(place)
        self.refresh(Region(0, lines.start, self.size.width, len(lines)))

    def on_resize(self) -> None:
        """Keep the chosen paper in view."""
        self._keep_in_view()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the list with the wheel; the cursor stays on its paper."""
        self._begin_at(self._top + _WHEEL_LINES)
        event.stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the list with the wheel; the cursor stays on its paper."""
        self._begin_at(self._top - _WHEEL_LINES)
        event.stop()

    def scroll_range(self) -> ScrollRange:
        """The lines of papers and headings."""
        return ScrollRange(self._title_lines, self._view_height, self._geometry.total)

    def drag_to(self, top: int) -> None:
        """Scroll so that this line is the first in view; the cursor stays on its paper."""
        self._begin_at(top)

    def on_click(self, event: events.Click) -> None:
        """Choose the paper under the mouse; a second click opens it."""
        if self.is_on_scrollbar(event):
            return
        shown = self._geometry.at(event.y - self._title_lines + self._top)
        if event.y < self._title_lines or shown is None or shown.line == HEADING:
            return
        self.move_to(shown.place, to_offer=True)
        if event.chain == 2:
            self.post_message(self.Opened())

    def render_line(self, y: int) -> Strip:
        """Render a line of the list, with a scroll thumb unless all papers are in view.

        Lines are kept by what they say, wherever in the view they are, until the width or the theme
        changes: most moves of the cursor move the whole list, and a letter of a filter changes few lines.
        """
        width = self.drawn_size.width
        edge = self._thumb_edge if y in self._thumb else self._edge
        shown = self._geometry.at(y - self._titled + self._top) if y >= self._titled else None
        if shown is None:
            content = self._name_line(width - 1) if y < self._titled else Content("")
            return LineStrip([*self.segments(content, width - _EDGE), *edge], width)
        if shown.line == HEADING:
            return LineStrip([*self._heading(shown.place), *edge], width)
        if shown.line == OFFER:
            return LineStrip([*self._offer_line(), *edge], width)
        row, at_cursor = self._row(shown.place), shown.place == self.cursor
        content, role = row.lines[shown.line], row.roles[shown.line]
        key = (content.plain, tuple(content.spans), role, row.options.selected, at_cursor, y in self._thumb)
        strip = self._strips.get(key)
        if strip is None:
            if len(self._strips) > _PAGES_KEPT * self.drawn_size.height:
                self._strips.clear()
            segments = self._row_line(content, role, selected=row.options.selected, at_cursor=at_cursor)
            strip = self._strips[key] = LineStrip([*segments, *edge], width)
        return strip

    def before_lines(self) -> None:
        """Work out the scrollbar's thumb; forget rows that were set for another width.

        The message of a new size may come after the lines are drawn for it.
        """
        if self.drawn_size.width != self._width_of_rows:
            self._width_of_rows = self.drawn_size.width
            self._forget_rows()
        self._titled = self._title_lines
        height = self.drawn_size.height - self._titled
        in_view = thumb(self._top, height, self._geometry.total)
        self._thumb = range(in_view.start + self._titled, in_view.stop + self._titled)
        self._edge = self.segments(Content(""), _EDGE)
        self._thumb_edge = self.segments(Content.styled(f" {self.symbols.thumb}", "thumb"), _EDGE)

    def _name_line(self, width: int) -> Content:
        """Return the pane's name, in a strong rule if focused, and the current part.

        The part is the one above the first line.
        """
        rule, role = (
            (self.symbols.strong_rule, "focused-name") if self.has_focus else (self.symbols.rule, "name")
        )
        words = Content.styled(NAME, role)
        shown = self._geometry.at(self._top)
        part = self._geometry.part_of(shown.place) if shown is not None and shown.line != HEADING else None
        if part is not None:
            words += Content.styled(f" {self.symbols.dot} {PART_LABELS[part.part]}", "muted")
        return rule_line(words, width, rule, role)

    def _heading(self, place: int) -> list[Segment]:
        """Return the heading above a part's first paper: its name and number of papers."""
        width = self.drawn_size.width - _EDGE
        part = self._geometry.part_of(place)
        assert part is not None
        words = Content.styled(f"{PART_LABELS[part.part]} {part.count}", "part")
        return self.segments(rule_line(words, width, self.symbols.rule, "rule"), width)

    def _offer_line(self) -> list[Segment]:
        """Return the line below the papers, which Enter or a double click takes."""
        width = self.drawn_size.width - _EDGE
        words = fit(plain_line(self._offer), width - 2, self.symbols.more)
        if not self.at_offer:
            return self.segments(Content.assemble("  ", words), width, "part")
        bar = Content.styled(self.symbols.cursor, "cursor-bar")
        return self.segments(Content.assemble(bar, " ", words), width, "cursor-title")

    def _row(self, place: int) -> PaperRow:
        """One paper, set in lines; as before where it is set as before."""
        row = self._rows.get(place)
        if row is None:
            if len(self._rows) > 4 * self.page_rows:
                self._forget_rows_far_from(place)
            entry = self._entries[place]
            options = self._row_options(entry.paper, selected=self.selection.has(place, entry.paper.id))
            row = self._rows_before.get(entry.paper.id)
            if row is None or row.entry is not entry or row.options != options:
                row = set_row(entry, self.drawn_size.width - _EDGE, options)
            self._rows[place] = row
        return row

    def _row_options(self, paper: Paper, *, selected: bool) -> RowOptions:
        title = tex_line(paper.title, self.glyphs)
        return RowOptions(
            self.glyphs,
            self.symbols,
            self.row_height,
            selected,
            self.followed(paper),
            self.highlight(title.plain),
            self.is_pending(paper.id),
        )

    def _row_line(self, content: Content, role: str, *, selected: bool, at_cursor: bool) -> list[Segment]:
        roles = [role, "selected" if selected else ""]
        if at_cursor:
            # On its ground other colours may not be told.
            found = [
                Span(span.start, span.end, "match-at-cursor")
                for span in content.spans
                if span.style == "match"
            ]
            content = Content(content.plain, found, strip_control_codes=False)
            content = Content.styled(self.symbols.cursor, "cursor-bar") + content[1:]
            roles = ["cursor-title" if role != "muted" else "cursor"]
        return self.segments(content, self.drawn_size.width - _EDGE, *roles)
