"""The table `memory`: values by name, such as which papers were sent to Zotero."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime

from tui_digest.library.database import Database

_SENT = "zotero "
"""What the names of papers that were sent to Zotero begin with."""


def read_value(connection: sqlite3.Connection, name: str) -> str:
    """Return the value of that name; empty if there is none."""
    row = connection.execute("SELECT value FROM memory WHERE name = ?", (name,)).fetchone()
    return str(row[0]) if row else ""


def write_value(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a value under a name, in place of an earlier one."""
    connection.execute("INSERT OR REPLACE INTO memory (name, value) VALUES (?, ?)", (name, value))


def was_sent_to_zotero(connection: sqlite3.Connection, paper_id: str) -> bool:
    """Tell whether a paper was sent to Zotero."""
    return bool(read_value(connection, _SENT + paper_id))


class ZoteroRecord:
    """Remembers papers sent to Zotero. No action, so not undone.

    Zotero's connector returns no keys and accepts duplicates.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def was_sent(self, paper_id: str) -> bool:
        """Tell whether a paper was sent."""
        with self._database.reading() as connection:
            return was_sent_to_zotero(connection, paper_id)

    def note_sent(self, paper_id: str) -> None:
        """Remember that a paper was sent, and when.

        Raises:
            LibraryError: it could not be written.
        """
        with self._database.writing() as connection:
            write_value(connection, _SENT + paper_id, self._clock().isoformat())
