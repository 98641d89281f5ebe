"""The command palette, in the reader's own looks."""

from __future__ import annotations

from collections.abc import Iterable

from textual.command import CommandPalette, Provider
from textual.widgets import Input

from tui_digest.tui.theme.stylesheets import sheet


class ReaderPalette(CommandPalette):
    """Textual's palette; what it finds stands in `tui_digest.tui.commands.palette`."""

    CSS_PATH = sheet("palette")

    def __init__(self, providers: Iterable[type[Provider]]) -> None:
        super().__init__(providers, placeholder="Find a command, a paper, a day, a category")

    def on_mount(self) -> None:
        """Nothing of the reader blinks."""
        self.query_one(Input).cursor_blink = False
