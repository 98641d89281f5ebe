"""The steps from each earlier version of the library's tables to the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator

import msgspec

from tui_digest.library import tables

Migration = Callable[[sqlite3.Connection], None]


def to_version_2(connection: sqlite3.Connection) -> None:
    """Migrate release 0.1.0: named digests, stored picks, tags, kinds of explanations.

    Its days and the places in them belong to the digest `default`. When a place was left is not known
    but for the last one.
    """
    for table in ("digests", "announcements", "explanations", "folded", "memory"):
        connection.execute(f"ALTER TABLE {table} RENAME TO {table}_1")
    for index in ("announcements_by_paper", "explanations_by_key", "explanations_by_paper", "folded_by_fold"):
        connection.execute(f"DROP INDEX {index}")
    for statement in statements(
        tables.DAYS + tables.TAGS + tables.EXPLANATIONS + tables.FOLDED + tables.SYNC + tables.NOTE_VERSIONS
    ):
        connection.execute(statement)
    for statement in statements(_COPY_FROM_1):
        connection.execute(statement)
    # The announcements go first: with their digests they would be deleted one by one.
    for table in ("announcements", "digests", "explanations", "folded", "memory"):
        connection.execute(f"DROP TABLE {table}_1")


_COPY_FROM_1 = """
INSERT INTO mailings (number, date, categories, digest, papers, completeness, fetched_at)
SELECT number, date, categories, 'default',
       (SELECT count(*) FROM announcements_1 WHERE digest = number), completeness, fetched_at
FROM digests_1;
INSERT INTO announcements (mailing, position, key, version, announce_type)
SELECT digest, row_number() OVER (PARTITION BY digest ORDER BY position) - 1, key, version, announce_type
FROM announcements_1;
INSERT INTO reading_positions (digest, date, paper, at)
SELECT 'default', substr(name, 7), value,
       iif(substr(name, 7) = (SELECT value FROM memory_1 WHERE name = 'last day'),
           '2026-01-02T00:00:00+00:00', '2026-01-01T00:00:00+00:00')
FROM memory_1 WHERE name LIKE 'place %';
INSERT INTO explanations (number, key, paper, kind, prompt_version, complete, receipt, text)
SELECT number, key, paper, '', coalesce(json_extract(receipt, '$.prompt_version'), ''), complete, receipt,
       text
FROM explanations_1;
INSERT INTO folded (key, fold, title, authors, comment, note, abstract)
SELECT key, fold, title, authors, comment, note, abstract FROM folded_1;
"""


def to_version_3(connection: sqlite3.Connection) -> None:
    """Add the texts of whole papers, and the reader's places in them."""
    for statement in statements(tables.TEXTS):
        connection.execute(statement)


def to_version_4(connection: sqlite3.Connection) -> None:
    """Add checked statements to explanations; those of earlier versions have none."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(explanations)")}
    if "statements" not in columns:
        connection.execute("ALTER TABLE explanations ADD COLUMN statements TEXT NOT NULL DEFAULT '[]'")


def to_version_5(connection: sqlite3.Connection) -> None:
    """Name versions of notes by their clocks; restored backups can repeat numbers."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(sync_notes)")}
    if "sequence" in columns:
        connection.execute("ALTER TABLE sync_notes RENAME TO sync_notes_4")
        for statement in statements(tables.NOTE_VERSIONS + _COPY_NOTE_VERSIONS):
            connection.execute(statement)


_COPY_NOTE_VERSIONS = """
INSERT OR IGNORE INTO sync_notes (paper, machine, clock, text, replaced)
SELECT paper, machine, clock, text, replaced FROM sync_notes_4 WHERE clock > 0;
DROP TABLE sync_notes_4;
"""


def to_version_6(connection: sqlite3.Connection) -> None:
    """Add the sizes of the parts of each mailing; a start need not count its papers."""
    columns = {row[1] for row in connection.execute("PRAGMA table_info(mailings)")}
    if "parts" not in columns:
        connection.execute("ALTER TABLE mailings ADD COLUMN parts TEXT")
    for (number,) in connection.execute("SELECT number FROM mailings").fetchall():
        parts, end = [], 0
        for part, count, first in connection.execute(_PARTS_OF_MAILING, (number,)):
            parts.append((part, count) if first == end else None)
            end += count
        value = None if None in parts else msgspec.json.encode(parts).decode()
        connection.execute("UPDATE mailings SET parts = ? WHERE number = ?", (value, number))


# Positions have no gaps: parts are in order when each begins where those before it end.
_PARTS_OF_MAILING = """
WITH parts (number, part, kind) AS (VALUES
    (0, 'new', 'new'), (1, 'cross', 'cross'), (2, 'replaced', 'replace'), (2, 'replaced', 'replace-cross'),
    (3, 'untyped', ''))
SELECT part, count(*), min(position)
FROM announcements JOIN parts ON kind = coalesce(announce_type, '')
WHERE mailing = ? GROUP BY number ORDER BY number
"""


MIGRATIONS: tuple[Migration, ...] = (to_version_2, to_version_3, to_version_4, to_version_5, to_version_6)
"""`MIGRATIONS[n - 1]` leads from schema version n to n + 1, inside the caller's transaction."""


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script; `executescript` would commit the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
