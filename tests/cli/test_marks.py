"""`mark`, `note`, `history`, `search`, `library`: the reader's own data from the shell."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn
from tui_digest.settings import places


def shown(run: Run, paper: str = "2611.00011") -> tuple[str | None, str | None]:
    fields = json.loads(run("show", paper, "--format", "json", "--offline").out)
    return fields["mark"], fields["note"]


@pytest.mark.parametrize("mark", ["to-read", "done", "dismissed"])
def test_marks_are_kept_and_taken_off(fetched: StandIn, run: Run, mark: str) -> None:
    assert run("mark", "2611.00011", "--as", mark).code == 0
    assert shown(run) == (mark, None)
    assert run("mark", "2611.00011", "--as", mark).out == "They were marked so already.\n"
    assert run("mark", "2611.00011", "--as", "none").out == "Took the mark off 2611.00011.\n"
    assert shown(run) == (None, None)


def test_several_papers_are_one_step(fetched: StandIn, run: Run) -> None:
    assert run("mark", "2611.00011", "2611.00012").out == "Marked 2 papers to read.\n"
    assert run("history", "undo").out == "Undid: marked 2 papers to read.\n"
    assert run("list", "--marked").out == ""
    assert run("history", "redo").out == "Did again: marked 2 papers to read.\n"
    assert [line.split()[3:] for line in run("history").lines] == [
        ["redo:", "marked", "2", "papers", "to", "read"],
        ["undo:", "marked", "2", "papers", "to", "read"],
        ["marked", "2", "papers", "to", "read"],
    ]
    assert [step["kind"] for step in json.loads(run("history", "--format", "json").out)] == [
        "redo", "undo", "mark",
    ]  # fmt: skip
    assert len(run("history", "--limit", "2").lines) == 2
    assert run("history", "redo").out == "There is nothing to redo.\n"


def test_marking_a_paper_that_is_not_stored_fetches_it(fetched: StandIn, run: Run) -> None:
    assert run("mark", "2611.00001").code == 0
    assert shown(run, "2611.00001") == ("to-read", None)


def test_one_unknown_paper_leaves_all_unmarked(fetched: StandIn, run: Run) -> None:
    result = run("mark", "2611.00011", "2611.09999")
    assert (result.code, result.out) == (2, "")
    assert shown(run) == (None, None)


def test_notes_are_written_shown_and_taken_away(
    fetched: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("note", "2611.00011").err == "There is no note on 2611.00011.\n"
    run("note", "2611.00011", r"See $\ell_2$.")
    assert run("note", "2611.00011").out == "See $\\ell_2$.\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("two\nlines \x1b[31m\n"))
    run("note", "2611.00011", "-")
    assert run("note", "2611.00011").out == "two\nlines\n"
    assert run("note", "2611.00011", "").out == "Took the note off 2611.00011.\n"
    assert shown(run) == (None, None)


def test_search_finds_by_words_fields_and_marks(fetched: StandIn, run: Run) -> None:
    def found(*words: str) -> list[str]:
        return [json.loads(line)["id"] for line in run("search", "--format", "jsonl", *words).lines]

    run("mark", "2611.00012")
    run("note", "2611.00013", "remember the sandwich")
    assert found("proximal") == ["2611.00011"]
    assert found("au:made") == ["2611.00012"]
    assert found("is:to-read") == ["2611.00012"]
    assert found("sandwich") == ["2611.00013"]
    assert found("--", "-proximal") == ["2611.00013", "2611.00012", "2610.00014"]
    assert fetched.requests == []


def test_search_says_when_there_is_more_or_nothing(fetched: StandIn, run: Run) -> None:
    more = run("search", "--limit", "1", "cat:cs.LG")
    assert "--limit shows more" in more.err
    nothing = run("search", "xyzzy")
    assert (nothing.code, nothing.out) == (0, "")
    assert nothing.err == "None of the papers ever fetched matches.\n"


def test_a_wrong_query_says_where(fetched: StandIn, run: Run) -> None:
    result = run("search", "good tu:bad")
    assert result.code == 2
    assert result.err.startswith("The search is wrong at character 6: there is no field `tu:`")
    assert run("list", "--filter", '"open').code == 2


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
