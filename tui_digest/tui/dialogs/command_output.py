"""A command that papers are piped to: that it runs, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from tui_digest.core.services import CommandEnd
from tui_digest.tui.dialogs.modal import DialogCommand, ModalDialog, hint_line, scroll_commands
from tui_digest.tui.keymap.keymap import Keymap
from tui_digest.tui.page.blocks import PageBlock
from tui_digest.tui.text import plain
from tui_digest.tui.theme.themes import sheet
from tui_digest.tui.widgets.paper_pane import PaperPane


class CommandOutputScreen(ModalDialog[bool]):
    """A command, how it ended, its first lines; returns whether to stop the command."""

    PLACE = "output"
    CSS_PATH = sheet("export")
    keys = query_one("#output-keys", Static)
    text = query_one("#output-text", PaperPane)

    def __init__(self, keymap: Keymap, command: str) -> None:
        super().__init__(keymap)
        self._command = command
        self._blocks: tuple[PageBlock, ...] = (PageBlock(Content("The command is running."), "muted"),)
        self._ended = False

    def functions(self) -> Mapping[str, DialogCommand]:
        """Return what the commands of the dialog do."""
        return {
            **scroll_commands(self.text),
            "output.close": lambda count: self.close(False),
            "output.stop": lambda count: self.close(True),
            "back": lambda count: self.close(False),
            "leave": lambda count: self.close(False),
        }

    def _hints(self) -> list[tuple[str, str]]:
        label = self.keymap.label_of
        if self._ended:
            moves = " ".join(filter(None, (label("down"), label("up"))))
            return [(moves, "scroll"), (label("back"), "close")]
        return [(label("output.stop"), "stop it"), (label("back"), "leave it running")]

    def compose(self) -> ComposeResult:
        """The command, its output, what the keys do."""
        with Vertical(id="output"):
            yield Static(Content("| ") + plain(self._command), id="output-title")
            pane = PaperPane(id="output-text")
            pane.can_focus = False
            yield pane
            yield Static(id="output-keys")

    def on_mount(self) -> None:
        """Show the state now: a quick command may have ended already."""
        self._show()

    def _show(self) -> None:
        self.text.show(self._blocks)
        self.keys.update(hint_line(self._hints()))

    def show_end(self, sentence: str, *, failed: bool, end: CommandEnd | None) -> None:
        """Show how the command ended (None: it could not be run), and what it said."""
        blocks = [PageBlock(plain(sentence), "warning" if failed else "body")]
        if end is not None:
            blocks += _output_blocks("Errors", end.errors, cut=end.errors_cut)
            blocks += _output_blocks("Output", end.output, cut=end.output_cut)
            if not (end.errors or end.output):
                blocks.append(PageBlock(Content("It said nothing."), "muted", gap=1))
        self._blocks, self._ended = tuple(blocks), True
        if self.is_mounted:
            self._show()


def _output_blocks(heading: str, text: str, *, cut: bool) -> list[PageBlock]:
    """Return the lines of a command's output, which is untrusted text."""
    if not text:
        return []
    lines = [PageBlock(plain(line), "code") for line in text.rstrip("\n").split("\n")]
    more = [PageBlock(Content("More came and is not shown."), "muted")] if cut else []
    return [PageBlock(Content(heading), "heading", gap=1), *lines, *more]
