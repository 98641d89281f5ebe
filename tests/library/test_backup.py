"""A backup is the whole library; restoring checks before it replaces, and keeps what was there."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.library.invented import counting_clock, fold, is_private, make_digest, make_paper
from tui_digest.entry import Mark
from tui_digest.errors import LibraryError
from tui_digest.interests import InterestKind, Stance
from tui_digest.library import database
from tui_digest.library.backup import backup, restore
from tui_digest.library.database import LibraryLockedError, LibraryRuinedError
from tui_digest.library.library import Library
from tui_digest.library.schema import VERSION

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)


def contents(file: Path) -> list[str]:
    """Everything in a library, table by table."""
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def decided(library: Library) -> object:
    """What the reader sees of marks, notes, history, follows and filters."""
    return (
        library.entries([make_paper(1), make_paper(2)]),
        library.history.recent(),
        library.following.all(),
        library.filters.all(),
        library.search.find("remark").entries,
    )


@pytest.fixture
def stocked_file(library_file: Path) -> Path:
    with Library(library_file, fold, counting_clock()) as library:
        library.mailings.store_digest(make_digest(make_paper(1), make_paper(2)))
        library.marks.mark(["2611.00001"], Mark.TO_READ)
        library.marks.note("2611.00002", "a remark, $x^2$")
        library.following.set(InterestKind.AUTHOR, "Ada Example", Stance.FOLLOW)
        library.filters.save("queue", "is:to-read")
        library.marks.mark(["2611.00001"], Mark.DONE)
        library.history.undo()
    return library_file


def test_marks_notes_and_history_are_the_same_in_an_empty_home(stocked_file: Path, tmp_path: Path) -> None:
    copy, elsewhere = tmp_path / "copy.sqlite3", tmp_path / "new home" / "library.sqlite3"
    backup(stocked_file, copy)
    assert restore(copy, elsewhere, NOW) is None
    assert contents(elsewhere) == contents(stocked_file)
    with Library(stocked_file, fold) as old, Library(elsewhere, fold) as new:
        assert decided(new) == decided(old)
        redone = new.history.redo()
        assert redone is not None
        assert redone.label == "marked 2611.00001 done"
    assert all(map(is_private, (copy, elsewhere, elsewhere.parent)))


def test_a_backup_is_taken_while_the_library_is_in_use(stocked_file: Path, tmp_path: Path) -> None:
    with Library(stocked_file, fold) as library:
        backup(stocked_file, tmp_path / "copy.sqlite3")
        library.marks.mark(["2611.00002"], Mark.DONE)
        backup(stocked_file, tmp_path / "copy.sqlite3")
    assert contents(tmp_path / "copy.sqlite3") == contents(stocked_file)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy.sqlite3", "data"]


def test_a_backup_goes_nowhere_else(stocked_file: Path, tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="is the library itself"):
        backup(stocked_file, stocked_file)
    with pytest.raises(LibraryError, match="is a folder"):
        backup(stocked_file, tmp_path)
    with pytest.raises(LibraryError, match="could not be written"):
        backup(stocked_file, tmp_path / "missing" / "copy.sqlite3")
    with pytest.raises(LibraryError, match="nothing to back up"):
        backup(tmp_path / "no library.sqlite3", tmp_path / "copy.sqlite3")


def test_what_was_there_before_is_kept(stocked_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    backup(stocked_file, copy)
    with Library(stocked_file, fold) as library:
        library.marks.note("2611.00001", "written after the backup")
    before = contents(stocked_file)
    kept = restore(copy, stocked_file, NOW)
    assert kept == stocked_file.with_name("library-before-restore-20261120T080000.sqlite3")
    assert kept is not None
    assert contents(kept) == before
    assert contents(stocked_file) == contents(copy)


def test_a_reader_that_is_open_goes_on_with_the_restored_library(stocked_file: Path, tmp_path: Path) -> None:
    backup(stocked_file, tmp_path / "copy.sqlite3")
    with Library(stocked_file, fold) as library:
        library.marks.note("2611.00001", "written after the backup")
        restore(tmp_path / "copy.sqlite3", stocked_file, NOW)
        assert library.entries([make_paper(1)])[0].reading.note == ""
        library.marks.note("2611.00001", "written after the restore")
    with Library(stocked_file, fold) as again:
        assert again.entries([make_paper(1)])[0].reading.note == "written after the restore"


def test_a_ruined_library_is_moved_aside_for_the_backup(stocked_file: Path, tmp_path: Path) -> None:
    backup(stocked_file, tmp_path / "copy.sqlite3")
    stocked_file.write_bytes(b"ruined")
    kept = restore(tmp_path / "copy.sqlite3", stocked_file, NOW)
    assert kept is not None
    assert kept.read_bytes() == b"ruined"
    assert contents(stocked_file) == contents(tmp_path / "copy.sqlite3")


# A process that is killed while a large change of it goes to the disk: its journal is left.
DYING = """
import os, signal, sqlite3, sys

connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE papers SET abstract = hex(zeroblob(20000))")
connection.execute("UPDATE papers SET title = hex(zeroblob(20000))")
os.kill(os.getpid(), signal.SIGKILL)
"""


def leave_a_journal(library: Path) -> None:
    """Have a process killed while it writes."""
    died = subprocess.run([sys.executable, "-c", DYING, str(library)], check=False)
    assert died.returncode == -signal.SIGKILL
    assert library.with_name(f"{library.name}-journal").stat().st_size > 512


@pytest.mark.parametrize(
    "spoil", [Path.unlink, lambda file: file.write_bytes(b"ruined")], ids=["gone", "ruined"]
)
def test_a_journal_of_the_library_that_was_there_is_not_written_over_the_restored_one(
    spoil: Callable[[Path], object], stocked_file: Path, tmp_path: Path
) -> None:
    with Library(tmp_path / "other.sqlite3", fold, counting_clock()) as other:
        other.mailings.store_digest(make_digest(*map(make_paper, range(1, 60))))
        other.marks.note("2611.00007", "not to be lost")
    backup(tmp_path / "other.sqlite3", tmp_path / "copy.sqlite3")
    leave_a_journal(stocked_file)
    spoil(stocked_file)
    restore(tmp_path / "copy.sqlite3", stocked_file, NOW)
    assert contents(stocked_file) == contents(tmp_path / "copy.sqlite3")


def test_a_journal_of_a_library_that_was_moved_away_is_not_written_over_a_new_one(library_file: Path) -> None:
    with Library(library_file, fold, counting_clock()) as library:
        library.mailings.store_digest(make_digest(*map(make_paper, range(1, 60))))
    leave_a_journal(library_file)
    library_file.unlink()
    with Library(library_file, fold, counting_clock()) as library:
        library.mailings.store_digest(make_digest(make_paper(1)))
        assert library.marks.note("2611.00001", "kept")
    with closing(sqlite3.connect(library_file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_a_journal_of_an_earlier_backup_is_not_taken_for_the_next_ones(
    stocked_file: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.sqlite3"
    backup(stocked_file, copy)
    leave_a_journal(copy)
    copy.unlink()
    with Library(stocked_file, fold) as library:
        library.marks.note("2611.00002", "a longer remark")
    backup(stocked_file, copy)
    restore(copy, tmp_path / "new home" / "library.sqlite3", NOW)
    assert contents(tmp_path / "new home" / "library.sqlite3") == contents(stocked_file)


def damage(file: Path) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] + b"\xff" * 4096 + whole[len(whole) // 2 + 4096 :])


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-8192])


def empty(file: Path) -> None:
    file.write_bytes(b"")


def make_newer(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA user_version={VERSION + 1}")


def _spoil_by(*statements: str) -> Callable[[Path], None]:
    def spoil(file: Path) -> None:
        with closing(sqlite3.connect(file)) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()

    return spoil


SPOILED_INSIDE = [
    _spoil_by("PRAGMA user_version = -1"),
    _spoil_by("PRAGMA user_version = 0"),
    _spoil_by("UPDATE papers SET title = x'00'"),
    _spoil_by("DROP TABLE tags"),
    _spoil_by("ALTER TABLE papers DROP COLUMN licence"),
    _spoil_by("DROP INDEX papers_by_day"),
    _spoil_by("DROP TRIGGER history_is_never_changed"),
    _spoil_by("CREATE TRIGGER theirs AFTER INSERT ON papers BEGIN DELETE FROM filters; END"),
    _spoil_by("CREATE VIEW theirs AS SELECT * FROM papers"),
    _spoil_by("CREATE TABLE theirs (x)"),
    _spoil_by("UPDATE papers SET authors = 'no list'"),
    _spoil_by("UPDATE papers SET announced = 'someday'"),
    _spoil_by("UPDATE mailings SET completeness = '{}'"),
    _spoil_by(
        "DROP TRIGGER history_is_never_changed",
        "UPDATE history SET changes = '[1]'",
        "CREATE TRIGGER history_is_never_changed BEFORE UPDATE ON history "
        "BEGIN SELECT raise(ABORT, 'the history is append-only'); END",
    ),
]


@pytest.mark.parametrize("spoil", [damage, cut, empty, make_newer, Path.unlink, *SPOILED_INSIDE])
def test_a_backup_that_cannot_be_trusted_replaces_nothing(
    stocked_file: Path, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    copy = tmp_path / "copy.sqlite3"
    backup(stocked_file, copy)
    spoil(copy)
    before = stocked_file.read_bytes()
    with pytest.raises(LibraryError, match="the library is as it was"):
        restore(copy, stocked_file, NOW)
    assert stocked_file.read_bytes() == before
    assert [path.name for path in stocked_file.parent.iterdir()] == ["library.sqlite3"]


def test_a_backup_is_written_over_no_link_and_no_pipe(stocked_file: Path, tmp_path: Path) -> None:
    link, pipe = tmp_path / "link", tmp_path / "pipe"
    link.symlink_to(tmp_path / "elsewhere")
    os.mkfifo(pipe)
    for target in (link, pipe):
        with pytest.raises(LibraryError, match="is a link or no ordinary file"):
            backup(stocked_file, target)
    assert not (tmp_path / "elsewhere").exists()


RESTORING = """
import sys
sys.path.insert(0, sys.argv[3])
from datetime import UTC, datetime
from pathlib import Path
from tui_digest.library.backup import restore

while True:
    restore(Path(sys.argv[1]), Path(sys.argv[2]), datetime.now(UTC)).unlink()
    print("restored", flush=True)
"""


def test_a_restore_that_is_killed_leaves_a_whole_library(stocked_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    backup(stocked_file, copy)
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-c", RESTORING, str(copy), str(stocked_file), root]
    for lines in range(1, 6):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert [process.stdout.readline() for _ in range(lines)] == ["restored\n"] * lines
            process.kill()
        with closing(sqlite3.connect(stocked_file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert contents(stocked_file) == contents(copy)
    abandoned = stocked_file.with_name(f".{stocked_file.name}.{process.pid}.restoring-wal")
    abandoned.touch()
    running = stocked_file.with_name(f".{stocked_file.name}.{os.getppid()}.partial")
    running.touch()
    restore(copy, stocked_file, NOW)
    assert [path for path in stocked_file.parent.iterdir() if path.name.startswith(".")] == [running]


def test_a_backup_that_was_set_to_wal_is_restored_without(stocked_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    backup(stocked_file, copy)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] == "wal"
    restore(copy, stocked_file, NOW)
    assert not [path for path in stocked_file.parent.iterdir() if path.name.startswith(".")]
    with closing(sqlite3.connect(stocked_file)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"


def test_a_newer_backup_is_named_itself(stocked_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    backup(stocked_file, copy)
    make_newer(copy)
    with pytest.raises(LibraryError, match="It was made by a newer version") as refused:
        restore(copy, stocked_file, NOW)
    assert "restoring" not in str(refused.value)


def test_the_library_is_no_backup_of_itself(stocked_file: Path) -> None:
    with pytest.raises(LibraryError, match="is the library itself"):
        restore(stocked_file, stocked_file, NOW)


def test_a_locked_library_is_not_restored_over(
    stocked_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup(stocked_file, tmp_path / "copy.sqlite3")
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    before = stocked_file.read_bytes()
    with closing(sqlite3.connect(stocked_file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryLockedError):
            restore(tmp_path / "copy.sqlite3", stocked_file, NOW)
    assert stocked_file.read_bytes() == before


def test_only_a_library_is_backed_up(tmp_path: Path) -> None:
    other = tmp_path / "bookmarks.sqlite3"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE bookmarks (address)")
        connection.commit()
    with pytest.raises(LibraryRuinedError):
        backup(other, tmp_path / "copy.sqlite3")
