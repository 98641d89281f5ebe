"""The size of the cache of arXiv's answers, read without diskcache."""

from __future__ import annotations

import contextlib
import sqlite3

from tui_digest.folders import irregular_file

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Final

DATABASE: Final = "cache.db"

SIZE_LIMIT: Final = 256 * 1024 * 1024
"""Bytes that the cache may take."""

_BUSY_S: Final = 2.0


def stored_size(folder: Path) -> tuple[int, int] | None:
    """Return the number of cached answers and their bytes, as diskcache counts them.

    diskcache keeps both counts in its table `Settings`. Nothing is written, and no cache is made where
    there is none. None: the database is locked, damaged or none of diskcache's; `AnswerCache` repairs it.
    """
    database = folder / DATABASE
    if irregular_file(database) is not None:
        return None
    if not database.exists():
        return 0, 0
    try:
        with contextlib.closing(sqlite3.connect(database, timeout=_BUSY_S)) as connection:
            counts = dict(
                connection.execute("SELECT key, value FROM Settings WHERE key IN ('count', 'size')")
            )
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            (page_size,) = connection.execute("PRAGMA page_size").fetchone()
            return int(counts["count"]), int(counts["size"]) + pages * page_size
    except (sqlite3.Error, OSError, KeyError, TypeError, ValueError):
        return None
