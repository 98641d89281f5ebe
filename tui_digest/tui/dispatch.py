"""Dispatch of keys, palette and mouse to commands.

Not in the package of the commands, whose modules are imported for the first command.
"""

from __future__ import annotations

from typing import Final

from textual import events

from tui_digest.tui.keymap.definitions import ASKING_FOR_TEXT, BY_ID, Command, Reason
from tui_digest.tui.keymap.keymap import key_name
from tui_digest.tui.reader import Reader

TYPING_PAUSE_S: Final = 0.7
"""After this long without a key nobody is typing a text any more."""


class Dispatcher:
    """Runs commands. The modules of the commands are imported for the first one."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._running: events.Key | None = None
        self._refused: events.Key | None = None

    def drops(self, event: events.Key) -> bool:
        """Tell whether a key belongs to a text that nothing takes, and is no command.

        Who writes a note where there is no paper types on without looking: a letter of it may quit.
        """
        if self._refused is None:
            return False
        is_text = event.is_printable or event.key == "backspace"
        if is_text and event.time - self._refused.time < TYPING_PAUSE_S:
            self._refused = event
            return True
        self._refused = None
        return False

    def take_key(self, event: events.Key) -> None:
        """Handle a key, and run the command that it completes."""
        reader = self._reader
        reader.press = press = reader.keymap.press(key_name(event.key, event.character))
        if press.command is not None:
            self._running = event
            self.run(press.command, press.count)
            self._running = None

    def run(self, command: Command, count: int | None = None) -> None:
        """Run a command, or say why it cannot be run now."""
        reader = self._reader
        in_text = reader.panes.text is not None
        reason = self._reason_in_text(command) if in_text else None
        reason = reason or command.when(reader.command_context())
        if reason is not None:
            self._refused = self._running if command.id in ASKING_FOR_TEXT else None
            reader.notify(reason.advice or f"{command.title}: {reason.words}.")
        else:
            from tui_digest.tui.commands import FUNCTIONS

            function = FUNCTIONS[command.id]
            if in_text:
                from tui_digest.tui.commands.text import function_in_text

                function = function_in_text(command, function)
            reader.run_guarded(lambda: function(reader, count))

    def _reason_in_text(self, command: Command) -> Reason | None:
        from tui_digest.tui.commands.text import reason_in_text

        return reason_in_text(self._reader, command)

    def run_by_id(self, command_id: str) -> None:
        """Run the command of that id."""
        self.run(BY_ID[command_id])

    @staticmethod
    def load() -> None:
        """Import the modules of the commands ahead of the first one."""
        from tui_digest.tui.commands import FUNCTIONS  # noqa: F401
