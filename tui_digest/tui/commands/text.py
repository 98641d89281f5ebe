"""Whole text of a paper: opening, moving, and its keys shared with the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from tui_digest.tui.commands.text_explanation import (
    close_answer,
    explain_paper,
    explain_place,
    explain_place_again,
    not_here,
    scroll_answer_down,
    scroll_answer_up,
)
from tui_digest.tui.commands.text_links import activate, next_link, open_link, text_pane
from tui_digest.tui.commands.text_picture import stop_fetching_picture
from tui_digest.tui.keymap.definitions import Reason
from tui_digest.tui.keymap.in_text import NOT_IN_TEXT
from tui_digest.tui.tasks.text import close_text, open_text, show_text

if TYPE_CHECKING:
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.keymap.definitions import Command
    from tui_digest.tui.page.text_view import TextView
    from tui_digest.tui.reader import Reader
    from tui_digest.tui.widgets.text_pane import TextPane

    CommandFunction = Callable[[Reader, int | None], None]


def whole_text(reader: Reader, count: int | None) -> None:
    """Show the whole text instead of the page."""
    if (entry := reader.papers.chosen) is not None and reader.panes.text is None:
        open_text(reader, entry, partial(show_text, reader))


def _move(reader: Reader, act: Callable[[TextView], object]) -> None:
    pane = text_pane(reader)
    act(pane.view)
    pane.refresh()


def _down(reader: Reader, count: int | None) -> None:
    _move(reader, lambda view: view.move(count or 1))


def _up(reader: Reader, count: int | None) -> None:
    _move(reader, lambda view: view.move(-(count or 1)))


def _first(reader: Reader, count: int | None) -> None:
    _move(reader, lambda view: view.first())


def _last(reader: Reader, count: int | None) -> None:
    _move(reader, lambda view: view.last())


def _half_page_down(reader: Reader, count: int | None) -> None:
    _move(reader, lambda view: view.page(0.5 * (count or 1)))


def _half_page_up(reader: Reader, count: int | None) -> None:
    _move(reader, lambda view: view.page(-0.5 * (count or 1)))


def _page_down(reader: Reader, count: int | None) -> None:
    _move(reader, lambda view: view.page(float(count or 1)))


def _page_up(reader: Reader, count: int | None) -> None:
    _move(reader, lambda view: view.page(-float(count or 1)))


def _next_section(reader: Reader, count: int | None) -> None:
    """Go to the next section."""
    _step(reader, lambda view: view.places.sections(), count or 1, "section")


def _previous_section(reader: Reader, count: int | None) -> None:
    """Go to the beginning of this section, or to the section before."""
    _step(reader, lambda view: view.places.sections(), -(count or 1), "section")


def next_statement(reader: Reader, count: int | None) -> None:
    """Go to the next theorem-like statement."""
    _step(reader, lambda view: view.places.statements(), count or 1, "statement")


def previous_statement(reader: Reader, count: int | None) -> None:
    """Go to the previous theorem-like statement."""
    _step(reader, lambda view: view.places.statements(), -(count or 1), "statement")


def _step(reader: Reader, blocks: Callable[[TextView], list[int]], count: int, what: str) -> None:
    view = text_pane(reader).view
    found = blocks(view)
    if not found:
        reader.notify(f"This text has no {what}s.")
    elif view.step(found, count):
        text_pane(reader).refresh()
    else:
        reader.notify(f"There is no {what} {'below' if count > 0 else 'above'}.")


def jump_back(reader: Reader, count: int | None) -> None:
    """Go back to where the last jump began."""
    pane = text_pane(reader)
    if pane.view.back():
        pane.refresh()
    else:
        reader.notify("Nothing was jumped from.")


def contents(reader: Reader, count: int | None) -> None:
    """Choose a section or statement from the contents."""
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.text import plain_line

    pane = text_pane(reader)
    view = pane.view
    places = view.places.contents()
    if not places:
        reader.notify("This text has no sections.")
        return

    here = view.block_at(view.current)
    at = max((number for number, place in enumerate(places) if place.first <= here), default=0)
    choices = []
    level = 1
    for place in places:
        level = place.level if place.kind == "section" else level
        indent = "  " * (level - 1 if place.kind == "section" else level)
        name = place.address if place.address == place.title else f"{place.address} {place.title}"
        line = plain_line(name).pad_left(len(indent))
        choices.append(Choice(line if place.kind == "section" else line.stylize("muted"), place.first))
    _choose_block(reader, "Contents", choices, at)


def _choose_block(reader: Reader, title: str, choices: Sequence[Choice[int]], at: int = 0) -> None:
    """Choose one of some places of the text, each by its block, and go there."""
    from tui_digest.tui.dialogs.chooser import ChooserScreen, Chosen

    pane = text_pane(reader)

    def on_chosen(choice: Chosen[int] | None) -> None:
        if choice is not None and choice.value is not None and reader.panes.text is pane:
            pane.view.go_to_block(choice.value)
            pane.refresh()

    reader.open_dialog(ChooserScreen(reader.keymap, title, choices, at=at), on_chosen)


def _search(reader: Reader, count: int | None) -> None:
    """Search in the text while typing."""
    from tui_digest.tui.prompts import ask_line
    from tui_digest.tui.widgets.field import TextRequest

    pane = text_pane(reader)
    view = pane.view
    before, current, top = view.query, view.current, view.top

    def on_typed(words: str) -> None:
        view.current, view.top = current, top
        view.search(words)
        pane.refresh()
        if view.query.strip():
            reader.notify(_count(view))

    def on_cancelled() -> None:
        view.search(before, move=False)
        view.current, view.top = current, top
        pane.refresh()

    def on_done(words: str) -> None:
        if words.strip() and not view.matches:
            reader.notify(f"The text does not say {words.strip()!r}.")

    ask_line(reader, "/", TextRequest(on_done, on_typed, on_cancelled))


def _count(view: TextView) -> str:
    lines = len(view.matches)
    return f"{lines} {'line matches' if lines == 1 else 'lines match'}." if lines else "Nothing matches."


def _next_match(reader: Reader, count: int | None) -> None:
    _step_match(reader, count or 1)


def _previous_match(reader: Reader, count: int | None) -> None:
    _step_match(reader, -(count or 1))


def _step_match(reader: Reader, count: int) -> None:
    pane = text_pane(reader)
    view = pane.view
    if not view.query:
        reader.notify("Nothing is searched for; / searches in the text.")
        return
    number = 0
    for _ in range(abs(count)):
        number = view.step_match(1 if count > 0 else -1)
    pane.refresh()
    reader.notify(f"{number} of {len(view.matches)}" if number else "Nothing matches.")


def _tex(reader: Reader, count: int | None) -> None:
    """Toggle between TeX as written and rendered."""
    pane = text_pane(reader)
    pane.tex = not pane.tex
    pane.relayout()
    reader.notify("TeX is shown as written." if pane.tex else "TeX is rendered.")


def _notation(reader: Reader, count: int | None) -> None:
    """Show the notation of the whole paper: each symbol with where it first appears."""
    reader.run_in_background(partial(_show_notation, reader, text_pane(reader)), "notation")


async def _show_notation(reader: Reader, pane: TextPane) -> None:
    import asyncio

    from tui_digest.fulltext.notation import text_notation
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.text import plain_line

    view = pane.view
    symbols = await asyncio.to_thread(text_notation, view.document, pane.glyphs)
    if not reader.is_open or reader.panes.text is not pane:
        return
    if not symbols:
        reader.notify("This text has no symbols.")
        return

    rows = [
        (plain_line(one.text), plain_line(one.tex), plain_line(str(one.occurrences)), plain_line(one.address))
        for one in symbols
    ]
    widths = [max(row[column].cell_length for row in rows) for column in range(3)]
    choices = []
    for row, one in zip(rows, symbols, strict=True):
        symbol, tex, occurrences, address = row
        line = symbol.pad_right(widths[0] - symbol.cell_length + 2)
        line += tex.pad_right(widths[1] - tex.cell_length + 2)
        line += occurrences.pad_left(widths[2] - occurrences.cell_length).pad_right(2)
        choices.append(Choice(line + address, one.block))
    _choose_block(reader, "Notation, and where each symbol first appears", choices)


def _copy_link(reader: Reader, count: int | None) -> None:
    """Copy the address of the section."""
    from tui_digest.tui.commands.clipboard import start_copy

    start_copy(reader, "The section's address", text_pane(reader).view.address())


def _copy_tex(reader: Reader, count: int | None) -> None:
    """Copy the TeX of the formula or block on the current line."""
    from tui_digest.tui.commands.clipboard import start_copy

    start_copy(reader, "TeX", text_pane(reader).view.tex())


def _note(reader: Reader, count: int | None) -> None:
    """Write the paper's note, a line for the section added."""
    from tui_digest.fulltext.note_anchors import anchor_line
    from tui_digest.tui.commands.notes import write_note

    view = text_pane(reader).view
    write_note(reader, anchor_line(view.section(), view.statement()))


def _close(reader: Reader, count: int | None) -> None:
    """Close the card, end the search, or leave the text."""
    pane = text_pane(reader)
    view = pane.view
    if stop_fetching_picture(reader):
        reader.notify("Fetching the picture was stopped.")
    elif view.card is not None:
        view.card = None
        pane.refresh()
    elif close_answer(reader):
        reader.refresh_hints()
    elif view.quoted:
        view.quoted = {}
        pane.refresh()
    elif view.query:
        view.search("", move=False)
        pane.refresh()
    else:
        close_text(reader)


def _fetch_again(reader: Reader, count: int | None) -> None:
    """Ask arXiv for the text again: it may have converted the paper again."""
    if (entry := reader.papers.chosen) is not None:
        open_text(reader, entry, partial(show_text, reader), again=True)


IN_TEXT: Final[dict[str, CommandFunction]] = {
    "down": _down,
    "up": _up,
    "first": _first,
    "last": _last,
    "half_page_down": _half_page_down,
    "half_page_up": _half_page_up,
    "page_down": _page_down,
    "page_up": _page_up,
    "next_section": _next_section,
    "previous_section": _previous_section,
    "select": _page_down,
    "other_pane": next_link,
    "open_paper": activate,
    "open_abstract": open_link,
    "search": _search,
    "next_match": _next_match,
    "previous_match": _previous_match,
    "tex": _tex,
    "notation": _notation,
    "copy_link": _copy_link,
    "copy_tex": _copy_tex,
    "note": _note,
    "back": _close,
    "leave": _close,
    "ask_again": _fetch_again,
    "explain": explain_place,
    "explain_again": explain_place_again,
    "explain_text": explain_paper,
    "scroll_down": scroll_answer_down,
    "scroll_up": scroll_answer_up,
}
"""What commands of the list and the page do while a text is read."""


def reason_in_text(reader: Reader, command: Command) -> Reason | None:
    """Return why a command cannot be done while a text is read; None when it can."""
    return Reason(not_here(reader)) if command.id in NOT_IN_TEXT else None


def function_in_text(command: Command, function: CommandFunction) -> CommandFunction:
    """Return what a command does while a text is read: its own function, or the usual."""
    if command.id in IN_TEXT:
        return IN_TEXT[command.id]

    def run(reader: Reader, count: int | None) -> None:
        function(reader, count)
        _leave_if_gone(reader)

    return run


def _leave_if_gone(reader: Reader) -> None:
    """Close the text once its paper is not the chosen one.

    The next command would be about another paper.
    """
    pane, chosen = reader.panes.text, reader.papers.chosen
    if pane is not None and (chosen is None or chosen.paper.id != pane.view.text.paper.number):
        close_text(reader)
