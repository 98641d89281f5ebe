"""Search over everything in the library."""

from __future__ import annotations

import sqlite3
import threading

from tui_digest.library import entries
from tui_digest.library.database import Database, connect, snapshot, telling
from tui_digest.library.index import Index
from tui_digest.library.nodes import All, Any, Node, Text
from tui_digest.library.papers import read
from tui_digest.library.query import parse, shown_words
from tui_digest.library.question import compiled
from tui_digest.reading import Found

# Under so many letters a word that is being typed stands for too many to be ranked in time.
_LETTERS_TO_RANK = 3


class Search:
    """Searches on a connection of its own; a search begun while another runs puts an end to that one."""

    def __init__(self, database: Database, index: Index) -> None:
        """Take the open library and its index. The connection opens with the first search."""
        self._database = database
        self._index = index
        self._connection: sqlite3.Connection | None = None
        self._searching = threading.Lock()

    def find(self, text: str, *, limit: int = 50, offset: int = 0, typing: bool = False) -> Found:
        """The entries that a query finds: best first by bm25, newest first when it has no words to rank by.

        While `typing` the last word may go on, and under three letters the newest stand first.

        Raises:
            QueryError: the query is wrong; the message says what and where.
            SearchInterruptedError: another search was begun meanwhile, or `interrupt` was called.
            LibraryError: the library cannot be read.
        """
        query = parse(text, self._index.fold, typing=typing)
        question = compiled(query)
        ranked = not (typing and _short(query))
        self.interrupt()
        with self._searching, telling(self._database.file):
            connection = self._open()
            with snapshot(connection):
                keys = []
                if typing and ranked:
                    keys = question.newest_ranked(connection, limit + 1, offset)
                if len(keys) <= limit:
                    keys = question.run(connection, limit + 1, offset, ranked=ranked)
                found = entries.by_keys(connection, keys[:limit])
        return Found(entries=found, words=shown_words(query), more=len(keys) > limit)

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = connect(self._database.file)
        return self._connection

    def interrupt(self) -> None:
        """Put an end to the search that is running, if any; callable from any thread."""
        if self._connection is not None:
            self._connection.interrupt()

    def refresh(self, limit: int = 200) -> int:
        """Index anew up to `limit` papers that were indexed by another folding; give how many were.

        After an update that folds otherwise, call it from a thread until it gives 0.

        Raises:
            LibraryError: it could not be written.
        """
        with self._database.writing() as connection:
            keys = self._index.outdated(connection, limit)
            for key in keys:
                row = connection.execute(
                    "SELECT id, coalesce(note, '') FROM papers LEFT JOIN readings USING (key) WHERE key = ?",
                    (key,),
                ).fetchone()
                paper = read(connection, row[0])
                if paper is not None:
                    self._index.put_paper(connection, key, self._index.folded(paper))
                    self._index.put_note(connection, key, row[1])
        return len(keys)

    def close(self) -> None:
        """Stop what runs and close the connection."""
        self.interrupt()
        with self._searching:
            if self._connection is not None:
                self._connection.close()
            self._connection = None


def _short(query: Node) -> bool:
    """Whether the query ends with a word that has only begun."""
    match query:
        case Text(found, _, prefix):
            return prefix and len(found[-1]) < _LETTERS_TO_RANK
        case All(nodes) | Any(nodes):
            return bool(nodes) and _short(nodes[-1])
        case _:
            return False
