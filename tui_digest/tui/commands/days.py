"""Going from day to day, and asking arXiv."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_digest.render.labels import full_day_name
from tui_digest.tui.commands.digests import open_with_pick
from tui_digest.tui.tasks.fetch import start_fetch

if TYPE_CHECKING:
    from datetime import date

    from tui_digest.tui.reader import Reader


def older_day(reader: Reader, count: int | None) -> None:
    """Show an older mailing, `count` before this one."""
    _walk(reader, count or 1, older=True)


def newer_day(reader: Reader, count: int | None) -> None:
    """Show a newer mailing, `count` after this one."""
    _walk(reader, count or 1, older=False)


def _walk(reader: Reader, steps: int, *, older: bool) -> None:
    if reader.state.digest is None:
        return
    days = reader.services.days
    day: date = reader.state.digest.date
    for _ in range(steps):
        further = days.older(day) if older else days.newer(day)
        if further is None:
            break
        day = further
    go_to_day(reader, day)


def go_to_day(reader: Reader, day: date) -> None:
    """Show a day as it is stored, else fetch it."""
    stored = reader.services.days.stored(day)
    if not reader.state.browsing.in_day:
        reader.state.browsing.leave_for_day()
        reader.show_list()
    if stored is not None:
        reader.state.problem = ""
        open_with_pick(reader, stored)
    elif reader.state.options.offline:
        reader.notify(f"{full_day_name(day)} is not stored, and the reader is offline.")
    else:
        start_fetch(reader, day, asked=True)


def ask_again(reader: Reader, count: int | None) -> None:
    """Ask arXiv again for the day that is shown, or for the newest."""
    digest = reader.state.digest
    start_fetch(reader, digest.date if digest is not None else reader.state.options.day, again=True)
