"""The library's file: its connections, its transactions, and its errors in words."""

from __future__ import annotations

import math
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from tui_digest.errors import LibraryError
from tui_digest.folders import irregular_file, logs_of

PATIENCE = 1.8
"""Seconds to wait for another program that is writing, before saying so."""

LONG_PATIENCE = 5.0
"""Seconds to wait for them to begin a write, or to open the library.

SQLite has no queue: of many that write again and again, one may find the library locked a hundred times.
"""

_SAME_WAIT_S = 0.5
"""A write that begins this soon after one that waited in vain has waited with it."""

# SQLite's own waiting grows to a tenth of a second between two attempts, and one of many writers may
# find the library locked at each of them. A short wait, repeated, tries more often.
_SHORT_WAIT = 0.05
# The interface reads between two keys: it looks sooner, and may give up sooner.
_SHORTEST_WAIT = 0.004
_HURRIED_PATIENCE = 0.05
_TURN_S = 0.01

_SETTINGS = (
    "synchronous=EXTRA",
    "fullfsync=ON",
    "foreign_keys=ON",
    "cache_spill=OFF",
    "trusted_schema=OFF",
)

# In KiB. What is read again and again fits; for the rest the system keeps the file in memory anyway, and
# no question to 100,000 papers is measurably faster with forty times as much for each connection.
_CACHE = 400

# Compiled statements that a connection keeps, at 6 KB each. Of some hundred a few are asked again and again.
_STATEMENTS = 32

_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_RUINED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_NOT_WRITABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH}


class LibraryLockedError(LibraryError):
    """Another program holds the library."""


class LibraryFullError(LibraryError):
    """There is no space left to write to."""


class LibraryRuinedError(LibraryError):
    """The file is not a library, or is damaged. It is left as it is."""


class IndexRuinedError(LibraryError):
    """The search index alone is damaged; it can be rebuilt from the texts."""


class LibraryNewerError(LibraryError):
    """The library was made by a newer version of the program."""


class SearchInterruptedError(LibraryError):
    """A search was stopped because another one took its place."""


class Database:
    """The open file: one connection to write, one to read; safe from any thread.

    With the rollback journal a reader sees the last commit while a writer prepares the next one, so
    a list can be shown while a day is being stored.
    """

    def __init__(self, file: Path) -> None:
        """Use a file that `schema.prepare` made or checked; connections open at first use."""
        self.file = file
        self._writer: Connection | None = None
        self._reader: Connection | None = None
        self._writing = threading.RLock()
        self._reading = threading.RLock()
        self._hurried: int | None = None
        self._is_held_up = False
        self._waiting_since = self._waited_at = -math.inf
        self._waiting_until = math.inf

    def hurry(self) -> None:
        """Wait only briefly for another program's lock when this thread reads.

        Meant for the thread that takes keys.
        """
        self._hurried = threading.get_ident()

    def limit_waiting(self, seconds: float) -> None:
        """Wait no longer than this from now on for other programs when writing.

        Callable from any thread.
        """
        self._waiting_until = time.monotonic() + seconds

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Run one transaction: on disk when the block ends, rolled back when it fails.

        Raises:
            LibraryError: it could not be written; one of the subclasses says why.
        """
        with self._writing, translate_errors(self.file):
            connection = self._begin()
            try:
                yield connection
                patiently(connection, "COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _begin(self) -> Connection:
        """Begin a write once no other program writes, and return its connection.

        Writes that queued behind one that waited in vain waited with it: ten of them take no longer.

        Raises:
            LibraryError: there is no library's file any more.
            sqlite3.OperationalError: the library is still locked, or cannot be written at all.
        """
        if time.monotonic() - self._waited_at > _SAME_WAIT_S:
            self._waiting_since = time.monotonic()
        while True:
            try:
                self._writer = _current(self._writer, self.file) or connect(self.file, patience=0.0)
                self._writer.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if _primary_code(error) not in _BUSY:
                    raise
                self._waited_at = time.monotonic()
                if self._waited_at > min(self._waiting_since + LONG_PATIENCE, self._waiting_until):
                    raise
            else:
                self._waited_at = -math.inf
                return self._writer

    @contextmanager
    def reading(self, patience: float = PATIENCE) -> Iterator[sqlite3.Connection]:
        """The library as it was at one moment, for as many queries as the block asks.

        `patience` is how many seconds another program's lock is waited for.

        Raises:
            LibraryError: it could not be read; one of the subclasses says why.
        """
        if self._hurried == threading.get_ident():
            patience = min(patience, _HURRIED_PATIENCE)
            self._take_turn(patience)
        else:
            self._reading.acquire()
        try:
            with translate_errors(self.file):
                self._is_held_up = True
                self._reader = _current(self._reader, self.file) or connect(
                    self.file, patience=patience, wait=_SHORTEST_WAIT
                )
                with snapshot(self._reader, patience):
                    self._is_held_up = False
                    yield self._reader
        finally:
            self._is_held_up = False
            self._reading.release()

    def _take_turn(self, patience: float) -> None:
        """Wait until no other thread reads; not for one that another program holds up.

        Raises:
            LibraryLockedError: another thread has waited for that program for longer than `patience`.
        """
        deadline = time.monotonic() + patience
        while not self._reading.acquire(timeout=_TURN_S):
            if self._is_held_up and time.monotonic() > deadline:
                raise _locked(self.file)

    @contextmanager
    def reading_apart(self) -> Iterator[sqlite3.Connection]:
        """The same on a connection of its own: nobody waits for what takes long.

        Raises:
            LibraryError: it could not be read; one of the subclasses says why.
        """
        with translate_errors(self.file), closing(connect(self.file)) as connection, snapshot(connection):
            yield connection

    def close(self) -> None:
        """Close the connections. The library can be used again; they open again."""
        with self._writing, self._reading:
            for connection in (self._writer, self._reader):
                if connection is not None:
                    connection.close()
            self._writer = self._reader = None


class LatestReader:
    """A connection for long queries; a new query interrupts the running one.

    For what is asked again with every key, from threads.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._connection: Connection | None = None
        self._turn = threading.Lock()
        self._latest: object = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The library as it was at one moment.

        Raises:
            SearchInterruptedError: another query was begun meanwhile, or `interrupt` was called.
            LibraryError: it could not be read; one of the subclasses says why.
        """
        self.interrupt()
        this = self._latest = object()
        with self._turn, translate_errors(self._file):
            if self._latest is not this:  # another one was begun while this one waited
                raise SearchInterruptedError("The search was stopped.")
            self._connection = _current(self._connection, self._file) or connect(self._file)
            with snapshot(self._connection):
                yield self._connection

    def interrupt(self) -> None:
        """End the query that is running and those that wait; callable from any thread."""
        self._latest = None
        connection = self._connection
        if connection is not None:
            with suppress(sqlite3.ProgrammingError):  # closed meanwhile
                connection.interrupt()

    def close(self) -> None:
        """End what runs and close the connection."""
        self.interrupt()
        with self._turn:
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()


class Connection(sqlite3.Connection):
    """A connection that knows which file it was opened with."""

    opened: tuple[int, int] | None = None


def _identity(file: Path) -> tuple[int, int] | None:
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _current(connection: Connection | None, file: Path) -> Connection | None:
    """Return a connection, closed where the library is another file by now.

    A program that puts a copy in the library's place leaves the connection with the file that was there:
    SQLite reads it as ever, and refuses to write.

    Raises:
        LibraryError: one of SQLite's files is none.
    """
    _require_files(file)
    if connection is None or connection.opened == _identity(file):
        return connection
    connection.close()
    return None


def _require_files(file: Path) -> None:
    """Refuse what is no file in the place of the library or of its journal.

    Each transaction asks: SQLite opens the journal anew in each.

    Raises:
        LibraryError: there is such a thing.
    """
    if (path := irregular_file(file)) is not None:
        raise LibraryError(f"{path} is no file of the library's; nothing was changed. Move it away.")


def connect(
    file: Path,
    *,
    read_only: bool = False,
    patience: float = PATIENCE,
    wait: float = _SHORT_WAIT,
) -> Connection:
    """Connect to an existing file, with transactions begun and ended by hand.

    EXTRA is FULL that also syncs the folder once the journal is gone, so that a commit outlives a
    power cut; `fullfsync` says the same to macOS. Changed pages stay in memory until the commit: a
    long transaction never locks out readers before its end. `patience` and `wait` are how many seconds
    a lock is waited for in all, and at a time.

    Raises:
        LibraryError: it, or what SQLite would open beside it, is a pipe, on which SQLite waits, or a folder.
        sqlite3.Error: the file cannot be opened.
    """
    _require_files(file)
    address = f"{file.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
    identity = _identity(file)
    connection = sqlite3.connect(
        address,
        timeout=wait,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=_STATEMENTS,
        uri=True,
        factory=Connection,
    )
    connection.opened = identity
    try:
        for setting in (*_SETTINGS, f"cache_size=-{_CACHE}"):
            patiently(connection, f"PRAGMA {setting}", patience)
    except BaseException:
        connection.close()
        raise
    return connection


def patiently(connection: sqlite3.Connection, statement: str, patience: float = PATIENCE) -> None:
    """Run a statement, waiting up to `patience` seconds for another program's lock."""
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute(statement)
        except sqlite3.OperationalError as error:
            if _primary_code(error) not in _BUSY or time.monotonic() > deadline:
                raise
        else:
            return


@contextmanager
def snapshot(connection: sqlite3.Connection, patience: float = PATIENCE) -> Iterator[None]:
    """Read a library at one moment; waiting for locks is done when the block begins."""
    connection.execute("BEGIN")
    try:
        patiently(connection, "SELECT 1 FROM sqlite_master LIMIT 1", patience)
        yield
    finally:
        if connection.in_transaction:  # some failures end it themselves
            connection.execute("ROLLBACK")


def copy(source: sqlite3.Connection, target: sqlite3.Connection, file: Path) -> None:
    """Copy everything of one open library over another, in one transaction of each.

    Raises:
        LibraryLockedError: another program holds one of the two; nothing was changed. `file` is named.
        sqlite3.Error: it cannot be read or written.
    """
    deadline = time.monotonic() + PATIENCE

    def still_patient(status: int, _left: int, _pages: int) -> None:
        if status in _BUSY and time.monotonic() > deadline:
            raise _locked(file)

    source.backup(target, progress=still_patient, sleep=_SHORT_WAIT)


@contextmanager
def translate_errors(file: Path) -> Iterator[None]:
    """Say SQLite's and the system's errors in the words of the library's own.

    Raises:
        LibraryError: in place of `sqlite3.Error` and `OSError`.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise in_words(error, file) from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        if isinstance(error, FileExistsError | NotADirectoryError):
            from tui_digest.text.files import link_to_nothing

            reason = link_to_nothing(file) or "a file stands where its folder should be"
        words = f"The library {file} cannot be used: {reason}. Nothing was changed."
        if isinstance(error, PermissionError):
            words += " `tui-digest doctor` says which folder is closed, and how to open it."
        raise LibraryError(words) from error


def in_words(error: sqlite3.Error, file: Path) -> LibraryError:
    """Return the library's error for one of SQLite's.

    It says what happened, what was kept, and what can be done.
    """
    code = _primary_code(error)
    if code in _BUSY:
        return _locked(file)
    if code == sqlite3.SQLITE_FULL:
        return LibraryFullError(
            f"There is no space left for the library {file}; this change was not kept, all earlier ones are. "
            "Free some space and try again."
        )
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_CORRUPT_VTAB:
        return index_ruined(file)
    if code in _RUINED:
        return ruined_error(file)
    if code in _NOT_WRITABLE:
        from tui_digest.text.files import link_to_nothing

        for path in (file, *logs_of(file)):
            if link := link_to_nothing(path):
                return LibraryError(
                    f"The library cannot be used: {link}. Connect its disk, or delete the link."
                )
        if not os.path.exists(file):  # noqa: PTH110 - it never raises
            return LibraryError(
                f"The library {file} is no longer there; nothing was changed. Put it back, or start the "
                "program again to begin an empty one."
            )
        return LibraryError(
            f"The library {file} cannot be opened or written ({error}); nothing was changed. "
            "Check the permissions of the file and its folder."
        )
    if code == sqlite3.SQLITE_INTERRUPT:
        return SearchInterruptedError("The search was stopped.")
    if code == sqlite3.SQLITE_IOERR:
        return LibraryError(
            f"The disk refused to read or write the library {file} ({error}); this change was not kept, "
            "all earlier ones are. Check the disk and its free space, then run `tui-digest doctor`."
        )
    return LibraryError(f"This could not be done in the library {file} ({error}); nothing was changed.")


def ruined_error(file: Path) -> LibraryRuinedError:
    """The error for a file that is not a library, or no longer a whole one."""
    return LibraryRuinedError(
        f"The library {file} is damaged or is not a library; it was left as it is. "
        "`tui-digest doctor` says whether only the search index is affected, which can be rebuilt; else "
        "put a backup in its place with `tui-digest library restore FILE`, or move it away to begin an empty "
        "one."
    )


def index_ruined(file: Path) -> IndexRuinedError:
    """The error for a library of which only the search index is no longer whole."""
    return IndexRuinedError(
        f"The search index of the library {file} is damaged; papers, marks, notes and explanations are "
        "not affected. Rebuild it with `tui-digest library reindex`."
    )


def _locked(file: Path) -> LibraryLockedError:
    return LibraryLockedError(
        f"The library {file} is locked by another program; nothing was changed. "
        "Try again when that program is done, or close it."
    )


def _primary_code(error: sqlite3.Error) -> int:
    """SQLite's primary result code; errors of the Python module itself have none."""
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if code == sqlite3.SQLITE_ERROR and "file is not a database" in str(error):
        return sqlite3.SQLITE_NOTADB
    return code & 0xFF
