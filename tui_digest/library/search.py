"""Search over everything in the library."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

from tui_digest.entry import Found
from tui_digest.library import entries
from tui_digest.library.database import Database, LatestReader
from tui_digest.library.fts_index import Index
from tui_digest.library.papers import COLUMNS, paper_of
from tui_digest.library.query.nodes import AllOf, AnyOf, Node, Text, shown_words
from tui_digest.library.query.parser import parse
from tui_digest.library.query.sql import Ranking, compile_query
from tui_digest.lists import KeyScope, SearchHits
from tui_digest.paper import Paper

# A word with fewer letters while it is typed has too many hits to rank them in time.
_LETTERS_TO_RANK = 3

# Rebuilding the index takes a second for some thousand papers.
_TOLD_EVERY = 2000


class Search:
    """Searches on a connection of its own; a new search interrupts the running one."""

    def __init__(self, database: Database, index: Index) -> None:
        self._database = database
        self._index = index
        self._reader = LatestReader(database.file)

    def find(self, text: str, *, limit: int = 50, offset: int = 0, typing: bool = False) -> Found:
        """Return what a query finds, best first by bm25, or newest first without words.

        While `typing` the last word may go on; under three letters the newest are first, from there
        on the best of the newest some thousand hits.

        Raises:
            QueryError: the query is wrong; the message says what and where.
            SearchInterruptedError: another search was begun meanwhile, or `interrupt` was called.
            LibraryError: the library cannot be read.
        """
        query = parse(text, self._index.fold, typing=typing)
        with self._reader.reading() as connection:
            keys = _keys(connection, query, limit + 1, offset, typing=typing)
            found = entries.by_keys(connection, keys[:limit])
        return Found(entries=found, words=shown_words(query), more=len(keys) > limit)

    def hits(self, text: str, *, limit: int = 1_000, typing: bool = False) -> SearchHits:
        """The papers that `find` finds, to be read when they are shown.

        Raises:
            QueryError: the query is wrong; the message says what and where.
            SearchInterruptedError: another search was begun meanwhile, or `interrupt` was called.
            LibraryError: the library cannot be read.
        """
        query = parse(text, self._index.fold, typing=typing)
        with self._reader.reading() as connection:
            keys = _keys(connection, query, limit + 1, 0, typing=typing)
        return SearchHits(KeyScope.of(keys[:limit]), shown_words(query), more=len(keys) > limit)

    def check(self, text: str) -> None:
        """Read a query without asking it.

        Raises:
            QueryError: the query is wrong; the message says what and where.
        """
        parse(text, self._index.fold)

    def interrupt(self) -> None:
        """End the search that is running and those that wait; callable from any thread."""
        self._reader.interrupt()

    def refresh(self, limit: int = 200) -> int:
        """Reindex up to `limit` papers indexed by another folding; return how many.

        After an update that folds otherwise, call it from a thread until it gives 0.

        Raises:
            LibraryError: it could not be written.
        """
        with self._database.writing() as connection:
            keys = self._index.outdated_keys(connection, limit)
            fold = self._index.with_stored_texts(connection, [])
            for key in keys:
                row = connection.execute(
                    f"SELECT {COLUMNS}, coalesce(r.note, '') FROM papers p LEFT JOIN readings r USING (key) "
                    "WHERE p.key = ?",
                    (key,),
                ).fetchone()
                self._index.put_paper(connection, key, paper_of(row), fold)
                self._index.put_note(connection, key, row[-1])
        return len(keys)

    def rebuild(self, tell: Callable[[str], None]) -> int:
        """Rebuild the whole index from papers and notes; return how many papers it has.

        It is done as a whole or, when it is interrupted, not at all.

        Args:
            tell: told in words, now and then, how far it is.

        Raises:
            LibraryError: it could not be written; everything is as it was.
        """
        statement = (
            f"SELECT p.key, {COLUMNS}, coalesce(r.note, '') FROM papers p LEFT JOIN readings r USING (key)"
        )
        with self._database.writing() as connection:
            papers = connection.execute("SELECT count(*) FROM papers").fetchone()[0]

            def texts() -> Iterator[tuple[int, Paper, str]]:
                for number, (key, *row) in enumerate(connection.execute(statement)):
                    if number % _TOLD_EVERY == 0:
                        tell(f"indexing, {number} of {papers} papers")
                    yield key, paper_of(row), row[-1]

            return self._index.put_all(connection, texts())

    def close(self) -> None:
        """Stop what runs and close the connection."""
        self._reader.close()


def _keys(connection: sqlite3.Connection, query: Node, limit: int, offset: int, *, typing: bool) -> list[int]:
    """Return the keys of the papers that a query finds, in the order shown."""
    return compile_query(query).run(connection, _order(query, typing=typing), limit, offset)


def _order(query: Node, *, typing: bool) -> Ranking:
    if not typing:
        return "best"
    return "newest" if _short(query) else "best of newest"


def _short(query: Node) -> bool:
    """Tell whether the query ends with a word that has only begun."""
    match query:
        case Text(found, _, prefix):
            return prefix and len(found[-1]) < _LETTERS_TO_RANK
        case AllOf(nodes) | AnyOf(nodes):
            return bool(nodes) and _short(nodes[-1])
        case _:
            return False
