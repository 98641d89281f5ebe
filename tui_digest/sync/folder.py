"""The shared folder: each machine appends to its own files and reads everyone's.

`FOLDER/MACHINE/000001.jsonl` and on, where MACHINE is NAME-EPOCH. Git, Syncthing, Dropbox, rclone or a
shared disk may carry it: no file is ever written by two machines, and a conflict copy that such a
program makes (`000001.sync-conflict-….jsonl`, `000001 (… conflicted copy …).jsonl`) is read like any
other file.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from tui_digest.errors import TuiDigestError
from tui_digest.operation import FileState, Operation
from tui_digest.sync.lines import decode, encode

SEGMENT_BYTES: Final = 128 * 1024
"""A file of this size is closed; the next operations begin a new one."""

SETTLED_NS: Final = 2_500_000_000
"""A file that changed less long ago is read again the next time; FAT counts in steps of two seconds."""

LARGEST_BYTES: Final = 64 * 1024 * 1024
"""The largest file that is read; what is larger was not written by this program."""

_APPENDING: Final = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0)
"""Without waiting: on a pipe of that name it would be without end."""


class SyncFolderError(TuiDigestError):
    """The folder cannot be read or written."""


class ReadFile(msgspec.Struct, frozen=True):
    """A file that changed since it was last read.

    Attributes:
        path: relative to the folder.
        operations: all that are in it.
        state: how it was found.
    """

    path: str
    operations: Sequence[Operation]
    state: FileState


class SyncFolder:
    """The shared folder, as one machine sees it.

    Args:
        folder: where it is; it must exist, so that a disk that is not there is not taken for an empty one.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def append(self, machine: str, operations: Sequence[Operation]) -> None:
        """Append operations to the machine's newest file, on disk when this returns.

        Raises:
            SyncFolderError: they could not be written; they are kept in the library and written later.
        """
        data = encode(operations)
        try:
            self._require()
            own = self.folder / machine
            own.mkdir(exist_ok=True)
            descriptor = os.open(_segment(own), _APPENDING, 0o600)
            try:
                while data:
                    data = data[os.write(descriptor, data) :]
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        except OSError as error:
            raise _folder_error(self.folder, error, "written") from error

    def own(self, machine: str, after: int) -> tuple[int, list[Operation]]:
        """Read the end of the machine's own files.

        Args:
            machine: NAME-EPOCH.
            after: a number of an operation.

        Returns:
            The largest number in the files (0 without any), and the operations after `after`.

        Raises:
            SyncFolderError: the folder cannot be read.
        """
        largest, found = 0, []
        for path in reversed([path for path in self._files(machine) if path.parts[0] == machine]):
            file = self._read(path, None)
            read = file.operations if file is not None else ()
            operations = [operation for operation in read if operation.machine == machine]
            found += [operation for operation in operations if operation.sequence > after]
            sequences = [operation.sequence for operation in operations]
            largest = max([largest, *sequences])
            if sequences and min(sequences) <= after + 1:
                break
        return largest, found

    def paths(self) -> frozenset[str]:
        """Return the paths of all files of operations, relative to the folder.

        Raises:
            SyncFolderError: the folder is not there or cannot be read.
        """
        return frozenset(path.as_posix() for path in self._files())

    def read_changed(self, known: Mapping[str, FileState]) -> Iterator[ReadFile]:
        """Read what is new since `known`, file by file.

        One that cannot be read counts as a damaged line until it can, and keeps no other from being read.

        Raises:
            SyncFolderError: the folder is not there or cannot be read.
        """
        for path in self._files():
            try:
                file = self._read(path, known.get(path.as_posix()))
            except SyncFolderError:
                file = ReadFile(path.as_posix(), (), FileState(0, 0, 0, 1))
            if file is not None:
                yield file

    def _require(self) -> None:
        if not self.folder.is_dir():
            raise SyncFolderError(
                f"The folder {self.folder} of [sync] is not there. Decisions are kept here and go out "
                "once it is; create it, or mend `folder` in config.toml."
            )

    def _files(self, own: str = "") -> list[Path]:
        """Return the paths of all files of operations, relative to the folder.

        What cannot be looked at is left out, unless it is of the machine `own`.
        """
        found: list[Path] = []
        try:
            self._require()
            for machine in os.scandir(self.folder):
                try:
                    found += _operation_files(machine)
                except OSError:
                    if machine.name == own:
                        raise
        except OSError as error:
            raise _folder_error(self.folder, error, "read") from error
        return sorted(found)

    def _read(self, path: Path, known: FileState | None) -> ReadFile | None:
        """Read a file; None if it did not change."""
        file = self.folder / path
        try:
            status = file.stat()
            if known and (known.size, known.modified_ns) == (status.st_size, status.st_mtime_ns):
                return None
            # All of it: what carries it may have put other lines in place of those read before.
            with file.open("rb") as opened:
                data = opened.read(LARGEST_BYTES)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _folder_error(self.folder, error, "read") from error
        lines = decode(data)
        # One that changes again within a tick of the file system's clock would seem to be the same.
        settled = time.time_ns() - status.st_mtime_ns > SETTLED_NS
        state = FileState(status.st_size, status.st_mtime_ns if settled else 0, lines.length, lines.damaged)
        return ReadFile(path.as_posix(), lines.operations, state)


def _operation_files(machine: os.DirEntry[str]) -> Iterator[Path]:
    """Yield a machine's files; one whose name is no text cannot be remembered."""
    if machine.name.startswith(".") or not machine.is_dir():
        return
    for file in os.scandir(machine.path):
        path = Path(machine.name) / file.name
        is_text = not re.search("[\ud800-\udfff]", str(path))
        if file.name.endswith(".jsonl") and not file.name.startswith(".") and is_text and _is_file(file):
            yield path


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:  # a link to itself
        return False


def _segment(own: Path) -> Path:
    """Return the file to append to: the newest, or a new one if it is full or torn.

    It is torn if its last line is not whole.
    """
    numbers = [int(path.stem) for path in own.glob("[0-9]*.jsonl") if path.stem.isdecimal()]
    newest = max(numbers, default=1)
    path = own / f"{newest:06}.jsonl"
    if numbers and not (path.is_file() and path.stat().st_size < SEGMENT_BYTES and _ends_whole(path)):
        path = own / f"{newest + 1:06}.jsonl"
    return path


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def _folder_error(folder: Path, error: OSError, what: str) -> SyncFolderError:
    reason = (error.strerror or "it failed").lower()
    return SyncFolderError(
        f"The folder {folder} of [sync] could not be {what}: {reason}. Decisions are kept here and go out "
        "later."
    )
