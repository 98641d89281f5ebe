"""What is done once one has stayed at a paper: the place is kept, and a model asked if that is wished."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui_digest.tui.screens.reader import ReaderScreen

_SETTLED: Final = 1.0
"""So many seconds after the last move the place is kept on disk."""

_STAYED: Final = 2.0
"""So many seconds after the last move a model is asked by itself, if the settings say so."""


class Staying:
    """Waits after each move of the cursor; the next move begins the waiting anew."""

    def __init__(self, reader: ReaderScreen) -> None:
        self._reader = reader
        self._timers: tuple[Timer, ...] = ()

    def moved(self) -> None:
        """The cursor came to another paper."""
        reader = self._reader
        for timer in self._timers:
            timer.stop()
        self._timers = (
            reader.set_timer(_SETTLED, lambda: reader.attempt(reader.remember_place)),
            reader.set_timer(_STAYED, lambda: reader.attempt(self.ask)),
        )

    def ask(self) -> None:
        """Ask for an explanation of the paper that stayed chosen, if the settings say so."""
        reader = self._reader
        if reader.settings.model.automatic and not reader.model_problem:
            from tui_digest.tui.actions.explaining import ask_once

            ask_once(reader)
