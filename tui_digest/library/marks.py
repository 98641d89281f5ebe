"""Marks, read and unread, notes of papers; each call is one step of the history."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from tui_digest.entry import Action, Mark
from tui_digest.library import papers
from tui_digest.library.cells import Cells, CellValue
from tui_digest.library.history import History
from tui_digest.paper import ArxivId
from tui_digest.render.labels import count_words
from tui_digest.text.sanitise import sanitise

_SAID = {
    Mark.TO_READ: "marked {} to read",
    Mark.DONE: "marked {} done",
    Mark.DISMISSED: "dismissed {}",
    None: "took the mark off {}",
}


class Marks:
    """Marks papers, and keeps what was read and noted."""

    def __init__(self, history: History, cells: Cells) -> None:
        self._history = history
        self._cells = cells

    def mark(self, ids: Iterable[str], mark: Mark | None) -> Action | None:
        """Mark papers, or with None remove their marks; return None if nothing changed.

        A paper that is done or dismissed is read, too.

        Raises:
            UnknownPaperError: a paper is not in the library; none was marked.
            LibraryError: it could not be written; none was marked.
        """
        wanted = _distinct(ids)
        numbers = [known.number for known in wanted]

        def plan(connection: sqlite3.Connection, now: datetime) -> list[tuple[str, str, CellValue]]:
            return self._marked(connection, now, wanted, mark)

        return self._history.act("mark", lambda count: _SAID[mark].format(_papers(count, numbers)), plan)

    def toggle_mark(self, ids: Iterable[str], mark: Mark) -> Action | None:
        """Mark papers, or take the mark off them when all of them have it.

        A paper that is done or dismissed is read, too, and stays so without the mark.

        Raises:
            UnknownPaperError: a paper is not in the library; none was marked.
            LibraryError: it could not be written; none was marked.
        """
        wanted = _distinct(ids)
        numbers = [known.number for known in wanted]
        given: list[Mark | None] = []

        def plan(connection: sqlite3.Connection, now: datetime) -> list[tuple[str, str, CellValue]]:
            before = [self._cells.get(connection, "mark", number) for number in numbers]
            off = all(isinstance(value, list) and value[0] == mark.value for value in before)
            given.append(None if off else mark)
            return self._marked(connection, now, wanted, given[-1])

        return self._history.act("mark", lambda count: _SAID[given[-1]].format(_papers(count, numbers)), plan)

    def _marked(
        self, connection: sqlite3.Connection, now: datetime, wanted: Sequence[ArxivId], mark: Mark | None
    ) -> list[tuple[str, str, CellValue]]:
        """Return the cells of a mark, and of read where the mark implies it.

        It does where the paper was decided on.
        """
        value: CellValue = [mark.value, now.isoformat()] if mark else None
        cells: list[tuple[str, str, CellValue]] = [("mark", known.number, value) for known in wanted]
        if mark in (Mark.DONE, Mark.DISMISSED):
            unread = [known for known in wanted if not self._is_read(connection, known)]
            cells += self._read_cells(connection, unread, read=True)
        return cells

    def set_read(self, ids: Iterable[str], read: bool = True) -> Action | None:
        """Mark papers as read or unread. None when all of them were so already.

        An id with a version says which version was read; without one it is the newest known. Unread
        leaves standing which version was read last.

        Raises:
            UnknownPaperError: a paper is not in the library; nothing was changed.
            LibraryError: it could not be written; nothing was changed.
        """
        wanted = _distinct(ids)

        def plan(connection: sqlite3.Connection, _now: datetime) -> list[tuple[str, str, CellValue]]:
            return self._read_cells(connection, wanted, read=read)

        said = "read" if read else "unread"
        numbers = [known.number for known in wanted]
        return self._history.act("read", lambda count: f"marked {_papers(count, numbers)} as {said}", plan)

    def mark_opened(self, ids: Iterable[str]) -> Action | None:
        """Mark papers as read because they were shown: in the history, but not undoable.

        Raises:
            UnknownPaperError: a paper is not in the library; nothing was changed.
            LibraryError: it could not be written; nothing was changed.
        """
        wanted = _distinct(ids)
        numbers = [known.number for known in wanted]

        def plan(connection: sqlite3.Connection, _now: datetime) -> list[tuple[str, str, CellValue]]:
            return self._read_cells(connection, wanted, read=True)

        return self._history.act("read", lambda count: f"read {_papers(count, numbers)}", plan, undone=False)

    def toggle_read(self, ids: Iterable[str]) -> Action | None:
        """Mark papers as read, or as unread if all are read at the version of their id.

        Raises:
            UnknownPaperError: a paper is not in the library; nothing was changed.
            LibraryError: it could not be written; nothing was changed.
        """
        wanted = _distinct(ids)
        said: list[str] = []

        def plan(connection: sqlite3.Connection, _now: datetime) -> list[tuple[str, str, CellValue]]:
            off = all(self._is_read(connection, known) for known in wanted)
            said.append("unread" if off else "read")
            return self._read_cells(connection, wanted, read=not off)

        numbers = [known.number for known in wanted]
        return self._history.act(
            "read", lambda count: f"marked {_papers(count, numbers)} as {said[-1]}", plan
        )

    def note(self, paper_id: str, text: str) -> Action | None:
        """Replace the note on a paper; an empty text removes it.

        Raises:
            UnknownPaperError: the paper is not in the library; nothing was changed.
            LibraryError: it could not be written; the note before it is kept.
        """
        number = ArxivId.parse(paper_id).number
        note = sanitise(text).strip() or None
        label = f"saved a note on {number}" if note else f"took the note off {number}"
        return self._history.act(
            "note", lambda _count: label, lambda _connection, _now: [("note", number, note)]
        )

    def _is_read(self, connection: sqlite3.Connection, known: ArxivId) -> bool:
        value = self._cells.get(connection, "read", known.number)
        if not isinstance(value, list) or not value[0]:
            return False
        version = value[1]
        return not isinstance(version, int) or known.version is None or version >= known.version

    def _read_cells(
        self, connection: sqlite3.Connection, papers: Iterable[ArxivId], *, read: bool
    ) -> list[tuple[str, str, CellValue]]:
        return [("read", paper.number, self._read_value(connection, paper, read=read)) for paper in papers]

    def _read_value(self, connection: sqlite3.Connection, known: ArxivId, *, read: bool) -> CellValue:
        before = self._cells.get(connection, "read", known.number)
        version = before[1] if isinstance(before, list) else None
        if not read:
            return [0, version] if isinstance(version, int) else None
        newest = papers.read(connection, known.number)
        return [1, known.version or (newest.version if newest else 1)]


def _distinct(ids: Iterable[str]) -> Sequence[ArxivId]:
    """The ids, each paper once, in order."""
    parsed = [ArxivId.parse(text) for text in ids]
    return list({known.number: known for known in parsed}.values())


def _papers(count: int, numbers: Sequence[str]) -> str:
    return numbers[0] if len(numbers) == 1 else count_words(count, "paper")
