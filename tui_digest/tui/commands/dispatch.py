"""From a key, the palette or the mouse to the command that is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from tui_digest.tui.keymap.keymap import Keymap, Press

if TYPE_CHECKING:
    from tui_digest.tui.keymap.definitions import Command
    from tui_digest.tui.screens.reader import ReaderScreen


class Commanding:
    """Does commands; what they do stands in `tui_digest.tui.commands`.

    Attributes:
        keymap: the commands by their keys.
        press: what the keys typed so far have come to.
    """

    def __init__(self, reader: ReaderScreen, keymap: Keymap) -> None:
        self.keymap = keymap
        self.press = Press()
        self._reader = reader

    def take(self, event: events.Key) -> None:
        """Take one key, and do what it completes."""
        key = event.character if event.character and event.character.isprintable() else event.key
        self.press = self.keymap.press("space" if key == " " else key)
        if self.press.command is not None:
            self.run(self.press.command, self.press.count)

    def run(self, command: Command, count: int | None = None) -> None:
        """Do what a command says, or say why it cannot be done now."""
        reader = self._reader
        reason = command.when(reader.situation())
        if reason:
            reader.say(f"{command.title}: {reason}.")
        else:
            from tui_digest.tui.commands import ACTIONS

            reader.attempt(lambda: ACTIONS[command.id](reader, count))

    def run_by_id(self, command_id: str) -> None:
        """Do the command of that id: for the palette and the mouse."""
        self.run(next(command for command in self.keymap.commands if command.id == command_id))
