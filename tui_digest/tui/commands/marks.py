"""Decisions on papers: marks, read and unread, undo and redo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_digest.entry import Mark

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui_digest.entry import Action
    from tui_digest.tui.reader import Reader


def tell(reader: Reader, action: Action | None) -> None:
    """Say what was done."""
    if action is None:
        reader.notify("Nothing had to be changed.")
    else:
        reader.notify_action(action)


def to_read(reader: Reader, count: int | None) -> None:
    """Toggle the mark "to read"."""
    _mark(reader, count, Mark.TO_READ)


def done(reader: Reader, count: int | None) -> None:
    """Toggle the mark "done"."""
    _mark(reader, count, Mark.DONE)


def dismiss(reader: Reader, count: int | None) -> None:
    """Toggle the mark "dismissed"."""
    _mark(reader, count, Mark.DISMISSED)


def _mark(reader: Reader, count: int | None, mark: Mark) -> None:
    """Set a mark, or clear it if all targets have it."""
    papers = reader.targets(count)
    ids = papers.ids()
    on = any(entry.reading.mark is not mark for entry in papers)
    single = papers[0].paper.id if len(papers) == 1 else ""
    if on and mark is Mark.TO_READ:
        from tui_digest.tui.tasks.text import keep_marked_texts

        keep_marked_texts(reader, papers)
    reader.writes.perform(
        lambda: reader.services.library.marks.toggle_mark(ids, mark),
        lambda action: tell(reader, action),
        papers=without_versions(ids),
    )
    if on and single and reader.state.settings.reader.after_mark == "next-unread":
        _go_on(reader, single)


def without_versions(ids: Sequence[str]) -> list[str]:
    """The ids of papers without their versions."""
    return [paper_id.rpartition("v")[0] for paper_id in ids]


def _go_on(reader: Reader, marked: str) -> None:
    """Go to the next unread paper, unless the cursor is on one already."""
    chosen = reader.papers.chosen
    if chosen is None or (chosen.paper.id != marked and not chosen.reading.read):
        return
    place = reader.listing.unread_from(reader.papers.cursor, 1)
    if place is not None:
        reader.papers.move_to(place)


def read(reader: Reader, count: int | None) -> None:
    """Mark papers as read, or as unread if all are read."""
    ids = reader.targets(count).ids()
    marks = reader.services.library.marks
    reader.writes.perform(
        lambda: marks.toggle_read(ids), lambda action: tell(reader, action), papers=without_versions(ids)
    )


def all_read(reader: Reader, count: int | None) -> None:
    """Mark all papers shown as read."""
    ids = reader.listing.where("is:unread").ids()
    marks = reader.services.library.marks
    reader.writes.perform(
        lambda: marks.set_read(ids), lambda action: tell(reader, action), papers=without_versions(ids)
    )


def undo(reader: Reader, count: int | None) -> None:
    """Undo the last action, or the last `count`."""
    _repeat(
        reader, count or 1, reader.services.library.history.undo, "Undone", "There is nothing more to undo."
    )


def redo(reader: Reader, count: int | None) -> None:
    """Redo the action that was undone last, or the last `count`."""
    redo_one = reader.services.library.history.redo
    _repeat(reader, count or 1, redo_one, "Redone", "There is nothing more to redo.")


def _repeat(reader: Reader, times: int, act: Callable[[], Action | None], what: str, nothing: str) -> None:
    """Undo or redo a number of steps, or as many as there are."""

    def on_written(action: Action | None) -> None:
        _tell(reader, action, what, nothing)
        if action is not None and times > 1:
            _repeat(reader, times - 1, act, what, nothing)

    reader.writes.perform(act, on_written)


def _tell(reader: Reader, action: Action | None, what: str, nothing: str) -> None:
    """Say what was undone or done again, and go to its paper where that is shown."""
    if action is None:
        reader.notify(nothing)
        return
    if action.papers:
        reader.papers.move_to(reader.listing.place_of(action.papers[0], reader.papers.cursor))
    reader.notify_action(action, what)


def triage(reader: Reader, count: int | None) -> None:
    """Show one paper at a time: the papers shown that have no mark yet."""
    from tui_digest.tui.dialogs.triage import TriageScreen

    undecided = reader.listing.rows_where("-is:marked")

    def on_ended(_: None) -> None:
        reader.show_list()

    reader.open_dialog(TriageScreen(reader, undecided), on_ended)
