"""Notes on papers, here and in the user's own editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_digest.errors import UsageError

if TYPE_CHECKING:
    from tui_digest.tui.reader import Reader


def note(reader: Reader, count: int | None) -> None:
    """Write the paper's note below the panes."""
    from tui_digest.tui.prompts import edit_note
    from tui_digest.tui.widgets.field import TextRequest

    if (entry := reader.papers.chosen) is not None:
        paper_id = entry.paper.id
        edit_note(
            reader,
            paper_id,
            entry.reading.note,
            TextRequest(
                done=lambda text: _save(reader, paper_id, text),
                kept=lambda text: reader.services.shelf.write_note(paper_id, text),
            ),
        )


def note_in_editor(reader: Reader, count: int | None) -> None:
    """Write the paper's note in the user's own editor."""
    from textual.app import SuspendNotSupported

    if (entry := reader.papers.chosen) is None:
        return
    try:
        with reader.app.suspend():
            text = reader.services.edit_text(entry.reading.note)
    except SuspendNotSupported:
        raise UsageError("Here no editor can take over the terminal; i writes the note in place.") from None
    _save(reader, entry.paper.id, text)


def _save(reader: Reader, paper_id: str, text: str) -> None:
    """Save a note. A LibraryError leaves the text where it was written."""
    action = reader.perform(lambda: reader.services.shelf.write_note(paper_id, text))
    reader.notify(f"{action.label.capitalize()}." if action is not None else "The note is as it was.")
