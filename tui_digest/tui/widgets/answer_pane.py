"""The pane over a whole text in which a model's answer about it is read."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.strip import Strip

from tui_digest.tui.theme.symbols import UNICODE, SymbolSet
from tui_digest.tui.widgets.paper_pane import PaperPane


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
