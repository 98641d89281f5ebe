"""`export`: what goes where, and what never happens to a file that is there."""

from __future__ import annotations

import json
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import FRIDAY, Clock, Run
from tests.servers.arxiv import StandIn
from tests.servers.arxiv_formats import Invented
from tests.servers.models import ModelServer

POST = "2026-11-20-arxiv-digest.md"


def test_a_mail_without_a_recipient_is_written_and_told(fetched: StandIn, run: Run, tmp_path: Path) -> None:
    mail = run("export", "--all", "--format", "eml")
    assert (mail.code, mail.err.count("The mail has no recipient: name one as mail_to")) == (0, 1)
    file = Path(run("config", "path").lines[0])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('export.mail_to = "group@example.org"', encoding="utf-8")
    addressed = run("export", "--all", "--format", "eml")
    assert addressed.err == ""
    assert "To: group@example.org" in addressed.lines


@pytest.mark.usefixtures("words_of_interest")
def test_the_pick_as_markdown_is_what_comes_without_more(fetched: StandIn, run: Run) -> None:
    result = run("export")
    assert (result.code, result.err) == (0, "")
    assert r"$\mathcal{O}(1/T)$" in result.out
    assert result.out == run("export", "--picked", "--format", "markdown", "--output", "-").out
    assert fetched.requests == []


def test_before_anything_is_known_of_the_reader_the_whole_day_is_exported(fetched: StandIn, run: Run) -> None:
    assert run("export", "--picked", "--format", "jsonl").out == ""
    assert run("export", "--format", "jsonl").out == run("export", "--all", "--format", "jsonl").out


@pytest.mark.parametrize(
    "format_name", ["markdown", "jekyll", "obsidian", "bibtex", "ris", "csl-json", "json", "jsonl"]
)
def test_every_format_gives_the_same_bytes_twice(fetched: StandIn, run: Run, format_name: str) -> None:
    first = run("export", "--all", "--format", format_name)
    assert first.code == 0
    assert "Trees without roots" in first.out
    assert run("export", "--all", "--format", format_name) == first


@pytest.mark.usefixtures("words_of_interest")
def test_a_jekyll_post_is_named_by_its_day(fetched: StandIn, run: Run, tmp_path: Path) -> None:
    words = ("export", "--picked", "5", "--format", "jekyll", "--output", f"{tmp_path / '_posts'}{os.sep}")
    assert run(*words).out == f"Wrote {tmp_path / '_posts' / POST}\n"
    text = (tmp_path / "_posts" / POST).read_text(encoding="utf-8")
    assert 'title: "Daily arXiv Digest — 2026-11-20 (ML + Optimization)"' in text
    assert "No LLM key configured" in text
    assert run(*words).out == f"Unchanged: {tmp_path / '_posts' / POST}\n"


def test_a_day_exported_on_the_weekend_is_the_same(fetched: StandIn, clock: Clock, run: Run) -> None:
    friday = run("export", "--format", "jekyll").out
    clock.now += timedelta(days=1)
    assert run("export", "--format", "jekyll").out == friday


def test_somebody_elses_file_is_left_alone_without_force(fetched: StandIn, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "digest.md"
    file.write_text("mine\n", encoding="utf-8")
    refused = run("export", "--output", str(file))
    assert (refused.code, refused.out) == (1, "")
    assert "--force" in refused.err
    assert file.read_text(encoding="utf-8") == "mine\n"
    assert run("export", "--output", str(file), "--force").out == f"Replaced {file}\n"
    assert "Proximal" in file.read_text(encoding="utf-8")


def test_ids_come_in_the_order_given_and_from_arxiv_when_not_stored(fetched: StandIn, run: Run) -> None:
    words = ("2611.00012", "2611.00001", "2611.00011")
    result = run("export", *words, "--format", "jsonl")
    assert [json.loads(line)["id"] for line in result.lines] == list(words)
    assert len(fetched.requests) == 1


def test_a_date_dates_papers_by_id(fetched: StandIn, run: Run, tmp_path: Path) -> None:
    undated = run("export", "2611.00012", "--format", "jekyll")
    assert undated.code == 2
    assert "--date" in undated.err
    run("export", "2611.00012", "--format", "jekyll", "--date", "2026-11-19", "--output", str(tmp_path))
    assert (tmp_path / "2026-11-19-arxiv-digest.md").exists()


def test_obsidian_is_a_note_a_paper_that_keeps_what_the_reader_wrote(
    fetched: StandIn, run: Run, tmp_path: Path
) -> None:
    words = ("export", "--all", "--format", "obsidian", "--output", str(tmp_path / "vault"))
    assert len(run(*words).lines) == 4
    note = tmp_path / "vault" / "2611.00011.md"
    note.write_text(note.read_text(encoding="utf-8") + "My own words.\n", encoding="utf-8")
    assert run(*words).code == 0
    assert note.read_text(encoding="utf-8").endswith("My own words.\n")


@pytest.mark.usefixtures("words_of_interest")
def test_the_details_that_the_feed_lacks_are_asked_for(arxiv: StandIn, run: Run) -> None:
    paper = json.loads(run("export", "--picked", "1", "--format", "jsonl").out)
    assert paper["comment"] == "12 pages"
    assert len(arxiv.asked("/api/")) == 1


def test_what_goes_in_is_a_setting(fetched: StandIn, run: Run) -> None:
    run("note", "2611.00011", "A private thought.")
    assert "A private thought." in run("export", "2611.00011").out
    file = Path(run("config", "path").lines[0])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text('[export]\nnotes = false\nformat = "json"\n', encoding="utf-8")
    (paper,) = json.loads(run("export", "2611.00011").out)["papers"]
    assert paper["note"] is None


def test_explain_asks_about_those_not_explained_yet(fetched: StandIn, model: ModelServer, run: Run) -> None:
    model.text = "### Intuition\nA thought about steps. [interpretation]"
    run("explain", "2611.00011")
    result = run("export", "2611.00011", "2611.00012", "--explain", "--format", "json")
    papers = json.loads(result.out)["papers"]
    assert result.code == 0
    assert ["A thought about steps" in paper["explanation"]["text"] for paper in papers] == [True, True]
    assert papers[1]["explanation"]["receipt"]["complete"] is True
    assert len(model.asked) == 2


def test_when_the_model_stops_early_the_papers_are_written_and_it_is_4(
    fetched: StandIn, model: ModelServer, run: Run, tmp_path: Path
) -> None:
    model.fault = "eof"
    result = run("export", "--explain", "--format", "jekyll", "--output", str(tmp_path))
    assert result.code == 4
    assert "is not complete (the stream ended before its end marker)" in result.err
    assert "Proximal" in (tmp_path / POST).read_text(encoding="utf-8")


def test_explain_without_a_model_writes_nothing(fetched: StandIn, run: Run, tmp_path: Path) -> None:
    result = run("export", "--explain", "--output", str(tmp_path / "digest.md"))
    assert result.code == 2
    assert list(tmp_path.glob("*.md")) == []


def test_a_place_that_cannot_be_is_told(fetched: StandIn, run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run("export", "--output", str(tmp_path / "file" / "digest.md"))
    assert result.code == 1
    assert "could not be written" in result.err


@pytest.mark.corpus
def test_the_post_that_this_grew_from_comes_out_to_the_byte(arxiv: StandIn, run: Run, shared: Path) -> None:
    seed = (shared / "data" / "seed_digest.md").read_text(encoding="utf-8")
    papers = [
        Invented(
            id=number,
            title=title,
            authors=tuple(authors.split(", ")),
            categories=tuple(categories.split(", ")),
            abstract=abstract,
        )
        for title, authors, number, categories, abstract in _SEED_PAPER.findall(seed)
    ]
    arxiv.mailings[FRIDAY] = papers
    ids = [paper.id for paper in papers]
    assert len(ids) == 5
    assert run("export", *ids, "--date", "2025-12-25", "--format", "jekyll").out == seed


_SEED_PAPER = re.compile(
    r"^## \d+\) (.+)\n- \*\*Authors:\*\* (.+)\n- \*\*arXiv:\*\* \[([\d.]+)\].+\n- \*\*Categories:\*\* (.+)\n"
    r"\n### Abstract\n> (.+)$",
    re.MULTILINE,
)


def test_the_path_that_is_told_of_is_no_sequence_for_the_terminal(
    fetched: StandIn, run: Run, tmp_path: Path
) -> None:
    result = run("export", "--all", "--offline", "--output", str(tmp_path / "a\x1b]0;x\x07.md"))
    assert result.code == 0
    assert "\x1b" not in result.out + result.err
