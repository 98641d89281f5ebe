"""Versions of the library's tables, and the migration from each earlier one."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui_digest.errors import HOW_TO_UPDATE
from tui_digest.folders import logs_of, private_folder
from tui_digest.library import database
from tui_digest.library.database import (
    LibraryFullError,
    LibraryNewerError,
    connect,
    copy,
    patiently,
    ruined_error,
    snapshot,
    translate_errors,
)

if TYPE_CHECKING:
    from tui_digest.library.migrations import Migration

APPLICATION_ID = 0x61725869
"""Written in the file's header (`arXi`): how a library is told from any other SQLite file."""

VERSION = 6
"""The schema version that this program writes; it is in the file's `user_version`."""


def prepare(file: Path, now: datetime, migrations: Sequence[Migration] | None = None) -> Path | None:
    """Make the library if there is none, or bring an older one to this version.

    Gives the backup that was made before migrating, None when there was nothing to migrate.

    Raises:
        LibraryNewerError: a newer version of the program made it; it is left as it is.
        LibraryRuinedError: the file is not a library; it is left as it is.
        LibraryError: it cannot be made, read or migrated; the message says why.
    """
    with translate_errors(file):
        private_folder(file.parent)
        if not file.exists():
            with suppress(FileExistsError):  # another process was first, or a link leads nowhere
                private_file(file)
        elif not file.is_file():
            raise OSError(errno.EINVAL, "it is not a regular file", os.fspath(file))
        with closing(connect(file)) as connection:
            if _is_blank(connection):
                with suppress(OSError):
                    file.chmod(0o600)
                _create(connection)
            version = version_of(connection, file)
            newest = VERSION if migrations is None else len(migrations) + 1
            if version > newest:
                raise LibraryNewerError(
                    f"The library {file} was made by a newer version: its schema is {version}, this program "
                    f"knows {newest}. It was left as it is; update the program: {HOW_TO_UPDATE}."
                )
            if version == newest:
                return None
            if migrations is None:
                from tui_digest.library.migrations import MIGRATIONS

                migrations = MIGRATIONS
            return _migrate(connection, file, migrations, now)


def version_of(connection: sqlite3.Connection, file: Path) -> int:
    """The schema version of an open library.

    Raises:
        LibraryRuinedError: the file is another program's, or empty.
    """
    with snapshot(connection, database.LONG_PATIENCE):
        return _version(connection, file)


def _version(connection: sqlite3.Connection, file: Path) -> int:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ruined_error(file)
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version < 1:
        raise ruined_error(file)
    return version


def clear_abandoned(file: Path) -> None:
    """Delete the copies that killed processes left beside a file, with their logs."""
    from tui_digest.text.files import is_running

    ours = re.compile(rf"\.+{re.escape(file.name)}\.(\d+)\.(new|partial|restoring)\b.*", re.DOTALL)
    with suppress(OSError), os.scandir(file.parent) as entries:
        for entry in entries:
            if (match := ours.fullmatch(entry.name)) and not is_running(int(match[1])):
                with suppress(OSError):
                    Path(entry.path).unlink()


def private_file(file: Path) -> None:
    """Make an empty file that only its owner can read.

    Raises:
        OSError: it is there already, or cannot be made.
    """
    os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def _is_blank(connection: sqlite3.Connection) -> bool:
    """Tell whether a file holds nothing at all.

    SQLite has then deleted a journal that a killed process left of an earlier file of that name. Beside a
    file that is put there whole, it would be taken for that file's own and be written over it.
    """
    with snapshot(connection, database.LONG_PATIENCE):
        pages: int = connection.execute("PRAGMA page_count").fetchone()[0]
    return not pages


def _create(connection: sqlite3.Connection) -> None:
    """Make a library of a blank file in one transaction, unless another was first."""
    from tui_digest.library.migrations import statements
    from tui_digest.library.tables import TABLES

    patiently(connection, "BEGIN IMMEDIATE", database.LONG_PATIENCE)
    try:
        if not connection.execute("PRAGMA user_version").fetchone()[0]:
            for statement in statements(TABLES):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version={VERSION}")
        patiently(connection, "COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _migrate(
    connection: sqlite3.Connection, file: Path, migrations: Sequence[Migration], now: datetime
) -> Path | None:
    """Back up and migrate an older library in one transaction: all or nothing."""
    patiently(connection, "BEGIN IMMEDIATE", database.LONG_PATIENCE)
    try:
        version = _version(connection, file)
        if version > len(migrations):  # another process was faster
            connection.execute("ROLLBACK")
            return None
        backup = beside(file, f"schema-{version}", now)
        with closing(connect(file)) as reader:  # SQLite copies from no connection that writes
            copy_to(reader, file, backup)
        for migration in migrations[version - 1 :]:
            migration(connection)
        connection.execute(f"PRAGMA user_version={len(migrations) + 1}")
        patiently(connection, "COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return backup


def beside(file: Path, what: str, now: datetime) -> Path:
    """A name beside the library's that nothing has yet, for a copy of it."""
    stamp = f"{now:%Y%m%dT%H%M%S}"
    names = (f"{file.stem}-{what}-{stamp}{again}{file.suffix}" for again in ("", *range(-2, -100, -1)))
    return next(path for name in names if not (path := file.with_name(name)).exists())


def copy_to(connection: sqlite3.Connection, library: Path, file: Path) -> None:
    """Copy an open library to a file, replaced only by a whole and checked copy.

    Raises:
        LibraryRuinedError: the library is damaged.
        LibraryFullError: there is no space for the copy.
        OSError, sqlite3.Error: it cannot be read or written.
    """
    clear_abandoned(file)
    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    partial.unlink(missing_ok=True)
    private_file(partial)
    try:
        with closing(connect(partial)) as fresh:
            copy(connection, fresh, library)
            fresh.execute("PRAGMA journal_mode=DELETE")  # another program may have set WAL
            if fresh.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise ruined_error(library)
        for log in logs_of(file):  # of a file that is gone, or gives way: they would be taken for the copy's
            log.unlink(missing_ok=True)
        partial.replace(file)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
            raise LibraryFullError(
                f"There is no space left for {file}; the library {library} is as it was. "
                "Free some space and try again."
            ) from error
        raise
    finally:
        partial.unlink(missing_ok=True)
