"""Going from day to day, and asking arXiv."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from tui_digest.tui.screens.reader import ReaderScreen


def older_day(reader: ReaderScreen, count: int | None) -> None:
    """The mailing before, or so many before."""
    _walk(reader, count or 1, older=True)


def newer_day(reader: ReaderScreen, count: int | None) -> None:
    """The mailing after, or so many after."""
    _walk(reader, count or 1, older=False)


def _walk(reader: ReaderScreen, steps: int, older: bool) -> None:
    if reader.digest is None:
        return
    days = reader.services.days
    day: date = reader.digest.date
    for _ in range(steps):
        further = days.older(day) if older else days.newer(day)
        if further is None:
            break
        day = further
    go_to_day(reader, day)


def go_to_day(reader: ReaderScreen, day: date) -> None:
    """Show a day as it is stored, else fetch it."""
    stored = reader.services.days.stored(day)
    if not reader.browsing.in_day:
        reader.browsing.leave_for_day()
        reader.show_list()
    if stored is not None:
        reader.problem = ""
        reader.show_digest(stored)
    elif reader.options.offline:
        reader.say(f"{day:%Y-%m-%d} is not stored, and the reader is off line.")
    else:
        reader.fetch(day)


def ask_again(reader: ReaderScreen, count: int | None) -> None:
    """Fetch the day that is shown, or the newest, anew."""
    reader.fetch(reader.digest.date if reader.digest is not None else reader.options.day, again=True)
