"""Asking a model to explain the chosen paper, and stopping it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.tui.screens.reader import ReaderScreen


def explain(reader: ReaderScreen, count: int | None) -> None:
    """Ask for an explanation; where there is one, go to it."""
    entry = reader.papers.chosen
    if entry is not None and entry.explanation is not None:
        _go_to_explanation(reader)
    else:
        _ask(reader, again=False)


def explain_again(reader: ReaderScreen, count: int | None) -> None:
    """Ask anew; the earlier explanation is kept until a complete one takes its place."""
    _ask(reader, again=True)


def _ask(reader: ReaderScreen, again: bool) -> None:
    entry = reader.papers.chosen
    if entry is None:
        return
    if reader.has_class("-narrow"):
        reader.paper_open = True
    reader.services.models.start(entry.paper, again=again)
    reader.follow_explanation(entry)
    reader.pane.follows_end = True
    _go_to_explanation(reader)


def _go_to_explanation(reader: ReaderScreen) -> None:
    lines = reader.pane.lines
    place = next((n for n, line in enumerate(lines) if line.role == "section"), None)
    if place is not None:
        reader.pane.scroll_to_line(place)
    reader.refresh_hints()
