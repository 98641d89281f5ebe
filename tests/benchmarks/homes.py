"""Homes with a library for the benchmarks: a day of invented papers, of any length."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

from tui_digest.folders import APPLICATION, places
from tui_digest.latex import search_key
from tui_digest.library.fts_index import fold_name
from tui_digest.library.library import Library
from tui_digest.paper import AnnounceType, Completeness, CompletenessState, Digest, Paper

FIRST_ROW = b"First-of-all"
"""What the title of each paper begins with."""

CATEGORIES = ("cs.LG", "stat.ML", "math.OC")
"""Those of the day."""

_STORED = 1000
"""Papers stored as the program does it; a longer day repeats their texts."""


def library_file(folder: Path) -> Path:
    """Return the library of a home."""
    return folder / "data" / APPLICATION / places(folder).library_file.name


def make_home(folder: Path, rows: int, settings: str = "") -> None:
    """A home whose library has a day of `rows` invented papers, stored just now.

    Args:
        folder: the home; see `whole_program.environment_of`.
        rows: papers of the day.
        settings: the content of config.toml; none is written when it is empty.
    """
    now = datetime.now(UTC)
    file = library_file(folder)
    file.parent.mkdir(parents=True)
    with Library(file, search_key) as library:
        library.mailings.store_digest(
            Digest(
                date=now.date(),
                categories=CATEGORIES,
                papers=tuple(_paper(number, now) for number in range(min(rows, _STORED))),
                completeness=Completeness(state=CompletenessState.COMPLETE, shown=rows, announced=rows),
                fetched_at=now,
            )
        )
    if rows > _STORED:
        _lengthen(file, rows)
    if settings:
        config = folder / "config" / APPLICATION / places(folder).config_file.name
        config.parent.mkdir(parents=True)
        config.write_text(settings, encoding="utf-8")


def refresh_home(folder: Path) -> None:
    """Bring the library of a home that was made before to this version.

    The index is taken to be of this version's folding: to fold a million papers again takes minutes, in
    which the reader is not at rest, and their texts are invented for a list, not for a search.
    """
    file = library_file(folder)
    with Library(file, search_key):
        pass  # opening it brings its tables up to date
    with closing(sqlite3.connect(file)) as connection, connection:
        name = fold_name(search_key)
        if connection.execute("SELECT 1 FROM folded WHERE fold != ?", (name,)).fetchone():
            connection.execute("UPDATE folded SET fold = ? WHERE fold != ?", (name, name))


def _id(number: int) -> str:
    return f"{601 + number // 90000:04}.{10000 + number % 90000:05}"


def _paper(number: int, now: datetime) -> Paper:
    today: date = now.date()
    sentence = f"We bound $\\|x\\|_2$ by $\\mathcal{{O}}(1/\\sqrt{{T}})$ in case {number} of many. "
    return Paper(
        id=_id(number),
        version=1,
        title=f"{FIRST_ROW.decode()} paper {number} on $\\ell_{number % 9}$ norms and their convergence",
        authors=("Ada Number", "Bo Second", f"Cy Third{number}"),
        abstract=sentence * 18,
        categories=("math.OC", "cs.LG"),
        primary="math.OC",
        announce_type=AnnounceType.NEW,
        announced=today,
        published=now,
    )


def _lengthen(file: Path, rows: int) -> None:
    """Fill the day up with copies of its papers, each under an id of its own, their abstracts shortened."""
    with closing(sqlite3.connect(file)) as connection, connection:
        templates = [key for (key,) in connection.execute("SELECT key FROM papers ORDER BY key")]

        def pairs() -> Iterator[tuple[int, str, int, int]]:
            for number in range(_STORED, rows):
                month, _, serial = _id(number).partition(".")
                yield int(month) * 100_000 + int(serial), _id(number), templates[number % _STORED], number

        connection.execute("CREATE TEMP TABLE copies (key INTEGER PRIMARY KEY, id, template, position)")
        connection.executemany("INSERT INTO copies VALUES (?, ?, ?, ?)", pairs())
        for table, changed in (
            ("papers", {"key": "c.key", "id": "c.id", "abstract": "substr(t.abstract, 1, 200)"}),
            ("paper_categories", {"key": "c.key"}),
            ("folded", {"key": "c.key", "abstract": "substr(t.abstract, 1, 200)"}),
            ("announcements", {"key": "c.key", "position": "c.position"}),
        ):
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            values = ", ".join(changed.get(name, f"t.{name}") for name in names)
            connection.execute(
                f"INSERT INTO {table} ({', '.join(names)}) "
                f"SELECT {values} FROM copies c CROSS JOIN {table} t ON t.key = c.template"
            )
        connection.execute("UPDATE mailings SET papers = ?, parts = ?", (rows, f'[["new",{rows}]]'))
        connection.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
        connection.execute("INSERT INTO search_index (search_index) VALUES ('optimize')")
