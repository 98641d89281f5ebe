"""A day's papers from arXiv, while the user goes on reading."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from tui_digest.render.labels import count_words, full_day_name
from tui_digest.tui.page.empty import nothing_to_show

if TYPE_CHECKING:
    from tui_digest.lists import StoredDigest
    from tui_digest.tui.reader import Reader

FETCH = "fetch"
"""The group of background work that asks arXiv."""


def start_fetch(reader: Reader, day: date | None, *, again: bool = False, asked: bool = False) -> None:
    """Request a day's papers in the background; the shown ones stay until they come.

    A day that the user `asked` for is shown then. Another one is only offered once a key was pressed:
    what is being read is never swapped.
    """
    reader.run_in_background(partial(_fetch, reader, day, again=again, asked=asked), FETCH)


async def _fetch(reader: Reader, day: date | None, *, again: bool, asked: bool) -> None:
    """Request a day's papers (None: the newest) and show them; failures keep the list.

    After the newest the missed ones are fetched: they are for later, and the feed holds the newest
    for a day only.
    """
    state, days = reader.state, reader.services.days
    if state.digest is None or asked or again:
        reader.show_progress("asking arXiv")  # else only once it is asked: as a rule nothing is due
    before = state.digest
    try:
        answer = await days.fetch(day, again=again, progress=reader.show_progress)
        if not reader.is_open:
            return
        state.problem = answer.problem
        state.judging = None if answer.judged else answer.digest.date
        _show_fetched(reader, answer.digest, asked=asked)
        if again and not answer.problem and before is not None and before.date == answer.digest.date:
            reader.notify(_refreshed(before, answer.digest))
        if asked and day is not None and answer.digest.date != day and not answer.problem:
            shown_day = full_day_name(answer.digest.date)
            reader.notify(f"arXiv has no mailing of {full_day_name(day)} yet; {shown_day} is shown.")
        completed = await days.complete(answer.digest.date, reader.show_progress)
        state.judging = None
        if reader.is_open:
            reader.refresh_header()
        shown = state.digest
        if completed is not None and reader.is_open and shown is not None and shown.date == completed.date:
            reader.update_day(completed)
        if day is None:
            state.problem = await days.catch_up(reader.show_progress) or state.problem
    except Exception as error:
        state.problem = reader.describe_error(error)
        if state.digest is None and reader.is_open:
            offline, demo = state.options.offline, state.options.demo
            reader.pane.show(nothing_to_show(state.problem, reader.key, offline=offline, demo=demo))
    finally:
        state.judging = None
        reader.show_progress("")


def _show_fetched(reader: Reader, digest: StoredDigest, *, asked: bool) -> None:
    """Show a day that came, or offer it to a user who is reading something else."""
    state, name = reader.state, full_day_name(digest.date)
    shown = state.digest
    if shown is not None and (shown.date, shown.categories) == (digest.date, digest.categories):
        reader.update_day(digest)
    elif state.digest is None:
        reader.open_day(digest, below=True)
    elif not state.browsing.in_day:
        reader.notify(f"{name} was fetched: {reader.keymap.label_of('calendar')} goes there.")
    elif asked or not state.touched:
        reader.open_day(digest)
    else:
        papers = count_words(digest.completeness.shown, "paper")
        reader.notify(f"{name} is here, {papers}: {_way_to(reader, digest)}.")


def _refreshed(before: StoredDigest, digest: StoredDigest) -> str:
    """Say what asking again for the day that is shown brought."""
    more = digest.completeness.shown - before.completeness.shown
    new = count_words(more, "more paper") if more > 0 else "nothing new"
    return f"Refreshed: {new} for {full_day_name(digest.date)}."


def _way_to(reader: Reader, digest: StoredDigest) -> str:
    """Say which key leads from the day that is shown to another one.

    Where days that are not stored lie between, it is the calendar's.
    """
    days, shown = reader.services.days, reader.state.digest
    assert shown is not None
    for step, command_id in ((days.newer, "newer_day"), (days.older, "older_day")):
        if step(shown.date) == digest.date:
            return f"{reader.keymap.label_of(command_id)} shows it"
    return f"{reader.keymap.label_of('calendar')} goes there"
