"""The panes of a paper's whole text: its lines, and an answer about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.segment import Segment
from textual import events
from textual.content import Content, Span
from textual.geometry import Size
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.timer import Timer

from tui_digest.render.fulltext.layout import MEASURE, TextLine
from tui_digest.settings import Glyphs
from tui_digest.tui.page.text_view import TextLink, TextView
from tui_digest.tui.theme.symbols import UNICODE, SymbolSet
from tui_digest.tui.widgets.line_widget import LineStrip, LineWidget, thumb
from tui_digest.tui.widgets.memory import release_removed
from tui_digest.tui.widgets.paper_pane import PaperPane
from tui_digest.tui.widgets.scrollbar import DraggedScrollbar, ScrollRange

_BAR = 2
"""Cells at the left of the text: the bar of the current line, and a space."""

_RIGHT = 2
_FILL_EVERY_S = 0.01
_WHEEL_LINES = 3


class TextPane(LineWidget, DraggedScrollbar, can_focus=True):
    """A paper's text; the top line says which section is shown and how far down."""

    class LinkClicked(Message):
        """A reference, link or picture was clicked on."""

        def __init__(self, link: TextLink) -> None:
            super().__init__()
            self.link = link

    class CardClicked(Message):
        """The card over the text was clicked on."""

    def __init__(
        self,
        view: TextView,
        *,
        symbols: SymbolSet = UNICODE,
        glyphs: Glyphs = "full",
        card_hint: str = "",
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self.view = view
        self.symbols = symbols
        self.glyphs = glyphs
        self.card_hint = card_hint
        self.tex = False
        self._start_block: int | None = None
        self._begin: Callable[[TextView], object] | None = None
        self._drawn_width = 0
        self._filling: Timer | None = None
        self._thumb = range(0)
        self._card_top = 0
        self._left = 0

    def begin_at(self, block: int) -> None:
        """Show the text from a block on when it is laid out first."""
        self._start_block = block

    def begin_with(self, act: Callable[[TextView], object]) -> None:
        """Do something with the view when it is laid out first."""
        self._begin = act

    @property
    def text_width(self) -> int:
        """The cells of a line of text."""
        return max(1, min(self.size.width - _BAR - _RIGHT - self._margin(), MEASURE))

    def _margin(self) -> int:
        """Return what is spare at the left of a text that is narrower than the pane."""
        return max(0, (self.size.width - MEASURE - _BAR - _RIGHT) // 2)

    def relayout(self) -> None:
        """Lay the text out for the present size and settings, the same part of it in view."""
        if not self.size.width or not self.size.height:
            return
        layout = self.view.layout._replace(
            width=self.text_width,
            glyphs=self.glyphs,
            signs="unicode" if self.symbols is UNICODE else "ascii",
            tex=self.tex,
        )
        self.view.lay_out(layout, self.size.height - 1, self._start_block)
        self._start_block = None
        if self._begin is not None:
            begin, self._begin = self._begin, None
            begin(self.view)
        self._drawn_width = self.size.width
        if self._filling is None and self.view.fill(0.0):
            self._filling = self.set_interval(_FILL_EVERY_S, self._fill)
        self.refresh()

    def _fill(self) -> None:
        """Lay out more of the text between keys."""
        complete = self.view.complete
        more = self.view.fill()
        if self.view.complete is not complete:
            self.refresh()
        if not more and self._filling is not None:
            self._filling.stop()
            self._filling = None

    def on_unmount(self) -> None:
        """Release what was laid out of the text."""
        release_removed()

    def on_resize(self, event: events.Resize) -> None:
        """Lay the text out for a new width; another height only shows more or fewer lines."""
        width, height = event.size.width, event.size.height
        if width != self._drawn_width:
            self.relayout()
        else:
            self.view.resize(height - 1)
            self.refresh()

    # The mouse

    def scroll_range(self) -> ScrollRange:
        """The lines of the text."""
        return ScrollRange(1, self.size.height - 1, len(self.view.lines))

    def drag_to(self, top: int) -> None:
        """Scroll so that this line is the first in view."""
        self.view.scroll(top - self.view.top)
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll down by the wheel."""
        self.view.scroll(_WHEEL_LINES)
        self.refresh()
        event.stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll up by the wheel."""
        self.view.scroll(-_WHEEL_LINES)
        self.refresh()
        event.stop()

    def on_click(self, event: events.Click) -> None:
        """Make the line that was clicked the current one, and act on a reference in it."""
        if self.view.card is not None and event.y >= self._card_top:
            self.post_message(self.CardClicked())
            return
        line = self.view.top + event.y - 1
        if event.y < 1 or not 0 <= line < len(self.view.lines):
            return
        self.view.current = line
        self.view.card = self.view.link = None
        self.refresh()
        place = _character_at(self.view.lines[line].text, event.x - self._left - _BAR)
        for link in self.view.links(line):
            if link.span.start <= place < link.span.end:
                self.view.link = link
                self.post_message(self.LinkClicked(link))
                return

    # Drawing

    def before_lines(self) -> None:
        """Note where the text and its scrollbar's thumb are, and the card."""
        self._left = self._margin()
        size = self.drawn_size
        self._thumb = thumb(self.view.top, size.height - 1, len(self.view.lines))
        card = self.view.card
        self._card_top = size.height if card is None else max(1, size.height - len(card.lines) - 1)

    def render_line(self, y: int) -> Strip:
        """A line of the pane: the position, the text, or the card over it."""
        width = self.drawn_size.width
        if y == 0:
            return self.draw(self._where(width), width, "muted")
        if y >= self._card_top:
            return self._card_line(y - self._card_top, width)
        number = self.view.top + y - 1
        edge = self.symbols.thumb if y - 1 in self._thumb else ""
        return LineStrip([*self._text_segments(number, width - 1), *self._edge(edge)], width)

    def _edge(self, sign: str) -> list[Segment]:
        return self.segments(Content.styled(sign, "thumb") if sign else Content(""), 1)

    def _where(self, width: int) -> Content:
        """The section of the current line, and how far down the view is."""
        section = self.view.section()
        title = "" if section is None else f"{section.address} {section.title}".strip()
        if section is not None and section.address == section.title:
            title = section.title
        share = "end" if self.view.finished and self.view.share() >= 100 else f"{self.view.share()} %"
        place = f"  {share} "
        room = max(0, width - self._left - _BAR - len(place))
        line = Content(f"{' ' * (self._left + _BAR)}{title}").truncate(
            self._left + _BAR + room, ellipsis=True
        )
        return line + Content(" " * max(0, width - line.cell_length - len(place))) + Content(place)

    def _text_segments(self, number: int, width: int) -> list[Segment]:
        lines = self.view.lines
        if not 0 <= number < len(lines):
            return self.segments(Content(""), width, line_number=max(number, 0))
        line = lines[number]
        current = number == self.view.current
        bar = Content.styled(self.symbols.cursor, "cursor-bar") if current else Content(" ")
        indent = self.segments(Content(" " * self._left), self._left) if self._left else []
        roles = (line.role, "current") if current else (line.role,)
        return [
            *indent,
            *self.segments(bar, 1, *roles[1:]),
            *self.segments(Content(" "), 1, *roles[1:]),
            *self.segments(
                self._content(line, number), width - self._left - _BAR, *roles, line_number=number
            ),
        ]

    def _content(self, line: TextLine, number: int) -> Content:
        spans = [Span(span.start, span.end, span.role) for span in line.spans]
        for start, end in self.view.spans_of_match(number) or ():
            spans.append(Span(start, end, "match"))
        link = self.view.link
        if link is not None and link.line == number:
            spans.append(Span(link.span.start, link.span.end, "active-link"))
        if (selected := self._selected_span(number)) is not None:
            start, end = selected
            spans.append(Span(start, len(line.text) if end == -1 else end, "selection"))
        return Content(line.text, spans, strip_control_codes=False)

    def _card_line(self, number: int, width: int) -> Strip:
        """Return the card: a rule with its title and the key that goes there, its lines."""
        card = self.view.card
        if card is None:
            return Strip.blank(width)
        if number == 0:
            head = f"{self.symbols.rule * 2} {card.title} " if card.title else self.symbols.rule * 2
            hint = f" {self.card_hint} {self.symbols.rule * 2}"
            fill = self.symbols.rule * max(1, width - self._left - len(head) - len(hint) - 1)
            content = Content(f"{' ' * self._left}{head}{fill}{hint}")
            return self.draw(content, width, "card-head")
        line = card.lines[number - 1] if number - 1 < len(card.lines) else TextLine("")
        spans = [Span(span.start + _BAR, span.end + _BAR, span.role) for span in line.spans]
        content = Content(f"{' ' * _BAR}{line.text}", spans, strip_control_codes=False)
        left = self.segments(Content(" " * self._left), self._left, "card") if self._left else []
        return LineStrip([*left, *self.segments(content, width - self._left, line.role, "card")], width)

    # Selecting with the mouse

    def _selected_span(self, number: int) -> tuple[int, int] | None:
        return None if self.text_selection is None else self.text_selection.get_span(number)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return what is selected with the mouse: the text as it is shown."""
        return selection.extract("\n".join(line.text for line in self.view.lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Show what is selected."""
        self.refresh()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The height that there is: the text scrolls by itself."""
        return container.height


def _character_at(text: str, cell: int) -> int:
    """The offset of the character in a cell."""
    from rich.cells import cell_len

    for offset in range(len(text)):
        if cell_len(text[: offset + 1]) > cell:
            return offset
    return len(text)


class AnswerPane(PaperPane):
    """An explanation below its text; the first line names its subject and its keys.

    `keys` are the words on the keys, the shorter ones for narrower panes last.
    """

    def __init__(
        self, title: str, keys: Sequence[str], *, symbols: SymbolSet = UNICODE, id: str | None = None
    ) -> None:
        super().__init__(symbols=symbols, id=id)
        self.title = title
        self.keys = keys
        self.can_focus = False

    def render_line(self, y: int) -> Strip:
        """The rule with what the answer is about; below it, the answer."""
        if y:
            return super().render_line(y)
        width = self.drawn_size.width
        rule = self.symbols.rule
        head = Content(f"{rule * 2} {self.title} ").truncate(max(0, width - 4), ellipsis=True)
        room = width - head.cell_length - 4
        keys = next((f" {words} {rule * 2}" for words in self.keys if len(words) < room), "")
        fill = rule * max(0, width - head.cell_length - len(keys))
        return self.draw(head + Content(f"{fill}{keys}"), width, "card-head")
