"""Whole texts of papers on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Clock, Run
from tests.fulltext.pages import equation, math, page, paragraph, section
from tests.servers.arxiv import StandIn
from tests.servers.arxiv_formats import Invented
from tui_digest.arxiv.cache import AnswerCache

FIRST, SECOND = "2611.00011", "2611.00012"


def note(text: str) -> str:
    mark = '<sup class="ltx_note_mark">1</sup>'
    content = f'<span class="ltx_note_content">{mark}{text}</span>'
    return (
        f'<span class="ltx_note ltx_role_footnote">{mark}<span class="ltx_note_outer">{content}</span></span>'
    )


TEXT = page(
    section("Rates", paragraph(f"The sublinear rate{note('Known before.')} in {math(chr(92) + 'ell_2')} is "
                               '<a href="#S1.E1">(1)</a>.')
            + equation((["a", "=b"], "(1)")), "1", "S1")
    + section("Proofs", paragraph("Long and dull."), "2", "S2"),
    title="A whole paper",
)  # fmt: skip


@pytest.fixture
def texts(arxiv: StandIn) -> StandIn:
    arxiv.html[f"{FIRST}v1"] = TEXT
    return arxiv


def test_the_whole_paper_is_shown_with_its_source(run: Run, texts: StandIn) -> None:
    shown = run("show", FIRST, "--full")
    assert shown.code == 0
    assert shown.lines[0] == "A whole paper"
    assert shown.lines[1].startswith("arXiv's HTML of v1, fetched 20 Nov")
    assert "The sublinear rate¹ in ℓ₂ is (1)." in shown.lines
    assert "  ¹ Known before." in shown.lines
    assert any(line.split() == ["a", "=", "b", "(1)"] for line in shown.lines)


def test_it_is_asked_once_and_read_off_line_afterwards(run: Run, texts: StandIn) -> None:
    run("show", FIRST, "--full")
    asked = len(texts.requests)
    again = run("show", FIRST, "--full", "--offline")
    assert again.code == 0
    assert "2  Proofs" in again.lines
    assert len(texts.requests) == asked


def test_off_line_what_is_not_stored_is_not_asked(run: Run, texts: StandIn) -> None:
    run("show", FIRST)
    told = run("show", FIRST, "--full", "--offline")
    assert told.code == 1
    assert f"The text of {FIRST}v1 is not stored" in told.err
    assert texts.asked("/html/") == []


@pytest.mark.parametrize("address", ["1", "§1", "Rates", "sec. 1"])
def test_a_section_is_shown_alone(run: Run, texts: StandIn, address: str) -> None:
    shown = run("show", FIRST, "--section", address)
    assert shown.lines[0] == "1  Rates"
    assert "Long and dull." not in shown.out


def test_a_section_that_is_not_there_names_those_that_are(run: Run, texts: StandIn) -> None:
    told = run("show", FIRST, "--section", "7.3")
    assert told.code == 2
    assert "has no '7.3'; its sections are §1, §2." in told.err


def test_tex_is_shown_as_written(run: Run, texts: StandIn) -> None:
    assert r"The sublinear rate¹ in $\ell_2$ is (1)." in run("show", FIRST, "--full", "--tex").lines


def test_it_is_read_aloud_in_lines(run: Run, texts: StandIn) -> None:
    lines = run("show", FIRST, "--full", "--spoken").lines
    assert "Section 1: Rates." in lines
    assert "The sublinear rate in ell sub 2 is (1)." in lines
    assert "Footnote 1: Known before." in lines
    assert "Equation 1: a equals b" in lines


def test_json_has_the_source_and_the_blocks(run: Run, texts: StandIn) -> None:
    record = json.loads(run("show", FIRST, "--full", "--format", "json").out)
    assert record["id"] == FIRST
    text = record["text"]
    assert text["source"]["version"] == 1
    assert text["source"]["converter"] == "LaTeXML oxide (version 0.7.6)"
    assert text["blocks"][0] == {
        "address": "§1",
        "kind": "heading",
        "text": "## §1 Rates",
        "tex": "## §1 Rates",
    }
    equation_block = next(block for block in text["blocks"] if block["kind"] == "equation")
    assert equation_block == {
        "address": "(1)",
        "kind": "equation",
        "text": "a = b (1)",
        "tex": "$$a =b$$ (1)",
    }


def test_without_the_whole_text_json_is_as_before(run: Run, texts: StandIn) -> None:
    assert "text" not in json.loads(run("show", FIRST, "--format", "json").out)


def test_no_html_is_told_in_arxivs_words(run: Run, texts: StandIn) -> None:
    told = run("show", SECOND, "--full")
    assert told.code == 1
    assert f"arXiv has no HTML of {SECOND}v1. arXiv says: HTML is not available for the source." in told.err


def test_the_marked_papers_texts_are_fetched(run: Run, texts: StandIn) -> None:
    run("mark", FIRST, SECOND)
    fetched = run("fetch", "--full", "--marked")
    assert fetched.lines[0] == "0 of 2 texts are stored"
    assert f"Proximal steps at rate 𝒪(1/T) ({FIRST}v1): arXiv's HTML of v1" in fetched.out
    assert f"arXiv has no HTML of {SECOND}v1." in fetched.err
    assert fetched.code == 1
    assert run("fetch", "--full", "--marked").lines[0] == "1 of 2 texts are stored"


def test_half_a_question_is_told(run: Run, texts: StandIn) -> None:
    assert run("fetch", "--full").code == 2
    assert run("fetch", "--full", "--marked", "--offline").code == 2


def test_stored_texts_are_searched_section_by_section(run: Run, texts: StandIn) -> None:
    run("show", FIRST, "--full")
    found = run("search", "--full", "sublinear l2")
    assert found.lines[0] == f"{FIRST}v1  §1  Rates"
    record = json.loads(run("search", "--full", "dull", "--format", "json").out)
    assert [(one["id"], one["address"]) for one in record] == [(FIRST, "§2")]
    assert "None of the stored texts matches." in run("search", "--full", "nowhere").err


def test_the_search_file_is_made_again_from_the_texts(
    run: Run, texts: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("show", FIRST, "--full")
    from tui_digest.folders import places

    places().cache.joinpath("texts.sqlite3").unlink()
    assert run("search", "--full", "sublinear").lines[0] == f"{FIRST}v1  §1  Rates"


def test_a_later_version_is_named(run: Run, texts: StandIn, clock: Clock) -> None:
    texts.html["2610.00014v1"] = TEXT
    texts.mailings[texts.today].append(Invented(id="2610.00014", version=1, title="Bags"))
    run("fetch")
    shown = run("show", "2610.00014v1", "--full")
    assert "v2 of the paper is out; this is the text of v1." in shown.lines


def test_markdown_has_the_whole_text_with_anchors(run: Run, texts: StandIn) -> None:
    out = run("export", FIRST, "--full", "--format", "markdown").out
    assert "### Text" in out
    assert r"The sublinear rate[^1] in $\ell_2$ is [(1)](#eq-1)." in out
    assert '<a id="eq-1"></a>$$a =b \\tag{1}$$' in out
    assert "[^1]: Known before." in out


def test_obsidian_notes_have_block_names(run: Run, texts: StandIn, tmp_path: Path) -> None:
    run("export", FIRST, "--full", "--format", "obsidian", "--output", str(tmp_path))
    (file,) = tmp_path.glob("*.md")
    text = file.read_text()
    assert "^eq-1" in text
    assert "[(1)](#^eq-1)" in text


def test_an_export_goes_on_without_the_text_that_is_missing(run: Run, texts: StandIn) -> None:
    exported = run("export", FIRST, SECOND, "--full", "--format", "json")
    papers = json.loads(exported.out)["papers"]
    assert papers[0]["text"]["blocks"]
    assert papers[1]["text"] is None
    assert f"arXiv has no HTML of {SECOND}v1." in exported.err


def test_another_conversion_takes_the_place_of_the_stored_one(run: Run, texts: StandIn, clock: Clock) -> None:
    from tui_digest.folders import places

    run("show", FIRST, "--full")
    AnswerCache(places().cache, now=lambda: clock.now).clear()
    texts.html[f"{FIRST}v1"] = TEXT.replace("Long and dull", "Short and sweet")
    assert "Short and sweet." in run("show", FIRST, "--full").lines


@pytest.mark.parametrize("order", [("show", "note"), ("note", "show")])
def test_a_note_keeps_the_text_in_the_library(run: Run, texts: StandIn, order: tuple[str, str]) -> None:
    for command in order:
        run(command, FIRST, "--full" if command == "show" else "worth it")
    run("cache", "clear", "--yes")
    texts.html.clear()
    assert "Long and dull." in run("show", FIRST, "--full", "--offline").out
