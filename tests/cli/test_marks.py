"""`mark`, `note` and `history`: the reader's own data from the shell."""

from __future__ import annotations

import io
import json

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn

TITLE = "Proximal steps at rate 𝒪(1/T) (2611.00011)"


def shown(run: Run, paper: str = "2611.00011") -> tuple[str | None, str | None]:
    fields = json.loads(run("show", paper, "--format", "json", "--offline").out)
    return fields["mark"], fields["note"]


@pytest.mark.parametrize("mark", ["to-read", "done", "dismissed"])
def test_marks_are_kept_and_taken_off(fetched: StandIn, run: Run, mark: str) -> None:
    assert run("mark", "2611.00011", "--as", mark).code == 0
    assert shown(run) == (mark, None)
    assert run("mark", "2611.00011", "--as", mark).out == "They already have that mark.\n"
    assert run("mark", "2611.00011", "--as", "none").out == f"Took the mark off: {TITLE}.\n"
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


def test_one_paper_is_named_by_title_and_id(fetched: StandIn, run: Run) -> None:
    assert run("mark", "2611.00011").out == f"Marked to read: {TITLE}.\n"
    assert run("note", "2611.00011", "See the proof.").out == f"Saved a note: {TITLE}.\n"
    assert run("history", "undo").out == f"Undid: saved a note: {TITLE}.\n"
    assert run("history", "redo").out == f"Did again: saved a note: {TITLE}.\n"
    assert [line.split(maxsplit=3)[3] for line in run("history").lines] == [
        f"redo: saved a note: {TITLE}",
        f"undo: saved a note: {TITLE}",
        f"saved a note: {TITLE}",
        f"marked to read: {TITLE}",
    ]
    assert json.loads(run("history", "--format", "json").out)[-1]["label"] == "marked 2611.00011 to read"


def test_a_selection_is_marked(fetched: StandIn, run: Run) -> None:
    run("tag", "2611.00011", "2611.00012", "+seminar")
    assert run("mark", "--tag", "seminar", "--as", "done").out == "Marked 2 papers done.\n"
    assert run("mark", "--tag", "seminar", "--as", "done").out == "They already have that mark.\n"
    assert run("mark", "--tag", "nobody").out == "No paper is selected.\n"
    assert run("mark").code == 2
    assert run("mark", "--as", "done").code == 2
    assert run("mark", "--tag", "seminar", "2611.00011").code == 2


def test_marking_a_paper_that_is_not_stored_fetches_it(fetched: StandIn, run: Run) -> None:
    assert run("mark", "2611.00001").code == 0
    assert shown(run, "2611.00001") == ("to-read", None)


def test_one_unknown_paper_leaves_all_unmarked(fetched: StandIn, run: Run) -> None:
    result = run("mark", "2611.00011", "2611.09999")
    assert (result.code, result.out) == (2, "")
    assert shown(run) == (None, None)


def test_a_note_of_an_input_without_end_is_refused(
    fetched: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("note", "2611.00011", "before")
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n" * 600_000))
    refused = run("note", "2611.00011", "-")
    assert (refused.code, "no more than 1,000,000 characters" in refused.err) == (2, True)
    assert run("note", "2611.00011").out == "before\n"


def test_notes_are_written_shown_and_taken_away(
    fetched: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (
        run("note", "2611.00011").err == "There is no note on Proximal steps at rate 𝒪(1/T) (2611.00011v1).\n"
    )
    run("note", "2611.00011", r"See $\ell_2$.")
    assert run("note", "2611.00011").out == "See $\\ell_2$.\n"
    monkeypatch.setattr("sys.stdin", io.StringIO("two\nlines \x1b[31m\n"))
    run("note", "2611.00011", "-")
    assert run("note", "2611.00011").out == "two\nlines\n"
    assert run("note", "2611.00011", "").out == f"Took the note off: {TITLE}.\n"
    assert shown(run) == (None, None)
