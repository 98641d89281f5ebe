"""A day's papers from arXiv, while the user goes on reading; the pick of the day that is shown."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from tui_digest.render.labels import full_day_name
from tui_digest.tui.page.empty import nothing_to_show

if TYPE_CHECKING:
    from tui_digest.paper import Digest
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
        completed = await days.complete(answer.digest, reader.show_progress)
        if completed is not answer.digest and state.digest is answer.digest and reader.is_open:
            reader.update_day(completed)
            find_pick(reader)
        if day is None:
            state.problem = await days.catch_up(reader.show_progress) or state.problem
    except Exception as error:
        state.problem = reader.describe_error(error)
        if state.digest is None and reader.is_open:
            offline, demo = state.options.offline, state.options.demo
            reader.pane.show(nothing_to_show(state.problem, offline=offline, demo=demo))
    finally:
        reader.show_progress("")


def _show_fetched(reader: Reader, digest: Digest) -> None:
    """Show a day that came; a user in the queue or in search results goes on there."""
    state = reader.state
    if state.digest is not None and state.digest.date == digest.date:
        reader.update_day(digest)
    elif state.browsing.in_day:
        reader.open_day(digest)
    else:
        reader.notify(f"{full_day_name(digest.date)} was fetched: D goes there.")
        return
    find_pick(reader)


def find_pick(reader: Reader) -> None:
    """Find in the background what to put first; until then arXiv's order is shown.

    At the start that waits until the list has been drawn.
    """
    if reader.state.ready:
        reader.run_in_background(partial(_find_pick, reader), "pick")


async def _find_pick(reader: Reader) -> None:
    """Find the pick and show it; the cursor goes to the first paper if the user has done nothing yet."""
    day = reader.state.browsing.day
    try:
        day.pick(await asyncio.to_thread(reader.services.shelf.pick, day.entries))
    except Exception as error:
        sentence = reader.describe_error(error)
        if reader.is_open:
            reader.notify(f"There is no pick: {sentence}", warning=True)
        return
    if day is reader.listing and reader.is_open:
        if not reader.state.touched:
            day.place = ""
        reader.show_list()
