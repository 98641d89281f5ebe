"""An operation: a decision of one machine, sent to the reader's other machines."""

from __future__ import annotations

import zlib
from typing import NamedTuple

import msgspec

OperationValue = str | list[str | int | None] | dict[str, object] | None
"""The value of a cell, None where a decision was taken back."""

COUNTER_BITS = 16
"""The low bits of a clock: a counter for operations within one millisecond."""

_HASH_BITS = 12

LARGEST_CLOCK = 1 << 62
"""Clocks from here on are damage: some 2,000 years from now."""


class Operation(msgspec.Struct, frozen=True, omit_defaults=True):
    """A value that a machine gave to a cell.

    Attributes:
        machine: who decided, as NAME-EPOCH.
        sequence: the number of the operation among the machine's own, from 1.
        clock: hybrid time: milliseconds since 1970 (UTC), shifted by `COUNTER_BITS`, and a counter.
            It is larger than every clock that the machine had seen. Kulkarni and others, "Logical
            physical clocks", OPODIS 2014.
        aspect: what was decided: `mark`, `read`, `note`, `tag`, `interest`, `filter`, `position`,
            `explanation`.
        subject: of what, as the library names its cells.
        value: the value from now on.
        replaces: of a note, the versions that its writer saw: (machine, clock) each.
        title: of the subject's paper, for a machine that does not have it yet.
        authors: of that paper.
    """

    machine: str
    sequence: int
    clock: int
    aspect: str
    subject: str
    value: OperationValue = None
    replaces: tuple[tuple[str, int], ...] = ()
    title: str = ""
    authors: tuple[str, ...] = ()


class FileState(msgspec.Struct, frozen=True):
    """How far a file of the shared folder was read.

    Attributes:
        size: bytes when it was last read.
        modified_ns: time of its last change then, in nanoseconds; 0 if that was too short ago to be told
            from another change.
        read: bytes up to the last whole line.
        damaged: lines that were skipped.
    """

    size: int
    modified_ns: int
    read: int
    damaged: int


class Applied(NamedTuple):
    """Result of applying operations of other machines.

    Attributes:
        changed: cells that have another value now.
        waiting: operations on papers that are not in the library, or of a kind that a newer version knows.
        refused: operations whose value makes no sense.
    """

    changed: int = 0
    waiting: int = 0
    refused: int = 0


def milliseconds(clock: int) -> int:
    """Return the wall time of a clock, in milliseconds since 1970 (UTC)."""
    return clock >> COUNTER_BITS


def next_clock(last: int, now_ms: int, content: bytes) -> int:
    """Return a clock that is later than all seen so far.

    Args:
        last: the largest clock seen.
        now_ms: milliseconds since 1970 (UTC) by this machine's own clock, which may be wrong.
        content: what the operation says. A hash of it sets apart two operations that a machine gives
            one number and one time, as it may once its whole disk was restored from a backup.
    """
    return max(last + 1, now_ms << COUNTER_BITS) + zlib.crc32(content) % (1 << _HASH_BITS)


def machine_name(machine: str) -> str:
    """Return the name that the user gave to a machine, without its epoch."""
    return machine.rpartition("-")[0] or machine
