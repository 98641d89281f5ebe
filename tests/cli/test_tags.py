"""`tag` and `--tag`: tagging papers, listing and renaming tags, and their papers in every selection."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn


def test_papers_are_tagged_listed_and_untagged(fetched: StandIn, run: Run) -> None:
    result = run("tag", "2611.00011", "2611.00013", "+Reading-Group", "+later")
    assert (result.code, result.out) == (0, "Tagged 2 papers +reading-group +later.\n")
    assert run("tag", "2611.00011", "-later").out == (
        "Tagged -later: Proximal steps at rate 𝒪(1/T) (2611.00011).\n"
    )
    assert run("tag", "2611.00011", "--", "-later").out == "They already have these tags.\n"
    assert run("tag", "list").lines == ["later  1 paper", "reading-group  2 papers"]
    assert json.loads(run("tag", "list", "--format", "json").out) == {"later": 1, "reading-group": 2}


def test_each_form_answers_in_json_with_the_options_anywhere(fetched: StandIn, run: Run) -> None:
    def answer(*words: str) -> object:
        return json.loads(run("tag", *words).out)

    tagged = answer("2611.00011", "2611.00013", "+seminar", "--format", "json")
    assert tagged == {"2611.00011": ["seminar"], "2611.00013": ["seminar"]}
    assert answer("--format=json", "--offline", "2611.00011", "-seminar") == {"2611.00011": []}
    assert answer("--format", "json", "list") == {"seminar": 1}
    assert answer("rename", "seminar", "monday", "--format=json") == {"monday": 1}
    assert run("tag", "list", "--format", "xml").code == 2
    assert run("tag", "list", "--format").code == 2
    assert "No paper is selected." in run("list", "--tag", "never").err


def test_a_tag_selects_in_every_command(fetched: StandIn, run: Run) -> None:
    run("tag", "2611.00013", "2611.00011", "+seminar")
    listed = [json.loads(line)["id"] for line in run("list", "--tag", "SEMINAR", "--format", "jsonl").lines]
    assert sorted(listed) == ["2611.00011", "2611.00013"]
    of_day = run("list", "--tag", "seminar", "--date", "2026-11-20", "--format", "jsonl").lines
    assert [json.loads(line)["id"] for line in of_day] == ["2611.00011", "2611.00013"]
    assert run("export", "--tag", "seminar", "--format", "bibtex").out.count("@") == 2
    assert run("list", "--filter", "has:tag -tag:seminar", "--format", "jsonl").out == ""


def test_a_tag_that_reads_like_a_query_is_taken_as_it_is(fetched: StandIn, run: Run) -> None:
    run("tag", "2611.00011", "+a*", "+or", "+(x)")
    run("tag", "2611.00013", "+ab", "+tag:x")
    for tag in ("a*", "or", "(x)"):
        listed = run("list", "--tag", tag, "--format", "jsonl").lines
        assert [json.loads(line)["id"] for line in listed] == ["2611.00011"]
    assert '"2611.00013"' in run("list", "--tag", "tag:x", "--format", "jsonl").out


def test_an_export_of_a_tag_is_called_by_it_and_not_by_the_digest(fetched: StandIn, run: Run) -> None:
    run("tag", "2611.00011", "+seminar")
    page = run("export", "--tag", "seminar", "--format", "html").out
    assert "<title>arXiv digest (#seminar)</title>" in page
    feeds = [
        run("export", *selection, "--format", "atom").out.split("<id>", 2)[1].split("</id>")[0]
        for selection in (("--tag", "seminar"), ("--marked",), ("--filter", "steps"), ("--all",))
    ]
    assert len(set(feeds)) == 4


def test_a_rename_and_undo(fetched: StandIn, run: Run) -> None:
    run("tag", "2611.00011", "+later")
    assert run("tag", "rename", "later", "someday").out == "Renamed the tag later to someday.\n"
    assert run("tag", "list").lines == ["someday  1 paper"]
    run("history", "undo")
    assert run("tag", "list").lines == ["later  1 paper"]
    assert run("tag", "rename", "never", "x").out.startswith("No paper has the tag never")


@pytest.mark.parametrize(
    "words",
    [(), ("2611.00011",), ("+a",), ("2611.00011", "+a b"), ("x", "+a"), ("rename", "a"), ("list", "x")],
)
def test_wrong_usage_is_2_with_a_sentence(fetched: StandIn, run: Run, words: tuple[str, ...]) -> None:
    result = run("tag", *words)
    assert result.code == 2
    assert result.err.count("\n") == 1


def test_tags_are_in_lists_and_exports_and_come_back_by_an_import(
    fetched: StandIn, run: Run, tmp_path: Path
) -> None:
    run("tag", "2611.00011", "+seminar", "+c++", "+2026")
    assert "#2026 #c++ #seminar" in run("list", "--tag", "seminar").out
    assert "Tags: #2026 #c++ #seminar" in run("show", "2611.00011").out
    assert "Tagged 2026, c++, seminar." in run("show", "2611.00011", "--spoken").out
    assert "- **Tags:** 2026, c++, seminar" in run("export", "2611.00011", "--format", "markdown").out
    obsidian = run("export", "2611.00011", "--format", "obsidian").out
    assert 'tags: ["arxiv", "_2026", "c--", "seminar"]' in obsidian
    for format_name in ("bibtex", "ris", "csl-json"):
        exported = run("export", "2611.00011", "--format", format_name).out
        file = tmp_path / format_name
        file.write_text(exported, encoding="utf-8")
        run("tag", "2611.00011", "--", "-seminar", "-c++", "-2026")
        run("library", "import", str(file), "--yes")
        assert {"seminar", "c++", "2026"} <= json.loads(run("tag", "list", "--format", "json").out).keys()
