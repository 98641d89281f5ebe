"""A library of every earlier schema version is brought to this one, with a backup and everything in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.library.invented import (
    assert_index_agrees,
    counting_clock,
    fold,
    is_private,
    make_digest,
    make_paper,
    mark_as_0_1_0,
)
from tui_digest.entry import Mark
from tui_digest.errors import LibraryError
from tui_digest.library import schema
from tui_digest.library.library import Library
from tui_digest.library.migrations import MIGRATIONS
from tui_digest.paper import AnnounceType, CompletenessState

SCHEMA_0_1_0 = Path(__file__).with_name("schema_0_1_0.sql")
DATA_0_1_0 = Path(__file__).with_name("data_0_1_0.sql")
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def add_colour(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE readings ADD COLUMN colour TEXT")


def colour_marked(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE readings SET colour = 'green' WHERE mark = 'to-read'")


def fail(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE readings SET mark = NULL")
    raise sqlite3.OperationalError("it fails")


def make_0_1_0(file: Path) -> None:
    """A library as release 0.1.0 left it: two days, marks, a note, undo, an explanation, places."""
    file.parent.mkdir(mode=0o700, parents=True)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.executescript(SCHEMA_0_1_0.read_text(encoding="utf-8"))
        connection.executescript(DATA_0_1_0.read_text(encoding="utf-8"))
    file.chmod(0o600)


def schema_of(file: Path) -> list[tuple[object, ...]]:
    return asked(
        file,
        "SELECT type, name, tbl_name, sql FROM sqlite_master "
        "WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_index_%' ORDER BY name",
    )


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
    backup = schema.prepare(stocked_file, NOW, (*MIGRATIONS, add_colour, colour_marked))
    assert asked(stocked_file, "PRAGMA user_version") == [(schema.VERSION + 2,)]
    assert asked(stocked_file, "SELECT colour, note FROM readings") == [("green", "a note")]
    assert backup == stocked_file.with_name(f"library-schema-{schema.VERSION}-20261120T080000.sqlite3")


def test_one_that_is_further_takes_only_the_steps_that_are_left(stocked_file: Path) -> None:
    schema.prepare(
        stocked_file,
        NOW,
        (
            *MIGRATIONS,
            add_colour,
        ),
    )
    schema.prepare(stocked_file, NOW, (*MIGRATIONS, fail, colour_marked))
    assert asked(stocked_file, "SELECT colour FROM readings") == [("green",)]


def test_the_backup_is_the_library_as_it_was(stocked_file: Path) -> None:
    before = asked(stocked_file, "SELECT * FROM readings")
    backup = schema.prepare(stocked_file, NOW, (*MIGRATIONS, add_colour, colour_marked))
    assert backup is not None
    assert asked(backup, "PRAGMA user_version") == [(schema.VERSION,)]
    assert asked(backup, "SELECT * FROM readings") == before
    assert is_private(backup)


def test_a_migration_that_fails_changes_nothing(stocked_file: Path) -> None:
    before = asked(stocked_file, "SELECT * FROM readings")
    with pytest.raises(LibraryError):
        schema.prepare(stocked_file, NOW, (*MIGRATIONS, add_colour, fail))
    assert asked(stocked_file, "PRAGMA user_version") == [(schema.VERSION,)]
    assert asked(stocked_file, "SELECT * FROM readings") == before


def test_there_is_a_way_from_every_version() -> None:
    assert len(MIGRATIONS) + 1 == schema.VERSION


def test_a_library_of_0_1_0_has_the_tables_of_a_new_one_once_it_is_opened(library_file: Path) -> None:
    make_0_1_0(library_file)
    fresh = library_file.with_name("fresh.sqlite3")
    schema.prepare(fresh, NOW)
    backup = schema.prepare(library_file, NOW)
    assert backup is not None
    assert schema_of(library_file) == schema_of(fresh)
    assert asked(library_file, "PRAGMA user_version") == asked(fresh, "PRAGMA user_version")
    assert asked(library_file, "PRAGMA foreign_key_check") == []
    assert_index_agrees(library_file)


def test_a_library_of_0_1_0_keeps_everything(library_file: Path) -> None:
    make_0_1_0(library_file)
    with Library(library_file, fold, counting_clock()) as library:
        digest = library.mailings.digest(None, ("cs.LG", "math.OC"))
        assert digest is not None
        assert digest.date == date(2026, 11, 20)
        assert [paper.id for paper in digest.papers] == ["2611.00001", "2611.00002"]
        assert digest.completeness.state is CompletenessState.COMPLETE
        assert [day.date for day in library.mailings.days(("cs.LG", "math.OC"))] == [
            date(2026, 11, 20),
            date(2026, 11, 19),
        ]
        first, second = library.entries(digest.papers)
        assert (first.reading.mark, first.reading.note, first.reading.read) == (Mark.TO_READ, "a note", True)
        assert second.reading.mark is None
        assert first.explanation is not None
        assert first.explanation.text == "Let $x$ be given."
        assert library.positions.last_day() == date(2026, 11, 19)
        assert library.positions.paper(date(2026, 11, 20)) == "2611.00002"
        assert [entry.paper.id for entry in library.search.find("method 2").entries] == ["2611.00002"]
        assert library.following.all()[0].text == "Ada Example"
        assert library.filters.all() == {"mine": "is:unread"}
        undone = library.history.undo()
        assert undone is not None
        assert undone.label == "wrote a note on 2611.00001"


def test_a_library_of_0_1_0_is_backed_up_before_it_is_migrated(library_file: Path) -> None:
    make_0_1_0(library_file)
    before = schema_of(library_file)
    with Library(library_file, fold, counting_clock()) as library:
        assert library.migrated_from is not None
        assert schema_of(library.migrated_from) == before
        assert is_private(library.migrated_from)


def test_what_a_reader_of_0_1_0_decides_that_is_still_open_is_kept_and_undone(library_file: Path) -> None:
    """It goes on with the statements of its own version in the file that was migrated below it."""
    make_0_1_0(library_file)
    with closing(sqlite3.connect(library_file, isolation_level=None)) as still_open:
        assert still_open.execute("SELECT step, undoable FROM history").fetchone()
        with Library(library_file, fold, counting_clock()) as library:
            assert library.migrated_from is not None
        mark_as_0_1_0(still_open, "2611.00002", "to-read", "2026-11-20T09:00:00+00:00")
    with Library(library_file, fold, counting_clock()) as library:
        assert "2611.00002" in {entry.paper.id for entry in library.marked()}
        undone = library.history.undo()
        assert undone is not None
        assert undone.papers == ("2611.00002",)
        assert "2611.00002" not in {entry.paper.id for entry in library.marked()}


def test_the_versions_of_notes_are_named_by_their_clocks(library_file: Path) -> None:
    schema.prepare(library_file, NOW)
    with closing(sqlite3.connect(library_file)) as connection, connection:
        connection.executescript(
            "DROP TABLE sync_notes; PRAGMA user_version = 4;"
            "CREATE TABLE sync_notes (paper TEXT NOT NULL, machine TEXT NOT NULL, sequence INTEGER NOT NULL, "
            "clock INTEGER NOT NULL, text TEXT NOT NULL, replaced INTEGER NOT NULL, "
            "PRIMARY KEY (paper, machine, sequence)) WITHOUT ROWID;"
            "INSERT INTO sync_notes VALUES ('2611.00001', 'a-1', 1, 7, 'kept', 0);"
            "INSERT INTO sync_notes VALUES ('2611.00001', 'b-1', 9, 0, '', 1);"
        )
    schema.prepare(library_file, NOW)
    assert asked(library_file, "SELECT * FROM sync_notes") == [("2611.00001", "a-1", 7, "kept", 0)]
    fresh = library_file.with_name("fresh.sqlite3")
    schema.prepare(fresh, NOW)
    assert schema_of(library_file) == schema_of(fresh)


@pytest.mark.parametrize(
    ("kinds", "parts"),
    [
        ((), "[]"),
        (
            ("new", "new", "cross", "replace-cross", "replace", None),
            '[["new",2],["cross",1],["replaced",2],["untyped",1]]',
        ),
        (("cross", "cross"), '[["cross",2]]'),
        (("cross", "new"), None),
        (("new", "cross", "new"), None),
        ((None, "replace"), None),
    ],
)
def test_the_parts_of_earlier_days_are_counted_once(
    library_file: Path, kinds: tuple[str | None, ...], parts: str | None
) -> None:
    papers = [
        make_paper(number, announce_type=None if kind is None else AnnounceType(kind))
        for number, kind in enumerate(kinds, 1)
    ]
    with Library(library_file, fold, counting_clock()) as library:
        library.mailings.store_digest(make_digest(*papers))
    stored = asked(library_file, "SELECT parts FROM mailings")
    with closing(sqlite3.connect(library_file)) as connection:
        connection.executescript("ALTER TABLE mailings DROP COLUMN parts; PRAGMA user_version = 5;")
    schema.prepare(library_file, NOW)
    assert asked(library_file, "SELECT parts FROM mailings") == stored == [(parts,)]
