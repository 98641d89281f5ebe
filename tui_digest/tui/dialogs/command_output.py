"""A command that papers are piped to: that it runs, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from tui_digest.core.services import CommandEnd
from tui_digest.tui.dialogs.modal import Overlay
from tui_digest.tui.page.blocks import Block
from tui_digest.tui.text import plain
from tui_digest.tui.theme.stylesheets import sheet
from tui_digest.tui.widgets.paper_pane import PaperPane

_RUNNING_KEYS = {"x": "stop it", "Esc": "leave it running"}
_ENDED_KEYS = {"j k": "scroll", "Esc": "close"}


class OutputScreen(Overlay[bool]):
    """The command, how it ended, its first lines. It returns whether the command is to be stopped."""

    CSS_PATH = sheet("exporting")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter", "leave(False)", "Close", show=False),
        Binding("x,ctrl+c", "leave(True)", "Stop", show=False),
        Binding("down,j", "scroll(1)", "Down", show=False),
        Binding("up,k", "scroll(-1)", "Up", show=False),
        Binding("pagedown,ctrl+d", "scroll(10)", "Page down", show=False),
        Binding("pageup,ctrl+u", "scroll(-10)", "Page up", show=False),
    ]

    keys = query_one("#output-keys", Static)
    text = query_one("#output-text", PaperPane)

    def __init__(self, command: str) -> None:
        super().__init__()
        self._command = command
        self._blocks: tuple[Block, ...] = (Block(Content("The command is running."), "muted"),)
        self._offered = _RUNNING_KEYS

    def compose(self) -> ComposeResult:
        """The command, its output, what the keys do."""
        with Vertical(id="output"):
            yield Static(Content("| ") + plain(self._command), id="output-title")
            pane = PaperPane(id="output-text")
            pane.can_focus = False
            yield pane
            yield Static(id="output-keys")

    def on_mount(self) -> None:
        """Show how it stands: a quick command may have ended already."""
        self._show()

    def _show(self) -> None:
        self.text.show(self._blocks)
        keys = [Content.assemble((key, "bold"), f" {words}") for key, words in self._offered.items()]
        self.keys.update(Content("   ").join(keys))

    def show_end(self, sentence: str, *, failed: bool, end: CommandEnd | None) -> None:
        """Show how the command ended (None: it could not be run), and what it said."""
        blocks = [Block(plain(sentence), "warning" if failed else "body")]
        if end is not None:
            blocks += _said("Errors", end.errors, end.errors_cut)
            blocks += _said("Output", end.output, end.output_cut)
            if not (end.errors or end.output):
                blocks.append(Block(Content("It said nothing."), "muted", gap=1))
        self._blocks, self._offered = tuple(blocks), _ENDED_KEYS
        if self.is_mounted:
            self._show()

    def action_leave(self, stop: bool) -> None:
        """Close."""
        self.close(stop)

    def action_scroll(self, lines: int) -> None:
        """Scroll the output."""
        self.text.scroll_by(lines)


def _said(heading: str, text: str, cut: bool) -> list[Block]:
    """What the command wrote, line by line; it is no more to be trusted than any other text."""
    if not text:
        return []
    lines = [Block(plain(line), "code") for line in text.rstrip("\n").split("\n")]
    more = [Block(Content("More came and is not shown."), "muted")] if cut else []
    return [Block(Content(heading), "heading", gap=1), *lines, *more]
