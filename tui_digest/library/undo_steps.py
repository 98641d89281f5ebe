"""The steps of the history that undo and redo take next, and their labels.

Apart from the history itself: the first page of a day tells the labels, and changes nothing.
"""

from __future__ import annotations

import sqlite3

import msgspec


class NextSteps(msgspec.Struct, frozen=True):
    """The steps that the next undo and redo take; None for nothing."""

    undoable: int | None
    redoable: int | None


def next_steps(connection: sqlite3.Connection, before: int | None = None) -> NextSteps:
    """Return the next undo and redo steps, now or as they were before a step."""
    row = connection.execute(
        "SELECT undoable, redoable FROM history WHERE step < ? ORDER BY step DESC LIMIT 1",
        (before if before is not None else 2**62,),
    ).fetchone()
    return NextSteps(*row) if row else NextSteps(None, None)


def undo_labels(connection: sqlite3.Connection) -> tuple[str, str]:
    """Return the labels of the next undo and redo steps; empty where there is nothing."""
    steps = next_steps(connection)
    return _label(connection, steps.undoable), _label(connection, steps.redoable)


def _label(connection: sqlite3.Connection, step: int | None) -> str:
    """Return what a step did, in words; empty for none."""
    if step is None:
        return ""
    row = connection.execute("SELECT label FROM history WHERE step = ?", (step,)).fetchone()
    label: str = row[0]
    return label
