"""What is done once one stays at a paper: the next page prepared, the place kept, a model asked if wished."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from tui_digest.tui.screens.reader import ReaderScreen

    _Step = tuple[float, Callable[[], None]]

_DRAWN: Final = 0.02
"""So many seconds after a move it is on the screen, and the machine has time for the next page."""

_SETTLED: Final = 1.0
"""So many seconds later the place is kept on disk."""

_STAYED: Final = 1.0
"""So many seconds later still a model is asked by itself, if the settings say so."""


class Staying:
    """Waits after each move of the cursor; the next move begins the waiting anew."""

    def __init__(self, reader: ReaderScreen) -> None:
        self._reader = reader
        self._timer: Timer | None = None
        self._cursor = 0

    def moved(self) -> None:
        """The cursor came to another paper."""
        if self._timer is not None:
            self._timer.stop()
        self._wait((_DRAWN, self.prepare), (_SETTLED, self._reader.remember_place), (_STAYED, self.ask))

    def _wait(self, first: _Step, *others: _Step) -> None:
        seconds, act = first

        def go_on() -> None:
            self._reader.attempt(act)
            if others:
                self._wait(*others)

        self._timer = self._reader.set_timer(seconds, go_on)

    def prepare(self) -> None:
        """Have the page ready to which the next move leads, if it goes on as the last one."""
        papers = self._reader.papers
        step = -1 if papers.cursor == self._cursor - 1 else 1
        self._cursor = papers.cursor
        if 0 <= self._cursor + step < len(papers.entries):
            self._reader.pages.prepare(papers.entries[self._cursor + step])

    def ask(self) -> None:
        """Ask for an explanation of the paper that stayed chosen, if the settings say so."""
        reader = self._reader
        if reader.settings.model.automatic and not reader.model_problem:
            from tui_digest.tui.commands.explanation import ask_once

            ask_once(reader)
