"""Searches that the reader keeps under a name."""

from __future__ import annotations

from tui_digest.entry import Action
from tui_digest.errors import UsageError
from tui_digest.library.database import Database
from tui_digest.library.history import History
from tui_digest.library.query.parser import parse
from tui_digest.text.sanitise import one_line
from tui_digest.text.words import Fold


class Filters:
    """Saves and deletes filters, each as one step of the history."""

    def __init__(self, database: Database, history: History, fold: Fold) -> None:
        self._database = database
        self._history = history
        self._fold = fold

    def save(self, name: str, query: str) -> Action | None:
        """Store a query under a name, replacing an earlier one; None if it was the same.

        Raises:
            QueryError: the query is wrong.
            UsageError: the name is empty.
            LibraryError: it could not be written; nothing was changed.
        """
        name, query = one_line(name), one_line(query)
        if not name:
            raise UsageError("A filter needs a name.")
        parse(query, self._fold)
        return self._history.act(
            "filter",
            lambda _count: f"saved the filter {name}",
            lambda _connection, _now: [("filter", name, query)],
        )

    def delete(self, name: str) -> Action | None:
        """Delete a filter. None when there is none of that name.

        Raises:
            LibraryError: it could not be written; nothing was changed.
        """
        name = one_line(name)
        return self._history.act(
            "filter",
            lambda _count: f"deleted the filter {name}",
            lambda _connection, _now: [("filter", name, None)],
        )

    def all(self) -> dict[str, str]:
        """The saved queries by name, in the order of the names."""
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT name, query FROM filters ORDER BY name COLLATE NOCASE"))
