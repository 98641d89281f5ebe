"""A library of every earlier schema version is brought to this one, with a backup and everything in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.library.invented import counting_clock, fold, is_private, make_paper
from tui_digest.entry import Mark
from tui_digest.errors import LibraryError
from tui_digest.library import schema
from tui_digest.library.library import Library

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def add_colour(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE readings ADD COLUMN colour TEXT")


def colour_marked(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE readings SET colour = 'green' WHERE mark = 'to-read'")


def fail(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE readings SET mark = NULL")
    raise sqlite3.OperationalError("it fails")


@pytest.fixture
def stocked_file(library_file: Path) -> Path:
    with Library(library_file, fold, counting_clock()) as library:
        library.mailings.store_papers([make_paper(1), make_paper(2)])
        library.marks.mark(["2611.00001"], Mark.TO_READ)
        library.marks.note("2611.00001", "a note")
    return library_file


def asked(file: Path, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def test_a_library_of_this_version_is_not_touched(stocked_file: Path) -> None:
    before = stocked_file.read_bytes()
    assert schema.prepare(stocked_file, NOW) is None
    assert stocked_file.read_bytes() == before


def test_an_older_library_is_brought_up_step_by_step_with_its_data(stocked_file: Path) -> None:
    backup = schema.prepare(stocked_file, NOW, (add_colour, colour_marked))
    assert asked(stocked_file, "PRAGMA user_version") == [(3,)]
    assert asked(stocked_file, "SELECT colour, note FROM readings") == [("green", "a note")]
    assert backup == stocked_file.with_name("library-schema-1-20261120T080000.sqlite3")


def test_one_that_is_further_takes_only_the_steps_that_are_left(stocked_file: Path) -> None:
    schema.prepare(stocked_file, NOW, (add_colour,))
    schema.prepare(stocked_file, NOW, (fail, colour_marked))
    assert asked(stocked_file, "SELECT colour FROM readings") == [("green",)]


def test_the_backup_is_the_library_as_it_was(stocked_file: Path) -> None:
    before = asked(stocked_file, "SELECT * FROM readings")
    backup = schema.prepare(stocked_file, NOW, (add_colour, colour_marked))
    assert backup is not None
    assert asked(backup, "PRAGMA user_version") == [(1,)]
    assert asked(backup, "SELECT * FROM readings") == before
    assert is_private(backup)


def test_a_migration_that_fails_changes_nothing(stocked_file: Path) -> None:
    before = asked(stocked_file, "SELECT * FROM readings")
    with pytest.raises(LibraryError):
        schema.prepare(stocked_file, NOW, (add_colour, fail))
    assert asked(stocked_file, "PRAGMA user_version") == [(1,)]
    assert asked(stocked_file, "SELECT * FROM readings") == before


def test_there_is_a_way_from_every_version() -> None:
    assert len(schema.MIGRATIONS) + 1 == schema.VERSION
