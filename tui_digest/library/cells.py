"""Cells: single values that the reader decides, each undone in the same way.

A cell is named by its aspect and its subject: the mark of a paper, the note on it, whether a paper
is read, an author followed or muted, a saved filter, a tag on a paper. Places and explanations are
cells too, though nothing of them is undone: so they travel to other machines. A cell's value is what JSON can
carry; None is the value of a cell that was never decided.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

import msgspec

from tui_digest.library.explanation_cells import (
    decided_explanations,
    get_explanation,
    put_explanation,
)
from tui_digest.library.fts_index import Index
from tui_digest.library.papers import known_key

CellValue = str | list[str | int | None] | None


class Change(msgspec.Struct, frozen=True, array_like=True):
    """One cell's value before and after an action: what undo and redo write back."""

    aspect: str
    subject: str
    before: CellValue
    after: CellValue


class Cells:
    """Reads and writes cells within the caller's transaction."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._aspects: dict[str, tuple[_Get, _Put]] = {
            "mark": (_get_mark, _put_mark),
            "read": (_get_read, _put_read),
            "note": (_get_note, self._put_note),
            "interest": (_get_interest, _put_interest),
            "filter": (_get_filter, _put_filter),
            "tag": (_get_tag, _put_tag),
            "position": (_get_position, _put_position),
            "explanation": (get_explanation, put_explanation),
        }

    @property
    def aspects(self) -> frozenset[str]:
        """The aspects that cells can have."""
        return frozenset(self._aspects)

    def decided_cells(self, connection: sqlite3.Connection) -> list[tuple[str, str]]:
        """Return aspect and subject of all cells that have a value."""
        return [*connection.execute(_DECIDED).fetchall(), *decided_explanations(connection)]

    def get(self, connection: sqlite3.Connection, aspect: str, subject: str) -> CellValue:
        """A cell's value."""
        return self._aspects[aspect][0](connection, subject)

    def put(self, connection: sqlite3.Connection, aspect: str, subject: str, value: CellValue) -> None:
        """Write a cell's value."""
        self._aspects[aspect][1](connection, subject, value)

    def _put_note(self, connection: sqlite3.Connection, subject: str, value: CellValue) -> None:
        note = value if isinstance(value, str) else ""
        _write_reading(connection, subject, "note = ?", (note,))
        self._index.put_note(connection, known_key(connection, subject), note)


_DECIDED = """
SELECT 'mark', p.id FROM readings r JOIN papers p USING (key) WHERE r.mark IS NOT NULL
UNION ALL
SELECT 'read', p.id FROM readings r JOIN papers p USING (key) WHERE r.read OR r.version_read IS NOT NULL
UNION ALL
SELECT 'note', p.id FROM readings r JOIN papers p USING (key) WHERE r.note != ''
UNION ALL
SELECT 'tag', p.id || ' ' || t.tag FROM tags t JOIN papers p USING (key)
UNION ALL
SELECT 'interest', kind || ':' || folded FROM interests
UNION ALL
SELECT 'filter', name FROM filters
UNION ALL
SELECT 'position', digest || ' ' || date FROM reading_positions
"""

_Get = Callable[[sqlite3.Connection, str], CellValue]
_Put = Callable[[sqlite3.Connection, str, CellValue], None]


def interest_subject(kind: str, folded: str) -> str:
    """Return an interest's subject: its kind and its folded text, which identify it."""
    return f"{kind}:{folded}"


def tag_subject(paper_id: str, tag: str) -> str:
    """Return a tagging's subject, a cell for each tag on a paper, so none clash."""
    return f"{paper_id} {tag}"


def paper_of_subject(aspect: str, subject: str) -> str | None:
    """The id of the paper that a cell is about; None when it is about none."""
    if aspect in ("mark", "read", "note"):
        return subject
    return subject.partition(" ")[0] if aspect in ("tag", "explanation") else None


def _read_reading(connection: sqlite3.Connection, paper_id: str, columns: str) -> tuple[object, ...] | None:
    row: tuple[object, ...] | None = connection.execute(
        f"SELECT {columns} FROM readings WHERE key = ?", (known_key(connection, paper_id),)
    ).fetchone()
    return row


def _write_reading(
    connection: sqlite3.Connection, paper_id: str, setting: str, values: tuple[object, ...]
) -> None:
    key = known_key(connection, paper_id)
    connection.execute("INSERT OR IGNORE INTO readings (key) VALUES (?)", (key,))
    connection.execute(f"UPDATE readings SET {setting} WHERE key = ?", (*values, key))


def _get_mark(connection: sqlite3.Connection, subject: str) -> CellValue:
    """The mark and when it was set."""
    row = _read_reading(connection, subject, "mark, marked_at")
    return [str(row[0]), str(row[1])] if row and row[0] is not None else None


def _put_mark(connection: sqlite3.Connection, subject: str, value: CellValue) -> None:
    mark, at = value if isinstance(value, list) else (None, None)
    _write_reading(connection, subject, "mark = ?, marked_at = ?", (mark, at))


def _get_read(connection: sqlite3.Connection, subject: str) -> CellValue:
    """Return whether it is read (0 or 1), and the version last marked as read."""
    row = _read_reading(connection, subject, "read, version_read")
    if row is None or row == (0, None):
        return None
    read, version = row
    return [1 if read else 0, version if isinstance(version, int) else None]


def _put_read(connection: sqlite3.Connection, subject: str, value: CellValue) -> None:
    read, version = value if isinstance(value, list) else (0, None)
    _write_reading(connection, subject, "read = ?, version_read = ?", (read, version))


def _get_note(connection: sqlite3.Connection, subject: str) -> CellValue:
    row = _read_reading(connection, subject, "note")
    return str(row[0]) if row and row[0] else None


def _get_interest(connection: sqlite3.Connection, subject: str) -> CellValue:
    """The stance and the text as the reader wrote it."""
    kind, _, folded = subject.partition(":")
    row = connection.execute(
        "SELECT stance, text FROM interests WHERE kind = ? AND folded = ?", (kind, folded)
    ).fetchone()
    return list(row) if row else None


def _put_interest(connection: sqlite3.Connection, subject: str, value: CellValue) -> None:
    kind, _, folded = subject.partition(":")
    if isinstance(value, list):
        stance, text = value
        connection.execute(
            "INSERT OR REPLACE INTO interests (kind, folded, text, stance) VALUES (?, ?, ?, ?)",
            (kind, folded, text, stance),
        )
    else:
        connection.execute("DELETE FROM interests WHERE kind = ? AND folded = ?", (kind, folded))


def _get_filter(connection: sqlite3.Connection, subject: str) -> CellValue:
    row = connection.execute("SELECT query FROM filters WHERE name = ?", (subject,)).fetchone()
    return str(row[0]) if row else None


def _put_filter(connection: sqlite3.Connection, subject: str, value: CellValue) -> None:
    if value is None:
        connection.execute("DELETE FROM filters WHERE name = ?", (subject,))
    else:
        connection.execute("INSERT OR REPLACE INTO filters (name, query) VALUES (?, ?)", (subject, value))


def _get_tag(connection: sqlite3.Connection, subject: str) -> CellValue:
    """Since when the paper has the tag."""
    paper_id, _, tag = subject.partition(" ")
    row = connection.execute(
        "SELECT at FROM tags WHERE tag = ? AND key = ?", (tag, known_key(connection, paper_id))
    ).fetchone()
    return str(row[0]) if row else None


def _put_tag(connection: sqlite3.Connection, subject: str, value: CellValue) -> None:
    paper_id, _, tag = subject.partition(" ")
    key = known_key(connection, paper_id)
    if value is None:
        connection.execute("DELETE FROM tags WHERE tag = ? AND key = ?", (tag, key))
    else:
        connection.execute("INSERT OR REPLACE INTO tags (tag, key, at) VALUES (?, ?, ?)", (tag, key, value))


def _get_position(connection: sqlite3.Connection, subject: str) -> CellValue:
    """The paper at which the reader is in a day of a digest, and since when."""
    digest, _, day = subject.rpartition(" ")
    row = connection.execute(
        "SELECT paper, at FROM reading_positions WHERE digest = ? AND date = ?", (digest, day)
    ).fetchone()
    return list(row) if row else None


def _put_position(connection: sqlite3.Connection, subject: str, value: CellValue) -> None:
    digest, _, day = subject.rpartition(" ")
    if isinstance(value, list):
        connection.execute(
            "INSERT OR REPLACE INTO reading_positions (digest, date, paper, at) VALUES (?, ?, ?, ?)",
            (digest, day, *value),
        )
