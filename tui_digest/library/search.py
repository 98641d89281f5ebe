"""Search over everything in the library: a query as SQL over the full-text index."""

from __future__ import annotations

import sqlite3
import threading

from tui_digest.library import entries
from tui_digest.library.database import Database, connect, telling
from tui_digest.library.index import Index
from tui_digest.library.papers import read
from tui_digest.library.query import (
    After,
    All,
    Any,
    Before,
    Category,
    Has,
    Id,
    Is,
    Node,
    Not,
    Text,
    parse,
    shown_words,
)
from tui_digest.reading import Found

# Under so many letters a word that is being typed stands for too many to be ranked in time.
_LETTERS_TO_RANK = 3

_DAY = "coalesce(p.announced, substr(p.published, 1, 10))"
_READ = "(coalesce(r.read, 0) AND coalesce(r.version_read >= p.version, 1))"
_IS = {
    "to-read": "coalesce(r.mark, '') = 'to-read'",
    "done": "coalesce(r.mark, '') = 'done'",
    "dismissed": "coalesce(r.mark, '') = 'dismissed'",
    "marked": "r.mark IS NOT NULL",
    "read": _READ,
    "unread": f"NOT {_READ}",
    "new": "coalesce(p.announce_type, '') = 'new'",
    "cross": "coalesce(p.announce_type, '') = 'cross'",
    "replaced": "coalesce(p.announce_type, '') IN ('replace', 'replace-cross')",
}
_HAS = {
    "note": "coalesce(r.note, '') != ''",
    "explanation": "p.id IN (SELECT paper FROM explanations WHERE complete)",
    "comment": "coalesce(p.comment, '') != ''",
    "journal": "coalesce(p.journal_ref, '') != ''",
    "doi": "coalesce(p.doi, '') != ''",
}


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
        statement, values = compiled(query, ranked=not (typing and _short(query)))
        self.interrupt()
        with self._searching, telling(self._database.file):
            if self._connection is None:
                self._connection = connect(self._database.file)
            rows = self._connection.execute(f"{statement} LIMIT ? OFFSET ?", (*values, limit + 1, offset))
            keys = [key for (key,) in rows]
            found = entries.by_keys(self._connection, keys[:limit])
        return Found(entries=found, words=shown_words(query), more=len(keys) > limit)

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


def compiled(query: Node, *, ranked: bool = True) -> tuple[str, tuple[object, ...]]:
    """A query as a SELECT of keys in the order of the hits, and its values.

    Words that stand side by side with the rest become one question to the full-text index, which
    ranks; whatever else is asked becomes a condition on its hits.
    """
    nodes = query.nodes if isinstance(query, All) else (query,)
    texts = [expression for node in nodes if (expression := match_expression(node))]
    conditions = [_condition(node) for node in nodes if not match_expression(node)]
    where = [condition for condition, _ in conditions]
    values: list[object] = [value for _, inner in conditions for value in inner]
    if not texts:
        return (
            "SELECT p.key FROM papers p LEFT JOIN readings r ON r.key = p.key "
            f"WHERE {' AND '.join(where) or 'true'} ORDER BY p.key DESC",
            tuple(values),
        )
    joined = "JOIN papers p ON p.key = s.rowid LEFT JOIN readings r ON r.key = p.key" if where else ""
    order = "s.rank" if ranked else "s.rowid DESC"
    return (
        f"SELECT s.rowid FROM search_index s {joined} "
        f"WHERE {' AND '.join(['s.search_index MATCH ?', *where])} ORDER BY {order}",
        (" AND ".join(texts), *values),
    )


def match_expression(node: Node) -> str:
    """A node of words alone in the language of FTS5; empty for a node that asks anything else."""
    match node:
        case Text(found, column, prefix):
            phrase = f'"{" ".join(found)}"{" *" if prefix else ""}'
            return f"({{{column}}} : {phrase})" if column else f"({phrase})"
        case All(nodes) | Any(nodes):
            inner = [match_expression(part) for part in nodes]
            joint = " AND " if isinstance(node, All) else " OR "
            return f"({joint.join(inner)})" if inner and all(inner) else ""
        case _:
            return ""


def _condition(node: Node) -> tuple[str, list[object]]:
    """A node as a condition on `papers p` and `readings r`, and its values."""
    expression = match_expression(node)
    if expression:
        return "p.key IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)", [expression]
    match node:
        case Category(name):
            archive = [f"{name}.", f"{name}/"]  # the sign after the full stop
            inside = "SELECT key FROM paper_categories WHERE category = ? OR (category > ? AND category < ?)"
            return f"p.key IN ({inside})", [name, *archive]
        case Id(number):
            return "p.id = ?", [number]
        case Is(state):
            return _IS[state], []
        case Has(thing):
            return _HAS[thing], []
        case After(day):
            return f"coalesce({_DAY} >= ?, 0)", [day.isoformat()]
        case Before(day):
            return f"coalesce({_DAY} < ?, 0)", [day.isoformat()]
        case Not(inner):
            condition, values = _condition(inner)
            return f"NOT ({condition})", values
        case All(nodes) | Any(nodes):
            parts = [_condition(part) for part in nodes]
            joint = " AND " if isinstance(node, All) else " OR "
            condition = joint.join(f"({part})" for part, _ in parts) or "true"
            return condition, [value for _, values in parts for value in values]
    raise AssertionError(node)


def _short(query: Node) -> bool:
    """Whether the query ends with a word that has only begun."""
    match query:
        case Text(found, _, prefix):
            return prefix and len(found[-1]) < _LETTERS_TO_RANK
        case All(nodes) | Any(nodes):
            return bool(nodes) and _short(nodes[-1])
        case _:
            return False
