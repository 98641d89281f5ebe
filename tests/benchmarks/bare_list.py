"""A Textual program with nothing but a list of 300 rows: what the reader is compared with."""

from __future__ import annotations

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip


class Rows(ScrollView, can_focus=True):
    """The rows, drawn line by line."""

    def on_mount(self) -> None:
        """Take the room for all rows."""
        self.virtual_size = Size(self.size.width, 300)

    def render_line(self, y: int) -> Strip:
        """One row."""
        row = y + self.scroll_offset.y
        return Strip([Segment(f"First-of-all row {row}".ljust(self.size.width))])


class Bare(App[None]):
    """The list alone."""

    def compose(self) -> ComposeResult:
        """The list."""
        yield Rows()


if __name__ == "__main__":
    Bare().run()
