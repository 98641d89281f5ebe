"""What the reader decides about papers: marks, read and unread, and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_digest.entry import Mark

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_digest.entry import Action, Entry
    from tui_digest.tui.reader import Reader


def said(action: Action | None) -> str:
    """What was done, as a sentence."""
    if action is None:
        return "Nothing had to be changed."
    return f"{action.label[:1].upper()}{action.label[1:]}."


def to_read(reader: Reader, count: int | None) -> None:
    """To read, on or off."""
    _mark(reader, count, Mark.TO_READ)


def done(reader: Reader, count: int | None) -> None:
    """Done, on or off."""
    _mark(reader, count, Mark.DONE)


def dismiss(reader: Reader, count: int | None) -> None:
    """Dismissed, on or off."""
    _mark(reader, count, Mark.DISMISSED)


def _mark(reader: Reader, count: int | None, mark: Mark) -> None:
    """Give a mark, or take it off where all have it."""
    entries = reader.targets(count)
    off = all(entry.reading.mark is mark for entry in entries)
    ids = [entry.paper.id for entry in entries]
    action = reader.perform(lambda: reader.services.shelf.mark(ids, None if off else mark))
    if not off and mark is Mark.TO_READ:
        from tui_digest.tui.tasks.text import keep_marked_texts

        keep_marked_texts(reader, entries)
    if not off and len(entries) == 1 and reader.state.settings.reader.after_mark == "next-unread":
        _go_on(reader, ids[0])
    reader.notify(said(action))


def _go_on(reader: Reader, marked: str) -> None:
    """To the next unread paper, unless the cursor came to stand on one because the marked one left."""
    chosen = reader.papers.chosen
    if chosen is None or (chosen.paper.id != marked and not chosen.reading.read):
        return
    place = reader.listing.unread_from(reader.papers.cursor, 1)
    if place is not None:
        reader.papers.move_to(place)


def read(reader: Reader, count: int | None) -> None:
    """Read, or unread where all are read."""
    entries = reader.targets(count)
    _set_read(reader, entries, not all(entry.reading.read for entry in entries))


def all_read(reader: Reader, count: int | None) -> None:
    """All papers shown as read."""
    _set_read(reader, reader.listing.where(lambda entry: not entry.reading.read), True)


def _set_read(reader: Reader, entries: Sequence[Entry], read: bool) -> None:
    ids = [str(entry.paper.arxiv_id) for entry in entries]
    reader.notify(said(reader.perform(lambda: reader.services.shelf.set_read(ids, read))))


def undo(reader: Reader, count: int | None) -> None:
    """Take back the last action, or the last so many."""
    for _ in range(count or 1):
        action = reader.perform(reader.services.shelf.undo)
        _tell(reader, action, "Undone", "There is nothing more to undo.")
        if action is None:
            break


def redo(reader: Reader, count: int | None) -> None:
    """Do again what was undone last, or the last so many."""
    for _ in range(count or 1):
        action = reader.perform(reader.services.shelf.redo)
        _tell(reader, action, "Redone", "There is nothing more to redo.")
        if action is None:
            break


def _tell(reader: Reader, action: Action | None, what: str, nothing: str) -> None:
    """Say what was undone or done again, and go to its paper where that is shown."""
    if action is None:
        reader.notify(nothing)
        return
    if action.papers:
        reader.papers.move_to(reader.listing.place_of(action.papers[0], reader.papers.cursor))
    reader.notify(f"{what}: {action.label}.")


def triage(reader: Reader, count: int | None) -> None:
    """One card a time: the papers shown that have no mark yet."""
    from tui_digest.tui.dialogs.triage import TriageScreen

    undecided = tuple(reader.listing.where(lambda entry: entry.reading.mark is None))

    def ended(_: None) -> None:
        reader.state.browsing.reload()
        reader.show_list()

    reader.open_dialog(TriageScreen(reader, undecided), ended)
