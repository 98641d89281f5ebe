"""A day's papers from arXiv, while the reader goes on reading."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tui_digest.tui.page.empty import nothing_to_show
from tui_digest.tui.widgets.header_text import day_name

if TYPE_CHECKING:
    from tui_digest.paper import Digest
    from tui_digest.tui.screens.reader import ReaderScreen


async def fetch_day(reader: ReaderScreen, day: date | None, again: bool) -> None:
    """Ask for a day's papers (None: the newest) and show them; a failure keeps what is shown.

    After the newest the missed ones are fetched: they are for later, and the feed holds the newest
    for a day only.
    """
    reader.tell_progress("asking arXiv")
    try:
        answer = await reader.services.days.fetch(day, again=again, progress=reader.tell_progress)
        if not reader.is_on_screen:
            return
        reader.problem = answer.problem
        _show(reader, answer.digest)
        completed = await reader.services.days.complete(answer.digest, reader.tell_progress)
        if completed is not answer.digest and reader.digest is answer.digest and reader.is_on_screen:
            reader.show_digest(completed, keep_place=True)
        if day is None:
            reader.problem = await reader.services.days.catch_up(reader.tell_progress) or reader.problem
    except Exception as error:
        reader.problem = reader.sentence_on(error)
        if reader.digest is None and reader.is_on_screen:
            offline, demo = reader.options.offline, reader.options.demo
            reader.pane.show(nothing_to_show(reader.problem, offline=offline, demo=demo))
    finally:
        reader.tell_progress("")


def _show(reader: ReaderScreen, digest: Digest) -> None:
    """Show a day that came; whoever reads in the queue or in search results goes on there."""
    same_day = reader.digest is not None and reader.digest.date == digest.date
    if same_day or reader.browsing.in_day:
        reader.show_digest(digest, keep_place=same_day)
    else:
        reader.say(f"{day_name(digest.date)} was fetched: D goes there.")
