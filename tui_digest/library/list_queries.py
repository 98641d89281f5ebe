"""Lists as queries: the papers shown of a day, queue or search, in order."""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from tui_digest.entry import Entry, Mark
from tui_digest.interests import Interest, InterestKind, Stance
from tui_digest.library import entries, papers
from tui_digest.library.database import PATIENCE, Database, LatestReader
from tui_digest.library.digests import announced_kind, covers, narrowed_completeness
from tui_digest.library.interests import interests
from tui_digest.library.mailings import announced_paper, mailings_holding
from tui_digest.library.query.nodes import All, Any, Category, Node, Text, shown_words
from tui_digest.library.query.sql import READ, PaperColumns, condition, in_category, literal, match_expression
from tui_digest.lists import (
    PARTS,
    Arranged,
    DayPart,
    DayScope,
    HiddenReason,
    KeyScope,
    Matches,
    Scope,
    StoredDigest,
    View,
    ViewOptions,
    day_part,
)
from tui_digest.paper import AnnounceType, Completeness, CompletenessState, Paper
from tui_digest.picking.interest_match import author_words, interest_words, is_author
from tui_digest.render.author_names import read_authors
from tui_digest.text.words import Fold

if TYPE_CHECKING:
    from tui_digest.library.list_flags import Flags, KnownFlags

SCANNED_ROWS = 2_000
"""The most papers that are scanned singly; for more, the full-text index is used."""

_PART_SHIFT = 32
_POSITION = (1 << _PART_SHIFT) - 1

_SORTS = {
    "pick": "",
    "announced": "",
    "number": "p.key",
    "title": "f.title",
    "author": "family_name(p.authors)",
}

_VIEWS = {View.ALL: "1", View.UNREAD: f"NOT {READ}", View.TO_READ: "coalesce(r.mark, '') = 'to-read'"}

_NUMBERS = " ".join(f"WHEN '{kind.value}' THEN {PARTS.index(day_part(kind))}" for kind in AnnounceType)
_PART_NUMBER = f"(CASE {{kind}} {_NUMBERS} ELSE {PARTS.index(DayPart.UNTYPED)} END)"
"""The place in `PARTS` of the part of a day to which a paper belongs."""

_completeness = msgspec.json.Decoder(Completeness)
_names = msgspec.json.Decoder(tuple[str, ...])
_parts = msgspec.json.Decoder(tuple[tuple[DayPart, int], ...])


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
        self._known: dict[bool, _Known] = {}

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
            _json(list(ids)),
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
        with self._selection(scope, interruptible) as selection:
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
        with self._selection(scope, interruptible) as selection:
            flags = selection.flags(node)
        return Matches(frozenset(compress(range(scope.size), flags)), shown_words(node))

    def _parse(self, query: str, *, typing: bool) -> Node:
        """Read a query; the parser is imported for the first that is not empty."""
        if not query:
            return All(())
        from tui_digest.library.query.parser import parse

        return parse(query, self._fold, typing=typing)

    @contextmanager
    def _selection(self, scope: Scope, interruptible: bool) -> Iterator[_Selection]:
        """Choose papers of a scope, with what is known of it since the last question."""
        with self._latest.reading() if interruptible else self._database.reading() as connection:
            (version,) = connection.execute("PRAGMA data_version").fetchone()  # another one after each write
            known = self._known.get(interruptible)
            if known is None or not known.is_true_of(connection, version, scope):
                known = self._known[interruptible] = _Known(connection, version, scope)
            yield _Selection(connection, scope, self._fold, known)

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
            rows = connection.execute(statement, (_json(wanted),))
            return tuple(f"{paper_id}v{version}" for paper_id, version in rows)

    def positions(self, scope: Scope, ids: Collection[str]) -> dict[str, int]:
        """The positions of papers by their ids, of those that a scope has."""
        with self._database.reading() as connection:
            if isinstance(scope, KeyScope):
                rows = connection.execute(
                    "SELECT p.id, p.key FROM json_each(?) e CROSS JOIN papers p ON p.id = e.value",
                    (_json(list(ids)),),
                )
                return {paper_id: scope.keys.index(key) for paper_id, key in rows if key in scope.keys}
            rows = connection.execute(
                "SELECT p.id, a.position FROM json_each(?) e CROSS JOIN papers p ON p.id = e.value "
                f"CROSS JOIN announcements a ON a.key = p.key AND +a.mailing = {scope.mailing}",
                (_json(list(ids)),),
            )
            return dict(rows.fetchall())

    def category_counts(self, scope: Scope) -> Counter[str]:
        """Return how many papers of a scope are in each category."""
        with self._database.reading() as connection:
            selection = _Selection(connection, scope, self._fold)
            return Counter(name for (names,) in selection.select("p.categories") for name in names.split())

    def author_counts(self, scope: Scope) -> Counter[str]:
        """Return how many papers of a scope each author has, by the author's name."""
        with self._database.reading() as connection:
            selection = _Selection(connection, scope, self._fold)
            lists = (_names.decode(authors) for (authors,) in selection.select("p.authors"))
            return Counter(name.full for authors in lists for name in read_authors(authors).names)

    def close(self) -> None:
        """Close the connection of the interruptible questions."""
        self._latest.close()


class _Unfiltered(NamedTuple):
    """What view options show without their filter.

    `typed` are the papers of the types wanted, shown or not; None: all of them.
    """

    arranged: Arranged
    typed: Flags | None


class _Known:
    """What was found in a list, in one state of the library.

    Attributes:
        unfiltered: what is shown without a filter, by other options; the last of them.
        flags: what the parts of queries find.
    """

    def __init__(self, connection: sqlite3.Connection, version: int, scope: Scope) -> None:
        """Know nothing yet; `version` is SQLite's `data_version` on the connection."""
        self._connection = connection
        self._version = version
        self._scope = scope
        self.unfiltered: tuple[ViewOptions, _Unfiltered] | None = None
        self.flags: KnownFlags | None = None

    def is_true_of(self, connection: sqlite3.Connection, version: int, scope: Scope) -> bool:
        """Tell whether it is what would be found now."""
        return self._connection is connection and self._version == version and self._scope == scope


class _Selection:
    """Chooses papers of one scope by conditions, within the caller's snapshot."""

    def __init__(
        self, connection: sqlite3.Connection, scope: Scope, fold: Fold, known: _Known | None = None
    ) -> None:
        """Use what is `known` of the scope, and add to it."""
        self._connection = connection
        self._known = known or _Known(connection, 0, scope)
        self.scope = scope
        self._fold = fold
        self._by_scan = scope.size <= SCANNED_ROWS
        if isinstance(scope, DayScope):
            self._columns = _columns_of_day(connection, scope)
        else:
            self._columns = PaperColumns()

    def arranged(self, options: ViewOptions, query: Node) -> Arranged:
        """The outcome of view options, their filter read as `query`."""
        asked = msgspec.structs.replace(options, filter="", typing=False, reverse=False)
        known = self._known.unfiltered
        if known is None or known[0] != asked:
            known = self._known.unfiltered = (asked, self._unfiltered(asked))
        return known[1].arranged if query == All(()) else self._filtered(known[1], query)

    def _unfiltered(self, options: ViewOptions) -> _Unfiltered:
        scope = self.scope
        whole = not (isinstance(scope, DayScope) and scope.categories)
        gone = {} if options.everything else self._hidden_positions()
        total = scope.size if whole else self._count("1")
        hidden = Counter(gone.values())
        sort = _SORTS[options.sort]
        if options.sort == "announced" and isinstance(scope, KeyScope):
            sort = "coalesce(p.announced, '9999')"
        in_parts = isinstance(scope, DayScope) and not sort
        if whole and not sort and options.view is View.ALL and _all_kinds(options):
            parts = self._parts_of_mailing(scope) if isinstance(scope, DayScope) else ()
            if parts is not None:
                return _Unfiltered(Arranged(range(scope.size), gone, dict(hidden), total, parts=parts), None)
        typed, values = self._types(options)
        rows = self.select(
            f"a.position, {_VIEWS[options.view]}, {_PART_NUMBER if in_parts else 0}", typed, values, sort
        )
        # Part and position in one number: a tuple for each of a million rows would be ten times that.
        listed, of_types, sizes = array("q"), bytearray(scope.size), Counter[int]()
        for position, in_view, part in rows:
            of_types[position] = 1
            if in_view:
                listed.append(part << _PART_SHIFT | position)
                sizes[part] += 1
        if not _all_kinds(options):
            hidden[HiddenReason.TYPE] = self._count(f"NOT ({typed})", values, gone)
        base = array("i", (each & _POSITION for each in (listed if sort else sorted(listed))))
        counts = {reason: hidden[reason] for reason in HiddenReason if hidden[reason]}
        parts = tuple((PARTS[part], sizes[part]) for part in sorted(sizes)) if in_parts else ()
        arranged = Arranged(base, gone, counts, total, parts=parts)
        return _Unfiltered(arranged, None if _all_kinds(options) else bytes(of_types))

    def _filtered(self, unfiltered: _Unfiltered, query: Node) -> Arranged:
        """Narrow an unfiltered list to what a query finds, in its order."""
        from tui_digest.library.list_flags import both

        found, before = self.flags(query), unfiltered.arranged
        if unfiltered.typed is not None:
            found = both(found, unfiltered.typed)
        seen = found.count(1) - sum(found[position] for position in before.gone)
        hidden = {**before.hidden, HiddenReason.FILTER: before.total - sum(before.hidden.values()) - seen}
        base = before.base
        chosen = found if isinstance(base, range) else bytes(map(found.__getitem__, base))
        if 0 in chosen:
            base = array("i", compress(base, chosen))
        parts, start = [], 0
        for part, size in before.parts:
            if left := chosen.count(1, start, start + size):
                parts.append((part, left))
            start += size
        counts = {reason: hidden[reason] for reason in HiddenReason if hidden.get(reason)}
        return Arranged(base, before.gone, counts, before.total, shown_words(query), tuple(parts))

    def flags(self, query: Node) -> Flags:
        """Return where a query finds papers; its module is imported for the first one."""
        from tui_digest.library.list_flags import KnownFlags, QueryFlags

        if self._known.flags is None:
            self._known.flags = KnownFlags()
        answers = QueryFlags(self._connection, self.scope, self.select, self._known.flags, self._by_scan)
        return answers.of(query)

    def _parts_of_mailing(self, scope: DayScope) -> tuple[tuple[DayPart, int], ...] | None:
        """Return the sizes of a mailing's parts; None if it is not stored in their order."""
        row = self._connection.execute(
            "SELECT parts FROM mailings WHERE number = ?", (scope.mailing,)
        ).fetchone()
        return _parts.decode(row[0]) if row is not None and row[0] else None

    def select(
        self,
        what: str,
        wanted: str = "1",
        values: Sequence[object] = (),
        sort: str = "",
        driven: bool = False,
    ) -> sqlite3.Cursor:
        """Rows of the scope for which a condition holds.

        `driven` says that few papers of the library meet the condition, so that SQLite is to begin
        with these and not with the scope's.
        """
        # The signs keep SQLite from beginning where there is more.
        columns = msgspec.structs.replace(self._columns, key="a.key" if driven else "+a.key")
        what, wanted = columns.put_in(what), columns.put_in(wanted)
        text = f"{what} {wanted} {sort} {self._inside}"
        # Only the tables that are asked for are joined: of many papers that is most of the time.
        joined = "".join(
            f" {how} JOIN {table} {name} ON {name}.key = a.key"
            for name, table, how in (
                ("p", "papers", "CROSS"),
                ("f", "folded", "CROSS"),
                ("r", "readings", "LEFT"),
            )
            if re.search(rf"\b{name}\.", text)
        )
        scope = self.scope
        if isinstance(scope, KeyScope):
            source, inside = "(SELECT key AS position, value AS key FROM json_each(?)) a", "1"
            values = [_json(scope.keys.tolist()), *values]
        else:
            source, inside = "announcements a", f"{'+' if driven else ''}a.mailing = {scope.mailing}"
        order = f" ORDER BY {sort}, a.position" if sort else ""
        if "family_name(" in sort:
            self._connection.create_function("family_name", 1, family_name, deterministic=True)
        statement = (
            f"SELECT {what} FROM {source}{joined} WHERE {inside} AND {self._inside} AND {wanted}{order}"
        )
        return self._connection.execute(statement, values)

    @property
    def _inside(self) -> str:
        """The condition that a paper belongs to the part of a mailing that is meant."""
        if isinstance(self.scope, KeyScope) or not self.scope.categories:
            return "1"
        named = " OR ".join(map(in_category, self.scope.categories))
        return f"EXISTS (SELECT 1 FROM paper_categories c WHERE c.key = a.key AND ({named}))"

    def _count(self, wanted: str, values: Sequence[object] = (), without: Collection[int] = ()) -> int:
        rows = self.select("a.position", wanted, values)
        return sum(position not in without for (position,) in rows)

    def _types(self, options: ViewOptions) -> tuple[str, list[object]]:
        if _all_kinds(options):
            return "1", []
        wanted = _json([kind.value for kind in options.kinds])
        return "({kind} IS NULL OR {kind} IN (SELECT value FROM json_each(?)))", [wanted]

    def _query_condition(self, query: Node) -> tuple[str, list[object], bool]:
        """Return a query as a condition with values, and whether its hits come first.

        If they do, SQLite is to begin with what the query finds.
        """
        if query == All(()):
            return "1", [], False
        if self._by_scan:
            return *condition(query, scan=True), False
        return *condition(query), self._is_rare(query)

    def _is_rare(self, query: Node) -> bool:
        """Tell whether fewer papers than a tenth of the scope have the words of a query."""
        expression = match_expression(query)
        if isinstance(self.scope, KeyScope) or not expression:
            return False
        most = self.scope.size // 10
        found = self._connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM search_index WHERE search_index MATCH ? LIMIT ?)",
            (expression, most),
        ).fetchone()[0]
        return bool(found < most)

    def _hidden_positions(self) -> dict[int, HiddenReason]:
        """The positions of dismissed and muted papers, with the first reason."""
        gone = dict.fromkeys(self._muted(), HiddenReason.MUTED)
        gone.update(dict.fromkeys(self._dismissed(), HiddenReason.DISMISSED))
        return gone

    def _dismissed(self) -> Iterable[int]:
        dismissed = "r.mark = 'dismissed'"
        if self._by_scan or isinstance(self.scope, KeyScope):
            rows = self.select("a.position", dismissed)
        else:
            # Begun with the dismissed papers: SQLite would walk through the whole mailing.
            rows = self._connection.execute(
                "SELECT a.position FROM readings r CROSS JOIN announcements a ON a.key = r.key "
                f"WHERE {dismissed} AND +a.mailing = {self.scope.mailing} AND {self._inside}"
            )
        return (position for (position,) in rows)

    def _muted(self) -> Iterator[int]:
        """The positions of papers with a muted author, word or category."""
        for interest in interests(self._connection):
            if interest.stance is not Stance.MUTE:
                continue
            matching, values, driven = self._query_condition(_node_of_interest(interest, self._fold))
            if interest.kind is not InterestKind.AUTHOR:
                yield from (
                    position for (position,) in self.select("a.position", matching, values, driven=driven)
                )
                continue
            name = interest_words(interest, self._fold)
            for position, authors in self.select("a.position, p.authors", matching, values, driven=driven):
                if any(
                    is_author(name, author) for author in author_words(_names.decode(authors), self._fold)
                ):
                    yield position


def _node_of_interest(interest: Interest, fold: Fold) -> Node:
    """Return a query for all papers with an interest; an author's, by family name."""
    found = tuple(interest_words(interest, fold))
    match interest.kind:
        case InterestKind.CATEGORY:
            return Category(interest.text)
        case InterestKind.AUTHOR:
            return Text(found[-1:], "authors")
        case InterestKind.WORD:
            plural = (*found[:-1], f"{found[-1]}s")
            texts = [Text(form, column) for form in (found, plural) for column in ("title", "abstract")]
            return Any(tuple(texts))


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
        kinds = Counter(kind for (kind,) in _Selection(connection, scope, str).select("{kind}"))
        counts = {kind.value: kinds[kind.value] for kind in AnnounceType if kinds[kind.value]}
        completeness = narrowed_completeness(completeness, kinds.total(), counts)
    return StoredDigest(
        date=day,
        categories=categories if covers(asked, categories) else asked,
        completeness=completeness,
        scope=scope,
        fetched_at=datetime.fromisoformat(fetched_at) if fetched_at else None,
    )


def _columns_of_day(connection: sqlite3.Connection, scope: DayScope) -> PaperColumns:
    """Return how conditions name what a mailing says of a paper."""
    kind = "a.announce_type"
    if scope.categories:
        named = ", ".join(map(literal, scope.categories))
        archive = "substr(p.primary_category, 1, instr(p.primary_category || '.', '.') - 1)"
        kind = (
            f"(CASE WHEN p.primary_category IN ({named}) OR {archive} IN ({named}) THEN a.announce_type "
            "WHEN a.announce_type = 'new' THEN 'cross' WHEN a.announce_type = 'replace' "
            "THEN 'replace-cross' ELSE a.announce_type END)"
        )
    announced = _announced(connection, scope)
    day = f"'{announced}'" if announced else PaperColumns().day
    return PaperColumns(version="a.version", kind=kind, day=day)


def _announced(connection: sqlite3.Connection, scope: DayScope) -> str | None:
    """Return a mailing's day as ISO; None if it was composed by submission date."""
    row = connection.execute(
        "SELECT date, json_extract(completeness, '$.state') FROM mailings WHERE number = ?", (scope.mailing,)
    ).fetchone()
    return None if row is None or row[1] == CompletenessState.BY_SUBMISSION_DATE.value else row[0]


def positions_of(connection: sqlite3.Connection, scope: Scope) -> Sequence[int]:
    """Return the positions of a list's papers, or of a part of a mailing."""
    if isinstance(scope, KeyScope) or not scope.categories:
        return range(scope.size)
    return [position for (position,) in _Selection(connection, scope, str).select("a.position")]


def papers_at(connection: sqlite3.Connection, scope: Scope, positions: Sequence[int]) -> list[Paper]:
    """Return the papers at these positions in order, a day's as they were announced."""
    if isinstance(scope, DayScope):
        return list(_papers_of_day(connection, scope, positions))
    rows = connection.execute(
        f"SELECT {papers.COLUMNS} FROM json_each(?) e CROSS JOIN papers p ON p.key = e.value ORDER BY e.key",
        (_json([scope.keys[position] for position in positions]),),
    )
    return [papers.paper_of(row) for row in rows.fetchall()]


def _papers_of_day(
    connection: sqlite3.Connection, scope: DayScope, positions: Sequence[int]
) -> Iterator[Paper]:
    announced = _announced(connection, scope)
    rows = connection.execute(
        f"SELECT {papers.COLUMNS_IN_MAILING}, a.version FROM json_each(?) e CROSS JOIN announcements a "
        f"ON a.mailing = {scope.mailing} AND a.position = e.value "
        "CROSS JOIN papers p ON p.key = a.key ORDER BY e.key",
        (announced, _json(list(positions))),
    ).fetchall()
    for row in rows:
        paper = announced_paper(connection, row, announced is not None)
        if scope.categories:
            kind = announced_kind(paper.announce_type, paper.primary, scope.categories)
            paper = msgspec.structs.replace(paper, announce_type=kind)
        yield paper


def _all_kinds(options: ViewOptions) -> bool:
    return len(options.kinds) == len(AnnounceType)


def _json(values: Sequence[object]) -> str:
    return msgspec.json.encode(values).decode()


def family_name(authors: str | None) -> str:
    """Return the sort key of papers: the first author's family name; no authors, last."""
    names = read_authors(_names.decode(authors)).names if authors else ()
    return names[0].family.casefold() if names else "\U0010ffff"
