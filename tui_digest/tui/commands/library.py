"""Beyond the day: the queue, the search over everything, the history, the calendar."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from tui_digest.core.listing import EMPTY
from tui_digest.errors import TuiDigestError
from tui_digest.render.labels import local_time
from tui_digest.tui.commands.paper_by_id import open_by_id, parse_id
from tui_digest.tui.page.empty import SEARCH

if TYPE_CHECKING:
    from tui_digest.core.calendar import Almanac
    from tui_digest.entry import Action
    from tui_digest.tui.dialogs.chooser import Chosen
    from tui_digest.tui.reader import Reader

_STEPS_SHOWN = 500


def queue(reader: Reader, count: int | None) -> None:
    """All papers to read, over all days."""
    scope = reader.services.library.lists.queue()
    if scope.size:
        reader.enter_list("To read, of all days", scope)
    else:
        reader.notify("No paper is marked to read yet: m marks one.")


def search_library(reader: Reader, count: int | None) -> None:
    """Search everything ever fetched, while the query is typed."""
    from tui_digest.tui.prompts import ask_line
    from tui_digest.tui.widgets.field import TextRequest

    reader.enter_list(SEARCH, EMPTY)
    found = reader.state.browsing.current

    def typed(text: str) -> None:
        reader.run_in_background(partial(_find, reader, text), "search")

    def done(text: str) -> None:
        if (wanted := parse_id(text)) is not None:
            if reader.listing is found:
                reader.state.browsing.leave()
                reader.show_list()
            open_by_id(reader, wanted)
            return
        reader.services.library.search.check(text)
        if found.title == _found(text) and not found.total:
            raise TuiDigestError("Nothing in the library matches; Esc goes back.")

    def cancelled() -> None:
        if reader.listing is found:
            reader.state.browsing.leave()
            reader.show_list()

    ask_line(reader, "search everything", TextRequest(done, typed, cancelled))


async def _find(reader: Reader, text: str) -> None:
    """Show what a query finds. A search that was begun later puts an end to this one."""
    listing = reader.listing
    if not text.strip():
        listing.show_scope(EMPTY, title=SEARCH)
        reader.show_list()
        return
    hits = await asyncio.to_thread(reader.services.library.search.hits, text, typing=True)
    if reader.listing is not listing:
        return
    listing.place = ""
    listing.show_scope(hits.scope, title=_found(text), words=hits.words)
    reader.show_list()
    more = "; there are more, and these are the best" if hits.more else ""
    reader.notify(f"{hits.scope.size} found{more}.")


def _found(text: str) -> str:
    return f"Found: {text}"


def history(reader: Reader, count: int | None) -> None:
    """What was done, newest first; a step's papers can be looked at."""
    from tui_digest.tui.dialogs.chooser import Choice, ChooserScreen
    from tui_digest.tui.text import plain

    steps = reader.services.library.history.recent(_STEPS_SHOWN)
    choices = [Choice(plain(_step_words(step)), step) for step in steps]
    title = "What you did, newest first" if steps else "Nothing was done yet that can be undone."

    def chosen(answer: Chosen[Action] | None) -> None:
        if answer is not None and answer.value is not None:
            step = answer.value
            _show_step(reader, step)

    reader.open_dialog(ChooserScreen(reader.keymap, title, choices), chosen)


def _step_words(step: Action) -> str:
    words = {"undo": "undid: ", "redo": "redid: "}.get(step.kind, "")
    return f"{local_time(step.at)}   {words}{step.label}"


def _show_step(reader: Reader, step: Action) -> None:
    scope = reader.services.library.lists.papers(step.papers)
    if scope.size:
        reader.enter_list(f"You {step.label}", scope)
    else:
        reader.notify("That step changed no paper.")


def almanac_of(reader: Reader) -> Almanac:
    """What is known of every day, here and now."""
    from tui_digest.core.calendar import Almanac

    services = reader.services
    shown = reader.state.digest.date if reader.state.digest is not None else None
    return Almanac(services.days, services.days.all_stored(), services.now().astimezone().date(), shown)


def calendar(reader: Reader, count: int | None) -> None:
    """Open the calendar of days, and go to the day that is chosen."""
    from tui_digest.tui.commands.days import go_to_day
    from tui_digest.tui.dialogs.calendar import CalendarScreen

    def chosen(day: date | None) -> None:
        if day is not None:
            go_to_day(reader, day)

    reader.open_dialog(CalendarScreen(reader.keymap, almanac_of(reader), reader.papers.symbols), chosen)
