"""Versions of a note that machines wrote without knowing of each other.

Notes are not last-writer-wins: what was written at once on two machines is kept, one below the other (a
multi-value register: Shapiro and others, "Conflict-free replicated data types", 2011).
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime

from tui_digest.operation import Operation, machine_name, milliseconds


def note_heads(connection: sqlite3.Connection, paper_id: str) -> tuple[tuple[str, int], ...]:
    """Return the versions of a note that no later one replaces."""
    return tuple(
        connection.execute(
            "SELECT machine, clock FROM sync_notes WHERE paper = ? AND NOT replaced ORDER BY clock, machine",
            (paper_id,),
        ).fetchall()
    )


def keep_version(connection: sqlite3.Connection, operation: Operation) -> None:
    """Keep a version of a note, and that it replaces those that its writer saw."""
    connection.executemany(
        "INSERT INTO sync_notes (paper, machine, clock, text, replaced) VALUES (?, ?, ?, '', 1) "
        "ON CONFLICT DO UPDATE SET replaced = 1, text = ''",
        [(operation.subject, machine, clock) for machine, clock in operation.replaces],
    )
    connection.execute(
        "INSERT INTO sync_notes (paper, machine, clock, text, replaced) VALUES (?, ?, ?, ?, 0) "
        "ON CONFLICT DO NOTHING",
        (operation.subject, operation.machine, operation.clock, operation.value or ""),
    )


def has_version(connection: sqlite3.Connection, operation: Operation) -> bool:
    """Tell whether a note's version is here and what it replaces is known as replaced.

    A version is also here by name alone, where only one that replaces it has come.
    """
    versions = [(operation.machine, operation.clock, False)]
    versions += [(machine, clock, True) for machine, clock in operation.replaces]
    return all(
        connection.execute(
            "SELECT 1 FROM sync_notes WHERE paper = ? AND machine = ? AND clock = ? AND replaced >= ?",
            (operation.subject, *version),
        ).fetchone()
        for version in versions
    )


def merged_note(connection: sqlite3.Connection, paper_id: str) -> str:
    """Return a note's newest version, followed by concurrent ones from elsewhere."""
    versions = connection.execute(
        "SELECT text, machine, clock FROM sync_notes WHERE paper = ? AND NOT replaced AND text != '' "
        "ORDER BY clock DESC, machine DESC",
        (paper_id,),
    ).fetchall()
    merged = versions[0][0] if versions else ""
    for text, machine, clock in versions[1:]:
        if text not in merged:
            merged += f"\n\n[{machine_name(machine)}, {_minute(clock)}]\n{text}"
    return merged


def _minute(clock: int) -> str:
    """Return the time of a clock as `2026-11-27 10:05 UTC`."""
    try:
        at = datetime.fromtimestamp(milliseconds(clock) / 1000, UTC)
    except (OverflowError, ValueError):
        return "at an unknown time"
    return at.strftime("%Y-%m-%d %H:%M UTC")
