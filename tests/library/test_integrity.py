"""The check-up finds what is wrong with a library and says how to mend it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections import namedtuple
from contextlib import closing
from pathlib import Path

import pytest

from tests.library.invented import assert_index_agrees, counting_clock, fold, make_paper
from tui_digest.entry import Mark
from tui_digest.errors import LibraryError
from tui_digest.library.integrity import Finding, check, is_empty
from tui_digest.library.library import Library
from tui_digest.library.schema import VERSION


@pytest.fixture
def stocked_file(library_file: Path) -> Path:
    with Library(library_file, fold, counting_clock()) as library:
        library.mailings.store_papers(make_paper(number) for number in range(1, 50))
    return library_file


def wrong(file: Path) -> list[Finding]:
    return [finding for finding in check(file) if not finding.well]


def test_a_healthy_library_is_well_and_is_not_changed(stocked_file: Path) -> None:
    before = stocked_file.read_bytes()
    findings = check(stocked_file)
    assert all(finding.well for finding in findings)
    assert {finding.subject for finding in findings} >= {"integrity", "version", "space"}
    assert stocked_file.read_bytes() == before


def test_no_library_yet_is_well(library_file: Path) -> None:
    assert wrong(library_file) == []
    assert not library_file.parent.exists()


def test_a_library_without_papers_is_empty(library_file: Path) -> None:
    assert is_empty(library_file)
    with Library(library_file, fold, counting_clock()) as library:
        assert is_empty(library_file)
        library.mailings.store_papers([make_paper(1)])
    assert not is_empty(library_file)
    library_file.write_bytes(b"no library")
    assert not is_empty(library_file)


def test_a_ruined_library_is_found(stocked_file: Path) -> None:
    stocked_file.write_bytes(b"ruined")
    (finding,) = wrong(stocked_file)
    assert finding.subject == "library"
    assert "restore" in finding.found


def test_an_empty_file_is_a_new_library(library_file: Path) -> None:
    library_file.parent.mkdir(mode=0o700, parents=True)
    library_file.touch()
    with Library(library_file, fold) as library:
        library.mailings.store_papers([make_paper()])
    assert wrong(library_file) == []


A_MAILING = (
    "INSERT INTO mailings VALUES (1, '2026-11-20', 'cs.LG', '', 1, "
    """'{"state": "complete", "shown": 1}', NULL, NULL)"""
)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DROP TABLE tags", "the table tags is missing"),
        ("CREATE VIEW theirs AS SELECT 1", "the view theirs is none of the program's"),
        (
            "UPDATE papers SET authors = ''",
            "row 1 of the table papers",
        ),
        ("UPDATE papers SET title = x'00'", "the column title of the table papers holds"),
        (
            "UPDATE papers SET title = cast(x'ff41' AS TEXT) WHERE key % 2",
            "of the table papers is not text",
        ),
        (
            "INSERT INTO sync_cells VALUES ('mark', '1', 'then', 'a')",
            "column clock of the table sync_cells",
        ),
        (
            "INSERT INTO interests VALUES ('word', x'00', 'x', 'mute')",
            "column folded of the table interests",
        ),
        ("UPDATE folded SET terms = x'0102'", "row 1 of the table folded cannot be read"),
        (A_MAILING.replace("NULL)", "'7')"), "row 1 of the table mailings"),
        (
            f"{A_MAILING}; INSERT INTO announcements SELECT 1, key, key, 1, 'invented' FROM papers",
            "row 1 of the table announcements cannot be read",
        ),
        ("INSERT INTO memory VALUES ('sync clock', 'noon')", "row 1 of the table memory cannot be read"),
        ("INSERT INTO memory VALUES ('sync step', '-1')", "row 1 of the table memory cannot be read"),
        (
            f"INSERT INTO history VALUES ({2**63 - 1}, '2026-11-20', '', '', NULL, '[]', NULL, NULL)",
            "row 1 of the table history cannot be read",
        ),
        (f"INSERT INTO sqlite_sequence VALUES ('mailings', {2**63 - 1})", "table sqlite_sequence cannot"),
        ("INSERT INTO history VALUES (1, '2026-11-20', '', '', NULL, '[]', 7, NULL)", "table history cannot"),
        ("INSERT INTO sync_waiting VALUES (1, '', '[]')", "row 1 of the table sync_waiting cannot be read"),
    ],
)
def test_a_schema_or_a_row_that_is_not_right_is_found(stocked_file: Path, statement: str, told: str) -> None:
    with closing(sqlite3.connect(stocked_file)) as connection:
        connection.executescript(statement)
    (finding,) = wrong(stocked_file)
    assert told in finding.found
    assert "library restore" in finding.mend


def test_a_link_to_nothing_and_a_file_for_a_folder_are_found(tmp_path: Path) -> None:
    link = tmp_path / "data" / "library.sqlite3"
    link.parent.mkdir()
    link.symlink_to(tmp_path / "unplugged")
    for missing in (link, link / "library.sqlite3", link / "deeper" / "library.sqlite3"):
        (finding,) = wrong(missing)
        assert f"{link} is a link to" in finding.found
        assert "Connect the disk" in finding.mend
    (tmp_path / "file").touch()
    for missing in (tmp_path / "file", tmp_path / "file" / "deeper"):
        (finding,) = wrong(missing / "library.sqlite3")
        assert "where a folder should be" in finding.found
        assert finding.mend.startswith("mv ")


@pytest.mark.skipif(sys.platform == "win32", reason="pipes are no files there")
def test_a_pipe_in_the_place_of_the_library_is_found_and_left(library_file: Path) -> None:
    library_file.parent.mkdir()
    os.mkfifo(library_file)
    (found,) = check(library_file)
    assert (found.well, "is not a file" in found.found) == (False, True)
    with pytest.raises(LibraryError, match="not a regular file"):
        Library(library_file, fold)
    assert library_file.is_fifo()


def test_damage_inside_is_found(stocked_file: Path) -> None:
    whole = stocked_file.read_bytes()
    middle = len(whole) // 2
    stocked_file.write_bytes(whole[:middle] + b"\xff" * 8192 + whole[middle + 8192 :])
    (finding,) = wrong(stocked_file)
    assert "damaged" in finding.found
    assert "restore" in finding.found + finding.mend


def test_a_newer_library_is_found(stocked_file: Path) -> None:
    with closing(sqlite3.connect(stocked_file)) as connection:
        connection.execute(f"PRAGMA user_version={VERSION + 1}")
    (finding,) = wrong(stocked_file)
    assert finding.subject == "version"
    assert "in its clone, `git pull && pipx install --force .`" in finding.mend


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a user's folders private itself")
def test_files_open_to_others_are_found_with_the_command_that_mends_them(stocked_file: Path) -> None:
    stocked_file.chmod(0o644)
    stocked_file.parent.chmod(0o755)
    assert [(finding.subject, finding.mend) for finding in wrong(stocked_file)] == [
        ("permissions", f"chmod 700 '{stocked_file.parent}'"),
        ("permissions", f"chmod 600 '{stocked_file}'"),
    ]


def test_too_little_space_is_found(stocked_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage(10**9, 10**9 - 5_000_000, 5_000_000))
    (finding,) = wrong(stocked_file)
    assert finding.subject == "space"
    assert finding.found.startswith("5 MB are free in ")
    assert "50 MB" in finding.mend


def damage_index(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM search_index_data WHERE id > 10",
        "UPDATE search_index_data SET block = zeroblob(9) WHERE id > 10",
        "UPDATE folded SET title = 'another' WHERE key = (SELECT min(key) FROM folded)",
        "DELETE FROM folded WHERE key = (SELECT max(key) FROM folded)",
    ],
)
def test_a_search_index_that_disagrees_is_found_and_made_anew(stocked_file: Path, statement: str) -> None:
    with Library(stocked_file, fold, counting_clock()) as library:
        paper = library.search.find("", limit=1).entries[0].paper
        library.marks.mark([paper.id], Mark.DONE)
        library.marks.note(paper.id, "perpetuum")
    damage_index(stocked_file, statement)
    (finding,) = wrong(stocked_file)
    assert finding.subject == "search"
    assert "tui-digest library reindex" in finding.found
    assert "notes" in finding.found
    with Library(stocked_file, fold, counting_clock()) as library:
        told: list[str] = []
        assert library.search.rebuild(told.append) == 49
        assert told == ["indexing, 0 of 49 papers"]
        (found,) = library.search.find("perpetuum").entries
        assert (found.paper.id, found.reading.mark) == (paper.id, Mark.DONE)
        assert len(library.search.find("", limit=100).entries) == 49
    assert wrong(stocked_file) == []
    assert_index_agrees(stocked_file)


@pytest.mark.parametrize("where", ["id = 10", "id > 10"])
def test_a_search_in_a_damaged_index_says_where_to_look(stocked_file: Path, where: str) -> None:
    damage_index(stocked_file, f"DELETE FROM search_index_data WHERE {where}")
    with (
        Library(stocked_file, fold, counting_clock()) as library,
        pytest.raises(LibraryError, match="search index"),
    ):
        library.search.find("prove")
