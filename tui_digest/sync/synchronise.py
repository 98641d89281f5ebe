"""One synchronisation: this machine's decisions out, the others' in."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

import msgspec

from tui_digest.operation import Applied, FileState, Operation, machine_name
from tui_digest.sync.folder import SyncFolder
from tui_digest.text.files import read_regular, write_atomic

_SENT_AT_ONCE: Final = 2_000
_LARGEST_STATE: Final = 4096  # bytes
_NOT_IN_NAMES: Final = re.compile(r"[^\w.]+")


class Decisions(Protocol):
    """The library's part in a synchronisation; each call is one transaction."""

    def machine(self) -> str:
        """Return this library's own machine, empty before the first synchronisation."""

    def sent_sequence(self) -> int:
        """Return the number of this machine's last operation known to be in a file."""

    def become(self, machine: str, *, again: bool = False) -> None:
        """Record decisions as this machine's, with `again` also those recorded before."""

    def record_missed(self) -> None:
        """Put what another release of the program decided into the outbox."""

    def outbox(self, limit: int) -> Sequence[Operation]:
        """Return the oldest operations that are in no file yet."""

    def forget_sent(self, sequence: int) -> None:
        """Forget the operations up to this number."""

    def apply(self, operations: Sequence[Operation], path: str, state: FileState) -> Applied:
        """Apply a file's operations, each only once, and store how the file was found."""

    def files(self) -> Mapping[str, FileState]:
        """Return how each file was found when it was read."""

    def forget_files(self, paths: Iterable[str]) -> None:
        """Forget files that are no longer there."""


class SyncReport(msgspec.Struct, frozen=True):
    """Result of a synchronisation.

    Attributes:
        machine: this machine, NAME-EPOCH.
        sent: operations that went out.
        changed: decisions of other machines that changed something here.
        damaged: lines that could not be read, of all files that are there.
        refused: operations that make no sense, this time.
    """

    machine: str
    sent: int
    changed: int
    damaged: int
    refused: int


def synchronise(decisions: Decisions, folder: SyncFolder, name: str, state_file: Path) -> SyncReport:
    """Send what waits here and apply what the other machines wrote.

    Args:
        decisions: the library's side.
        folder: the folder that the machines share.
        name: what the user calls this machine.
        state_file: holds the machine's own NAME-EPOCH outside the library: a library that was copied
            to another machine, or restored from a backup, is told by it and begins a new epoch.

    Raises:
        TuiDigestError: the folder or the library cannot be read or written; what was recorded is kept
            and goes out the next time.
    """
    machine = _own_machine(decisions, folder, name, state_file)
    sent = _send(decisions, folder, machine)
    changed = refused = 0
    known = decisions.files()
    if gone := known.keys() - folder.paths():  # a damaged copy that the user has deleted
        decisions.forget_files(gone)
    for file in folder.read_changed(known):
        applied = decisions.apply(file.operations, file.path, file.state)
        changed, refused = changed + applied.changed, refused + applied.refused
    damaged = sum(state.damaged for state in decisions.files().values())
    return SyncReport(machine, sent, changed, damaged, refused)


def _own_machine(decisions: Decisions, folder: SyncFolder, name: str, state_file: Path) -> str:
    """Return this machine's NAME-EPOCH; a new one unless its files are the library's."""
    name = machine_label(name)
    machine, kept = decisions.machine(), ""
    with suppress(OSError, UnicodeDecodeError):
        kept = read_regular(state_file, _LARGEST_STATE).decode("utf-8").strip()
    gone = False
    if machine and machine == kept and machine_name(machine) == name:
        sent = decisions.sent_sequence()
        largest, unknown = folder.own(machine, sent)
        gone = largest < sent
        if not gone and _were_sent(decisions, unknown):
            return machine
    machine = f"{name}-{secrets.token_hex(4)}"
    write_atomic(state_file, f"{machine}\n".encode())
    decisions.become(machine, again=gone)
    return machine


def _were_sent(decisions: Decisions, unknown: Sequence[Operation]) -> bool:
    """Tell whether queued operations found in a file are the same; then unqueue them.

    They are after a crash between a file and the library; after a restored backup they are others.
    """
    if not unknown:
        return True
    waiting = {operation.sequence: operation for operation in decisions.outbox(1_000_000)}
    if any(waiting.get(operation.sequence) != operation for operation in unknown):
        return False
    decisions.forget_sent(max(operation.sequence for operation in unknown))
    return True


def machine_label(name: str) -> str:
    """Return a machine's name as it may be in a folder's name."""
    return _NOT_IN_NAMES.sub("-", name).strip("-.")[:40] or "machine"


def _send(decisions: Decisions, folder: SyncFolder, machine: str) -> int:
    decisions.record_missed()
    sent = 0
    while operations := decisions.outbox(_SENT_AT_ONCE):
        folder.append(machine, operations)
        decisions.forget_sent(operations[-1].sequence)
        sent += len(operations)
    return sent
