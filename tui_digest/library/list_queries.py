"""Lists as queries: the papers shown of a day, queue or search, in order."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import compress
from typing import TYPE_CHECKING

import msgspec

from tui_digest.entry import Entry, Mark
from tui_digest.library import entries, papers
from tui_digest.library.database import PATIENCE, Database, LatestReader
from tui_digest.library.digests import announced_kind, covers, narrowed_completeness
from tui_digest.library.list_selection import PaperSelection, SelectionCache, day_of_mailing, stored_names
from tui_digest.library.mailings import announced_paper, mailings_holding
from tui_digest.library.query.nodes import AllOf, Node, shown_words
from tui_digest.library.query.sql import (
    json_values,
)
from tui_digest.lists import (
    Arranged,
    DayScope,
    KeyScope,
    Matches,
    Scope,
    StoredDigest,
    ViewOptions,
)
from tui_digest.paper import AnnounceType, Completeness, Paper
from tui_digest.render.author_names import read_authors
from tui_digest.text.words import Fold

if TYPE_CHECKING:
    pass

_completeness = msgspec.json.Decoder(Completeness)


class ListQueries:
    """Answers what lists ask.

    A question may be asked between two keys: it waits `patience` seconds for another program that
    writes. `arrange` and `matches` take long for many papers; from a thread they are asked as
    `interruptible`, and then the last one begun wins.
    """

    def __init__(self, database: Database, fold: Fold) -> None:
        self._database = database
        self._fold = fold
        self._latest = LatestReader(database.file)
        # By whether the question was interruptible: another connection answers those.
        self._known: dict[bool, SelectionCache] = {}

    def digest(self, day: date | None, categories: Sequence[str], name: str = "") -> StoredDigest | None:
        """Return a day's stored digest for some categories, without its papers, or None.

        A `day` of None is the newest.

        `name` is the named digest that is asked for: a day that was stored for it when it had other
        categories is given as it was.
        """
        with self._database.reading() as connection:
            for number, stored_day, asked in mailings_holding(connection, categories, day, day, name):
                return _stored_digest(connection, number, stored_day, asked, tuple(categories))
        return None

    def queue(self, mark: Mark = Mark.TO_READ) -> KeyScope:
        """The papers with a mark over all days, the one marked first at the head."""
        return self._keys("SELECT key FROM readings WHERE mark = ? ORDER BY marked_at, key", mark.value)

    def tagged(self, tag: str) -> KeyScope:
        """The papers of a tag over all days, the one tagged first at the head."""
        return self._keys("SELECT key FROM tags WHERE tag = ? ORDER BY at, key", tag)

    def papers(self, ids: Iterable[str]) -> KeyScope:
        """The papers of these ids, of those that are stored."""
        return self._keys(
            "SELECT p.key FROM json_each(?) e CROSS JOIN papers p ON p.id = e.value ORDER BY e.key",
            json_values(list(ids)),
        )

    def _keys(self, statement: str, value: str) -> KeyScope:
        with self._database.reading() as connection:
            return KeyScope.of(key for (key,) in connection.execute(statement, (value,)))

    def arrange(self, scope: Scope, options: ViewOptions, *, interruptible: bool = False) -> Arranged:
        """Return which papers of a scope the options show, and in what order.

        Raises:
            QueryError: the filter is wrong.
            SearchInterruptedError: it was interruptible, and another one was begun.
            LibraryError: the library cannot be read.
        """
        query = self._parse(options.filter, typing=options.typing)
        with self._selection(scope, interruptible=interruptible) as selection:
            return selection.arranged(options, query)

    def matches(
        self, scope: Scope, query: str, *, typing: bool = False, interruptible: bool = False
    ) -> Matches:
        """The positions of a scope that a query finds.

        Raises:
            QueryError: the query is wrong.
            SearchInterruptedError: it was interruptible, and another one was begun.
            LibraryError: the library cannot be read.
        """
        node = self._parse(query, typing=typing)
        with self._selection(scope, interruptible=interruptible) as selection:
            flags = selection.flags(node)
        return Matches(frozenset(compress(range(scope.size), flags)), shown_words(node))

    def _parse(self, query: str, *, typing: bool) -> Node:
        """Read a query; the parser is imported for the first that is not empty."""
        if not query:
            return AllOf(())
        from tui_digest.library.query.parser import parse

        return parse(query, self._fold, typing=typing)

    @contextmanager
    def _selection(self, scope: Scope, *, interruptible: bool) -> Iterator[PaperSelection]:
        """Choose papers of a scope, with what is known of it since the last question."""
        with self._latest.reading() if interruptible else self._database.reading() as connection:
            (version,) = connection.execute("PRAGMA data_version").fetchone()  # another one after each write
            known = self._known.get(interruptible)
            if known is None or not known.is_true_of(connection, version, scope):
                known = self._known[interruptible] = SelectionCache(connection, version, scope)
            yield PaperSelection(connection, scope, self._fold, known)

    def interrupt(self) -> None:
        """End the interruptible questions; callable from any thread."""
        self._latest.interrupt()

    def rows(
        self, scope: Scope, positions: Sequence[int], *, patience: float | None = None
    ) -> tuple[Entry, ...]:
        """The entries at these positions, in their order.

        Raises:
            LibraryLockedError: another program held the library for longer than `patience`, in seconds
                (None: as for every other question).
            LibraryError: it cannot be read.
        """
        with self._database.reading(PATIENCE if patience is None else patience) as connection:
            return entries.join(connection, papers_at(connection, scope, positions))

    def ids(self, scope: Scope, positions: Sequence[int]) -> tuple[str, ...]:
        """Return ids with version (`2512.21208v1`) of papers at these positions, in order."""
        with self._database.reading() as connection:
            if isinstance(scope, KeyScope):
                statement = (
                    "SELECT p.id, p.version FROM json_each(?) e "
                    "CROSS JOIN papers p ON p.key = e.value ORDER BY e.key"
                )
                wanted = [scope.keys[position] for position in positions]
            else:
                statement = (
                    "SELECT p.id, a.version FROM json_each(?) e CROSS JOIN announcements a "
                    f"ON a.mailing = {scope.mailing} AND a.position = e.value "
                    "CROSS JOIN papers p ON p.key = a.key ORDER BY e.key"
                )
                wanted = list(positions)
            rows = connection.execute(statement, (json_values(wanted),))
            return tuple(f"{paper_id}v{version}" for paper_id, version in rows)

    def positions(self, scope: Scope, ids: Collection[str]) -> dict[str, int]:
        """The positions of papers by their ids, of those that a scope has."""
        with self._database.reading() as connection:
            if isinstance(scope, KeyScope):
                rows = connection.execute(
                    "SELECT p.id, p.key FROM json_each(?) e CROSS JOIN papers p ON p.id = e.value",
                    (json_values(list(ids)),),
                )
                return {paper_id: scope.keys.index(key) for paper_id, key in rows if key in scope.keys}
            rows = connection.execute(
                "SELECT p.id, a.position FROM json_each(?) e CROSS JOIN papers p ON p.id = e.value "
                f"CROSS JOIN announcements a ON a.key = p.key AND +a.mailing = {scope.mailing}",
                (json_values(list(ids)),),
            )
            return dict(rows.fetchall())

    def category_counts(self, scope: Scope) -> Counter[str]:
        """Return how many papers of a scope are in each category."""
        with self._database.reading() as connection:
            selection = PaperSelection(connection, scope, self._fold)
            return Counter(name for (names,) in selection.select("p.categories") for name in names.split())

    def author_counts(self, scope: Scope) -> Counter[str]:
        """Return how many papers of a scope each author has, by the author's name."""
        with self._database.reading() as connection:
            selection = PaperSelection(connection, scope, self._fold)
            lists = (stored_names(authors) for (authors,) in selection.select("p.authors"))
            return Counter(name.full for authors in lists for name in read_authors(authors).names)

    def close(self) -> None:
        """Close the connection of the interruptible questions."""
        self._latest.close()


def _stored_digest(
    connection: sqlite3.Connection,
    number: int,
    day: date,
    asked: tuple[str, ...],
    categories: tuple[str, ...],
) -> StoredDigest:
    told, fetched_at, size = connection.execute(
        "SELECT completeness, fetched_at, papers FROM mailings WHERE number = ?", (number,)
    ).fetchone()
    completeness = _completeness.decode(told)
    part = () if set(asked) == set(categories) or not covers(asked, categories) else categories
    scope = DayScope(number, size, part)
    if part:
        kinds = Counter(kind for (kind,) in PaperSelection(connection, scope, str).select("{kind}"))
        counts = {kind.value: kinds[kind.value] for kind in AnnounceType if kinds[kind.value]}
        completeness = narrowed_completeness(completeness, kinds.total(), counts)
    return StoredDigest(
        date=day,
        categories=categories if covers(asked, categories) else asked,
        completeness=completeness,
        scope=scope,
        fetched_at=datetime.fromisoformat(fetched_at) if fetched_at else None,
    )


def positions_of(connection: sqlite3.Connection, scope: Scope) -> Sequence[int]:
    """Return the positions of a list's papers, or of a part of a mailing."""
    if isinstance(scope, KeyScope) or not scope.categories:
        return range(scope.size)
    return [position for (position,) in PaperSelection(connection, scope, str).select("a.position")]


def papers_at(connection: sqlite3.Connection, scope: Scope, positions: Sequence[int]) -> list[Paper]:
    """Return the papers at these positions in order, a day's as they were announced."""
    if isinstance(scope, DayScope):
        return list(_papers_of_day(connection, scope, positions))
    rows = connection.execute(
        f"SELECT {papers.COLUMNS} FROM json_each(?) e CROSS JOIN papers p ON p.key = e.value ORDER BY e.key",
        (json_values([scope.keys[position] for position in positions]),),
    )
    return [papers.paper_of(row) for row in rows.fetchall()]


def _papers_of_day(
    connection: sqlite3.Connection, scope: DayScope, positions: Sequence[int]
) -> Iterator[Paper]:
    announced = day_of_mailing(connection, scope)
    rows = connection.execute(
        f"SELECT {papers.COLUMNS_IN_MAILING}, a.version FROM json_each(?) e CROSS JOIN announcements a "
        f"ON a.mailing = {scope.mailing} AND a.position = e.value "
        "CROSS JOIN papers p ON p.key = a.key ORDER BY e.key",
        (announced, json_values(list(positions))),
    ).fetchall()
    for row in rows:
        paper = announced_paper(connection, row, in_mailing=announced is not None)
        if scope.categories:
            kind = announced_kind(paper.announce_type, paper.primary, scope.categories)
            paper = msgspec.structs.replace(paper, announce_type=kind)
        yield paper
