"""ArXiv's answers on disk: plain, private, and never in the way."""

from __future__ import annotations

import contextlib
import os
import pickle
import sqlite3
import stat
import sys
from datetime import timedelta
from pathlib import Path

import diskcache
import pytest

from tests.servers.arxiv_home import Clock, eastern
from tui_digest.arxiv.cache import AnswerCache, PlainDisk
from tui_digest.arxiv.cache_size import SIZE_LIMIT, stored_size
from tui_digest.arxiv.types import ArxivAnswer

ADDRESS = "https://rss.arxiv.org/rss/cs.LG"
UNTIL = eastern(21)


@pytest.fixture
def clock() -> Clock:
    return Clock(eastern(20))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def cache(folder: Path, clock: Clock) -> AnswerCache:
    return AnswerCache(folder, now=clock.now)


def answer(clock: Clock, body: bytes = b"<rss/>") -> ArxivAnswer:
    return ArxivAnswer(body, clock.now())


def test_an_answer_is_kept_until_its_moment(cache: AnswerCache, clock: Clock, folder: Path) -> None:
    assert cache.get(ADDRESS) is None
    cache.keep(ADDRESS, answer(clock), UNTIL)
    assert AnswerCache(folder, now=clock.now).get(ADDRESS) == answer(clock)
    clock.set(UNTIL - timedelta(seconds=1))
    assert cache.get(ADDRESS) is not None
    clock.set(UNTIL)
    assert cache.get(ADDRESS) is None


def test_what_has_passed_already_is_not_kept(cache: AnswerCache, clock: Clock) -> None:
    cache.keep(ADDRESS, answer(clock), clock.now())
    assert cache.info().answers == 0


def test_info_and_clear(cache: AnswerCache, clock: Clock, folder: Path) -> None:
    for number in range(3):
        cache.keep(f"{ADDRESS}{number}", answer(clock, b"x" * 100_000), UNTIL)
    info = cache.info()
    assert (info.folder, info.answers, info.limit) == (folder, 3, SIZE_LIMIT)
    assert info.bytes > 300_000
    assert cache.clear() == 3
    assert cache.info().answers == 0
    assert cache.get(f"{ADDRESS}0") is None


def test_the_size_is_read_without_diskcache(cache: AnswerCache, clock: Clock, folder: Path) -> None:
    assert stored_size(folder) == (0, 0)
    assert not folder.exists()
    for number in range(3):
        cache.keep(f"{ADDRESS}{number}", answer(clock, b"x" * 100_000), UNTIL)
    info = cache.info()
    assert stored_size(folder) == (info.answers, info.bytes) == (3, info.bytes)
    (folder / "cache.db").write_bytes(b"no database" * 100)
    assert stored_size(folder) is None


class Planted:
    """Pickled, it makes a folder when it is loaded."""

    def __init__(self, trap: Path) -> None:
        self.trap = trap

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.trap),)


@pytest.mark.parametrize("where", ["value", "file", "key"])
def test_a_planted_pickle_is_never_loaded(folder: Path, clock: Clock, tmp_path: Path, where: str) -> None:
    trap = tmp_path / "sprung"
    with diskcache.Cache(str(folder), disk_min_file_size=0 if where == "file" else 10_000) as foreign:
        key = (ADDRESS, Planted(trap)) if where == "key" else ADDRESS
        foreign[key] = Planted(trap)
    with diskcache.Cache(str(folder)) as unprotected:
        assert list(unprotected) if where == "key" else unprotected.get(ADDRESS, 1) is None
    assert trap.exists(), "diskcache itself springs the trap"
    trap.rmdir()
    cache = AnswerCache(folder, now=clock.now)
    assert cache.get(ADDRESS) is None
    cache.info()
    cache.keep(ADDRESS, answer(clock), UNTIL)
    assert cache.get(ADDRESS) == answer(clock)
    cache.clear()
    assert not trap.exists()


def test_the_file_that_a_row_names_is_neither_read_nor_removed(
    cache: AnswerCache, clock: Clock, folder: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"do not read")
    cache.keep(ADDRESS, answer(clock), UNTIL)
    with sqlite3.connect(folder / "cache.db") as database:
        database.execute("UPDATE Cache SET mode = 2, filename = '../secret', value = NULL")
    database.close()
    assert cache.get(ADDRESS) is None
    cache.clear()
    assert secret.read_bytes() == b"do not read"


@pytest.mark.parametrize("thing", [{"a": 1}, None, ["x"], pickle])
def test_only_text_bytes_and_numbers_go_in(tmp_path: Path, thing: object) -> None:
    with diskcache.Cache(str(tmp_path), disk=PlainDisk) as plain:
        for value in ("text", b"bytes", 7, 0.5):
            plain[str(value)] = value
            assert plain[str(value)] == value
        with pytest.raises(ValueError, match="text, bytes and numbers only"):
            plain["key"] = thing
        with pytest.raises(ValueError, match="text, bytes and numbers only"):
            plain[thing] = "value"


@pytest.mark.parametrize(
    "ruin",
    [
        pytest.param(b"not a database, but long enough to be read as one" * 100, id="garbage"),
        pytest.param(None, id="cut in the middle"),
    ],
)
def test_a_ruined_cache_is_set_aside_and_made_anew(
    cache: AnswerCache, clock: Clock, folder: Path, ruin: bytes | None
) -> None:
    cache.keep(ADDRESS, answer(clock, b"x" * 200_000), UNTIL)
    database = folder / "cache.db"
    for side in folder.glob("cache.db-*"):
        side.unlink()
    database.write_bytes(ruin or database.read_bytes()[:5000])
    assert cache.get(ADDRESS) is None
    cache.keep(ADDRESS, answer(clock), UNTIL)
    assert cache.get(ADDRESS) == answer(clock)
    assert (folder / "cache.db.ruined").exists()


def test_a_cache_with_foreign_settings_is_made_anew(cache: AnswerCache, clock: Clock, folder: Path) -> None:
    cache.keep(ADDRESS, answer(clock), UNTIL)
    with sqlite3.connect(folder / "cache.db") as database:
        database.execute("INSERT INTO Settings VALUES ('disk_surprise', 1)")
    database.close()
    cache.keep(ADDRESS, answer(clock), UNTIL)
    assert cache.get(ADDRESS) == answer(clock)


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path, clock: Clock) -> None:
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("not a folder")
    cache = AnswerCache(in_the_way, now=clock.now)
    cache.keep(ADDRESS, answer(clock), UNTIL)
    assert cache.get(ADDRESS) is None
    assert cache.info().answers == cache.clear() == 0
    assert in_the_way.read_text() == "not a folder"


def test_a_busy_cache_keeps_nobody_waiting_for_long(
    cache: AnswerCache, clock: Clock, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_digest.arxiv.cache._BUSY", 0.05)
    cache.keep(ADDRESS, answer(clock), UNTIL)
    newly_started = AnswerCache(folder, now=clock.now)
    with contextlib.closing(sqlite3.connect(folder / "cache.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        cache.keep(ADDRESS, answer(clock, b"newer"), UNTIL)
        newly_started.keep(ADDRESS, answer(clock, b"newer"), UNTIL)
    assert cache.get(ADDRESS) == answer(clock)
    assert not (folder / "cache.db.ruined").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes")
def test_the_cache_is_its_owners_only(folder: Path, clock: Clock) -> None:
    folder.mkdir(mode=0o755)
    cache = AnswerCache(folder, now=clock.now)
    cache.keep(ADDRESS, answer(clock), UNTIL)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
