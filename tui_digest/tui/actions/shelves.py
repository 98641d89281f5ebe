"""Beyond the day: the queue, the search over everything, the history, the calendar."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import TYPE_CHECKING

from textual import work

from tui_digest.errors import TuiDigestError

if TYPE_CHECKING:
    from tui_digest.reading import Action
    from tui_digest.tui.screens.chooser import Chosen
    from tui_digest.tui.screens.reader import ReaderScreen

_STEPS_SHOWN = 500


def queue(reader: ReaderScreen, count: int | None) -> None:
    """All papers to read, over all days."""
    entries = reader.services.shelf.queue()
    if entries:
        reader.enter("To read, of all days", entries)
    else:
        reader.say("No paper is marked to read yet: m marks one.")


def search_library(reader: ReaderScreen, count: int | None) -> None:
    """Search everything ever fetched, as one types."""
    from tui_digest.tui.writing import Asking

    reader.enter("Search everything", ())
    found = reader.browsing.current

    def typed(text: str) -> None:
        _find(reader, text)

    def done(text: str) -> None:
        reader.services.shelf.question(text)
        if found.title == _found(text) and not found.entries:
            raise TuiDigestError("Nothing in the library matches; Esc goes back.")

    def cancelled() -> None:
        if reader.listing is found:
            reader.browsing.leave()
            reader.show_list()

    reader.writing.ask("search everything", Asking(done, typed, cancelled))


@work(group="search", exclusive=True)
async def _find(reader: ReaderScreen, text: str) -> None:
    """Show what a query finds. A search that was begun later puts an end to this one."""
    listing = reader.listing
    if not text.strip():
        listing.words = ()
        listing.take(())
        reader.show_list()
        return
    try:
        found = await asyncio.to_thread(reader.services.shelf.search, text, typing=True)
    except TuiDigestError as error:
        reader.say(str(error), warning=True)
        return
    if reader.listing is not listing:
        return
    listing.title, listing.words, listing.place = _found(text), found.words, ""
    listing.take(found.entries)
    reader.show_list()
    more = ", the best of more" if found.more else ""
    reader.say(f"{len(found.entries)} found{more}.")


def _found(text: str) -> str:
    return f"Found: {text}"


def history(reader: ReaderScreen, count: int | None) -> None:
    """What was done, newest first; a step's papers can be looked at."""
    from tui_digest.tui.screens.chooser import Choice, ChooserScreen
    from tui_digest.tui.text import plain

    steps = reader.services.shelf.history(_STEPS_SHOWN)
    choices = [Choice(plain(_step_words(step)), step) for step in steps]
    title = "What you did, newest first" if steps else "You have done nothing yet that could be undone."

    def chosen(answer: Chosen[Action] | None) -> None:
        if answer is not None and answer.value is not None:
            step = answer.value
            reader.attempt(lambda: _show_step(reader, step))

    reader.app.push_screen(ChooserScreen(title, choices), chosen)


def _step_words(step: Action) -> str:
    words = {"undo": "undid: ", "redo": "did again: "}.get(step.kind, "")
    return f"{step.at.astimezone():%Y-%m-%d %H:%M}   {words}{step.label}"


def _show_step(reader: ReaderScreen, step: Action) -> None:
    shelf = reader.services.shelf
    papers = [paper for paper_id in step.papers if (paper := shelf.paper(paper_id)) is not None]
    if papers:
        reader.enter(f"You {step.label}", shelf.entries(papers))
    else:
        reader.say("No paper was concerned in that.")


def calendar(reader: ReaderScreen, count: int | None) -> None:
    """The days with what is left to do in each, and going there."""
    from tui_digest.tui.actions.days import go_to_day
    from tui_digest.tui.calendar import calendar_days, day_words
    from tui_digest.tui.screens.chooser import Choice, ChooserScreen
    from tui_digest.tui.text import plain

    days = calendar_days(reader.services.days, reader.services.shelf.days())
    choices = [Choice(plain(day_words(day)), day.date) for day in days]
    here = reader.digest.date if reader.digest is not None else None
    at = next((place for place, day in enumerate(days) if day.date == here), 0)

    def chosen(answer: Chosen[date] | None) -> None:
        if answer is not None and answer.value is not None:
            day = answer.value
            reader.attempt(lambda: go_to_day(reader, day))

    reader.app.push_screen(ChooserScreen("Days", choices, at=at), chosen)
