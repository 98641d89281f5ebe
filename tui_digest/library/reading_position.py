"""Reading positions: the digest, and the paper in each of its days. Not undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from tui_digest.library.database import Database
from tui_digest.settings import DEFAULT_DIGEST

if TYPE_CHECKING:
    from tui_digest.library.replication import Replication

_CHOSEN = "chosen digest"
"""The name of the row in the table `memory`; it is this machine's alone and not synchronised."""


class ReadingPositions:
    """Remembers the paper at which the reader is, by digest and day."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], replication: Callable[[], Replication]
    ) -> None:
        """Use the open library; `clock` returns aware times in UTC.

        `replication` returns what records operations, made for the first one.
        """
        self._database = database
        self._clock = clock
        self._replication = replication

    def remember(self, day: date, paper_id: str, digest: str = DEFAULT_DIGEST) -> None:
        """Remember the paper at which the reader is in a day.

        Raises:
            LibraryError: it could not be written.
        """
        from tui_digest.library.cells import Change

        now = self._clock()
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO reading_positions (digest, date, paper, at) VALUES (?, ?, ?, ?)",
                (digest, day.isoformat(), paper_id, now.isoformat()),
            )
            place = Change("position", f"{digest} {day.isoformat()}", None, [paper_id, now.isoformat()])
            self._replication().record(connection, [place])

    def paper(self, day: date, digest: str = DEFAULT_DIGEST) -> str | None:
        """Return the id of the paper at which the reader was in a day."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT paper FROM reading_positions WHERE digest = ? AND date = ?", (digest, day.isoformat())
            ).fetchone()
        return row[0] if row else None

    def last_day(self, digest: str = DEFAULT_DIGEST) -> date | None:
        """Return the day in which the reader was last."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT date FROM reading_positions WHERE digest = ? ORDER BY at DESC, date DESC LIMIT 1",
                (digest,),
            ).fetchone()
        return date.fromisoformat(row[0]) if row else None

    def remember_digest(self, name: str) -> None:
        """Remember the digest that was chosen, for the next start.

        Raises:
            LibraryError: it could not be written.
        """
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO memory (name, value) VALUES (?, ?)", (_CHOSEN, name))

    def last_digest(self) -> str:
        """Return the digest that was chosen last; the default one if none was."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM memory WHERE name = ?", (_CHOSEN,)).fetchone()
        return row[0] if row else DEFAULT_DIGEST
