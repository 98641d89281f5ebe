"""The command palette, in the reader's own looks and with its keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual import on
from textual.await_complete import AwaitComplete
from textual.command import CommandPalette, Provider
from textual.widgets import Input

from tui_digest.tui.dialogs.modal import DialogCommand, KeyedScreen
from tui_digest.tui.keymap.keymap import Keymap
from tui_digest.tui.theme.stylesheets import sheet


class ReaderPalette(CommandPalette, KeyedScreen[None]):
    """Textual's palette.

    Args:
        keymap: the reader's.
        providers: find what can be run, in `tui_digest.tui.commands.palette`.
    """

    PLACE = "palette"
    CSS_PATH = sheet("palette")

    def __init__(self, keymap: Keymap, providers: Iterable[type[Provider]]) -> None:
        super().__init__(providers, placeholder="Find a command, a paper, a day, a category, a tag")
        self.keymap = keymap.at(self.PLACE)

    def functions(self) -> Mapping[str, DialogCommand]:
        """What the commands of the palette do: Textual's own actions."""
        actions = {
            "down": "cursor_down",
            "up": "command_list('cursor_up')",
            "page_down": "command_list('page_down')",
            "page_up": "command_list('page_up')",
            "back": "escape",
        }
        functions = {name: self._runs(action) for name, action in actions.items()}
        return {**functions, "palette.run": lambda count: self.call_next(self._submit)}

    def _runs(self, action: str) -> DialogCommand:
        async def run(count: int) -> None:
            for _ in range(count):
                if self.is_on_top:
                    await self.run_action(action)

        return lambda count: self.call_next(run, count)

    async def _submit(self) -> None:
        if self.is_on_top:
            await self.query_one(Input).action_submit()

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close the palette, once: a command that is chosen twice in a row closes it twice."""
        return super().dismiss(result) if self.is_on_top else AwaitComplete()

    def on_mount(self) -> None:
        """Nothing of the reader blinks."""
        self.query_one(Input).cursor_blink = False

    @on(Input.Changed)
    def _stop_searching(self, event: Input.Changed) -> None:
        """Search for nothing once the palette is closed: Textual would, in widgets that are gone."""
        if not self.is_on_top:
            event.prevent_default()
