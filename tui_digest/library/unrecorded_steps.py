"""Steps of the history of which no operation was recorded: those of release 0.1.0.

A reader of that release that is open while its library is migrated goes on: it writes decisions and steps
as ever, and knows of no operations. Each step of this release raises a number in the table `memory`; steps
above it are the other's.
"""

from __future__ import annotations

import sqlite3
from typing import Final

import msgspec

from tui_digest.library.cells import Change
from tui_digest.library.memory_table import read_value, write_value

_RECORDED: Final = "sync step"
_OF_OTHERS: Final = "sync"
"""The kind of steps that tell of other machines' operations."""


def has_unrecorded(connection: sqlite3.Connection) -> bool:
    """Tell whether steps are above the last one recorded, or none ever was."""
    recorded = read_value(connection, _RECORDED)
    return not recorded or newest_step(connection) > int(recorded)


def unrecorded_cells(connection: sqlite3.Connection, before: int) -> dict[tuple[str, str], str]:
    """Return the cells of unrecorded steps below a step.

    Returns:
        Aspect and subject of each, with when it was decided, in ISO 8601.
    """
    recorded = read_value(connection, _RECORDED)
    if not recorded or int(recorded) >= before - 1:
        return {}
    rows = connection.execute(
        "SELECT h.at, coalesce(t.changes, h.changes) FROM history h LEFT JOIN history t ON t.step = h.target "
        "WHERE h.step > ? AND h.step < ? AND h.kind != ? ORDER BY h.step",
        (int(recorded), before, _OF_OTHERS),
    )
    return {
        (change.aspect, change.subject): at
        for at, changes in rows
        for change in msgspec.json.decode(changes, type=list[Change])
    }


def newest_step(connection: sqlite3.Connection) -> int:
    """Return the last step's number, 0 if there is none."""
    newest: int = connection.execute("SELECT coalesce(max(step), 0) FROM history").fetchone()[0]
    return newest


def note_recorded(connection: sqlite3.Connection, step: int) -> None:
    """Note that all steps up to this one are recorded, or need not be."""
    write_value(connection, _RECORDED, str(step))
