"""Debounced work after a cursor move: prefetch, save position, auto-explain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer

    from tui_digest.tui.reader import Reader

    _Step = tuple[float, Callable[[], None]]

PREFETCH_DELAY_S: Final = 0.02
"""After a move: the list is drawn, and there is time to lay out the next page."""

SAVE_DELAY_S: Final = 1.0
"""After the prefetch, before the position is written to disk."""

EXPLAIN_DELAY_S: Final = 1.0
"""After the saving, before a model is asked if the settings say so."""


class Dwell:
    """Runs its steps after each move of the cursor; the next move starts over."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._timer: Timer | None = None
        self._cursor = 0

    def restart(self) -> None:
        """Wait after a move of the cursor."""
        if self._timer is not None:
            self._timer.stop()
        self._wait(
            (PREFETCH_DELAY_S, self.prefetch),
            (SAVE_DELAY_S, self.save),
            (EXPLAIN_DELAY_S, self.explain),
        )

    def _wait(self, step: _Step, *others: _Step) -> None:
        seconds, act = step

        def go_on() -> None:
            self._reader.run_guarded(act)
            if others:
                self._wait(*others)

        self._timer = self._reader.set_timer(seconds, go_on)

    def prefetch(self) -> None:
        """Prepare the next page if the next move continues the last one's direction."""
        papers = self._reader.papers
        step = -1 if papers.cursor == self._cursor - 1 else 1
        self._cursor = papers.cursor
        if (entry := papers.entry_at(self._cursor + step)) is not None:
            self._reader.pages.prepare(entry)

    def save(self) -> None:
        """Save the position; there is time to forget what was drawn on the way, too."""
        from tui_digest.tui.widgets.memory import shrink_caches

        self._reader.writes.save_position()
        shrink_caches()

    def explain(self) -> None:
        """Ask for an explanation if the settings say that it is asked for automatically."""
        state = self._reader.state
        if state.settings.model.automatic and not state.model_problem:
            from tui_digest.tui.tasks.explanation import start_if_unexplained

            start_if_unexplained(self._reader)
