"""`library`: backup, restore and reindex."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn
from tui_digest.folders import places


def shown(run: Run, paper: str = "2611.00011") -> tuple[str | None, str | None]:
    fields = json.loads(run("show", paper, "--format", "json", "--offline").out)
    return fields["mark"], fields["note"]


def test_the_library_is_backed_up_and_restored(fetched: StandIn, run: Run, tmp_path: Path) -> None:
    run("mark", "2611.00011")
    run("note", "2611.00012", "kept")
    copy = tmp_path / "copy.sqlite3"
    assert run("library", "backup", str(copy)).code == 0
    assert os.name == "nt" or stat.S_IMODE(copy.stat().st_mode) == 0o600
    run("mark", "2611.00011", "--as", "dismissed")
    restored = run("library", "restore", str(copy))
    assert restored.code == 0
    assert shown(run) == ("to-read", None)
    assert shown(run, "2611.00012") == (None, "kept")
    kept = Path(restored.out.partition("is kept in ")[2].strip().removesuffix("."))
    with sqlite3.connect(kept) as before:
        assert before.execute("SELECT mark FROM readings WHERE mark = 'dismissed'").fetchall()
    before.close()


def test_a_ruined_backup_replaces_nothing(fetched: StandIn, run: Run, tmp_path: Path) -> None:
    run("mark", "2611.00011")
    (tmp_path / "ruined").write_bytes(b"no library" * 1000)
    for file in ("ruined", "missing"):
        result = run("library", "restore", str(tmp_path / file))
        assert result.code == 1
        assert "the library is as it was" in result.err
    assert shown(run) == ("to-read", None)


def test_a_backup_replaces_a_backup_and_nothing_else(fetched: StandIn, run: Run, tmp_path: Path) -> None:
    copy, thesis = tmp_path / "copy.sqlite3", tmp_path / "thesis.tex"
    assert run("library", "backup", str(copy)).code == 0
    assert run("library", "backup", str(copy)).code == 0
    thesis.write_text("years of work", encoding="utf-8")
    result = run("library", "backup", str(thesis))
    assert result.code == 1
    assert "is no backup of a library, so it was left" in result.err
    assert thesis.read_text(encoding="utf-8") == "years of work"


def test_nothing_to_back_up_is_said(run: Run, tmp_path: Path) -> None:
    result = run("library", "backup", str(tmp_path / "copy"))
    assert result.code == 1
    assert "There is no library" in result.err
    assert not (tmp_path / "copy").exists()


def test_a_newer_library_is_left_alone(fetched: StandIn, run: Run) -> None:
    file = places().library_file
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    result = run("list", "--offline")
    assert result.code == 1
    assert "made by a newer version" in result.err


def test_a_damaged_search_index_is_made_anew(fetched: StandIn, run: Run) -> None:
    run("note", "2611.00012", "perpetuum")
    with sqlite3.connect(places().library_file) as connection:
        connection.execute("DELETE FROM folded")
    connection.close()
    assert "reindex" in run("doctor", "--offline").out
    assert "nothing else was touched" in run("library", "reindex").out
    assert "2611.00012" in run("search", "perpetuum").out
    assert run("doctor", "--offline").code == 0


@pytest.mark.parametrize("words", [("backup",), ("restore",), ("reindex", "a-file")])
def test_the_file_belongs_to_the_copies(run: Run, words: tuple[str, ...]) -> None:
    result = run("library", *words)
    assert result.code == 2
    assert "FILE" in result.err
