"""The papers of a list that conditions choose, and their order, by SQL."""

from __future__ import annotations

import re
import sqlite3
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import compress
from typing import TYPE_CHECKING

import msgspec

from tui_digest.interests import Interest, InterestKind, Stance
from tui_digest.library.interests import interests
from tui_digest.library.query.nodes import AllOf, AnyOf, Category, Node, Text, shown_words
from tui_digest.library.query.sql import (
    READ,
    PaperColumns,
    condition,
    in_categories,
    json_values,
    literal,
    match_expression,
)
from tui_digest.lists import (
    PARTS,
    Arranged,
    DayPart,
    DayScope,
    HiddenReason,
    KeyScope,
    Scope,
    View,
    ViewOptions,
    day_part,
)
from tui_digest.paper import AnnounceType, CompletenessState
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

_names = msgspec.json.Decoder(tuple[str, ...])
_parts = msgspec.json.Decoder(tuple[tuple[DayPart, int], ...])


class _Unfiltered(msgspec.Struct, frozen=True):
    """What view options show without their filter.

    `typed` are the papers of the types wanted, shown or not; None: all of them.
    """

    arranged: Arranged
    typed: Flags | None


class SelectionCache:
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


class PaperSelection:
    """Chooses papers of one scope by conditions, within the caller's snapshot."""

    def __init__(
        self, connection: sqlite3.Connection, scope: Scope, fold: Fold, known: SelectionCache | None = None
    ) -> None:
        """Use what is `known` of the scope, and add to it."""
        self._connection = connection
        self._known = known or SelectionCache(connection, 0, scope)
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
        return known[1].arranged if query == AllOf(()) else self._filtered(known[1], query)

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
            values = [json_values(scope.keys.tolist()), *values]
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
        return in_categories(self.scope.categories)

    def _count(self, wanted: str, values: Sequence[object] = (), without: Collection[int] = ()) -> int:
        rows = self.select("a.position", wanted, values)
        return sum(position not in without for (position,) in rows)

    def _types(self, options: ViewOptions) -> tuple[str, list[object]]:
        if _all_kinds(options):
            return "1", []
        wanted = json_values([kind.value for kind in options.kinds])
        return "({kind} IS NULL OR {kind} IN (SELECT value FROM json_each(?)))", [wanted]

    def _query_condition(self, query: Node) -> tuple[str, list[object], bool]:
        """Return a query as a condition with values, and whether its hits come first.

        If they do, SQLite is to begin with what the query finds.
        """
        if query == AllOf(()):
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
                if any(is_author(name, author) for author in author_words(stored_names(authors), self._fold)):
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
            return AnyOf(tuple(texts))


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
    announced = day_of_mailing(connection, scope)
    day = f"'{announced}'" if announced else PaperColumns().day
    return PaperColumns(version="a.version", kind=kind, day=day)


def day_of_mailing(connection: sqlite3.Connection, scope: DayScope) -> str | None:
    """Return a mailing's day as ISO; None if it was composed by submission date."""
    row = connection.execute(
        "SELECT date, json_extract(completeness, '$.state') FROM mailings WHERE number = ?", (scope.mailing,)
    ).fetchone()
    return None if row is None or row[1] == CompletenessState.BY_SUBMISSION_DATE.value else row[0]


def stored_names(authors: str | bytes) -> tuple[str, ...]:
    """Return the names of a paper's authors as the library stores them."""
    return _names.decode(authors)


def _all_kinds(options: ViewOptions) -> bool:
    return len(options.kinds) == len(AnnounceType)


def family_name(authors: str | None) -> str:
    """Return the sort key of papers: the first author's family name; no authors, last."""
    names = read_authors(stored_names(authors)).names if authors else ()
    return names[0].family.casefold() if names else "\U0010ffff"
