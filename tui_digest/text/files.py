"""Atomic file writes, which a crash leaves old or new, and reads that end.

The data goes to a temporary file in the same folder, is flushed to the disk, and takes the file's name
in one step. A full disk or a killed process leaves the old file as it was.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import os
import re
import stat
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

_TEMPORARY_NAME: Final = re.compile(r"\.(.+)\.[0-9]+-[0-9a-f]+\.tmp", re.DOTALL)
"""For which file, the number of the process, and a number of its own."""


def write_atomic(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Replace the content of a file, or create it, in one step.

    Args:
        path: the file; its folder must exist. A link is replaced, not followed.
        data: the whole content.
        mode: the permissions of a new file, less the umask; a file that is replaced keeps its own.

    Raises:
        OSError: the file could not be written; it is as it was, and no temporary file is left.
    """
    temporary = write_temporary(path, data, mode=mode)
    try:
        with contextlib.suppress(FileNotFoundError):
            status = path.lstat()
            if stat.S_ISREG(status.st_mode):
                temporary.chmod(stat.S_IMODE(status.st_mode))
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    flush_folder(path.parent)


def read_regular(path: Path, most: int) -> bytes:
    """Read a regular file of at most `most` bytes.

    A pipe would be waited for without end, and a device may give bytes without end.

    Raises:
        OSError: it cannot be read, is no regular file, or is larger.
    """
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file", os.fspath(path))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            data = file.read(most + 1)
    finally:
        os.close(descriptor)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most:,} bytes", os.fspath(path))
    return data


def write_temporary(path: Path, data: bytes, *, mode: int = 0o600) -> Path:
    """Write the data to a new file beside `path`, flush it, and return its path.

    Raises:
        OSError: it could not be written, and nothing of it is left.
    """
    _clear_abandoned(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException as error:
        if isinstance(error, OSError) and error.filename is None:
            error.filename = os.fspath(path)  # a write does not say to which file it was
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _clear_abandoned(path: Path) -> None:
    """Delete temporary files for `path` of processes that were killed while writing."""
    for temporary in _temporary_files(path.parent).pop(path.name, ()):
        process = temporary.name.removeprefix(f".{path.name}.").partition("-")[0]
        if not is_running(int(process)):
            with contextlib.suppress(OSError):
                temporary.unlink()


@functools.cache
def _temporary_files(folder: Path) -> dict[str, list[Path]]:
    """The temporary files in a folder by the files that they are for.

    A folder is read once: with thousands of notes in it, reading it for each of them would take longer
    than writing them. What is abandoned later is found by the next process.
    """
    found: dict[str, list[Path]] = {}
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if match := _TEMPORARY_NAME.fullmatch(entry.name):
                found.setdefault(match[1], []).append(folder / entry.name)
    return found


def is_running(process: int) -> bool:
    """Tell whether a process runs; True where that is not known."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def link_to_nothing(path: Path) -> str:
    """Say which of a path and its folders is a link that leads nowhere; empty if none."""
    for each in (*reversed(path.parents), path):
        if os.path.islink(each) and not os.path.exists(each):  # noqa: PTH110, PTH114 - these never raise
            return f"{each} is a link to {each.readlink()}, which is not there"
    return ""


def flush_folder(folder: Path) -> None:
    """Flush a folder to the disk, so that a new name survives a power cut (POSIX)."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
