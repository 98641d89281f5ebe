"""Soundness of a library: SQLite's own checks, the schema, and every row."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date, datetime
from typing import Any, Final

import msgspec

from tui_digest.entry import Receipt
from tui_digest.library.cells import Change
from tui_digest.library.papers import COLUMNS, paper_of
from tui_digest.library.tables import TABLES
from tui_digest.operation import Operation
from tui_digest.paper import Completeness, Paper

_COMMENT: Final = re.compile(r"--[^\n]*")
_KINDS: Final = {"table": "table", "index": "index", "trigger": "trigger", "view": "view"}

ReadRow = Callable[[tuple[Any, ...]], object]


def problem(connection: sqlite3.Connection) -> str | None:
    """Return what is wrong inside an open library of this version, or None.

    The answer is one finding in plain words: the first of SQLite's integrity check, of tables,
    columns, indexes, triggers and views that are missing, other or not the program's, and of rows
    that cannot be read.
    """
    return damage(connection) or schema_difference(connection) or unreadable_row(connection)


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


def unreadable_row(connection: sqlite3.Connection) -> str | None:
    """Return which row cannot be read, and why."""
    for table, query, read in _readers():
        for number, row in enumerate(connection.execute(query), 1):
            try:
                read(row)
            except (ValueError, TypeError, KeyError, msgspec.MsgspecError) as error:
                return f"row {number} of the table {table} cannot be read ({type(error).__name__})"
    return None


def _readers() -> Iterator[tuple[str, str, ReadRow]]:
    """Yield readers of tables whose values can be wrong though their types are right."""
    yield "papers", f"SELECT {COLUMNS} FROM papers AS p", paper_of
    yield "earlier", "SELECT record FROM earlier", _json(Paper)
    yield "mailings", "SELECT completeness, date, fetched_at FROM mailings", _mailing
    yield "picks", "SELECT papers FROM picks", _json(list[tuple[int, float, list[str]]])
    yield "history", "SELECT changes, at FROM history", _step
    yield "explanations", "SELECT receipt FROM explanations", _json(Receipt)
    yield "tags", "SELECT at FROM tags", lambda row: datetime.fromisoformat(row[0])
    yield "reading_positions", "SELECT date FROM reading_positions", lambda row: date.fromisoformat(row[0])
    yield "sync_outbox", "SELECT operation FROM sync_outbox", _json(Operation)


def _json(kind: Any) -> ReadRow:  # noqa: ANN401 - any type that msgspec decodes
    decoder = msgspec.json.Decoder(kind)
    return lambda row: decoder.decode(row[0])


def _mailing(row: tuple[Any, ...]) -> None:
    msgspec.json.decode(row[0], type=Completeness)
    date.fromisoformat(row[1])
    if row[2] is not None:
        datetime.fromisoformat(row[2])


def _step(row: tuple[Any, ...]) -> None:
    msgspec.json.decode(row[0], type=list[Change])
    datetime.fromisoformat(row[1])
