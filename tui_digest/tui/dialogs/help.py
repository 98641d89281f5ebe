"""Help that can be searched: every command, its keys, and whether it can be done here and now."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input

from tui_digest.tui.dialogs.modal import Overlay
from tui_digest.tui.keymap.definitions import Command, CommandContext
from tui_digest.tui.keymap.keymap import Keymap, key_label
from tui_digest.tui.page.blocks import Block
from tui_digest.tui.theme.stylesheets import sheet
from tui_digest.tui.widgets.paper_pane import PaperPane

_KEYS_WIDTH = 14


class HelpScreen(Overlay[None]):
    """The commands by group, narrowed by what one types."""

    CSS_PATH = sheet("help")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", show=False),
        Binding("down", "scroll(3)", "Down", show=False, priority=True),
        Binding("up", "scroll(-3)", "Up", show=False, priority=True),
        Binding("pagedown", "scroll(12)", "Page down", show=False, priority=True),
        Binding("pageup", "scroll(-12)", "Page up", show=False, priority=True),
    ]

    wanted = query_one("#help-search", Input)
    text = query_one("#help-text", PaperPane)

    def __init__(self, keymap: Keymap, context: CommandContext) -> None:
        super().__init__()
        self._keymap = keymap
        self._now = context

    def compose(self) -> ComposeResult:
        """A line to search in, and the commands."""
        with Vertical(id="help"):
            yield Input(placeholder="Type to search; Esc closes", id="help-search")
            pane = PaperPane(id="help-text")
            pane.can_focus = False
            yield pane

    def on_mount(self) -> None:
        """Show every command."""
        self.wanted.cursor_blink = False
        self.text.show(help_blocks(self._keymap, self._now, ""))

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self.text.show(help_blocks(self._keymap, self._now, event.value))

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self.close()

    def action_scroll(self, lines: int) -> None:
        """Scroll the help."""
        self.text.scroll_by(lines)


def help_blocks(keymap: Keymap, context: CommandContext, wanted: str) -> tuple[Block, ...]:
    """The help as a page: the commands that the wanted words occur in, under their groups."""
    words = wanted.casefold().split()
    blocks: list[Block] = []
    group = ""
    for command in keymap.commands:
        keys = " ".join(key_label(keys) for keys in keymap.keys_of(command)) or "no key"
        described = f"{keys} {command.title} {command.help} {command.group}".casefold()
        if not all(word in described for word in words):
            continue
        if command.group != group:
            group = command.group
            blocks.append(Block(Content(group), "heading", gap=1))
        blocks.append(_entry(command, keys, context))
    if not blocks:
        blocks.append(Block(Content("No command has these words."), "muted"))
    return tuple(blocks)


def _entry(command: Command, keys: str, context: CommandContext) -> Block:
    reason = command.when(context)
    content = Content.assemble((keys.ljust(_KEYS_WIDTH), "label"), " ", command.help)
    if reason:
        content = Content.assemble(content, (f" (not now: {reason})", "muted"))
    return Block(content, "muted" if reason else "body", hang=_KEYS_WIDTH + 1)
