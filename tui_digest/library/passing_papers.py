"""Hits of a search at arXiv, which stay only if something is done with them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from tui_digest.library.cells import Change, paper_of_subject
from tui_digest.library.database import Database
from tui_digest.library.fts_index import Index
from tui_digest.library.history import Clock
from tui_digest.library.mailings import Mailings
from tui_digest.library.memory_table import read_value, was_sent_to_zotero, write_value
from tui_digest.paper import Paper

_NAME: Final = "passing "
"""What the names of these rows in the table `memory` begin with."""

LEFT_BEHIND: Final = timedelta(days=1)
"""Hits older than this were left by a reader that was killed."""

_USED: Final = " OR ".join(
    (
        "EXISTS (SELECT 1 FROM announcements WHERE key = :key)",
        "EXISTS (SELECT 1 FROM readings WHERE key = :key)",
        "EXISTS (SELECT 1 FROM tags WHERE key = :key)",
        "EXISTS (SELECT 1 FROM explanations WHERE paper = :id)",
        "EXISTS (SELECT 1 FROM texts WHERE paper = :id)",
        "EXISTS (SELECT 1 FROM text_positions WHERE paper = :id)",
    )
)
"""Whether something was done with a paper, or a mailing has it."""

_changes = msgspec.json.Decoder(list[Change])


class Passing(msgspec.Struct, frozen=True):
    """Time at which a result was stored, and the last step of the history before."""

    at: datetime
    step: int


_passing = msgspec.json.Decoder(Passing)


class PassingPapers:
    """Stores hits and takes them away again. Not an action, so not undone."""

    def __init__(self, database: Database, index: Index, mailings: Mailings, clock: Clock) -> None:
        """Use the open library, its index and papers; `clock` returns aware times in UTC."""
        self._database = database
        self._index = index
        self._mailings = mailings
        self._clock = clock

    def store(self, papers: Sequence[Paper]) -> None:
        """Store papers that are not in the library yet until they are forgotten.

        Raises:
            LibraryError: they cannot be written; nothing of them is kept.
        """
        with self._database.writing() as connection:
            step = connection.execute("SELECT coalesce(max(step), 0) FROM history").fetchone()[0]
            value = msgspec.json.encode(Passing(self._clock(), step)).decode()
            fresh = [paper for paper in papers if _key(connection, paper.id) is None]
            for paper in fresh:
                write_value(connection, _NAME + paper.id, value)
        self._mailings.store_papers(papers)

    def forget(self, ids: Iterable[str]) -> None:
        """Remove those of these hits that nothing was done with; the others are kept.

        Raises:
            LibraryError: it cannot be written; everything is as it was.
        """
        ids = tuple(ids)
        if not ids:
            return
        with self._database.writing() as connection:
            for paper_id in ids:
                self._forget(connection, paper_id)

    def forget_left_behind(self) -> None:
        """Remove results left by a reader that was killed before it could do so."""
        long_ago = self._clock() - LEFT_BEHIND
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT name, value FROM memory WHERE name BETWEEN ? AND ?", (_NAME, f"{_NAME}\uffff")
            ).fetchall()
        old = [name.removeprefix(_NAME) for name, value in rows if _passing.decode(value).at < long_ago]
        self.forget(old)

    def _forget(self, connection: sqlite3.Connection, paper_id: str) -> None:
        name = _NAME + paper_id
        passing = read_value(connection, name)
        if not passing:
            return
        connection.execute("DELETE FROM memory WHERE name = ?", (name,))
        key = _key(connection, paper_id)
        if key is None or _is_used(connection, key, paper_id, _passing.decode(passing).step):
            return
        self._index.remove_paper(connection, key)
        for table in ("paper_categories", "earlier", "papers"):
            connection.execute(f"DELETE FROM {table} WHERE key = ?", (key,))


def _key(connection: sqlite3.Connection, paper_id: str) -> int | None:
    row = connection.execute("SELECT key FROM papers WHERE id = ?", (paper_id,)).fetchone()
    return row[0] if row else None


def _is_used(connection: sqlite3.Connection, key: int, paper_id: str, step: int) -> bool:
    """Tell whether something was done with a paper, even if undone since.

    What was undone may be done again.
    """
    used = connection.execute(f"SELECT {_USED}", {"key": key, "id": paper_id}).fetchone()[0]
    if used or was_sent_to_zotero(connection, paper_id):
        return True
    rows = connection.execute("SELECT changes FROM history WHERE step > ?", (step,))
    return any(
        paper_of_subject(change.aspect, change.subject) == paper_id
        for (changes,) in rows
        for change in _changes.decode(changes)
    )
