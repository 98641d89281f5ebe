"""Notes on papers, here and in the user's own editor."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from tui_digest.errors import UsageError

if TYPE_CHECKING:
    from tui_digest.entry import Action, Entry
    from tui_digest.paper import Paper
    from tui_digest.tui.reader import Reader


def note(reader: Reader, count: int | None) -> None:
    """Write the paper's note below the panes."""
    write_note(reader)


def write_note(reader: Reader, line: str = "") -> None:
    """Edit the paper's note below the panes, with a line added unless it is there."""
    from tui_digest.tui.prompts import edit_note
    from tui_digest.tui.widgets.field import TextRequest

    if (entry := reader.papers.chosen) is not None:
        paper = entry.paper
        edit_note(
            reader,
            entry.paper.title,
            with_line(entry.reading.note, line),
            TextRequest(
                done=lambda text: _save(reader, entry, text),
                cancelled=lambda: reader.notify("The note is as it was."),
                kept=lambda text: reader.writes.perform(
                    lambda: reader.services.library.marks.note(paper.id, text), papers=[paper.id]
                ),
            ),
        )


def with_line(note: str, line: str) -> str:
    """Return the note with a line at its end to write after.

    The line of a section is there once.
    """
    if not line or line in note.splitlines():
        return note
    return f"{note.rstrip()}\n\n{line}\n" if note.strip() else f"{line}\n"


def note_in_editor(reader: Reader, count: int | None) -> None:
    """Write the paper's note in the user's own editor."""
    from textual.app import SuspendNotSupported

    if (entry := reader.papers.chosen) is None:
        return
    try:
        with reader.app.suspend():
            text = reader.services.edit_text(entry.reading.note)
    except SuspendNotSupported:
        raise UsageError(
            f"Here no editor can take over the terminal; {reader.key('note')} writes the note in place."
        ) from None
    _save(reader, entry, text)


def _save(reader: Reader, entry: Entry, text: str) -> None:
    """Save a changed note. A LibraryError leaves the text where it was written.

    The whole text that is stored is kept in the library then: the note may be about it.
    """
    if text == entry.reading.note:
        reader.notify("The note is as it was.")
        return
    paper, marks = entry.paper, reader.services.library.marks

    def on_saved(action: Action | None) -> None:
        if action is not None:
            reader.notify_action(action)
        else:
            reader.notify("The note is as it was.")
        if action is not None and text.strip():
            reader.run_in_background(partial(_keep_text, reader, paper), f"keep text {paper.id}")

    reader.writes.perform(lambda: marks.note(paper.id, text), on_saved, papers=[paper.id])


async def _keep_text(reader: Reader, paper: Paper) -> None:
    with suppress(UsageError):  # a reader without texts
        await asyncio.to_thread(reader.services.texts().keep, paper)
