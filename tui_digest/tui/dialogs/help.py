"""Searchable help: each command, its keys, and whether it is available now."""

from __future__ import annotations

from collections.abc import Mapping

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, Static

from tui_digest.tui.dialogs.modal import DialogCommand, ModalDialog, hint_line, scroll_commands
from tui_digest.tui.keymap.context import CommandContext
from tui_digest.tui.keymap.definitions import Command
from tui_digest.tui.keymap.dialogs import DIALOGS
from tui_digest.tui.keymap.in_text import text_commands
from tui_digest.tui.keymap.keymap import Keymap
from tui_digest.tui.page.blocks import PageBlock
from tui_digest.tui.theme.symbols import SymbolSet, legend
from tui_digest.tui.theme.themes import sheet
from tui_digest.tui.widgets.paper_pane import PaperPane

_KEYS_WIDTH = 14


class HelpScreen(ModalDialog[None]):
    """The commands by group, filtered by the words that are typed."""

    PLACE = "help"
    CSS_PATH = sheet("help")
    wanted = query_one("#help-search", Input)
    text = query_one("#help-text", PaperPane)

    def __init__(self, keymap: Keymap, context: CommandContext, symbols: SymbolSet) -> None:
        super().__init__(keymap)
        self._symbols = symbols
        self._reader_keymap = keymap
        self._now = context

    def functions(self) -> Mapping[str, DialogCommand]:
        """Return what the commands of the help do."""
        scrolls = scroll_commands(self.text, lines=3)
        return {
            **{name: scrolls[name] for name in ("down", "up", "page_down", "page_up")},
            "help.close": self.cancel,
            "back": self.cancel,
        }

    def compose(self) -> ComposeResult:
        """A line to search in, the commands, and what the keys do."""
        with Vertical(id="help"):
            yield Input(placeholder="Type to search", id="help-search")
            pane = PaperPane(id="help-text")
            pane.can_focus = False
            yield pane
            yield Static(hint_line(self._hints()), id="help-keys")

    def _hints(self) -> list[tuple[str, str]]:
        label = self.keymap.label_of
        scrolls = (label(name, while_typing=True) for name in ("up", "down"))
        pages = (label(name, while_typing=True) for name in ("page_up", "page_down"))
        return [
            (" ".join(filter(None, scrolls)), "scroll"),
            (" ".join(filter(None, pages)), "page"),
            (label("back"), "close"),
        ]

    def on_mount(self) -> None:
        """Show every command."""
        self.wanted.cursor_blink = False
        self._show("")

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, wanted: str) -> None:
        blocks = help_blocks(self._reader_keymap, self._now, wanted)
        legend = legend_blocks(self._symbols, wanted)
        parts = (*blocks, *legend) if self._now.in_text else (*legend, *blocks)
        self.text.show(parts or (_NOTHING,))


_NOTHING = PageBlock(Content("No command has these words."), "muted")


def legend_blocks(symbols: SymbolSet, wanted: str = "") -> tuple[PageBlock, ...]:
    """Return the signs of list and explanations with meanings that have these words."""
    words = wanted.casefold().split()
    known = [
        entry
        for entry in legend(symbols)
        if all(word in f"{entry.sign} {entry.meaning} signs legend".casefold() for word in words)
    ]
    if not known:
        return ()
    lines = (
        PageBlock(
            Content.assemble((entry.sign.ljust(_KEYS_WIDTH), entry.role), " ", entry.meaning),
            "body",
            hang=_KEYS_WIDTH + 1,
        )
        for entry in known
    )
    return (PageBlock(Content("Signs"), "heading"), *lines)


def help_blocks(keymap: Keymap, context: CommandContext, wanted: str) -> tuple[PageBlock, ...]:
    """Return the help as a page: matching commands, the list's, then the dialogs'.

    While a text is read, those that can be run there come first, with what they do there.
    """
    words = wanted.casefold().split()
    blocks: list[PageBlock] = []
    group = ""
    for place in (keymap, *map(keymap.at, DIALOGS)):
        in_text = context.in_text and place is keymap
        for command in text_commands() if in_text else place.commands:
            keys = place.labels_of(command.id) or "no key"
            described = f"{keys} {command.title} {command.help} {command.group} {command.words}".casefold()
            if not all(word in described for word in words):
                continue
            if command.group != group:
                group = command.group
                blocks.append(PageBlock(Content(group), "heading", gap=1))
            blocks.append(_entry(command, keys, context))
    return tuple(blocks)


def _entry(command: Command, keys: str, context: CommandContext) -> PageBlock:
    reason = command.when(context)
    content = Content.assemble((keys.ljust(_KEYS_WIDTH), "label"), " ", command.help)
    if reason:
        content = Content.assemble(content, (f" (not now: {reason.words})", "muted"))
    return PageBlock(content, "muted" if reason else "body", hang=_KEYS_WIDTH + 1)
