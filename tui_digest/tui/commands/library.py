"""Beyond the day: the queue, similar papers, the history, the calendar."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from tui_digest.core.listing import OF_ALL_DAYS
from tui_digest.render.labels import date_and_time

if TYPE_CHECKING:
    from tui_digest.core.calendar import MailingCalendar
    from tui_digest.core.step_words import StepWords
    from tui_digest.entry import Action, Entry
    from tui_digest.tui.dialogs.chooser import Chosen
    from tui_digest.tui.reader import Reader

_STEPS_SHOWN = 500


def queue(reader: Reader, count: int | None) -> None:
    """Show all papers marked to read, of all days."""
    scope = reader.services.library.lists.queue()
    if scope.size:
        reader.enter_list(f"To read{OF_ALL_DAYS}", scope)
    else:
        reader.notify(f"No paper is marked to read yet: {reader.key('to_read')} marks one.")


def similar(reader: Reader, count: int | None) -> None:
    """Show the papers similar to the chosen one, with the words that make them so."""
    if (entry := reader.papers.chosen) is not None:
        reader.run_in_background(partial(_show_similar, reader, entry), "similar")


async def _show_similar(reader: Reader, entry: Entry) -> None:
    """Find similar papers in a thread, and show them unless another list was opened."""
    from tui_digest.tui.text import tex_line

    shown = reader.listing
    found = await asyncio.to_thread(reader.services.library.similar.find, entry.paper.id)
    if reader.listing is not shown or not reader.is_open:
        return
    if not found.scope.size:
        reader.notify("No stored paper is similar to this one.")
        return
    title = tex_line(entry.paper.title, reader.state.settings.reader.glyphs).plain
    reader.enter_list(f"Similar to \u201c{title}\u201d", found.scope, picked=found.rows)


def history(reader: Reader, count: int | None) -> None:
    """Show what was done, newest first; a step's papers can be looked at."""
    from tui_digest.tui.dialogs.chooser import Choice, ChooserScreen
    from tui_digest.tui.text import tex_line

    steps = reader.services.library.history.recent(_STEPS_SHOWN)
    glyphs = reader.state.settings.reader.glyphs
    choices = [
        Choice(tex_line(_line_of_step(step, words), glyphs), step)
        for step, words in zip(steps, reader.words_of_steps(steps), strict=True)
    ]
    title = "What you did, newest first" if steps else "There is nothing to undo yet."

    def on_chosen(answer: Chosen[Action] | None) -> None:
        if answer is not None and answer.value is not None:
            step = answer.value
            _show_step(reader, step)

    reader.open_dialog(ChooserScreen(reader.keymap, title, choices), on_chosen)


def synchronise(reader: Reader, count: int | None) -> None:
    """Exchange decisions with the other machines now."""
    from tui_digest.tui.tasks.sync import sync_now

    sync_now(reader)


def _line_of_step(step: Action, words: StepWords) -> str:
    before = {"undo": "undid ", "redo": "redid "}.get(step.kind, "")
    title = f": {words.title}" if words.title else ""
    return f"{date_and_time(step.at)}   {before}{words.done}{title}"


def _show_step(reader: Reader, step: Action) -> None:
    scope = reader.services.library.lists.papers(step.papers)
    if scope.size:
        (words,) = reader.words_of_steps([step])
        reader.enter_list(words.done if step.kind == "sync" else f"You {words.done}", scope)
    else:
        reader.notify("That step changed no paper.")


def mailing_calendar(reader: Reader) -> MailingCalendar:
    """Return what is known of every day, here and now."""
    from tui_digest.core.calendar import MailingCalendar

    services = reader.services
    shown = reader.state.digest.date if reader.state.digest is not None else None
    return MailingCalendar(
        services.days, services.days.all_stored(), services.now().astimezone().date(), shown
    )


def calendar(reader: Reader, count: int | None) -> None:
    """Open the calendar of days, and go to the day that is chosen."""
    from tui_digest.tui.commands.days import go_to_day
    from tui_digest.tui.dialogs.calendar import CalendarScreen

    def on_chosen(day: date | None) -> None:
        if day is not None:
            go_to_day(reader, day)

    reader.open_dialog(
        CalendarScreen(reader.keymap, mailing_calendar(reader), reader.papers.symbols), on_chosen
    )
