"""Notes on papers, here and in the user's own editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_digest.errors import UsageError

if TYPE_CHECKING:
    from tui_digest.tui.reader import Reader


def note(reader: Reader, count: int | None) -> None:
    """Write the paper's note below the panes."""
    write_note(reader)


def write_note(reader: Reader, line: str = "") -> None:
    """Write the paper's note below the panes, a line added to it unless it has it already."""
    from tui_digest.tui.prompts import edit_note
    from tui_digest.tui.widgets.field import TextRequest

    if (entry := reader.papers.chosen) is not None:
        paper_id = entry.paper.id
        edit_note(
            reader,
            entry.paper.title,
            with_line(entry.reading.note, line),
            TextRequest(
                done=lambda text: _save(reader, paper_id, text),
                kept=lambda text: reader.perform(
                    lambda: reader.services.library.marks.note(paper_id, text), papers=[paper_id]
                ),
            ),
        )


def with_line(note: str, line: str) -> str:
    """The note with a line at its end for what is written next; the line of a section stands once."""
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
        raise UsageError("Here no editor can take over the terminal; i writes the note in place.") from None
    _save(reader, entry.paper.id, text)


def _save(reader: Reader, paper_id: str, text: str) -> None:
    """Save a note. A LibraryError leaves the text where it was written."""
    marks = reader.services.library.marks
    reader.perform(
        lambda: marks.note(paper_id, text),
        lambda action: reader.notify(
            f"{action.label.capitalize()}." if action is not None else "The note is as it was."
        ),
        papers=[paper_id],
    )
