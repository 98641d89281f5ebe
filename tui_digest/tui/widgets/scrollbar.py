"""The scrollbar at a pane's right edge, dragged or clicked with the mouse."""

from __future__ import annotations

import msgspec
from textual import events
from textual.widget import Widget

_EDGE = 2
"""How many columns at the right take the mouse: the bar itself is thin."""


class ScrollRange(msgspec.Struct, frozen=True):
    """Position of a scrollbar and what it moves.

    Attributes:
        first: the widget's first line that scrolls.
        height: how many lines are in view.
        total: how many lines there are.
    """

    first: int
    height: int
    total: int


class DraggedScrollbar(Widget):
    """A widget whose lines are scrolled by dragging at its right edge.

    It is the last of a class's bases: Textual takes the style sheets of the first one.
    """

    _dragging = False

    def scroll_range(self) -> ScrollRange:
        """The lines in view, of how many."""
        raise NotImplementedError

    def drag_to(self, top: int) -> None:
        """Scroll so that this line is the first in view."""
        raise NotImplementedError

    def is_on_scrollbar(self, event: events.MouseEvent) -> bool:
        """Tell whether the mouse is where the scrollbar is."""
        bar = self.scroll_range()
        inside = bar.first <= event.y < bar.first + bar.height
        return bar.total > bar.height and inside and event.x >= self.size.width - _EDGE

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Capture the mouse and start dragging."""
        if self.is_on_scrollbar(event):
            self._dragging = True
            self.capture_mouse()
            self.screen.clear_selection()
            self._drag(event)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Scroll while the scrollbar is held."""
        if self._dragging:
            self._drag(event)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Release the mouse and stop dragging."""
        if self._dragging:
            self._dragging = False
            self.release_mouse()
            event.stop()

    def _drag(self, event: events.MouseEvent) -> None:
        bar = self.scroll_range()
        share = (event.y - bar.first) / max(1, bar.height - 1)
        self.drag_to(round(min(max(share, 0.0), 1.0) * (bar.total - bar.height)))
        event.stop()
