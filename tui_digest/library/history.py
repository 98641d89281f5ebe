"""History of the reader's actions: append-only; undo and redo outlive a restart."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import msgspec

from tui_digest.entry import Action
from tui_digest.library.cells import Cells, CellValue, Change, paper_of_subject
from tui_digest.library.database import Database
from tui_digest.library.replication import Replication
from tui_digest.library.undo_steps import NextSteps, next_steps
from tui_digest.operation import machine_name

Clock = Callable[[], datetime]
"""Returns the present moment, aware, in UTC."""


class History:
    """Runs the reader's actions, each one transaction and one step, and undoes them.

    Every step, undo and redo too, adds a row that also tells which step the next undo and the next
    redo would take; so both cost the same after ten steps and after a hundred thousand. An action
    after an undo leaves nothing to redo, but what was undone stays in the history.
    """

    def __init__(
        self, database: Database, cells: Cells, clock: Clock, replication: Replication | None = None
    ) -> None:
        """Use the open library and its cells; `clock` returns aware times in UTC.

        `replication` records operations.
        """
        self._database = database
        self._cells = cells
        self._clock = clock
        self._replication = replication or Replication(database, cells, clock)

    def act(
        self,
        kind: str,
        label: Callable[[int], str],
        plan: Callable[[sqlite3.Connection, datetime], Iterable[tuple[str, str, CellValue]]],
        *,
        undone: bool = True,
    ) -> Action | None:
        """Run one action: set the cells that `plan` returns, in one transaction.

        `plan` returns aspect, subject and value of each.

        `label` says in words what was done, given to how many subjects. None when nothing was. An action
        that is not to be `undone` is told in the history, and undo and redo take what they would have taken
        before it.

        Raises:
            LibraryError: it could not be written; nothing of it was kept.
        """
        now = self._clock()
        with self._database.writing() as connection:
            changes = []
            for aspect, subject, value in plan(connection, now):
                before = self._cells.get(connection, aspect, subject)
                if _differ(aspect, before, value):
                    self._cells.put(connection, aspect, subject, value)
                    changes.append(Change(aspect, subject, before, value))
            if not changes:
                return None
            self._replication.record(connection, changes)
            words = label(len({change.subject for change in changes}))
            pointers = None if undone else next_steps(connection)
            return self._append(connection, now, kind, words, changes, pointers=pointers)

    def undo(self) -> Action | None:
        """Undo the last action in force; return the step that does so, or None.

        Raises:
            LibraryError: it could not be written; nothing was changed.
        """
        now = self._clock()
        with self._database.writing() as connection:
            target = next_steps(connection).undoable
            if target is None:
                return None
            label, changes = _step(connection, target)
            label += self._put_back(connection, [*map(_inverse, reversed(changes))])
            pointers = NextSteps(next_steps(connection, before=target).undoable, redoable=target)
            return self._append(connection, now, "undo", label, changes, target=target, pointers=pointers)

    def redo(self) -> Action | None:
        """Redo what was undone last; return the step that does so, or None.

        Raises:
            LibraryError: it could not be written; nothing was changed.
        """
        now = self._clock()
        with self._database.writing() as connection:
            target = next_steps(connection).redoable
            if target is None:
                return None
            label, changes = _step(connection, target)
            label += self._put_back(connection, changes)
            undone = connection.execute(
                "SELECT max(step) FROM history WHERE target = ? AND kind = 'undo'", (target,)
            ).fetchone()[0]
            pointers = NextSteps(target, next_steps(connection, before=undone).redoable)
            return self._append(connection, now, "redo", label, changes, target=target, pointers=pointers)

    def _append(
        self,
        connection: sqlite3.Connection,
        now: datetime,
        kind: str,
        label: str,
        changes: list[Change],
        *,
        target: int | None = None,
        pointers: NextSteps | None = None,
    ) -> Action:
        """Append a step; without `pointers` it is what the next undo takes."""
        step: int = connection.execute("SELECT coalesce(max(step), 0) + 1 FROM history").fetchone()[0]
        steps = NextSteps(step, None) if pointers is None else pointers
        # The changes of an undo or redo are those of its target, and are there.
        kept = changes if target is None else []
        connection.execute(
            "INSERT INTO history (step, at, kind, label, target, changes, undoable, redoable) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                step,
                now.isoformat(),
                kind,
                label,
                target,
                msgspec.json.encode(kept).decode(),
                steps.undoable,
                steps.redoable,
            ),
        )
        self._replication.note_step(connection, step)
        return _action(step, now, kind, label, changes, target)

    def _put_back(self, connection: sqlite3.Connection, changes: Sequence[Change]) -> str:
        """Apply changes except to cells that another machine decided later; tell of those."""
        later: dict[str, int] = {}
        for change in changes:
            machine = self._replication.later_elsewhere(connection, change, change.before)
            if machine:
                later[machine_name(machine)] = later.get(machine_name(machine), 0) + 1
                continue
            self._cells.put(connection, change.aspect, change.subject, change.after)
            self._replication.record(connection, [change])
        if len(changes) == 1:
            return "".join(f"; changed later on {name}, so it stays" for name in later)
        return "".join(
            f"; {count} changed later on {name} {'stays' if count == 1 else 'stay'}"
            for name, count in later.items()
        )

    def add_foreign(self, connection: sqlite3.Connection, machine: str, changes: Sequence[Change]) -> None:
        """Add another machine's decisions in the caller's transaction; not undone here.

        The history tells of them.
        """
        now = self._clock().isoformat()
        steps = next_steps(connection)
        step: int = connection.execute("SELECT coalesce(max(step), 0) + 1 FROM history").fetchone()[0]
        for number, (label, part) in enumerate(_grouped(machine_name(machine), changes)):
            encoded = msgspec.json.encode(part).decode()
            connection.execute(
                "INSERT INTO history (step, at, kind, label, changes, undoable, redoable) "
                "VALUES (?, ?, 'sync', ?, ?, ?, ?)",
                (step + number, now, label, encoded, steps.undoable, steps.redoable),
            )

    def foreign_since(self, step: int) -> tuple[int, int]:
        """Return how many cells other machines changed after a step, and the newest step."""
        with self._database.reading() as connection:
            count, newest = connection.execute(
                "SELECT coalesce(sum(json_array_length(changes)), 0), coalesce(max(step), ?1) FROM history "
                "WHERE step > ?1 AND kind = 'sync'",
                (step,),
            ).fetchone()
        return count, newest

    def recent(self, limit: int = 100) -> tuple[Action, ...]:
        """The last steps, newest first, undo and redo among them."""
        with self._database.reading() as connection:
            rows = connection.execute(
                "SELECT h.step, h.at, h.kind, h.label, coalesce(t.changes, h.changes), h.target "
                "FROM history h LEFT JOIN history t ON t.step = h.target ORDER BY h.step DESC LIMIT ?",
                (limit,),
            )
            return tuple(
                _action(
                    step,
                    datetime.fromisoformat(at),
                    kind,
                    label,
                    msgspec.json.decode(changes, type=list[Change]),
                    target,
                )
                for step, at, kind, label, changes, target in rows
            )


def _inverse(change: Change) -> Change:
    return Change(change.aspect, change.subject, change.after, change.before)


def _grouped(name: str, changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """Return another machine's changes by what was decided, each with its words."""
    groups: dict[str, list[Change]] = {}
    for change in changes:
        groups.setdefault(_decision(change), []).append(change)
    labelled = []
    for words, group in groups.items():
        subjects = [paper_of_subject(change.aspect, change.subject) or change.subject for change in group]
        subjects = list(dict.fromkeys(subjects))  # a note may have come in two versions
        what = f"{len(subjects)} papers" if len(subjects) > 1 else subjects[0]
        labelled.append((f"{name}: {words.format(what)}", group))
    return labelled


def _decision(change: Change) -> str:
    """Return what was decided in words, `{}` for the papers."""
    after = change.after
    match change.aspect:
        case "mark":
            return (
                f"marked {{}} {str(after[0]).replace('-', ' ')}"
                if isinstance(after, list)
                else "took the mark off {}"
            )
        case "read":
            return "read {}" if isinstance(after, list) and after[0] else "marked {} as unread"
        case "note":
            return "wrote a note on {}" if after else "took the note off {}"
        case "tag":
            return f"tagged {{}} {'+' if after else '-'}{change.subject.partition(' ')[2]}"
        case "interest":
            return "followed or muted {}" if after else "stopped following or muting {}"
        case "explanation":
            return "had {} explained"
        case _:
            return f"changed the {change.aspect} of {{}}"


def _differ(aspect: str, before: CellValue, after: CellValue) -> bool:
    """Tell whether a value changed, apart from the time a mark or a tag was set."""
    if aspect == "mark" and isinstance(before, list) and isinstance(after, list):
        return before[0] != after[0]
    if aspect == "tag":
        return (before is None) != (after is None)
    return before != after


def _step(connection: sqlite3.Connection, step: int) -> tuple[str, list[Change]]:
    label, changes = connection.execute(
        "SELECT label, changes FROM history WHERE step = ?", (step,)
    ).fetchone()
    return label, msgspec.json.decode(changes, type=list[Change])


def _action(
    step: int, at: datetime, kind: str, label: str, changes: list[Change], target: int | None
) -> Action:
    papers = (paper_of_subject(change.aspect, change.subject) for change in changes)
    touched = tuple(dict.fromkeys(paper for paper in papers if paper is not None))
    return Action(step=step, at=at, kind=kind, label=label, papers=touched, target=target)
