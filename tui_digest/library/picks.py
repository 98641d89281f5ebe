"""The pick of each day, stored with it by digest, and what is learned from marks for it."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator

import msgspec

from tui_digest.entry import Mark
from tui_digest.library.database import Database
from tui_digest.library.fts_index import TERMS, packed_terms
from tui_digest.library.interests import interests
from tui_digest.library.list_queries import papers_at, positions_of
from tui_digest.lists import DayScope, PickedRow, Scope
from tui_digest.picking.likeness import FEWEST_MARKED, Likeness, learn
from tui_digest.picking.pick import Candidate, pick
from tui_digest.settings import PickSettings
from tui_digest.text.words import Fold

_RULES_VERSION = 1
"""Raised when the same marks give another pick than before."""

_MOST_MARKED = 250
_MOST_DISMISSED = 100
_OTHERS = 450
"""Papers to learn from: the latest decisions say what the reader wants now."""

_FEWEST_OTHERS = 50
_CHUNK = 200

_rows = msgspec.json.Decoder(tuple[PickedRow, ...])


class Picks:
    """Computes picks and keeps them. What computes may take some tenths of a second: use a thread."""

    def __init__(self, database: Database, fold: Fold) -> None:
        """Take the open library and the folding of its index."""
        self._database = database
        self._fold = fold

    def stored(self, scope: DayScope, digest: str) -> tuple[PickedRow, ...]:
        """The pick of a day as it was computed last; empty when there is none."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT papers FROM picks WHERE mailing = ? AND digest = ?",
                (scope.mailing, _name(scope, digest)),
            ).fetchone()
        return _rows.decode(row[0]) if row else ()

    def update(self, scope: DayScope, digest: str, rules: PickSettings) -> bool:
        """Compute the pick of a day again if something was decided since; whether it changed.

        Raises:
            LibraryError: it cannot be read or written; the pick is as it was.
        """
        with self._database.reading_apart() as connection:
            if not _is_stored(connection, scope):
                return False
            stamp = _stamp(connection, rules)
            row = connection.execute(
                "SELECT stamp, papers FROM picks WHERE mailing = ? AND digest = ?",
                (scope.mailing, _name(scope, digest)),
            ).fetchone()
            if row is not None and row[0] == stamp:
                return False
            picked = self._computed(connection, scope, rules, rules.count)
        papers = msgspec.json.encode(picked).decode()
        with self._database.writing() as writer:
            if _is_stored(writer, scope):
                writer.execute(
                    "INSERT OR REPLACE INTO picks (digest, mailing, stamp, papers) VALUES (?, ?, ?, ?)",
                    (_name(scope, digest), scope.mailing, stamp, papers),
                )
        return row is None or row[1] != papers

    def compute(self, scope: Scope, rules: PickSettings, count: int) -> tuple[PickedRow, ...]:
        """The pick of some papers, as many as are asked for; nothing is stored.

        Raises:
            LibraryError: it cannot be read.
        """
        with self._database.reading_apart() as connection:
            return self._computed(connection, scope, rules, count)

    def _computed(
        self, connection: sqlite3.Connection, scope: Scope, rules: PickSettings, count: int
    ) -> tuple[PickedRow, ...]:
        if not count:
            return ()
        likeness, own = _likeness(connection, scope) if rules.rule == "weights" else (None, False)
        followed = interests(connection)
        if likeness is None and not (rules.words or rules.categories or followed):
            return ()
        picked = pick(
            _candidates(connection, scope, own),
            followed,
            rules,
            count,
            likeness=likeness,
            fold=self._fold,
        )
        return tuple(PickedRow(each.position, round(each.score, 3), each.reasons) for each in picked)


def _is_stored(connection: sqlite3.Connection, scope: DayScope) -> bool:
    """Whether the mailing is still there: a more complete one may have taken its place."""
    row = connection.execute("SELECT 1 FROM mailings WHERE number = ?", (scope.mailing,)).fetchone()
    return row is not None


def _name(scope: DayScope, digest: str) -> str:
    """By what a pick is stored: a part of a mailing has one of its own."""
    return " ".join((digest, *scope.categories))


def _stamp(connection: sqlite3.Connection, rules: PickSettings) -> str:
    """Changes with the rules and with every decision that a pick may depend on."""
    row = connection.execute(
        "SELECT step FROM history WHERE kind IN ('mark', 'interest', 'undo', 'redo') "
        "ORDER BY step DESC LIMIT 1"
    ).fetchone()
    return f"{_RULES_VERSION} {zlib.crc32(msgspec.json.encode(rules)):08x} {row[0] if row else 0}"


def _likeness(connection: sqlite3.Connection, scope: Scope) -> tuple[Likeness | None, bool]:
    """What the latest marked papers have in common against dismissed ones and ones never marked.

    The papers of the day itself are left out, so that none is like itself, unless there are too few
    others, as on the first days. The second is whether marked papers of the day were learned from.
    """
    mailing = scope.mailing if isinstance(scope, DayScope) else -1
    elsewhere = f"NOT EXISTS (SELECT 1 FROM announcements a WHERE a.key = f.key AND +a.mailing = {mailing})"
    marked = _decided(connection, f"r.mark IN ('to-read', 'done') AND {elsewhere}", _MOST_MARKED)
    own = len(marked) < FEWEST_MARKED
    if own:
        marked = _decided(connection, "r.mark IN ('to-read', 'done')", _MOST_MARKED)
    if not marked:
        return None, False
    others = _undecided(connection, elsewhere)
    if len(others) < _FEWEST_OTHERS:
        others = _undecided(connection, "true")
    dismissed = _decided(connection, "r.mark = 'dismissed'", _MOST_DISMISSED)
    return learn(marked, [*dismissed, *others]), own


def _decided(connection: sqlite3.Connection, condition: str, limit: int) -> list[bytes]:
    rows = connection.execute(
        f"SELECT {TERMS} FROM readings r CROSS JOIN folded f ON f.key = r.key "
        f"WHERE {condition} ORDER BY r.marked_at DESC, r.key DESC LIMIT ?",
        (limit,),
    )
    return [packed_terms(terms) for (terms,) in rows]


def _undecided(connection: sqlite3.Connection, condition: str) -> list[bytes]:
    """The newest papers that were neither marked nor dismissed."""
    rows = connection.execute(
        f"SELECT {TERMS} FROM folded f LEFT JOIN readings r ON r.key = f.key "
        f"WHERE r.mark IS NULL AND {condition} ORDER BY f.key DESC LIMIT ?",
        (_OTHERS,),
    )
    return [packed_terms(terms) for (terms,) in rows]


def _candidates(connection: sqlite3.Connection, scope: Scope, own: bool) -> Iterator[Candidate]:
    """The papers of a list, read some at a time; `own` says that its marked ones were learned from."""
    positions = positions_of(connection, scope)
    for start in range(0, len(positions), _CHUNK):
        chunk = positions[start : start + _CHUNK]
        papers = papers_at(connection, scope, chunk)
        folded = connection.execute(
            f"SELECT f.title, f.abstract, {TERMS}, r.mark FROM json_each(?) e "
            "CROSS JOIN papers p ON p.id = e.value CROSS JOIN folded f ON f.key = p.key "
            "LEFT JOIN readings r ON r.key = p.key ORDER BY e.key",
            (msgspec.json.encode([paper.id for paper in papers]).decode(),),
        ).fetchall()
        for position, paper, (title, abstract, terms, mark) in zip(chunk, papers, folded, strict=True):
            yield Candidate(
                position=position,
                paper=paper,
                title=title,
                abstract=abstract,
                terms=packed_terms(terms),
                dismissed=mark == Mark.DISMISSED.value,
                learned_from=own and mark is not None,
            )
