"""Where the reader was: the place in each day, and the last day. Not an action, so not undone."""

from __future__ import annotations

from datetime import date

from tui_digest.library.database import Database

_LAST_DAY = "last day"


class Memory:
    """Remembers places across restarts."""

    def __init__(self, database: Database) -> None:
        """Take the open library."""
        self._database = database

    def remember(self, day: date, paper_id: str) -> None:
        """Remember the paper at which the reader is in a day, and the day as the last one.

        Raises:
            LibraryError: it could not be written.
        """
        with self._database.writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO memory (name, value) VALUES (?, ?)",
                [(f"place {day}", paper_id), (_LAST_DAY, day.isoformat())],
            )

    def place(self, day: date) -> str | None:
        """The id of the paper at which the reader was in a day."""
        return self._value(f"place {day}")

    def last_day(self) -> date | None:
        """The day in which the reader was last."""
        value = self._value(_LAST_DAY)
        return date.fromisoformat(value) if value else None

    def _value(self, name: str) -> str | None:
        with self._database.reading() as connection:
            row = connection.execute("SELECT value FROM memory WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None
