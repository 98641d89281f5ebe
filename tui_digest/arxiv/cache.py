"""The cache of arXiv's answers on disk; the only module that imports diskcache.

diskcache unpickles what it finds, so anyone who can write to its folder could run code. This store
reads text, bytes and numbers only; any other row counts as missing. It can be deleted at any time: it
holds no data of the reader's own.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NoReturn, TypeVar

import diskcache
import msgspec
from diskcache.core import MODE_RAW, UNKNOWN

from tui_digest.arxiv.cache_size import DATABASE, SIZE_LIMIT
from tui_digest.arxiv.types import CLOCK_SLACK, ArxivAnswer, FetchedAnswer, Now
from tui_digest.folders import irregular_file, private_folder

_BUSY = 2.0

Result = TypeVar("Result")


class CacheInfo(msgspec.Struct, frozen=True, kw_only=True):
    """The number of cached answers, and their size in bytes."""

    folder: Path
    answers: int
    bytes: int
    limit: int = SIZE_LIMIT


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """A cached answer. `until` is in seconds since 1970."""

    body: bytes
    fetched_at: datetime
    status: int
    until: float


class PlainDisk(diskcache.Disk):  # type: ignore[misc]  # diskcache has no types
    """A diskcache disk that pickles nothing and stores no files."""

    def put(self, key: object) -> tuple[object, bool]:
        """Convert a key for the database."""
        return (key, True) if isinstance(key, str) else _refuse(key)

    def get(self, key: object, raw: object) -> object:
        """Convert a key from the database."""
        return key if isinstance(key, str) and raw else _refuse(key)

    def store(self, value: object, read: bool, key: object = UNKNOWN) -> tuple[int, int, None, object]:
        """Convert a value for the database; values never go to files of their own."""
        if read or not isinstance(value, str | bytes | int | float):
            _refuse(value)
        return 0, MODE_RAW, None, sqlite3.Binary(value) if isinstance(value, bytes) else value

    def fetch(self, mode: int, filename: str | None, value: object, read: bool) -> object:
        """Convert a value from the database."""
        if mode != MODE_RAW or filename is not None or read:
            _refuse(value)
        return value

    def remove(self, file_path: str) -> None:
        """Remove no file: a row that names one is not ours."""


def _is_passing(error: Exception) -> bool:
    """Tell whether an error is temporary: the database is locked, or the disk full."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_FULL,
    )


def _refuse(thing: object) -> NoReturn:
    raise ValueError(f"the cache keeps text, bytes and numbers only, not {type(thing).__name__}")


class AnswerCache:
    """Answers by address, each with an expiry time.

    No method raises: a cache that is locked or cannot be opened returns and stores nothing, and a
    damaged one is moved aside and replaced by an empty one. Calls block; run them in a thread.
    """

    def __init__(self, folder: Path, *, now: Now) -> None:
        """Store answers in `folder`, readable by its owner only."""
        self._folder = folder
        self._now = now
        self._cache: diskcache.Cache | None = None
        self._opening = threading.Lock()

    def get(self, address: str) -> ArxivAnswer | None:
        """Return the answer stored for an address, unless it has expired."""
        packed = self._try(lambda cache: cache.get(address))
        if not isinstance(packed, bytes):
            return None
        try:
            kept = msgspec.msgpack.decode(packed, type=_Kept)
        except msgspec.DecodeError:
            return None
        now = self._now()
        if kept.until <= now.timestamp() or kept.fetched_at > now + CLOCK_SLACK:
            return None
        return ArxivAnswer(kept.body, kept.fetched_at, kept.status)

    def keep(self, address: str, answer: FetchedAnswer, until: datetime) -> None:
        """Store an answer until a moment (UTC)."""
        seconds = (until - self._now()).total_seconds()
        if seconds > 0:
            kept = _Kept(answer.body, answer.fetched_at, answer.status, until.timestamp())
            packed = msgspec.msgpack.encode(kept)
            self._try(lambda cache: cache.set(address, packed, expire=seconds))

    def read(self, key: str) -> bytes | None:
        """Return the bytes stored under a key."""
        found = self._try(lambda cache: cache.get(key))
        return found if isinstance(found, bytes) else None

    def write(self, key: str, data: bytes) -> None:
        """Store bytes under a key until newer ones fill the cache."""
        self._try(lambda cache: cache.set(key, data))

    def remove(self, key: str) -> None:
        """Remove what is stored under a key."""
        self._try(lambda cache: cache.delete(key))

    def keys(self, prefix: str) -> tuple[str, ...]:
        """Return the keys with a prefix."""
        found = self._try(lambda cache: [key for key in cache.iterkeys() if str(key).startswith(prefix)])
        return tuple(map(str, found or ()))

    def info(self) -> CacheInfo:
        """Return the number and size of the stored answers."""
        return CacheInfo(
            folder=self._folder,
            answers=self._try(len) or 0,
            bytes=self._try(lambda cache: cache.volume()) or 0,
        )

    def clear(self) -> int:
        """Remove every answer, and return how many there were."""
        return self._try(lambda cache: int(cache.clear())) or 0

    def _try(self, action: Callable[[diskcache.Cache], Result]) -> Result | None:
        """Run an action on the cache, repairing a damaged one; None if it fails."""
        for _ in range(2):
            try:
                cache = self._opened()
                try:
                    return action(cache)
                finally:
                    # diskcache keeps a connection a thread, and the next call may be another thread's.
                    cache.close()
            except (diskcache.Timeout, ValueError):
                return None
            except (sqlite3.Error, OSError, TypeError, AttributeError, KeyError) as error:
                # A database of another program fails in many ways.
                if _is_passing(error) or not self._set_aside():
                    return None
        return None

    def _opened(self) -> diskcache.Cache:
        with self._opening:
            database = self._folder / DATABASE
            if (path := irregular_file(database)) is not None:
                raise OSError(f"{path} is no file")
            if self._cache is None:
                private_folder(self._folder)
                self._folder.chmod(0o700)
                # SQLite gives its side files the mode of the database.
                os.close(os.open(database, os.O_RDWR | os.O_CREAT, 0o600))
                # diskcache itself would wait a minute for a database that another process holds.
                with contextlib.closing(sqlite3.connect(database, timeout=_BUSY)) as probe:
                    probe.execute("BEGIN IMMEDIATE")
                self._cache = diskcache.Cache(
                    str(self._folder), timeout=_BUSY, disk=PlainDisk, size_limit=SIZE_LIMIT
                )
            return self._cache

    def _set_aside(self) -> bool:
        """Move a damaged database aside, over an earlier one; return whether that worked."""
        self._cache = None
        try:
            for path in self._folder.glob(f"{DATABASE}*"):
                if not path.name.startswith(f"{DATABASE}.ruined"):
                    path.replace(path.with_name(path.name.replace(DATABASE, f"{DATABASE}.ruined", 1)))
        except OSError:
            return False
        return True
