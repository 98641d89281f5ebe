"""Explanations below a whole text: of a statement, a section or the paper."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.core.texts import PaperText
    from tui_digest.entry import Statement
    from tui_digest.fulltext.blocks import Place
    from tui_digest.tui.reader import Reader

_QUOTED = re.compile(r"[\"“„«]\s*(.+?)\s*[\"”“»]\s*\]?\Z", re.DOTALL)

_LINES = 3
"""How many lines of the answer one key scrolls."""


def not_here(reader: Reader) -> str:
    """Say why a command of the list cannot be done while a text is read."""
    return f"not while a text is read; {reader.key('back')} leads back"


def explain_place(reader: Reader, count: int | None) -> None:
    """Explain the statement or section of the current line, with what it uses."""
    _explain_place(reader, again=False)


def explain_place_again(reader: Reader, count: int | None) -> None:
    """Ask for another explanation of the statement or section of the current line."""
    _explain_place(reader, again=True)


def explain_paper(reader: Reader, count: int | None) -> None:
    """Explain the whole paper from its text."""
    pane = reader.panes.text
    if pane is not None:
        _ask(reader, pane.view.text, None, again=False)


def _explain_place(reader: Reader, *, again: bool) -> None:
    pane = reader.panes.text
    if pane is not None:
        view = pane.view
        _ask(reader, view.text, view.subject(), again=again)


def _ask(reader: Reader, text: PaperText, place: Place | None, *, again: bool) -> None:
    from tui_digest.tui.tasks.explanation import start_explanation_from_text

    entry = reader.papers.chosen
    if entry is None:
        return
    if reader.services.models.under_way(entry.paper.id):
        reader.notify(
            f"An explanation of this paper is being written already; {reader.key('back')} stops it."
        )
        return
    if start_explanation_from_text(reader, entry.paper, text, place, again=again):
        _show_answer(reader, place.address if place is not None else "the paper")


def _show_answer(reader: Reader, of: str) -> None:
    """Show below the text what is being written."""
    from tui_digest.tui.widgets.text_pane import AnswerPane

    label = reader.keymap.label_of
    closes = f"{label('back')} closes"
    scrolls = f"{label('scroll_down')} {label('scroll_up')} scroll"
    places = f"{label('other_pane')} {label('open_paper')} to its places"
    keys = (f"{scrolls}  {places}  {closes}", f"{scrolls}  {closes}", closes)
    pane = AnswerPane(f"Explanation of {of}", keys, symbols=reader.papers.symbols)
    reader.panes.show_answer(pane)
    reader.pages.answer = pane


def close_answer(reader: Reader) -> bool:
    """Stop the running explanation, or close it; tell whether there was one."""
    from tui_digest.tui.tasks.explanation import stop_explanation

    if reader.panes.answer is None:
        return False
    if stop_explanation(reader):
        reader.notify("The explanation was stopped.")
    else:
        reader.pages.answer = None
        reader.panes.close_answer()
        reader.show_page()
    return True


def scroll_answer_down(reader: Reader, count: int | None) -> None:
    """Scroll the explanation below the text down."""
    _scroll(reader, _LINES * (count or 1))


def scroll_answer_up(reader: Reader, count: int | None) -> None:
    """Scroll the explanation below the text up."""
    _scroll(reader, -_LINES * (count or 1))


def _scroll(reader: Reader, lines: int) -> None:
    if reader.panes.answer is None:
        reader.notify(f"Scroll the paper: {not_here(reader)}.")
    else:
        reader.panes.answer.scroll_by(lines)


def step_mark(reader: Reader, step: int) -> bool:
    """Choose the explanation's next or previous place; tell whether one is shown."""
    answer = reader.panes.answer
    return answer is not None and answer.step_mark(step)


def show_marked_place(reader: Reader, mark: str) -> None:
    """Show the words that a mark quotes, or the place that a line of the note names."""
    from tui_digest.tui.page.blocks import NOTE_MARK, PLACE_MARK
    from tui_digest.tui.page.explanation import statement_of_mark

    note = mark.removeprefix(f"{PLACE_MARK}:{NOTE_MARK}.")
    if note != mark:
        _show_noted_place(reader, int(note))
    elif (entry := reader.papers.chosen) is not None:
        statement = statement_of_mark(reader.pages.shown_explanations(entry), mark)
        if statement is not None:
            show_place_of(reader, statement)


def _show_noted_place(reader: Reader, number: int) -> None:
    """Open the text at the place that a line of the note names."""
    from tui_digest.fulltext.note_anchors import find_anchor
    from tui_digest.tui.page.builder import note_parts
    from tui_digest.tui.tasks.text import open_text, show_text

    entry = reader.papers.chosen
    parts = note_parts(entry.reading.note) if entry is not None else []
    if entry is None or number >= len(parts):
        return
    anchor = parts[number][0]

    def show(text: PaperText) -> None:
        place = find_anchor(text.document, anchor)
        show_text(reader, text, place.address if place is not None else "")
        if place is None:
            reader.notify(f"The text has no {anchor}; it is shown where it was left.")

    open_text(reader, entry, show)


def show_place_of(reader: Reader, statement: Statement) -> None:
    """Show the words that a statement quotes in the text, which is opened for it."""
    from tui_digest.tui.tasks.text import open_text, show_text

    entry, pane = reader.papers.chosen, reader.panes.text
    address, words = statement.place, quoted_words(statement)
    if entry is None:
        return
    if pane is None:
        open_text(reader, entry, partial(show_text, reader, address=address, words=words))
        return
    if not pane.view.show_quotation(address, words):
        reader.notify(f"The text has no {address}.")
    pane.refresh()


def quoted_words(statement: Statement) -> str:
    """The words that the first mark of a statement quotes."""
    for start, end in statement.marks:
        if found := _QUOTED.search(statement.text[start:end]):
            return found[1]
    return ""
