"""Papers sent to Zotero: its connector returns no keys and accepts duplicates."""

from __future__ import annotations

from tui_digest.library.database import Database
from tui_digest.library.history import Clock

_NAME = "zotero "
"""What the names of these rows in the table `memory` begin with."""


class ZoteroRecord:
    """Remembers papers that were sent. Not an action, so not undone."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def was_sent(self, paper_id: str) -> bool:
        """Tell whether a paper was sent."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT 1 FROM memory WHERE name = ?", (_NAME + paper_id,)).fetchone()
        return row is not None

    def note_sent(self, paper_id: str) -> None:
        """Remember that a paper was sent, and when.

        Raises:
            LibraryError: it could not be written.
        """
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO memory (name, value) VALUES (?, ?)",
                (_NAME + paper_id, self._clock().isoformat()),
            )
