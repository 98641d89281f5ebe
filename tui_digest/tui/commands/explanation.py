"""Asking a model to explain the chosen paper, and stopping it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, get_args

from tui_digest.render.labels import KIND_LABELS
from tui_digest.settings import ExplanationKind
from tui_digest.tui.tasks.explanation import start_explanation
from tui_digest.tui.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui_digest.core.texts import PaperText
    from tui_digest.entry import Entry, Explanation, Statement
    from tui_digest.tui.dialogs.chooser import Chosen
    from tui_digest.tui.reader import Reader

EXPLANATION = "Explanation"
"""The heading of the section with a model's explanations."""


def explain(reader: Reader, count: int | None) -> None:
    """Ask for an explanation; where there is one, go to it."""
    entry = reader.papers.chosen
    if entry is not None and (entry.explanation or entry.paper.id in reader.state.explanations.unfinished):
        if reader.panes.narrow:
            reader.panes.paper_open = True
        _go_to_explanation(reader)
    else:
        _ask(reader, again=False)


def explain_again(reader: Reader, count: int | None) -> None:
    """Ask for another explanation; the earlier ones are kept."""
    _ask(reader, again=True)


def explain_kind(reader: Reader, count: int | None) -> None:
    """Choose the kind of explanation to ask for; a stored one is shown at once."""
    from tui_digest.tui.dialogs.chooser import Choice, ChooserScreen

    if problem := reader.model_problem(reader.services.models.ready()):
        reader.notify(problem)
        return
    kinds = get_args(ExplanationKind)
    choices = [Choice(plain(KIND_LABELS[kind]), kind) for kind in kinds]

    def on_chosen(answer: Chosen[ExplanationKind] | None) -> None:
        if answer is not None and answer.value is not None:
            _ask(reader, again=False, kind=answer.value)

    at = kinds.index(reader.state.settings.model.kind)
    reader.open_dialog(ChooserScreen(reader.keymap, "Explain", choices, at=at), on_chosen)


def explain_text(reader: Reader, count: int | None) -> None:
    """Explain the paper from its whole text, fetched for this if not stored."""
    from tui_digest.tui.tasks.text import open_text

    if (entry := reader.papers.chosen) is not None:
        open_text(reader, entry, partial(_explain_from, reader, entry))


def _explain_from(reader: Reader, entry: Entry, text: PaperText) -> None:
    from tui_digest.tui.tasks.explanation import start_explanation_from_text

    if reader.services.models.under_way(entry.paper.id):
        reader.notify(
            f"An explanation of this paper is being written already; {reader.key('back')} stops it."
        )
    elif start_explanation_from_text(
        reader, entry.paper, text, None, again=False, on_started=partial(_go_to_explanation, reader)
    ):
        if reader.panes.narrow:
            reader.panes.paper_open = True
        reader.clear_message()


def next_flagged(reader: Reader, count: int | None) -> None:
    """Show the next flagged statement, or one without evidence, beside its quotation."""
    from tui_digest.tui.dialogs.statements import next_flagged

    entry = reader.papers.chosen
    if entry is None:
        return
    shown = reader.state.explanations.unfinished.get(entry.paper.id) or entry.explanation
    if shown is None or not shown.statements:
        reader.notify(f"There is no checked explanation of this paper; {reader.key('explain')} asks for one.")
        return
    at = next_flagged(shown.statements, -1)
    if at < 0:
        reader.notify("No statement of the explanation is flagged or without evidence.")
        return
    if shown.receipt.shows_text:
        reader.run_in_background(partial(_show_beside_text, reader, entry, shown, at), "statements")
    else:
        _show_statements(reader, entry, shown, at, {})


async def _show_beside_text(reader: Reader, entry: Entry, shown: Explanation, at: int) -> None:
    """Show statements beside their places in the stored text, or else the abstract."""
    from tui_digest.fulltext.addresses import place_texts

    text = await asyncio.to_thread(reader.services.texts().stored, entry.paper)
    is_same = text is not None and text.paper.version == shown.receipt.paper_version
    places = await asyncio.to_thread(place_texts, text.document) if text is not None and is_same else {}
    if reader.is_open and reader.papers.chosen == entry:
        _show_statements(reader, entry, shown, at, places)


def _show_statements(
    reader: Reader, entry: Entry, shown: Explanation, at: int, places: Mapping[str, str]
) -> None:
    from tui_digest.tui.commands.text_explanation import show_place_of
    from tui_digest.tui.dialogs.statements import StatementScreen

    symbols, glyphs = reader.pane.symbols, reader.state.settings.reader.glyphs

    def on_chosen(statement: Statement | None) -> None:
        if statement is not None:
            show_place_of(reader, statement)

    reader.open_dialog(
        StatementScreen(reader.keymap, shown.statements, at, entry.paper, places, symbols, glyphs), on_chosen
    )


def _ask(reader: Reader, *, again: bool, kind: ExplanationKind | None = None) -> None:
    entry = reader.papers.chosen
    if entry is None:
        return
    if problem := reader.model_problem(reader.services.models.ready()):
        reader.notify(problem)
        return
    if entry.paper.is_withdrawn and entry.paper.id not in reader.state.explanations.withdrawn_asked:
        reader.state.explanations.withdrawn_asked.add(entry.paper.id)
        key = reader.keymap.label_of("explain")
        reader.notify(f"This paper was withdrawn; {key} once more asks for an explanation all the same.")
        return
    if reader.panes.narrow:
        reader.panes.paper_open = True
    if entry.paper.id not in reader.pages.streams:  # else it is under way, and asked once
        start_explanation(reader, entry.paper, again=again, kind=kind)
    _go_to_explanation(reader)


def _go_to_explanation(reader: Reader) -> None:
    """Scroll to the explanation's heading, and keep it at the top while text comes."""
    reader.pane.keep_at_top(EXPLANATION)
    reader.refresh_hints()
