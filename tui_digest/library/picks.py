"""The pick of each day, stored with it by digest."""

from __future__ import annotations

import sqlite3
import zlib

import msgspec

from tui_digest.library.database import Database
from tui_digest.lists import DayScope, PickedRow, Scope
from tui_digest.settings import PickSettings
from tui_digest.text.words import Fold

_RULES_VERSION = 2
"""Raised when the same marks give another pick than before."""

_rows = msgspec.json.Decoder(tuple[PickedRow, ...])


class Picks:
    """Computes and stores picks; computing can take tenths of a second: use a thread."""

    def __init__(self, database: Database, fold: Fold) -> None:
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
        """Recompute a day's pick if something was decided since; tell whether it changed.

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
        # Not needed for the first page of a day, whose pick is stored.
        from tui_digest.library.pick_inputs import compute_pick

        return compute_pick(connection, scope, rules, count, self._fold)


def _is_stored(connection: sqlite3.Connection, scope: DayScope) -> bool:
    """Tell whether the mailing is still stored: a more complete one may replace it."""
    row = connection.execute("SELECT 1 FROM mailings WHERE number = ?", (scope.mailing,)).fetchone()
    return row is not None


def _name(scope: DayScope, digest: str) -> str:
    """Return the key of a pick; a part of a mailing has one of its own."""
    return " ".join((digest, *scope.categories))


def _stamp(connection: sqlite3.Connection, rules: PickSettings) -> str:
    """Changes with the rules and with every decision that a pick may depend on."""
    row = connection.execute(
        "SELECT step FROM history WHERE kind IN ('mark', 'interest', 'undo', 'redo') "
        "ORDER BY step DESC LIMIT 1"
    ).fetchone()
    return f"{_RULES_VERSION} {zlib.crc32(msgspec.json.encode(rules)):08x} {row[0] if row else 0}"
