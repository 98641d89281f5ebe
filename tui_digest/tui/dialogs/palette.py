"""The command palette, in the reader's own looks and with its keys."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from textual import on
from textual.await_complete import AwaitComplete
from textual.command import CommandList, CommandPalette, Provider
from textual.css.query import NoMatches
from textual.widgets import Input
from textual.worker import WorkerCancelled, WorkerFailed

from tui_digest.tui.dialogs.chooser import Options
from tui_digest.tui.dialogs.modal import DialogCommand, KeyedScreen
from tui_digest.tui.keymap.keymap import Keymap
from tui_digest.tui.theme.themes import sheet

# Textual makes the list itself, and its handler fails on an option that is gone.
CommandList.on_click = Options.on_click  # type: ignore[attr-defined]


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
        """Return what the commands of the palette do: Textual's own actions."""
        actions = {
            "down": "cursor_down",
            "up": "command_list('cursor_up')",
            "page_down": "command_list('page_down')",
            "page_up": "command_list('page_up')",
            "back": "escape",
        }
        functions = {name: self._runs(action) for name, action in actions.items()}
        return {**functions, "palette.run": lambda count: self._run_first_found()}

    def _runs(self, action: str) -> DialogCommand:
        async def run(count: int) -> None:
            for _ in range(count):
                if self.is_on_top:
                    await self.run_action(action)

        return lambda count: self.call_next(run, count)

    def _action_command_list(self, action: str) -> None:
        """Move in the list, unless it is closing or was not drawn since the last letter."""
        with suppress(NoMatches, LookupError):
            super()._action_command_list(action)

    def _action_cursor_down(self) -> None:
        """Move down in the list.

        Not while it closes, nor before it was drawn since the last letter.
        """
        with suppress(NoMatches, LookupError):
            super()._action_cursor_down()

    def _run_first_found(self) -> None:
        """Run what is under the cursor, else the first that is found for what was typed.

        Keys that come meanwhile are held: they are for what the command opens.
        """
        self.hold_keys()
        self.run_worker(self._run_found(), group="run", exclusive=True)

    async def _run_found(self) -> None:
        for search in [worker for worker in self.workers if worker.group == self._GATHER_COMMANDS_GROUP]:
            with suppress(WorkerCancelled, WorkerFailed):
                await search.wait()
        if not self.is_on_top:
            self.release_keys()
            return
        found = self.query_one(CommandList)
        if found.highlighted is None:
            found.action_first()
        found.action_select()
        self.call_behind(found, self.release_keys)

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close the palette only once; a command chosen twice in a row closes it twice."""
        if not self.is_on_top:
            return AwaitComplete()
        self.release_keys()
        return super().dismiss(result)

    def on_mount(self) -> None:
        """Keep the cursor from blinking, as nothing in the reader blinks."""
        self.query_one(Input).cursor_blink = False

    @on(Input.Changed)
    def _stop_searching(self, event: Input.Changed) -> None:
        """Stop searching once the palette is closed; Textual goes on in removed widgets."""
        if not self.is_on_top:
            event.prevent_default()
