"""The sentence under the header: what arXiv did not give, or why a day is not complete."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from tui_digest.tui.text import plain_line


class Notice(Widget):
    """A sentence over as many lines as it needs, up to three; with nothing to say it takes none."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._words = ""

    def show(self, words: str) -> None:
        """Show a sentence, whoever wrote it; an empty one takes the notice away."""
        if words != self._words:
            self._words = words
            self.display = bool(words)
            self.refresh(layout=True)

    def render(self) -> Content:
        """The sentence."""
        return plain_line(self._words)
