"""What was said to be kept is kept: killed, raced, locked, ruined, full, or of another version."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.library.invented import DAY, counting_clock, fold, make_digest, make_paper
from tui_digest.entry import Mark
from tui_digest.errors import LibraryError
from tui_digest.folders import irregular_file
from tui_digest.library import database
from tui_digest.library.database import (
    LibraryFullError,
    LibraryLockedError,
    LibraryNewerError,
    LibraryRuinedError,
)
from tui_digest.library.library import Library
from tui_digest.library.schema import VERSION

MARKING = Path(__file__).with_name("marking_process.py")
KILLS = 12


@pytest.fixture
def nothing_synced() -> None:
    """Here the disk is waited for as the program does."""


def stock(file: Path, count: int) -> None:
    with Library(file, fold, counting_clock()) as library:
        library.mailings.store_papers(make_paper(number) for number in range(1, count + 1))


def marking(file: Path, first: int, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-I", str(MARKING), str(file), str(first), str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def marked(file: Path) -> set[str]:
    with Library(file, fold) as library:
        return {entry.paper.id for entry in library.marked()}


def integrity(file: Path) -> str:
    with closing(sqlite3.connect(file)) as connection:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])


@contextmanager
def held_by_another(file: Path, how: str = "EXCLUSIVE") -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute(f"BEGIN {how}")
        yield


def test_a_killed_process_loses_no_acknowledged_mark(library_file: Path) -> None:
    """Processes mark, four at a time, and are killed at any point of their work."""
    stock(library_file, 20 * KILLS)
    acknowledged: set[str] = set()
    chance = random.Random(5)
    for first in range(0, KILLS, 4):
        processes = [marking(library_file, 1 + 20 * kill, 20) for kill in range(first, first + 4)]
        for process in processes:
            assert process.stdout is not None
            said = [process.stdout.readline() for _ in range(chance.randrange(1, 8))]
            process.kill()
            said += process.stdout
            acknowledged.update(line.strip() for line in said if line.endswith("\n"))
            process.wait()
            process.stdout.close()
    assert len(acknowledged) >= KILLS
    assert acknowledged <= marked(library_file)
    assert integrity(library_file) == "ok"
    with Library(library_file, fold) as library:
        actions = library.history.recent(10_000)
    assert {paper for action in actions for paper in action.papers} == marked(library_file)


def test_four_processes_marking_at_once_all_land(library_file: Path) -> None:
    """Few marks each: a process is told that the library is locked when others write for two seconds."""
    stock(library_file, 4 * 4)
    processes = [marking(library_file, 1 + 4 * number, 4) for number in range(4)]
    said = {line.strip() for process in processes for line in process.communicate()[0].splitlines()}
    assert [process.returncode for process in processes] == [0] * 4
    assert said == marked(library_file)
    assert len(said) == 4 * 4


def test_many_threads_use_one_library(library: Library) -> None:
    library.mailings.store_papers(make_paper(number) for number in range(1, 81))
    failures: list[BaseException] = []

    def work(first: int) -> None:
        try:
            for number in range(first, first + 10):
                library.marks.mark([f"2611.{number:05}"], Mark.TO_READ)
                library.mailings.store_papers([make_paper(number, comment="seen")])
                library.entries([make_paper(number)])
                library.mailings.paper(f"2611.{number:05}")
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(1 + 10 * number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(library.marked()) == 80


def test_a_journal_that_is_gone_a_moment_later_is_no_odd_file(
    library_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other programs write meanwhile: what is looked at twice is there once."""
    asked: list[str] = []

    def stat(path: str) -> os.stat_result:
        asked.append(path)
        return real(library_file)

    real = os.stat
    stock(library_file, 1)
    monkeypatch.setattr("tui_digest.folders.os.stat", stat)
    found = irregular_file(library_file)
    monkeypatch.undo()
    assert (found, len(asked)) == (None, len(set(asked)))


def test_a_locked_library_is_told_and_nothing_is_changed(
    library: Library, library_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.mailings.store_papers([make_paper(1)])
    monkeypatch.setattr(database, "LONG_PATIENCE", 0.05)
    with (
        held_by_another(library_file),
        pytest.raises(LibraryLockedError, match="is locked by another program"),
    ):
        library.marks.mark(["2611.00001"], Mark.TO_READ)
    assert library.marked() == ()
    library.marks.mark(["2611.00001"], Mark.TO_READ)
    assert len(library.marked()) == 1


def test_writes_behind_one_that_waited_in_vain_have_waited_with_it(
    library: Library, library_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.mailings.store_papers([make_paper(1)])
    ticks = itertools.count()
    monkeypatch.setattr(database, "time", SimpleNamespace(monotonic=lambda: next(ticks) / 8))
    monkeypatch.setattr(database, "LONG_PATIENCE", 1.0)
    tries: list[int] = []
    with held_by_another(library_file):
        for _ in range(3):
            begun = next(ticks)
            with pytest.raises(LibraryLockedError):
                library.marks.mark(["2611.00001"], Mark.TO_READ)
            tries.append(next(ticks) - begun)
    assert tries[0] > 8
    assert max(tries[1:]) < 5


def test_where_waiting_is_limited_a_write_is_tried_once(library: Library, library_file: Path) -> None:
    library.limit_waiting(-1.0)
    with held_by_another(library_file), pytest.raises(LibraryLockedError):
        library.marks.mark(["2611.00001"], Mark.TO_READ)


def test_who_takes_keys_does_not_wait_for_a_thread_that_another_program_holds_up(
    library: Library, library_file: Path
) -> None:
    """The thread goes on waiting, and has its answer once the library is free."""
    library.hurry()
    ids: list[tuple[str, ...]] = []
    scope, held_up = library.lists.papers([]), threading.Event()

    def patiently(connection: sqlite3.Connection, statement: str, patience: float = 0.0) -> None:
        if threading.current_thread() is thread:
            held_up.set()
            patience = 60.0
        real(connection, statement, patience)

    real = database.patiently
    thread = threading.Thread(target=lambda: ids.append(library.lists.ids(scope, [])))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "patiently", patiently)
        with held_by_another(library_file):
            thread.start()
            held_up.wait()
            with pytest.raises(LibraryLockedError):
                library.lists.papers(["2611.00001"])
            assert thread.is_alive()
        thread.join()
    assert ids == [()]


def test_a_writer_elsewhere_does_not_keep_one_from_reading(library: Library, library_file: Path) -> None:
    library.mailings.store_papers([make_paper(1)])
    with held_by_another(library_file, "IMMEDIATE"):
        assert library.mailings.paper("2611.00001") == make_paper(1)


@pytest.mark.parametrize(
    "content",
    [b"not a database at all, but long enough to be looked at", b"SQLite format 3\x00" + b"\xff" * 4096],
    ids=["text", "garbage"],
)
def test_a_ruined_library_is_named_and_left_as_it_is(library_file: Path, content: bytes) -> None:
    library_file.parent.mkdir()
    library_file.write_bytes(content)
    with pytest.raises(
        LibraryRuinedError, match="is damaged or is not a library; it was left as it is"
    ) as told:
        Library(library_file, fold)
    assert str(library_file) in str(told.value)
    assert told.value.exit_code == 1
    assert library_file.read_bytes() == content


def test_another_programs_database_is_left_alone(library_file: Path) -> None:
    library_file.parent.mkdir()
    with closing(sqlite3.connect(library_file)) as other:
        other.execute("CREATE TABLE bookmarks (address)")
        other.commit()
    with pytest.raises(LibraryRuinedError):
        Library(library_file, fold)


def test_damage_inside_is_told_when_it_is_met(library_file: Path) -> None:
    stock(library_file, 200)
    whole = library_file.read_bytes()
    library_file.write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    with pytest.raises(LibraryError, match="damaged"), Library(library_file, fold) as library:
        library.marks.mark(["2611.00001"], Mark.TO_READ)


def test_a_newer_library_is_opened_by_nobody(library_file: Path) -> None:
    stock(library_file, 1)
    with closing(sqlite3.connect(library_file)) as newer:
        newer.execute(f"PRAGMA user_version={VERSION + 1}")
    before = library_file.read_bytes()
    with pytest.raises(LibraryNewerError, match="was made by a newer version") as told:
        Library(library_file, fold)
    assert told.value.exit_code == 1
    assert library_file.read_bytes() == before


def test_a_full_library_keeps_what_was_there(library: Library) -> None:
    library.mailings.store_digest(make_digest(make_paper(1)))
    library.marks.mark(["2611.00001"], Mark.TO_READ)
    with library._database.writing() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 2}")
    long = "word " * 20_000
    with pytest.raises(LibraryFullError, match=r"no space left .* all earlier ones are"):
        library.mailings.store_papers([make_paper(2, abstract=long)])
    with pytest.raises(LibraryFullError):
        library.marks.note("2611.00001", long)
    assert library.mailings.paper("2611.00002") is None
    assert [entry.reading.note for entry in library.marked()] == [""]
    assert len(library.history.recent()) == 1
    library.marks.mark(["2611.00001"], Mark.DONE)
    assert len(library.marked(Mark.DONE)) == 1


FULL_DISK = """
import resource, signal, sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from tests.library.invented import fold, make_paper
from tui_digest.errors import LibraryError
from tui_digest.folders import irregular_file
from tui_digest.library import database
from tui_digest.library.library import Library
from tui_digest.entry import Mark

file = Path(sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Library(file, fold) as library:
    library.marks.mark(["2611.00001"], Mark.TO_READ)
    limit = file.stat().st_size + 4096
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        library.mailings.store_papers([make_paper(2, abstract="word " * 50_000)])
    except LibraryError as error:
        print(error)
    library.marks.mark(["2611.00001"], Mark.DONE)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits on the size of files are POSIX's")
def test_a_disk_that_takes_no_more_loses_nothing(library_file: Path) -> None:
    stock(library_file, 1)
    root = str(Path(__file__).parents[2])
    command = [sys.executable, "-c", FULL_DISK, str(library_file), root]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "this change was not kept, all earlier ones are" in told
    assert integrity(library_file) == "ok"
    with Library(library_file, fold) as library:
        assert [entry.paper.id for entry in library.marked(Mark.DONE)] == ["2611.00001"]
        assert library.mailings.paper("2611.00002") is None


def test_an_action_that_fails_half_way_leaves_nothing(library: Library) -> None:
    library.mailings.store_papers([make_paper(1)])
    with pytest.raises(LibraryError, match="not in the library"):
        library.marks.mark(["2611.00001", "2611.00009"], Mark.DONE)
    assert library.marked(Mark.DONE) == ()
    assert library.history.recent() == ()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's folders private itself")
def test_the_library_is_its_owners_alone(library: Library, library_file: Path) -> None:
    before = os.umask(0)
    try:
        other = library_file.parent / "further" / "library.sqlite3"
        Library(other, fold).close()
    finally:
        os.umask(before)
    assert [path.stat().st_mode & 0o777 for path in (library_file, other)] == [0o600, 0o600]
    assert [path.parent.stat().st_mode & 0o777 for path in (library_file, other)] == [0o700, 0o700]
    assert sorted(path.name for path in other.parent.iterdir()) == ["library.sqlite3"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(LibraryError, match="permission"):
        Library(tmp_path / "data" / "library.sqlite3", fold)


def test_a_library_is_made_once_by_many_processes(library_file: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[2]); from pathlib import Path;"
        "from tui_digest.library.library import Library; Library(Path(sys.argv[1]), str.casefold)"
        ".filters.save(sys.argv[3], 'is:unread')"
    )
    root = str(Path(__file__).parents[2])
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(library_file), root, str(number)])
        for number in range(6)
    ]
    assert [process.wait() for process in processes] == [0] * 6
    with Library(library_file, fold) as library:
        assert len(library.filters.all()) == 6


def test_the_file_is_journalled_and_synced_as_promised(library: Library) -> None:
    library.positions.remember(DAY, "2611.00001")
    with library._database.writing() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert connection.execute("PRAGMA synchronous").fetchone()[0] >= 2


def test_a_copy_in_the_place_of_an_open_library_is_written_to(library: Library, library_file: Path) -> None:
    library.mailings.store_digest(make_digest(make_paper(1), make_paper(2)))
    library.marks.mark(["2611.00001"], Mark.TO_READ)
    copy = library_file.with_name("copy")
    shutil.copy(library_file, copy)
    copy.replace(library_file)
    library.marks.mark(["2611.00002"], Mark.TO_READ)
    with Library(library_file, fold) as again:
        assert [entry.reading.mark for entry in again.entries([make_paper(1), make_paper(2)])] == [
            Mark.TO_READ,
            Mark.TO_READ,
        ]
    assert [entry.reading.mark for entry in library.entries([make_paper(2)])] == [Mark.TO_READ]


def test_a_library_that_was_moved_away_meanwhile_is_said_to_be_gone(
    library: Library, library_file: Path
) -> None:
    library.mailings.store_digest(make_digest(make_paper(1)))
    library.marks.mark(["2611.00001"], Mark.TO_READ)
    library_file.rename(library_file.with_name("moved"))
    with pytest.raises(LibraryError, match="is no longer there"):
        library.marks.mark(["2611.00001"], Mark.DONE)
