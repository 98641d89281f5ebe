"""A day's papers from arXiv, while the user goes on reading."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from tui_digest.render.labels import full_day_name
from tui_digest.tui.page.empty import nothing_to_show

if TYPE_CHECKING:
    from tui_digest.lists import StoredDigest
    from tui_digest.tui.reader import Reader

FETCH = "fetch"
"""The group of background work that asks arXiv."""


def start_fetch(reader: Reader, day: date | None, *, again: bool = False) -> None:
    """Ask for a day's papers in the background; what is shown stays until they are there."""
    reader.run_in_background(partial(_fetch, reader, day, again), FETCH)


async def _fetch(reader: Reader, day: date | None, again: bool) -> None:
    """Ask for a day's papers (None: the newest) and show them; a failure keeps what is shown.

    After the newest the missed ones are fetched: they are for later, and the feed holds the newest
    for a day only.
    """
    state, days = reader.state, reader.services.days
    reader.show_progress("asking arXiv")
    try:
        answer = await days.fetch(day, again=again, progress=reader.show_progress)
        if not reader.is_open:
            return
        state.problem = answer.problem
        _show_fetched(reader, answer.digest)
        completed = await days.complete(answer.digest.date, reader.show_progress)
        shown = state.digest
        if completed is not None and reader.is_open and shown is not None and shown.date == completed.date:
            reader.update_day(completed)
        if day is None:
            state.problem = await days.catch_up(reader.show_progress) or state.problem
    except Exception as error:
        state.problem = reader.describe_error(error)
        if state.digest is None and reader.is_open:
            offline, demo = state.options.offline, state.options.demo
            reader.pane.show(nothing_to_show(state.problem, offline=offline, demo=demo))
    finally:
        reader.show_progress("")


def _show_fetched(reader: Reader, digest: StoredDigest) -> None:
    """Show a day that came; a user in the queue or in search results goes on there."""
    state = reader.state
    if state.digest is not None and state.digest.date == digest.date:
        reader.update_day(digest)
    elif state.browsing.in_day:
        reader.open_day(digest)
    else:
        reader.notify(f"{full_day_name(digest.date)} was fetched: D goes there.")
