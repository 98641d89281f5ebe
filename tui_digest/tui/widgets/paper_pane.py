"""The pane of one paper: laid out once for each width, drawn line by line."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace
from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from tui_digest.tui.page.blocks import MEASURE, PLACE_MARK, Line, PageBlock, lay_out
from tui_digest.tui.theme.symbols import UNICODE, SymbolSet
from tui_digest.tui.widgets.line_widget import LineStrip, LineWidget, rule_line, thumb
from tui_digest.tui.widgets.scrollbar import DraggedScrollbar, ScrollRange

_MARGIN = 3
_BROKEN = PageBlock(
    Content("This part cannot be shown; the paper's page in the browser has it."), "warning", gap=1
)


class _Ahead(msgspec.Struct):
    """A page laid out before it is shown, with the lines styled so far."""

    blocks: tuple[PageBlock, ...]
    width: int
    lines: tuple[Line, ...]
    texts: dict[int, list[Segment]]


class PageMark(msgspec.Struct, frozen=True):
    """An explanation's mark that names a place of the text: its role and position."""

    role: str
    line: int
    start: int
    end: int


class PaperPane(LineWidget, DraggedScrollbar, can_focus=True):
    """The page of a paper; it scrolls itself, so another paper costs no layout.

    Above the page is the pane's title beside a list, else a blank line; with `divided` a line is drawn at
    its left. `mark` is the role of the mark that was chosen, empty where none is.
    """

    class MarkClicked(Message):
        """A mark that names a place of the text was clicked on."""

        def __init__(self, role: str) -> None:
            super().__init__()
            self.role = role

    def __init__(self, *, symbols: SymbolSet = UNICODE, divided: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.symbols = symbols
        self._title = ""
        self.divided = divided
        self._blocks: tuple[PageBlock, ...] = ()
        self._open: tuple[PageBlock, ...] = ()
        self._settled: tuple[Line, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._laid_out_at = 0
        self._texts: dict[int, list[Segment]] = {}
        self._texts_width = 0
        self._ahead: _Ahead | None = None
        self._top = 0
        self._drawn_lines: tuple[Line, ...] = ()
        self._columns = (0, 1)
        self._thumb = range(0)
        self._margin: list[Segment] = []
        self._edge: list[Segment] = []
        self._thumb_edge: list[Segment] = []
        # The heading that is kept at the top, and its line as the page is laid out now.
        self._kept_section = ""
        self._anchor: int | None = None
        self.mark = ""
        self.scrolled = False

    def set_title(self, title: str) -> None:
        """Change the name above the page, or remove it."""
        if title != self._title:
            self._title = title
            self.refresh()

    def show(
        self, blocks: tuple[PageBlock, ...], keep_place: bool = False, open_blocks: tuple[PageBlock, ...] = ()
    ) -> None:
        """Show this page, from its top or from where it was read.

        `open_blocks` are as in `stream`.
        """
        self._blocks, self._open = blocks, open_blocks
        self._laid_out_at = 0
        if self.mark:
            self.mark = ""
            self._texts = {}
        if not keep_place:
            self._top = 0
            self.scrolled = False
            self._release()
            self.refresh()
        else:
            self._top = min(self._top, self._last_top())
            self.refresh_changed()

    def stream(self, closed: tuple[PageBlock, ...], open_blocks: tuple[PageBlock, ...]) -> None:
        """Append closed blocks to the page, and replace its open ones.

        The lines above are neither laid out nor drawn again.
        """
        width = self._text_width()
        settled = self._settled if self._laid_out_at == width else self._lay_out(self._blocks, width)
        first_changed = len(settled)
        self._blocks, self._open = self._blocks + closed, open_blocks
        self._settle(settled + self._lay_out(closed, width, continued=True), width)
        if (y := first_changed + 1 - self._top) < self.size.height:
            self.refresh(Region(0, max(y, 0), self.size.width, self.size.height - max(y, 0)))

    def prepare(self, blocks: tuple[PageBlock, ...]) -> None:
        """Lay out and style a page that may be next, as far as it will be in view."""
        self._ahead = None
        width = self._text_width()
        lines = lay_out(blocks, width)
        in_view = lines[: self.size.height]
        texts = {number: self._text(line, number, width) for number, line in enumerate(in_view)}
        self._ahead = _Ahead(blocks, width, lines, texts)

    def _text(self, line: Line, number: int, width: int) -> list[Segment]:
        return self.segments(line.content, width, line.role, line_number=number)

    def style_changed(self) -> None:
        """Clear what was styled, here and ahead."""
        self._texts = {}
        self._ahead = None

    def _settle(self, settled: tuple[Line, ...], width: int) -> None:
        before = self._lines if self._texts_width == width else ()
        self._settled = settled
        self._lines = settled + self._lay_out(self._open, width, continued=True)
        self._texts = {
            number: text
            for number, text in self._texts.items()
            if number < min(len(before), len(self._lines)) and _same(before[number], self._lines[number])
        }
        self._laid_out_at = self._texts_width = width

    def _lay_out(
        self, blocks: tuple[PageBlock, ...], width: int, *, continued: bool = False
    ) -> tuple[Line, ...]:
        """Lay the blocks out; one that cannot be laid out is replaced by a sentence."""
        try:
            return lay_out(blocks, width, continued)
        except Exception as error:
            self.tell_broken(error)
        if len(blocks) == 1:
            return lay_out((_BROKEN,), width, continued)
        lines: tuple[Line, ...] = ()
        for block in blocks:
            lines += self._lay_out((block,), width, continued=continued or bool(lines))
        return lines

    @property
    def lines(self) -> tuple[Line, ...]:
        """The page as it is laid out at the width that the pane has now."""
        width = self._text_width()
        if self._laid_out_at != width:
            ahead, self._ahead = self._ahead, None
            if ahead is not None and ahead.blocks is self._blocks and ahead.width == width:
                self._settle(ahead.lines, width)
                self._texts = ahead.texts
            else:
                self._settle(self._lay_out(self._blocks, width), width)
        return self._lines

    @property
    def top(self) -> int:
        """The first line in view."""
        return self._top

    def _last_top(self) -> int:
        return max(0, len(self.lines) + 1 - self.size.height, self._anchor or 0)

    def keep_at_top(self, heading: str) -> None:
        """Keep the section at the top, even of a short page, until the page is moved.

        A pane that is only now being shown has no width yet: it moves there once it has one.
        """
        self._kept_section = heading
        self._move_to_anchor()

    def _move_to_anchor(self) -> None:
        lines = self.lines
        found = (n for n in reversed(range(len(lines))) if _is_section(lines[n], self._kept_section))
        self._anchor = next(found, None)
        if self._anchor is not None:
            self.scrolled = self.scrolled or self._anchor != self._top
            self._top = self._anchor
            self.refresh()

    def _release(self) -> None:
        self._kept_section = ""
        self._anchor = None

    def scroll_by(self, lines: int) -> None:
        """Move the page by a number of lines, within its ends; `scrolled` tells of it."""
        if lines < 0:
            self._release()
        top = max(0, min(self._top + lines, self._last_top()))
        if top != self._top:
            self._top = top
            self.scrolled = True
            self.refresh()

    def scroll_to_line(self, number: int) -> None:
        """Scroll so that this line is the first in view, as far as the page's end allows."""
        self.scroll_by(number - self._top)

    def marks(self) -> list[PageMark]:
        """The marks that name a place of the text, in order."""
        return [
            PageMark(span.style, number, span.start, span.end)
            for number, line in enumerate(self.lines)
            for span in line.content.spans
            if isinstance(span.style, str) and span.style.startswith(f"{PLACE_MARK}:")
        ]

    def step_mark(self, step: int) -> bool:
        """Choose the next or previous mark, from the top of the view, wrapping around.

        Returns:
            Whether there is any.
        """
        marks = {mark.role: mark for mark in reversed(self.marks())}
        ordered = sorted(marks.values(), key=lambda mark: (mark.line, mark.start))
        roles = [mark.role for mark in ordered]
        if not roles:
            return False
        if self.mark in roles:
            place = roles.index(self.mark) + step
        else:
            below = [n for n, mark in enumerate(ordered) if mark.line >= self._top]
            place = (below[0] if below else 0) - (step < 0)
        place %= len(roles)
        self.mark = roles[place]
        self._texts = {}
        line = ordered[place].line
        if not self._top <= line < self._top + self.size.height - 2:
            self.scroll_to_line(line - self.size.height // 3)
        self.refresh()
        return True

    def on_click(self, event: events.Click) -> None:
        """Act on a mark that was clicked."""
        line, cell = self._top + event.y - 1, event.x - self._columns[0]
        for mark in self.marks():
            text = self.lines[mark.line].content.plain
            if mark.line == line and cell_len(text[: mark.start]) <= cell < cell_len(text[: mark.end]):
                self.post_message(self.MarkClicked(mark.role))
                return

    def on_resize(self) -> None:
        """Lay the page out again, with the same part of it, or the same section, in view."""
        if self._kept_section and self._anchor in (None, self._top):
            self._move_to_anchor()
            if self._anchor is not None:
                return
        self._release()
        share = self._top / max(1, len(self._lines))
        self._top = min(round(share * len(self.lines)), self._last_top())
        self.refresh()

    def scroll_range(self) -> ScrollRange:
        """The lines of the page, with the one above it."""
        return ScrollRange(0, self.size.height, len(self.lines) + 1)

    def drag_to(self, top: int) -> None:
        """Scroll so that this line is the first in view."""
        self.scroll_to_line(top)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the page with the wheel."""
        self.scroll_by(3)
        event.stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll the page with the wheel."""
        self.scroll_by(-3)
        event.stop()

    def before_lines(self) -> None:
        """Work out the columns of the text, and the scrollbar's thumb."""
        self._drawn_lines = self.lines
        self._columns = (self._left_margin(), self._text_width())
        self._thumb = thumb(self._top, self.drawn_size.height, len(self._drawn_lines) + 1)
        left, width = self._columns
        right = self.drawn_size.width - left - width
        beside = self.divided and self.region.x > 0
        divider = Content.styled(self.symbols.bar if beside else " ", "divider")
        self._margin = self.segments(divider, left)
        self._edge = self.segments(Content(""), right)
        self._thumb_edge = self.segments(Content.styled(self.symbols.thumb.rjust(right), "thumb"), right)

    def render_line(self, y: int) -> Strip:
        """Render a line of the page: divider, margin, text, and a thumb if not all fits."""
        if y == 0 and self._title and not self.screen.has_class("-narrow"):
            return self._title_line()
        number = self._top + y - 1
        edge = self._thumb_edge if y in self._thumb else self._edge
        return LineStrip([*self._margin, *self._text_at(number), *edge], self.drawn_size.width)

    def _title_line(self) -> Strip:
        """The pane's name, in a strong rule while it has the focus."""
        width = self.drawn_size.width
        rule, role = (
            (self.symbols.strong_rule, "focused-name") if self.has_focus else (self.symbols.rule, "name")
        )
        divider: list[Segment] = []
        if self.divided and self.region.x > 0:
            divider = self.segments(Content.styled(self.symbols.bar, "divider"), 1)
        room = width - len(divider)
        line = rule_line(Content.styled(self._title, role), room, rule, role)
        return LineStrip([*divider, *self.segments(line, room)], width)

    def _text_at(self, number: int) -> list[Segment]:
        """The text of a line, kept until the page, its width or the theme changes."""
        width = self._columns[1]
        if not 0 <= number < len(self._drawn_lines):
            return self.segments(Content(""), width, line_number=max(number, 0))
        line = self._drawn_lines[number]
        if self.mark:
            line = self._with_chosen_mark(line)
        if (span := self._selected_span(number)) is not None:
            return self._text(replace(line, content=line.content.stylize("selection", *span)), number, width)
        text = self._texts.get(number)
        if text is None:
            text = self._texts[number] = self._text(line, number, width)
        return text

    def _with_chosen_mark(self, line: Line) -> Line:
        spans = [
            span._replace(style="active-link") if span.style == self.mark else span
            for span in line.content.spans
        ]
        return replace(line, content=Content(line.content.plain, spans, strip_control_codes=False))

    def _left_margin(self) -> int:
        """Left beside the list; centred without it."""
        spare = self.size.width - _MARGIN - MEASURE
        return _MARGIN if self.divided or spare <= _MARGIN else spare // 2

    def _text_width(self) -> int:
        return max(1, min(self.size.width - self._left_margin() - _MARGIN, MEASURE))

    def _selected_span(self, number: int) -> tuple[int, int] | None:
        if self.text_selection is None:
            return None
        span = self.text_selection.get_span(number)
        if span is None:
            return None
        start, end = span
        return start, len(self.lines[number].content) if end == -1 else end

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text selected with the mouse, as shown."""
        return selection.extract("\n".join(line.content.plain for line in self.lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Show what is selected."""
        self.refresh()


def _is_section(line: Line, heading: str) -> bool:
    return line.role == "section" and line.content.plain == heading


def _same(line: Line, other: Line) -> bool:
    """Tell whether two lines are drawn alike: equal contents may differ in roles."""
    return line.role == other.role and (
        line.content is other.content
        or (line.content.plain == other.content.plain and line.content.spans == other.content.spans)
    )
