"""Papers joined with what the reader made of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from tui_digest.entry import Entry, Explanation, Mark, Reading, Receipt, Statement
from tui_digest.library import papers
from tui_digest.library.query.sql import json_values
from tui_digest.paper import Paper

QueueSort = Literal["marked", "number", "title", "author", "announced"]

_QUEUE_ORDER: dict[QueueSort, str] = {
    "marked": "r.marked_at",
    "number": "p.key",
    "title": "p.title COLLATE NOCASE",
    "author": "p.authors COLLATE NOCASE",
    "announced": "coalesce(p.announced, substr(p.published, 1, 10))",
}

_UNTOUCHED = Reading()

EXPLANATION_COLUMNS = "paper, receipt, text, statements"
NEWEST_FIRST = "julianday(json_extract(receipt, '$.asked_at')) DESC, number DESC"
"""By when it was asked: what other machines asked for is numbered by when it came."""


def join(connection: sqlite3.Connection, listed: Iterable[Paper]) -> tuple[Entry, ...]:
    """The entries of papers, in their order.

    A paper counts as read when the version shown, or a later one, was read.
    """
    listed = tuple(listed)
    ids = [paper.id for paper in listed]
    rows = connection.execute(
        "SELECT p.id, r.mark, r.read, r.note, r.version_read FROM json_each(?) "
        "JOIN papers p ON p.id = value JOIN readings r ON r.key = p.key",
        (json_values(ids),),
    )
    decided = {row[0]: row[1:] for row in rows}
    explained = latest_explanations(connection, ids)
    tagged = tags_by_id(connection, ids)
    return tuple(
        Entry(
            paper=paper,
            reading=_reading(*decided[paper.id], shown=paper.version) if paper.id in decided else _UNTOUCHED,
            explanation=explained.get(paper.id),
            tags=tagged.get(paper.id, ()),
        )
        for paper in listed
    )


def by_keys(connection: sqlite3.Connection, keys: Sequence[int]) -> tuple[Entry, ...]:
    """Return the newest versions of papers as entries, in the order of their keys.

    Keys are those of the library.
    """
    rows = connection.execute(
        f"SELECT {papers.COLUMNS} FROM json_each(?) e JOIN papers p ON p.key = e.value ORDER BY e.key",
        (json_values(keys),),
    )
    return join(connection, map(papers.paper_of, rows.fetchall()))


def marked(
    connection: sqlite3.Connection, mark: Mark, sort: QueueSort, reverse: bool, limit: int, offset: int
) -> tuple[Entry, ...]:
    """The entries with a mark, over all days, sorted."""
    direction = "DESC" if reverse else "ASC"
    rows = connection.execute(
        f"SELECT {papers.COLUMNS} FROM readings r JOIN papers p ON p.key = r.key WHERE r.mark = ? "
        f"ORDER BY {_QUEUE_ORDER[sort]} {direction}, p.key {direction} LIMIT ? OFFSET ?",
        (mark.value, limit, offset),
    )
    return join(connection, map(papers.paper_of, rows.fetchall()))


def _reading(mark: str | None, read: int, note: str, version_read: int | None, *, shown: int) -> Reading:
    return Reading(
        mark=Mark(mark) if mark else None,
        read=bool(read) and (version_read is None or version_read >= shown),
        note=note,
        version_read=version_read,
    )


def tags_by_id(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the papers' tags in order, by paper id; papers without tags are left out."""
    rows = connection.execute(
        "SELECT p.id, t.tag FROM json_each(?) e CROSS JOIN papers p ON p.id = e.value "
        "CROSS JOIN tags t ON t.key = p.key ORDER BY t.tag",
        (msgspec.json.encode(ids).decode(),),
    )
    found: dict[str, tuple[str, ...]] = {}
    for paper_id, tag in rows:
        found[paper_id] = (*found.get(paper_id, ()), tag)
    return found


def latest_explanations(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Explanation]:
    """The newest complete explanation of each paper that has one, by the paper's id."""
    rows = connection.execute(
        f"SELECT {EXPLANATION_COLUMNS} FROM (SELECT {EXPLANATION_COLUMNS}, "
        f"row_number() OVER (PARTITION BY paper ORDER BY {NEWEST_FIRST}) AS place FROM explanations "
        "WHERE complete AND paper IN (SELECT value FROM json_each(?))) WHERE place = 1",
        (msgspec.json.encode(ids).decode(),),
    )
    return {row[0]: read_explanation(row) for row in rows}


def read_explanation(row: tuple[str, str, str, str]) -> Explanation:
    """Return the explanation in a row of `EXPLANATION_COLUMNS`."""
    paper, receipt, text, statements = row
    return Explanation(
        paper_id=paper,
        text=text,
        receipt=msgspec.json.decode(receipt, type=Receipt),
        statements=msgspec.json.decode(statements, type=tuple[Statement, ...]),
    )
