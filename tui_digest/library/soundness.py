"""Soundness of a library: SQLite's own checks, the schema, and every row."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Any, Final

import msgspec

from tui_digest.entry import Receipt, Statement
from tui_digest.library.cells import Change
from tui_digest.library.papers import COLUMNS, DatabaseRow, paper_of
from tui_digest.library.tables import TABLES
from tui_digest.operation import LARGEST_CLOCK, Operation
from tui_digest.paper import AnnounceType, Completeness, Paper
from tui_digest.text.words import unpack_counts

_COMMENT: Final = re.compile(r"--[^\n]*")
_KINDS: Final = {"table": "table", "index": "index", "trigger": "trigger", "view": "view"}

_DANGLING_STEPS: Final = (
    "SELECT step FROM history WHERE undoable NOT IN (SELECT step FROM history) "
    "OR redoable NOT IN (SELECT step FROM history)"
)
"""Steps of the history after which the next undo or redo is none."""

_NUMBERS: Final = ("sync clock", "sync sequence", "sync step")
"""Values of the table `memory` that are counted on from."""

ReadRow = Callable[[DatabaseRow], object]


def problem(connection: sqlite3.Connection) -> str | None:
    """Return what is wrong inside an open library of this version, or None.

    The answer is one finding in plain words: the first of SQLite's integrity check, of tables,
    columns, indexes, triggers and views that are missing, other or not the program's, and of rows
    that cannot be read.
    """
    return (
        damage(connection)
        or schema_difference(connection)
        or mistyped_column(connection)
        or unreadable_row(connection)
    )


def damage(connection: sqlite3.Connection) -> str | None:
    """Return what SQLite finds wrong with the file, in its own words."""
    for check in ("PRAGMA integrity_check(1)", "PRAGMA foreign_key_check"):
        row = connection.execute(check).fetchone()
        if row is not None and row[0] != "ok":
            return f"{row[0]}"
    return None


def schema_difference(connection: sqlite3.Connection) -> str | None:
    """Return how the schema differs from the one that this version makes."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(TABLES)
        expected = _schema(fresh)
    found = _schema(connection)
    for (kind, name), sql in expected.items():
        if (kind, name) not in found:
            return f"the {kind} {name} is missing"
        if found[kind, name] != sql:
            return f"the {kind} {name} is not as this version makes it"
    foreign = sorted(found.keys() - expected.keys())
    return f"the {foreign[0][0]} {foreign[0][1]} is none of the program's" if foreign else None


def _schema(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Return the schema's statements by kind and name, without comments and layout."""
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return {(_KINDS[kind], name): "".join(_COMMENT.sub("", sql or "").split()) for kind, name, sql in rows}


def mistyped_column(connection: sqlite3.Connection) -> str | None:
    """Return which column holds values of another type than it has, or None.

    SQLite keeps a blob in a column of text, and text in one of integers.
    """
    for table, columns in _columns().items():
        wrong = ", ".join(f"total(typeof({name}) NOT IN ({types}))" for name, types in columns.items())
        counts = connection.execute(f"SELECT {wrong} FROM {table}").fetchone()
        for name, count in zip(columns, counts, strict=True):
            if count:
                return f"the column {name} of the table {table} holds values of another type"
    return None


def _columns() -> dict[str, dict[str, str]]:
    """Return the columns of the program's tables, each with SQLite's type names."""
    with closing(sqlite3.connect(":memory:")) as fresh:
        fresh.executescript(TABLES)
        tables = fresh.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' "
            "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'search\\_%' ESCAPE '\\'"
        ).fetchall()
        return {
            table: {
                name: f"'{kind.lower()}'" if required else f"'{kind.lower()}', 'null'"
                for name, kind, required in fresh.execute(
                    'SELECT name, type, "notnull" OR pk FROM pragma_table_info(?)', (table,)
                )
            }
            for (table,) in tables
        }


def unreadable_row(connection: sqlite3.Connection) -> str | None:
    """Return which row cannot be read, and why."""
    for table, query, read in (*_text_readers(), *_readers()):
        number = 0
        try:
            for row in connection.execute(query):
                number += 1
                read(row)
        except (ValueError, TypeError, KeyError, msgspec.MsgspecError) as error:
            return f"row {number} of the table {table} cannot be read ({type(error).__name__})"
        except sqlite3.OperationalError as error:
            if not str(error).startswith("Could not decode"):
                raise
            return f"row {number + 1} of the table {table} is not text in UTF-8"
    return None


def _text_readers() -> Iterator[tuple[str, str, ReadRow]]:
    """Yield readers of all columns of text: `sqlite3` decodes them."""
    for table, columns in _columns().items():
        if texts := [name for name, types in columns.items() if "'text'" in types]:
            yield table, f"SELECT {', '.join(texts)} FROM {table}", lambda _: None


def _readers() -> Iterator[tuple[str, str, ReadRow]]:
    """Yield readers of tables whose values can be wrong though their types are right."""
    yield "papers", f"SELECT {COLUMNS} FROM papers AS p", paper_of
    yield "earlier", "SELECT record FROM earlier", _json(Paper)
    yield "mailings", "SELECT completeness, date, fetched_at, parts FROM mailings", _mailing
    yield (
        "announcements",
        "SELECT announce_type FROM announcements",
        lambda row: row[0] and AnnounceType(row[0]),
    )
    yield "picks", "SELECT papers FROM picks", _json(list[tuple[int, float, list[str]]])
    yield "history", "SELECT changes, at FROM history", _step
    yield "history", "SELECT max(step) FROM history HAVING count(*)", _number
    yield "sqlite_sequence", "SELECT seq FROM sqlite_sequence", _number
    yield "explanations", "SELECT receipt FROM explanations", _json(Receipt)
    yield "explanations", "SELECT statements FROM explanations", _json(tuple[Statement, ...])
    yield "folded", "SELECT terms FROM folded WHERE terms IS NOT NULL", lambda row: unpack_counts(row[0])
    yield "history", _DANGLING_STEPS, _refuse
    yield "memory", f"SELECT value FROM memory WHERE name IN {_NUMBERS}", _number
    yield "tags", "SELECT at FROM tags", lambda row: datetime.fromisoformat(row[0])
    yield "reading_positions", "SELECT date FROM reading_positions", lambda row: date.fromisoformat(row[0])
    yield "sync_outbox", "SELECT operation FROM sync_outbox", _json(Operation)
    yield "sync_waiting", "SELECT operation FROM sync_waiting", _json(Operation)


def _json(kind: Any) -> ReadRow:  # noqa: ANN401 - any type that msgspec decodes
    decoder = msgspec.json.Decoder(kind)
    return lambda row: decoder.decode(row[0])


def _mailing(row: DatabaseRow) -> None:
    msgspec.json.decode(row[0], type=Completeness)
    date.fromisoformat(row[1])
    if row[2] is not None:
        datetime.fromisoformat(row[2])
    if row[3] is not None:
        msgspec.json.decode(row[3], type=list[tuple[str, int]])


def _refuse(_row: DatabaseRow) -> None:
    raise ValueError("a step that is not there is named")


def _number(row: DatabaseRow) -> None:
    if not 0 <= int(row[0]) < LARGEST_CLOCK:
        raise ValueError("a number has no next one in an SQLite integer")


def _step(row: DatabaseRow) -> None:
    msgspec.json.decode(row[0], type=list[Change])
    datetime.fromisoformat(row[1])
