"""Asking a model to explain the chosen paper, and stopping it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_digest.tui.tasks.explanation import start_explanation

if TYPE_CHECKING:
    from tui_digest.tui.reader import Reader


def explain(reader: Reader, count: int | None) -> None:
    """Ask for an explanation; where there is one, go to it."""
    entry = reader.papers.chosen
    if entry is not None and (entry.explanation or entry.paper.id in reader.state.explanations.unfinished):
        _go_to_explanation(reader)
    else:
        _ask(reader, again=False)


def explain_again(reader: Reader, count: int | None) -> None:
    """Ask again; the earlier explanation is kept until a complete one replaces it."""
    _ask(reader, again=True)


def _ask(reader: Reader, again: bool) -> None:
    entry = reader.papers.chosen
    if entry is None:
        return
    if problem := reader.services.models.ready():
        reader.notify(problem)
        return
    if reader.panes.narrow:
        reader.panes.paper_open = True
    if entry.paper.id not in reader.pages.streams:  # else it is under way, and asked once
        start_explanation(reader, entry.paper, again=again)
        reader.pane.follows_end = True
    _go_to_explanation(reader)


def _go_to_explanation(reader: Reader) -> None:
    lines = reader.pane.lines
    place = next((n for n in reversed(range(len(lines))) if lines[n].role == "section"), None)
    if place is not None:
        reader.pane.scroll_to_line(place)
    reader.refresh_hints()
