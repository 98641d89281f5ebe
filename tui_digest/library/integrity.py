"""Checks of the library for `doctor`: sound, private, current version, disk space."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec

from tui_digest.errors import HOW_TO_UPDATE, LibraryError
from tui_digest.library import schema
from tui_digest.library.database import (
    IndexRuinedError,
    LibraryLockedError,
    LibraryRuinedError,
    connect,
    index_ruined,
    patiently,
    snapshot,
    translate_errors,
)
from tui_digest.library.fts_index import COMPARE
from tui_digest.library.memory_table import write_value
from tui_digest.library.soundness import damage, problem
from tui_digest.text.files import link_to_nothing

# A day of papers with its index is 2 MB; a migration or restore needs the library once more.
_LEAST_SPACE = 50_000_000

READ_ONLY_DISK = "Its disk is mounted to be read only; what is there can be read, and nothing be changed."


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """Result of one check: what it is, whether it is well, what was found, the remedy."""

    subject: str
    well: bool
    found: str
    mend: str = ""


def is_empty(file: Path) -> bool:
    """Tell whether there is no library, or none that has a paper."""
    if not file.exists():
        return True
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT 1 FROM papers LIMIT 1").fetchone() is None
    except sqlite3.Error:
        return False


def check(file: Path) -> tuple[Finding, ...]:
    """Check a library without changing it; a missing one is well.

    It is made when it is first used.
    """
    if (flaw := barrier(file) or unmakeable(file.parent)) is not None:
        return (flaw,)
    if file.exists() and not file.is_file():
        found, mend = f"{file} is not a file.", f"Move it away: mv '{file}' '{file}.moved'"
        return (Finding(subject="library", well=False, found=found, mend=mend),)
    if not file.exists() or not file.stat().st_size:
        found = f"There is no library at {file} yet; it is made when it is first used."
        missing = Finding(subject="library", well=True, found=found)
        return (missing, *_private(file.parent, 0o700), *_space(file))
    return (*_inside(file), *_private(file.parent, 0o700), *_private(file, 0o600), *_space(file))


def _inside(file: Path) -> Iterator[Finding]:
    try:
        with translate_errors(file), closing(connect(file)) as connection:
            version = schema.version_of(connection, file)
            with snapshot(connection):
                wrong = problem(connection) if version == schema.VERSION else damage(connection)
            search = tuple(_search(connection, file)) if wrong is None and version == schema.VERSION else ()
    except LibraryError as error:
        mend = "" if _is_allowed(file, os.R_OK) else f"chmod 600 '{file}'"
        yield Finding(subject="library", well=False, found=str(error), mend=mend)
        return
    if wrong is None:
        yield Finding(subject="integrity", well=True, found=f"The library {file} is whole.")
    else:
        yield Finding(
            subject="integrity",
            well=False,
            found=f"The library {file} is damaged: {wrong}.",
            mend="Restore a backup with `tui-digest library restore FILE`; the damaged file is kept.",
        )
    yield from search
    yield _version(version)
    yield _writable(file)


def _search(connection: sqlite3.Connection, file: Path) -> Iterator[Finding]:
    """Check whether the search index agrees with the texts that it is made of."""
    try:
        with translate_errors(file), snapshot(connection):
            patiently(connection, COMPARE)
    except (IndexRuinedError, LibraryRuinedError):  # all else was found whole before
        yield Finding(subject="search", well=False, found=str(index_ruined(file)))  # it says how to mend it
    except LibraryError:  # FTS5 compares only where it may write; `_writable` tells of that
        return
    else:
        yield Finding(subject="search", well=True, found="The search index agrees with the texts.")


def _writable(file: Path) -> Finding:
    """Try a write, and take it back."""
    try:
        with translate_errors(file), closing(connect(file)) as connection:
            patiently(connection, "BEGIN IMMEDIATE")
            write_value(connection, "doctor", "")
            connection.execute("ROLLBACK")
    except LibraryError as error:
        return Finding(subject="writing", well=False, found=str(error), mend=_how_to_write(file, error))
    return Finding(subject="writing", well=True, found="The library can be written.")


def _how_to_write(file: Path, error: LibraryError) -> str:
    """Say what keeps the library from being written: file, folder, disk, program."""
    if is_read_only_disk(file.parent):
        return READ_ONLY_DISK
    if not _is_allowed(file, os.W_OK):
        return f"chmod 600 '{file}'"
    if not _is_allowed(file.parent, os.W_OK | os.X_OK):
        return f"chmod 700 '{file.parent}'"
    if isinstance(error, LibraryLockedError):
        return "Close the program that holds it, and try again."
    return ""  # the error says what can be done


def barrier(path: Path) -> Finding | None:
    """Return what bars the way to a path: a link to nothing, a closed folder."""
    if link := link_to_nothing(path):
        mend = "Connect the disk that it leads to, or delete the link."
        return Finding(subject="place", well=False, found=f"{link}.", mend=mend)
    for folder in reversed(path.parents):
        if os.path.isdir(folder) and not _is_allowed(folder, os.X_OK):  # noqa: PTH112 - it never raises
            found = f"{folder} cannot be entered."
            return Finding(subject="place", well=False, found=found, mend=f"chmod u+rwx '{folder}'")
    return None


def _is_allowed(path: Path, mode: int) -> bool:
    return os.access(path, mode, effective_ids=os.access in os.supports_effective_ids)


def unmakeable(folder: Path) -> Finding | None:
    """Return why a missing folder cannot be made; None if it can, or is there."""
    there = next((each for each in (folder, *folder.parents) if os.path.lexists(each)), folder)
    if not there.is_dir():
        found = f"{there} is a file where a folder should be."
        return Finding(subject="place", well=False, found=found, mend=f"mv '{there}' '{there}.moved'")
    if there == folder or os.access(there, os.W_OK | os.X_OK):
        return None
    found = f"{folder} is not there, and cannot be made in {there}."
    mend = f"Make it, or chmod u+wx '{there}'"
    if is_read_only_disk(there):
        mend = READ_ONLY_DISK
    elif os.name == "posix" and there.stat().st_uid != os.geteuid():
        mend = f"{there} is not yours: set HOME, or XDG_DATA_HOME and its like, to a folder that is."
    return Finding(subject="place", well=False, found=found, mend=mend)


def is_read_only_disk(folder: Path) -> bool:
    """Tell whether a folder is on a disk mounted to be read only; False if not known."""
    try:
        return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except (AttributeError, OSError):  # Windows has no statvfs
        return False


def _version(version: int) -> Finding:
    if version > schema.VERSION:
        found = f"The library's schema is {version}; this program knows {schema.VERSION}."
        mend = f"Update the program: {HOW_TO_UPDATE}."
        return Finding(subject="version", well=False, found=found, mend=mend)
    if version < schema.VERSION:
        found = f"The library's schema is {version}; it becomes {schema.VERSION} when it is next opened."
        return Finding(subject="version", well=True, found=found)
    return Finding(subject="version", well=True, found=f"The library's schema is {version}, the newest.")


def _private(path: Path, wanted: int) -> Iterator[Finding]:
    """Check that only the owner can access a file or folder.

    Windows keeps a user's folders private itself.
    """
    if os.name == "nt" or not path.exists():
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    well = not mode & 0o077
    yield Finding(
        subject="permissions",
        well=well,
        found=f"{path} is {'open to you alone' if well else f'open to others ({mode:04o})'}.",
        mend="" if well else f"chmod {wanted:o} '{path}'",
    )


def _space(file: Path) -> Iterator[Finding]:
    folder = next(parent for parent in file.absolute().parents if parent.exists())
    free = shutil.disk_usage(folder).free
    if hasattr(os, "statvfs") and (left := os.statvfs(folder)).f_files and not left.f_favail:
        found = f"No file can be created any more in {folder}: its file system has no inodes left."
        yield Finding(
            subject="space", well=False, found=found, mend="Delete files that are not needed there."
        )
        return
    needed = max(_LEAST_SPACE, file.stat().st_size if file.exists() else 0)
    well = free >= needed
    yield Finding(
        subject="space",
        well=well,
        found=f"{free // 1_000_000:,} MB are free in {folder}.",
        mend="" if well else f"Free some space: {needed // 1_000_000:,} MB are needed to go on safely.",
    )
