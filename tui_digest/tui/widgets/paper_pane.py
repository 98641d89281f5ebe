"""The pane in which one paper is read: laid out once a paper and width, drawn line by line."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.content import Content
from textual.selection import Selection
from textual.strip import Strip

from tui_digest.tui.page import Block, Line, lay_out
from tui_digest.tui.signs import UNICODE, Signs
from tui_digest.tui.widgets.lines import LineWidget, thumb

_MARGIN = 3


class PaperPane(LineWidget, can_focus=True):
    """The page of a paper. It keeps its own place, so that turning to another paper asks for no layout.

    A blank line stands above the page; with `divided` a line is drawn at its left.
    """

    ROLE_PREFIX = "paper-pane"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "paper-pane--title",
        "paper-pane--authors",
        "paper-pane--meta",
        "paper-pane--label",
        "paper-pane--reasons",
        "paper-pane--body",
        "paper-pane--heading",
        "paper-pane--formula",
        "paper-pane--display",
        "paper-pane--emphasis",
        "paper-pane--strong",
        "paper-pane--code",
        "paper-pane--link",
        "paper-pane--muted",
        "paper-pane--match",
        "paper-pane--mark",
        "paper-pane--followed",
        "paper-pane--added",
        "paper-pane--removed",
        "paper-pane--thumb",
        "paper-pane--divider",
    }

    def __init__(self, *, signs: Signs = UNICODE, divided: bool = False, id: str | None = None) -> None:
        super().__init__(id=id)
        self.signs = signs
        self.divided = divided
        self._blocks: tuple[Block, ...] = ()
        self._lines: tuple[Line, ...] | None = None
        self._top = 0
        self.scrolled = False

    def show(self, blocks: tuple[Block, ...], keep_place: bool = False) -> None:
        """Show this page, from its top or from where one was reading."""
        self._blocks = blocks
        self._lines = None
        if not keep_place:
            self._top = 0
            self.scrolled = False
        self.refresh()

    @property
    def lines(self) -> tuple[Line, ...]:
        """The page as it is laid out now."""
        if self._lines is None:
            self._lines = lay_out(self._blocks, self.size.width - 2 * _MARGIN)
        return self._lines

    @property
    def top(self) -> int:
        """The first line in view."""
        return self._top

    def scroll_by(self, lines: int) -> None:
        """Move the page by so many lines, within its ends; `scrolled` tells that one did."""
        if self._put_at_top(self._top + lines):
            self.scrolled = True

    def _put_at_top(self, top: int) -> bool:
        """Put a line at the top, within the page's ends; whether that moved it."""
        last = max(0, len(self.lines) + 1 - self.size.height)
        top = max(0, min(top, last))
        if top == self._top:
            return False
        self._top = top
        self.refresh()
        return True

    def on_resize(self) -> None:
        """Lay the page out anew, with the same part of it in view."""
        if self._lines is not None:
            share = self._top / max(1, len(self._lines))
            self._lines = None
            self._top = 0
            self._put_at_top(round(share * len(self.lines)))

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the page."""
        self.scroll_by(3)
        event.stop()

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the page."""
        self.scroll_by(-3)
        event.stop()

    def render_line(self, y: int) -> Strip:
        """One line of the page: the divider, a margin, the text, and at the edge a thumb if not all fits."""
        width = self.size.width
        number = self._top + y - 1
        content, role = Content(""), ""
        if 0 <= number < len(self.lines):
            content, role = self.lines[number].content, self.lines[number].role
            if (span := self._selected_span(number)) is not None:
                content = content.stylize(
                    self.screen.get_visual_style("screen--selection", partial=True), *span
                )
        line = self.draw(content, width - 2 * _MARGIN, role, offset=(0, max(number, 0)))
        divider = Content.styled(self.signs.bar if self.divided else " ", "divider")
        return Strip.join([self.draw(divider, _MARGIN), line, self.draw(self._edge(y), _MARGIN)])

    def _edge(self, y: int) -> Content:
        """The right margin, with the thumb where the lines in view stand in the page."""
        if y in thumb(self._top, self.size.height, len(self.lines) + 1):
            return Content.assemble(" " * (_MARGIN - 1), (self.signs.thumb, "thumb"))
        return Content("")

    def _selected_span(self, number: int) -> tuple[int, int] | None:
        if self.text_selection is None:
            return None
        span = self.text_selection.get_span(number)
        if span is None:
            return None
        start, end = span
        return start, len(self.lines[number].content) if end == -1 else end

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected with the mouse: the text as one sees it."""
        return selection.extract("\n".join(line.content.plain for line in self.lines)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Show what is selected."""
        self.refresh()
