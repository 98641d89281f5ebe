"""Copies of the library, and the way back from one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from tui_digest.errors import HOW_TO_UPDATE, LibraryError
from tui_digest.folders import logs_of, private_folder
from tui_digest.library import schema
from tui_digest.library.database import LibraryRuinedError, connect, copy, translate_errors
from tui_digest.library.soundness import problem
from tui_digest.text.files import link_to_nothing


def backup(library: Path, target: Path) -> None:
    """Copy a library, as it is at one moment, to a file that only its owner can read.

    An earlier backup of that name is replaced once the copy is whole and checked; any other file is left
    alone. Others may go on writing.

    Raises:
        LibraryError: the library cannot be read or the copy not be written; the message says which.
    """
    if not library.exists() and not link_to_nothing(library):
        raise LibraryError(f"There is no library at {library} yet, so there is nothing to back up.")
    if library.exists() and not library.is_file():
        raise LibraryError(f"The library {library} is not a regular file, so it cannot be backed up.")
    if target.is_symlink() or (target.exists() and not (target.is_file() or target.is_dir())):
        raise LibraryError(f"{target} is a link or no ordinary file; name another file for the backup.")
    if target.is_dir():
        raise LibraryError(f"{target} is a folder; name the file that the backup is to be written to.")
    if target.exists() and target.samefile(library):
        raise LibraryError(f"{target} is the library itself; name another file for the backup.")
    if target.exists() and not _is_library(target):
        raise LibraryError(
            f"{target} is there already and is no backup of a library, so it was left as it is; "
            "name another file for the backup."
        )
    with translate_errors(library), closing(connect(library)) as connection:
        schema.version_of(connection, library)
        try:
            schema.copy_to(connection, library, target)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise LibraryError(
                f"The backup {target} could not be written: {reason}. The library is as it was."
            ) from error


def _is_library(file: Path) -> bool:
    try:
        with translate_errors(file), closing(connect(file, read_only=True)) as connection:
            schema.version_of(connection, file)
    except LibraryError:
        return False
    return True


def restore(source: Path, library: Path, now: datetime) -> Path | None:
    """Replace the library by a backup, checked before anything is replaced.

    Gives the file in which the library that was there before is kept, None when there was none.

    Raises:
        LibraryError: the backup is missing, not whole, not a library, or of a newer version, or the
            library is locked; the library is as it was.
    """
    if not source.is_file():
        raise LibraryError(f"There is no backup {source}; the library is as it was.")
    if library.exists() and source.samefile(library):
        raise LibraryError(f"{source} is the library itself; name the backup that is to be restored.")
    with translate_errors(library):
        private_folder(library.parent)
    schema.clear_abandoned(library)
    checked = library.with_name(f".{library.name}.{os.getpid()}.restoring")
    try:
        _checked_copy(source, checked, now)
        return _replace(library, checked, now)
    finally:
        checked.unlink(missing_ok=True)


def _checked_copy(source: Path, checked: Path, now: datetime) -> None:
    """Copy a backup beside the library and bring it to this version there."""
    try:
        with translate_errors(source), closing(connect(source, read_only=True)) as connection:
            if (version := schema.version_of(connection, source)) > schema.VERSION:
                raise LibraryError(
                    f"It was made by a newer version: its schema is {version}, this program knows "
                    f"{schema.VERSION}. Update the program: {HOW_TO_UPDATE}."
                )
            schema.copy_to(connection, source, checked)
        migrated_from = schema.prepare(checked, now)
        with translate_errors(source), closing(connect(checked)) as connection:
            if (found := problem(connection)) is not None:
                raise LibraryError(f"It is damaged: {found}.")
    except LibraryRuinedError as error:
        raise LibraryError(
            f"{source} is damaged or is not a library; the library is as it was. Try another backup."
        ) from error
    except LibraryError as error:
        raise LibraryError(f"{source} cannot be restored; the library is as it was. ({error})") from error
    if migrated_from is not None:
        migrated_from.unlink()


def _replace(library: Path, checked: Path, now: datetime) -> Path | None:
    """Keep the library that is there and write the checked one over it.

    It is written over in one transaction, so that readers that have it open go on with the restored one.
    A ruined one is moved aside.
    """
    if not library.exists():
        _write_new(library, checked)
        return None
    kept = schema.beside(library, "before-restore", now)
    try:
        with translate_errors(library), closing(connect(library)) as connection:
            schema.version_of(connection, library)
            schema.copy_to(connection, library, kept)
            _write_over(connection, library, checked)
    except LibraryRuinedError:
        with translate_errors(library):
            _move_aside(library, kept)
        _write_new(library, checked)
    return kept


def _write_new(library: Path, checked: Path) -> None:
    """Make the library of a checked copy.

    It is not renamed to the library's name: a journal left there by a killed process is of another file,
    which SQLite would write over the copy. SQLite deletes it where it finds an empty file.
    """
    with translate_errors(library):
        schema.private_file(library)
        with closing(connect(library)) as connection:
            _write_over(connection, library, checked)


def _write_over(connection: sqlite3.Connection, library: Path, checked: Path) -> None:
    with closing(connect(checked, read_only=True)) as restored:
        copy(restored, connection, library)


def _move_aside(library: Path, kept: Path) -> None:
    """Rename a ruined library, with its journal, by which it might be mended."""
    for log, name in zip(logs_of(library), logs_of(kept), strict=True):
        with suppress(FileNotFoundError):
            log.rename(name)
    library.rename(kept)
