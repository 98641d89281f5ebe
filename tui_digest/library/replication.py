"""Decisions as operations: this machine's recorded, the other machines' applied.

A decision is recorded in the transaction that makes it, and waits in the outbox until it is in a file.
Operations of others are applied by (machine, sequence), each once, in any order: the last writer wins
a cell, but for notes, whose versions are kept (`note_versions`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from typing import Final, NamedTuple

import msgspec

from tui_digest.entry import Receipt
from tui_digest.errors import LibraryError
from tui_digest.library.cells import Cells, CellValue, Change, paper_of_subject
from tui_digest.library.database import Database
from tui_digest.library.memory_table import read_value, write_value
from tui_digest.library.note_versions import has_version, keep_version, merged_note, note_heads
from tui_digest.library.papers import known_key
from tui_digest.library.unrecorded_steps import (
    has_unrecorded,
    newest_step,
    note_recorded,
    unrecorded_cells,
)
from tui_digest.operation import (
    COUNTER_BITS,
    Applied,
    FileState,
    Operation,
    machine_name,
    milliseconds,
    next_clock,
)

APPLIED_AT_ONCE: Final = 2_000
"""Operations applied in one transaction."""

_MACHINE, _SEQUENCE, _CLOCK = "sync machine", "sync sequence", "sync clock"

AddStep = Callable[[sqlite3.Connection, str, Sequence[Change]], None]


class SeenMachine(NamedTuple):
    """A machine whose operations were read.

    Attributes:
        machine: NAME-EPOCH.
        last_ms: when it decided last, in milliseconds since 1970 (UTC), by its own clock.
        operations: how many of its operations are known.
    """

    machine: str
    last_ms: int
    operations: int


class Replication:
    """Records and applies operations within transactions of the library.

    Attributes:
        add_step: adds to the history what another machine changed, in the transaction that changes it.
    """

    add_step: AddStep = staticmethod(lambda connection, machine, changes: None)

    def __init__(self, database: Database, cells: Cells, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._cells = cells
        self._clock = clock

    def machine(self) -> str:
        """Return this library's own machine, empty while nothing is synchronised."""
        with self._database.reading() as connection:
            return read_value(connection, _MACHINE)

    def sent_sequence(self) -> int:
        """Return the number of this machine's last operation known to be in a file."""
        with self._database.reading() as connection:
            return _sent(connection)

    def become(self, machine: str, *, again: bool = False) -> None:
        """Record decisions as this machine's from now on; at first, also earlier ones.

        What still waited in the outbox goes out under the new name: it may be in no file, and other
        operations may be in the files under its numbers (after a restored backup).

        Args:
            machine: NAME-EPOCH.
            again: record also what earlier operations decided, because their files are gone.

        Raises:
            LibraryError: it could not be written; nothing was changed.
        """
        with self._database.writing() as connection:
            rows = connection.execute("SELECT operation FROM sync_outbox ORDER BY sequence").fetchall()
            unsent = [msgspec.json.decode(text, type=Operation) for (text,) in rows]
            _forget_unsent(connection, read_value(connection, _MACHINE), unsent)
            write_value(connection, _MACHINE, machine)
            write_value(connection, _SEQUENCE, "0")
            self._send_again(connection, machine, unsent)
            sent_again = {(operation.aspect, operation.subject) for operation in unsent}
            for aspect, subject in self._cells.decided_cells(connection):
                if (aspect, subject) in sent_again:
                    continue
                known = connection.execute(
                    "SELECT clock FROM sync_cells WHERE aspect = ? AND subject = ?", (aspect, subject)
                ).fetchone()
                if known is None or again:
                    value = self._cells.get(connection, aspect, subject)
                    clock = known[0] if known else _decided_ms(aspect, value) << COUNTER_BITS
                    self._record(connection, machine, aspect, subject, clock)
            note_recorded(connection, newest_step(connection))

    def record(self, connection: sqlite3.Connection, changes: Iterable[Change]) -> None:
        """Record an action's changes in its transaction; a no-op without synchronisation."""
        machine = read_value(connection, _MACHINE)
        for change in changes if machine else ():
            self._record(connection, machine, change.aspect, change.subject)

    def note_step(self, connection: sqlite3.Connection, step: int) -> None:
        """Note a step of this release's, and record those of 0.1.0 below it.

        In the transaction that makes the step.
        """
        if machine := read_value(connection, _MACHINE):
            self._record_missed(connection, machine, step)

    def record_missed(self) -> None:
        """Record what a reader of release 0.1.0 decided (see `unrecorded_steps`).

        Raises:
            LibraryError: it could not be written; nothing was changed.
        """
        with self._database.reading() as connection:
            if not (read_value(connection, _MACHINE) and has_unrecorded(connection)):
                return
        with self._database.writing() as connection:
            newest = newest_step(connection)
            self._record_missed(connection, read_value(connection, _MACHINE), newest + 1)
            note_recorded(connection, newest)

    def _record_missed(self, connection: sqlite3.Connection, machine: str, step: int) -> None:
        """Record unrecorded steps below a step, and note that one."""
        for (aspect, subject), decided_at in unrecorded_cells(connection, step).items():
            if aspect not in self._cells.aspects:
                continue
            known = connection.execute(
                "SELECT clock FROM sync_cells WHERE aspect = ? AND subject = ?", (aspect, subject)
            ).fetchone()
            clock = _unix_ms(decided_at) << COUNTER_BITS
            # By a clock that was put back it was decided before what it replaced: it is decided now.
            self._record(connection, machine, aspect, subject, 0 if known and known[0] >= clock else clock)
        note_recorded(connection, step)

    def _record(
        self, connection: sqlite3.Connection, machine: str, aspect: str, subject: str, clock: int = 0
    ) -> None:
        now_ms = int(self._clock().timestamp() * 1000)
        value = self._cells.get(connection, aspect, subject)
        content = msgspec.json.encode((aspect, subject, value))
        title, authors = _paper(connection, paper_of_subject(aspect, subject))
        operation = Operation(
            machine=machine,
            sequence=0,
            clock=clock or next_clock(int(read_value(connection, _CLOCK) or 0), now_ms, content),
            aspect=aspect,
            subject=subject,
            value=value,
            replaces=note_heads(connection, subject) if aspect == "note" else (),
            title=title,
            authors=authors,
        )
        self._send(connection, operation)

    def _send_again(
        self, connection: sqlite3.Connection, machine: str, operations: Sequence[Operation]
    ) -> None:
        """Renumber operations under another name, with what they replace among themselves."""
        renamed: dict[tuple[str, int], tuple[str, int]] = {}
        for operation in operations:
            replaces = tuple(renamed.get(version, version) for version in operation.replaces)
            self._send(connection, msgspec.structs.replace(operation, machine=machine, replaces=replaces))
            renamed[operation.machine, operation.clock] = (machine, operation.clock)

    def _send(self, connection: sqlite3.Connection, operation: Operation) -> None:
        """Number an operation of this machine's and put it into the outbox."""
        sequence = int(read_value(connection, _SEQUENCE) or 0) + 1
        operation = msgspec.structs.replace(operation, sequence=sequence)
        write_value(connection, _SEQUENCE, str(sequence))
        self._note_written(connection, operation)
        connection.execute(
            "INSERT INTO sync_outbox (sequence, operation) VALUES (?, ?)",
            (sequence, msgspec.json.encode(operation).decode()),
        )

    def _note_written(self, connection: sqlite3.Connection, operation: Operation) -> None:
        """Record that this machine's operation has the cell, unless a later one has it.

        A later one has it where an operation is numbered again that another machine overtook.
        """
        _advance_clock(connection, operation.clock)
        _mark_applied(connection, operation.machine, [operation])
        if operation.aspect == "note":
            keep_version(connection, operation)
        connection.execute(
            "INSERT INTO sync_cells (aspect, subject, clock, machine) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET clock = excluded.clock, machine = excluded.machine "
            "WHERE (excluded.clock, excluded.machine) > (clock, machine)",
            (operation.aspect, operation.subject, operation.clock, operation.machine),
        )

    def outbox(self, limit: int) -> list[Operation]:
        """Return this machine's oldest operations that are in no file yet."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT operation FROM sync_outbox ORDER BY sequence LIMIT ?", (limit,)
            ).fetchall()
        return [msgspec.json.decode(row[0], type=Operation) for row in rows]

    def forget_sent(self, sequence: int) -> None:
        """Forget the operations up to this number: they are in a file, on disk.

        Raises:
            LibraryError: it could not be written; they are sent once more, which does no harm.
        """
        with self._database.writing() as connection:
            connection.execute("DELETE FROM sync_outbox WHERE sequence <= ?", (sequence,))

    def apply(self, operations: Sequence[Operation], path: str, state: FileState) -> Applied:
        """Apply operations of any machine, in any order, each only once.

        Args:
            operations: those of a file.
            path: the file, relative to the shared folder.
            state: how it was found, kept once all of them are applied.

        Raises:
            LibraryError: they could not be written; of each `APPLIED_AT_ONCE` all or nothing was kept.
        """
        total = Applied()
        ordered = sorted(operations, key=lambda operation: (operation.clock, operation.machine))
        for start in range(0, max(1, len(ordered)), APPLIED_AT_ONCE):
            with self._database.writing() as connection:
                part = self._apply_all(connection, ordered[start : start + APPLIED_AT_ONCE])
                if start + APPLIED_AT_ONCE >= len(ordered):
                    _keep_file(connection, path, state)
            total = Applied(*(before + now for before, now in zip(total, part, strict=True)))
        return total

    def _apply_all(self, connection: sqlite3.Connection, operations: Sequence[Operation]) -> Applied:
        from tui_digest.library.operation_check import clean_operation

        changed = waiting = refused = 0
        for machine in sorted({operation.machine for operation in operations}):
            own = [operation for operation in operations if operation.machine == machine]
            fresh, seen = _by_number(connection, machine, own)
            _mark_applied(connection, machine, fresh)
            _note_machine(connection, machine, own)
            changes: list[Change] = []
            for operation in [*fresh, *filter(partial(self._is_missing, connection), seen)]:
                clean = clean_operation(operation)
                if clean is None:
                    refused += 1
                elif not self._is_known(connection, clean):
                    _wait(connection, clean)
                    waiting += 1
                elif (change := self._apply(connection, clean)) is not None and clean.aspect != "position":
                    changes.append(change)  # places are not decisions: nothing is told of them
            if changes:
                self.add_step(connection, machine, changes)
            changed += len(changes)
        return Applied(changed, waiting, refused)

    def _is_missing(self, connection: sqlite3.Connection, operation: Operation) -> bool:
        """Tell whether an operation is not here although its number was applied.

        A machine whose whole disk was restored from a backup gives numbers a second time.
        """
        from tui_digest.library.operation_check import clean_operation

        clean = clean_operation(operation)
        if clean is None:
            return False
        if not self._is_known(connection, clean):
            return not _waits(connection, clean)
        if clean.aspect == "note":
            return not has_version(connection, clean)
        latest = connection.execute(
            "SELECT clock, machine FROM sync_cells WHERE aspect = ? AND subject = ?",
            (clean.aspect, clean.subject),
        ).fetchone()
        return latest is None or (clean.clock, clean.machine) > tuple(latest)

    def _is_known(self, connection: sqlite3.Connection, operation: Operation) -> bool:
        """Tell whether the operation can be applied here and now."""
        if operation.aspect not in self._cells.aspects:
            return False
        paper = paper_of_subject(operation.aspect, operation.subject)
        return paper is None or _key(connection, paper) is not None

    def _apply(self, connection: sqlite3.Connection, operation: Operation) -> Change | None:
        aspect, subject = operation.aspect, operation.subject
        latest = connection.execute(
            "SELECT clock, machine FROM sync_cells WHERE aspect = ? AND subject = ?", (aspect, subject)
        ).fetchone()
        wins = latest is None or (operation.clock, operation.machine) > tuple(latest)
        before = self._cells.get(connection, aspect, subject)
        value = operation.value
        if aspect == "note":
            keep_version(connection, operation)
            value = merged_note(connection, subject) or None
        if wins:
            _advance_clock(connection, operation.clock)
            connection.execute(
                "INSERT OR REPLACE INTO sync_cells (aspect, subject, clock, machine) VALUES (?, ?, ?, ?)",
                (aspect, subject, operation.clock, operation.machine),
            )
        elif aspect != "note":
            return None
        if before == value or (aspect == "explanation" and before is not None):
            return None
        assert not isinstance(value, dict)
        self._cells.put(connection, aspect, subject, value)
        if aspect == "explanation":
            return Change(aspect, subject, None, None)  # its text is not put into the history too
        return Change(aspect, subject, before, value)

    def settle(self, connection: sqlite3.Connection, ids: Iterable[str]) -> None:
        """Apply what waited for papers that have just been stored, in their transaction."""
        if connection.execute("SELECT 1 FROM sync_waiting LIMIT 1").fetchone() is None:
            return
        for paper_id in ids:
            rows = connection.execute(
                "SELECT number, operation FROM sync_waiting WHERE paper = ? ORDER BY number", (paper_id,)
            ).fetchall()
            for number, text in rows:
                operation = msgspec.json.decode(text, type=Operation)
                if self._is_known(connection, operation):
                    self._apply(connection, operation)
                    connection.execute("DELETE FROM sync_waiting WHERE number = ?", (number,))

    def waiting_papers(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """Return id, title and authors of papers that only other machines decided on.

        They are not in the library.
        """
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT paper, operation FROM sync_waiting WHERE paper != '' GROUP BY paper ORDER BY paper"
            ).fetchall()
        found = [(paper, msgspec.json.decode(text, type=Operation)) for paper, text in rows]
        return [(paper, operation.title, operation.authors) for paper, operation in found]

    def files(self) -> dict[str, FileState]:
        """Return how each file of the shared folder was found when it was read."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT path, size, modified_ns, read, damaged FROM sync_files"
            ).fetchall()
            return {path: FileState(*state) for path, *state in rows}

    def forget_files(self, paths: Iterable[str]) -> None:
        """Forget files that are no longer in the shared folder; what they said stays.

        Raises:
            LibraryError: it could not be written.
        """
        with self._database.writing() as connection:
            connection.executemany("DELETE FROM sync_files WHERE path = ?", [(path,) for path in paths])

    def machines(self) -> list[SeenMachine]:
        """Return the machines whose operations were read, by name."""
        with self._database.reading() as connection:
            return [
                SeenMachine(machine, milliseconds(clock), operations)
                for machine, clock, operations in connection.execute(
                    "SELECT m.machine, m.clock, sum(a.last - a.first + 1) FROM sync_machines m "
                    "JOIN sync_applied a USING (machine) GROUP BY m.machine ORDER BY m.machine"
                )
            ]

    def later_elsewhere(self, connection: sqlite3.Connection, change: Change, left: CellValue) -> str:
        """Return the machine that decided a cell after this one did, else an empty text.

        Args:
            connection: the caller's transaction.
            change: the cell.
            left: the value that this machine left in it. An earlier epoch of the machine counts as
                another one only if the value is another one now.
        """
        row = connection.execute(
            "SELECT machine FROM sync_cells WHERE aspect = ? AND subject = ?", (change.aspect, change.subject)
        ).fetchone()
        own = read_value(connection, _MACHINE)
        if row is None or row[0] == own:
            return ""
        same_name = machine_name(row[0]) == machine_name(own)
        if same_name and self._cells.get(connection, change.aspect, change.subject) == left:
            return ""
        return str(row[0])


def _decided_ms(aspect: str, value: object) -> int:
    """Return when a cell was decided, in milliseconds since 1970; 1 if not known."""
    at = value[1] if aspect in ("mark", "position", "explanation") and isinstance(value, list) else value
    if aspect == "explanation":
        at = msgspec.json.decode(str(at), type=Receipt).asked_at
    return _unix_ms(str(at))


def _unix_ms(moment: str) -> int:
    """Return milliseconds since 1970 of a moment in ISO 8601; 1 if not known."""
    try:
        return max(1, int(datetime.fromisoformat(moment).timestamp() * 1000))
    except (OverflowError, ValueError):
        return 1


def _sent(connection: sqlite3.Connection) -> int:
    """Return the number of the last operation that is not in the outbox."""
    first = connection.execute("SELECT min(sequence) FROM sync_outbox").fetchone()[0]
    return first - 1 if first is not None else int(read_value(connection, _SEQUENCE) or 0)


def _forget_unsent(connection: sqlite3.Connection, machine: str, unsent: Sequence[Operation]) -> None:
    """Forget what was recorded under a machine's name and is in no file."""
    sent = _sent(connection)
    connection.execute("DELETE FROM sync_outbox")
    connection.execute("DELETE FROM sync_applied WHERE machine = ? AND first > ?", (machine, sent))
    connection.execute("UPDATE sync_applied SET last = ?2 WHERE machine = ?1 AND last > ?2", (machine, sent))
    connection.executemany(
        "DELETE FROM sync_notes WHERE machine = ? AND clock = ?",
        [(machine, operation.clock) for operation in unsent if operation.aspect == "note"],
    )


def _advance_clock(connection: sqlite3.Connection, clock: int) -> None:
    """Set this machine's clock to that of an operation, unless it is later already."""
    write_value(connection, _CLOCK, str(max(clock, int(read_value(connection, _CLOCK) or 0))))


def _key(connection: sqlite3.Connection, paper_id: str) -> int | None:
    try:
        return known_key(connection, paper_id)
    except (LibraryError, ValueError):
        return None


def _paper(connection: sqlite3.Connection, paper_id: str | None) -> tuple[str, tuple[str, ...]]:
    """Return title and authors of a paper."""
    if paper_id is None:
        return "", ()
    row = connection.execute("SELECT title, authors FROM papers WHERE id = ?", (paper_id,)).fetchone()
    return (row[0], msgspec.json.decode(row[1], type=tuple[str, ...])) if row else ("", ())


def _wait(connection: sqlite3.Connection, operation: Operation) -> None:
    paper = paper_of_subject(operation.aspect, operation.subject) or ""
    connection.execute(
        "INSERT INTO sync_waiting (paper, operation) VALUES (?, ?)",
        (paper, msgspec.json.encode(operation).decode()),
    )


def _keep_file(connection: sqlite3.Connection, path: str, state: FileState) -> None:
    connection.execute(
        "INSERT OR REPLACE INTO sync_files (path, size, modified_ns, read, damaged) VALUES (?, ?, ?, ?, ?)",
        (path, state.size, state.modified_ns, state.read, state.damaged),
    )


def _note_machine(connection: sqlite3.Connection, machine: str, operations: Sequence[Operation]) -> None:
    if operations:
        connection.execute(
            "INSERT INTO sync_machines (machine, clock) VALUES (?, ?) "
            "ON CONFLICT (machine) DO UPDATE SET clock = max(clock, excluded.clock)",
            (machine, max(operation.clock for operation in operations)),
        )


def _waits(connection: sqlite3.Connection, operation: Operation) -> bool:
    paper = paper_of_subject(operation.aspect, operation.subject) or ""
    text = msgspec.json.encode(operation).decode()
    found = connection.execute(
        "SELECT 1 FROM sync_waiting WHERE paper = ? AND operation = ?", (paper, text)
    ).fetchone()
    return found is not None


def _by_number(
    connection: sqlite3.Connection, machine: str, operations: Sequence[Operation]
) -> tuple[list[Operation], list[Operation]]:
    """Return one machine's operations with new numbers, each once, and all others."""
    ranges = _ranges(connection, machine)
    fresh: dict[int, Operation] = {}
    seen: list[Operation] = []
    for operation in operations:
        applied = any(first <= operation.sequence <= last for first, last in ranges)
        if applied or fresh.setdefault(operation.sequence, operation) is not operation:
            seen.append(operation)
    return list(fresh.values()), seen


def _ranges(connection: sqlite3.Connection, machine: str) -> list[tuple[int, int]]:
    return connection.execute(
        "SELECT first, last FROM sync_applied WHERE machine = ? ORDER BY first DESC", (machine,)
    ).fetchall()


def _mark_applied(connection: sqlite3.Connection, machine: str, operations: Sequence[Operation]) -> None:
    """Add the operations' numbers to the ranges applied; join ranges that touch."""
    for start, end in _runs(sorted(operation.sequence for operation in operations)):
        first, last = connection.execute(
            "SELECT coalesce(min(first), ?1), coalesce(max(last), ?2) FROM sync_applied "
            "WHERE machine = ?3 AND last >= ?1 - 1 AND first <= ?2 + 1",
            (start, end, machine),
        ).fetchone()
        first, last = min(first, start), max(last, end)
        connection.execute(
            "DELETE FROM sync_applied WHERE machine = ? AND first >= ? AND last <= ?", (machine, first, last)
        )
        connection.execute(
            "INSERT INTO sync_applied (machine, first, last) VALUES (?, ?, ?)", (machine, first, last)
        )


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return the runs of consecutive numbers in sorted numbers."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number <= runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
