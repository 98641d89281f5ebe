"""Invented papers and digests, a plain folding, and a clock that counts seconds."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unicodedata import combining, normalize

from tui_digest.paper import AnnounceType, Completeness, CompletenessState, Digest, Paper

DAY = date(2026, 11, 20)


def fold(text: str) -> str:
    """Case and accents, and nothing of TeX."""
    return "".join(sign for sign in normalize("NFKD", text).casefold() if not combining(sign))


def make_paper(number: int = 1, **known: object) -> Paper:
    """An invented paper; `number` is its serial number in November 2026."""
    fields: dict[str, object] = {
        "id": f"2611.{number:05}",
        "version": 1,
        "title": f"On the convergence of method {number}",
        "authors": ("Ada Example", "Jo Mustermann"),
        "abstract": f"We prove that method {number} converges.",
        "categories": ("cs.LG", "math.OC"),
        "primary": "cs.LG",
        "announce_type": AnnounceType.NEW,
        "announced": DAY,
    }
    return Paper(**{**fields, **known})  # type: ignore[arg-type]


def make_digest(*papers: Paper, **known: object) -> Digest:
    """The complete digest of `DAY` for cs.LG and math.OC."""
    fields: dict[str, object] = {
        "date": DAY,
        "categories": ("cs.LG", "math.OC"),
        "papers": papers,
        "completeness": Completeness(
            state=CompletenessState.COMPLETE, shown=len(papers), announced=len(papers)
        ),
        "fetched_at": datetime(2026, 11, 20, 2, tzinfo=UTC),
    }
    return Digest(**{**fields, **known})  # type: ignore[arg-type]


def assert_index_agrees(library: Path) -> None:
    """Have SQLite compare the full-text index with the texts that it is made of."""
    with closing(sqlite3.connect(library)) as connection:
        connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")


def is_private(path: Path) -> bool:
    """Whether only the owner can get at it; Windows sees to that by the folder."""
    return os.name == "nt" or not path.stat().st_mode & 0o077


def counting_clock() -> Callable[[], datetime]:
    """A clock that is a second later every time it is asked."""
    now = datetime(2026, 11, 20, 8, tzinfo=UTC)

    def tell() -> datetime:
        nonlocal now
        now += timedelta(seconds=1)
        return now

    return tell


def mark_as_0_1_0(connection: sqlite3.Connection, paper_id: str, mark: str | None, at: str) -> None:
    """Mark a paper with the statements of release 0.1.0, as a reader does that is still open."""
    key, before = connection.execute(
        "SELECT key, iif(mark IS NULL, NULL, json_array(mark, marked_at)) "
        "FROM papers LEFT JOIN readings USING (key) WHERE id = ?",
        (paper_id,),
    ).fetchone()
    (step,) = connection.execute("SELECT coalesce(max(step), 0) + 1 FROM history").fetchone()
    change = ["mark", paper_id, before and json.loads(before), mark and [mark, at]]
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT OR IGNORE INTO readings (key) VALUES (?)", (key,))
    connection.execute("UPDATE readings SET mark = ?, marked_at = ? WHERE key = ?", (mark, mark and at, key))
    connection.execute(
        "INSERT INTO history (step, at, kind, label, target, changes, undoable, redoable) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (step, at, "mark", "marked", None, json.dumps([change]), step, None),
    )
    connection.execute("COMMIT")
