"""A message too long for the footer, over the last lines of the panes: nothing moves for it."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip

from tui_digest.tui.page.wrap import few_lines
from tui_digest.tui.widgets.line_widget import LineWidget

_MOST = 3


class MessageLines(LineWidget):
    """As many lines as the message needs, three at most."""

    def __init__(self, message: Content) -> None:
        super().__init__()
        self._message = message

    def _lines(self, width: int) -> list[Content]:
        return few_lines(self._message, width - 2, _MOST)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the message needs at this width."""
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """One line of the message."""
        width = self.drawn_size.width
        lines = self._lines(width)
        return self.draw(Content(" ") + lines[y] if y < len(lines) else Content(""), width)
