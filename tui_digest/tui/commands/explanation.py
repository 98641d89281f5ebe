"""Asking a model to explain the chosen paper, and stopping it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui_digest.tui.page.stream import follow_explanation

if TYPE_CHECKING:
    from tui_digest.tui.screens.reader import ReaderScreen


def explain(reader: ReaderScreen, count: int | None) -> None:
    """Ask for an explanation; where there is one, go to it."""
    entry = reader.papers.chosen
    if entry is not None and (entry.explanation or entry.paper.id in reader.pages.asked.unfinished):
        _go_to_explanation(reader)
    else:
        _ask(reader, again=False)


def explain_again(reader: ReaderScreen, count: int | None) -> None:
    """Ask anew; the earlier explanation is kept until a complete one takes its place."""
    _ask(reader, again=True)


def ask_once(reader: ReaderScreen) -> None:
    """Ask for an explanation of the chosen paper, unless there is one or it was asked for already."""
    entry = reader.papers.chosen
    if entry is not None and entry.explanation is None and not reader.services.models.knows(entry.paper.id):
        reader.services.models.start(entry.paper, again=False)
        reader.pages.asked.ask(entry.paper.id)
        follow_explanation(reader, entry.paper.id)


def stop_explaining(reader: ReaderScreen) -> bool:
    """Stop the chosen paper's request, if there is one; whether there was."""
    entry, models = reader.papers.chosen, reader.services.models
    if entry is None or not models.under_way(entry.paper.id):
        return False
    if reader.pages.follower is not None:
        reader.pages.follower.stopped = True
    reader.in_background(partial(models.cancel, entry.paper.id), f"cancel {entry.paper.id}")
    return True


def _ask(reader: ReaderScreen, again: bool) -> None:
    entry = reader.papers.chosen
    if entry is None:
        return
    if problem := reader.services.models.ready():
        reader.say(problem)
        return
    if reader.has_class("-narrow"):
        reader.paper_open = True
    if reader.pages.follower is not None:  # it is under way, and asked once
        _go_to_explanation(reader)
        return
    reader.services.models.start(entry.paper, again=again)
    reader.pages.asked.ask(entry.paper.id)
    follow_explanation(reader, entry.paper.id)
    reader.pane.follows_end = True
    _go_to_explanation(reader)


def _go_to_explanation(reader: ReaderScreen) -> None:
    lines = reader.pane.lines
    place = next((n for n in reversed(range(len(lines))) if lines[n].role == "section"), None)
    if place is not None:
        reader.pane.scroll_to_line(place)
    reader.refresh_hints()
