"""Exchange of decisions with other machines, at the start and every minute."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui_digest.errors import UsageError
from tui_digest.render.labels import count_words

if TYPE_CHECKING:
    from tui_digest.core.decisions import Outcome
    from tui_digest.tui.reader import Reader

INTERVAL_S: Final = 60.0
"""Seconds between two exchanges."""


def start_sync(reader: Reader) -> None:
    """Exchange decisions now and every minute, where a folder is shared."""
    synchronise = reader.services.synchronise
    if synchronise is None:
        return

    def again() -> None:
        if reader.is_open:
            reader.writes.writer.submit((), synchronise, lambda outcome: _show(reader, outcome))
            reader.set_timer(INTERVAL_S, again)

    again()


def sync_now(reader: Reader) -> None:
    """Exchange decisions once, and say so also where nothing came.

    Raises:
        UsageError: no folder is shared.
    """
    synchronise = reader.services.synchronise
    if synchronise is None:
        raise UsageError("No folder is shared: folder under [sync] in config.toml names one.")

    def on_written(outcome: Outcome[int]) -> None:
        reader.state.sync_problem = ""
        if outcome.result == 0 and reader.is_open:
            reader.notify("Decisions were exchanged; nothing new came from your other machines.")
        _show(reader, outcome)

    reader.writes.writer.submit((), synchronise, on_written)


def _show(reader: Reader, outcome: Outcome[int]) -> None:
    """Show what other machines decided; report each new failure once."""
    if not reader.is_open:
        return
    problem = reader.describe_error(outcome.error) if outcome.error is not None else ""
    if problem and problem != reader.state.sync_problem:
        reader.notify(problem, warning=True)
    reader.state.sync_problem = problem
    if outcome.result:
        reader.state.browsing.reload()
        reader.show_list()
        decisions = count_words(outcome.result, "decision")
        reader.notify(f"{decisions} of your other machines came; {reader.key('history')} shows them.")
