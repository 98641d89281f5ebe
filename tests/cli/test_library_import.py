"""`library import`: shown first, written once confirmed, tags and marks as one step."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn

BIBTEX = """
@article{a, title={Trees}, eprint={2611.00012}, keywords={forest, later}}
@article{b, title={Yesterday}, url={https://arxiv.org/abs/2611.00001}, keywords={later}}
@article{c, title={Unknown}, eprint={2611.09999}}
@article{d, title={No preprint}}
@article{e, title={Trees again}, eprint={2611.00012v1}, keywords={again}}
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "refs.bib"
    path.write_text(BIBTEX, encoding="utf-8")
    return str(path)


def tags(run: Run) -> dict[str, int]:
    counts: dict[str, int] = json.loads(run("tag", "list", "--format", "json").out)
    return counts


def test_what_would_be_written_is_shown_and_nothing_is_written(fetched: StandIn, run: Run, file: str) -> None:
    result = run("library", "import", file)
    assert result.code == 0
    assert result.lines == [
        "2611.00012  #forest #later #again  Trees",
        "2611.00001  #later  Yesterday  (to be fetched)",
        "2611.09999  Unknown  (to be fetched)",
        "refs.bib: 5 references, 3 of them at arXiv; 3 tags; 1 stored already.",
    ]
    assert result.err == "Nothing was written; --yes writes it.\n"
    assert tags(run) == {}


def test_categories_among_the_keywords_become_no_tags(run: Run, fetched: StandIn, tmp_path: Path) -> None:
    file = tmp_path / "zotero.ris"
    words = (
        "cs.LG",
        "Computer Science - Machine Learning",
        "Quantum Physics",
        "astro-ph.CO",
        "Machine Learning",
    )
    lines = [
        "TY  - UNPB",
        "UR  - https://arxiv.org/abs/2611.00012",
        *(f"KW  - {word}" for word in words),
        "ER  - ",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    run("library", "import", str(file), "--yes")
    assert tags(run) == {"machine-learning": 1}


def test_it_is_written_as_one_step_with_marks_only_if_asked(fetched: StandIn, run: Run, file: str) -> None:
    result = run("library", "import", file, "--yes")
    assert (result.code, result.lines[-1]) == (0, "Imported 2 papers; one undo takes tags and marks back.")
    assert "left out: 2611.09999" in result.err
    assert tags(run) == {"again": 1, "forest": 1, "later": 2}
    assert run("list", "--marked").out == ""
    assert run("show", "2611.00001", "--offline").code == 0
    assert run("history", "undo").out == "Undid: imported 2 papers from refs.bib.\n"
    assert tags(run) == {}
    run("library", "import", file, "--yes", "--as", "to-read")
    assert len(run("list", "--marked", "--format", "jsonl").lines) == 2
    again = run("library", "import", file, "--yes", "--as", "to-read")
    assert "they already had these tags and marks" in again.out
    run("history", "undo")
    assert run("list", "--marked").out == ""


def test_json_and_offline(fetched: StandIn, run: Run, file: str) -> None:
    result = run("library", "import", file, "--yes", "--format", "json", "--offline")
    assert json.loads(result.out) == {
        "imported": [{"id": "2611.00012", "tags": ["forest", "later", "again"], "fetched": False}],
        "missing": ["2611.00001", "2611.09999"],
    }


def test_where_arxiv_fails_what_is_stored_is_imported(fetched: StandIn, run: Run, file: str) -> None:
    fetched.fault = "503"
    result = run("library", "import", file, "--yes")
    assert result.code == 1
    assert "503" in result.err
    assert tags(run) == {"again": 1, "forest": 1, "later": 1}


def test_a_file_that_cannot_be_read_is_told(fetched: StandIn, run: Run, tmp_path: Path) -> None:
    assert run("library", "import", str(tmp_path / "none.bib")).code == 2
    (tmp_path / "words.txt").write_text("words", encoding="utf-8")
    result = run("library", "import", str(tmp_path / "words.txt"))
    assert (result.code, "no bibliography" in result.err) == (2, True)
    assert run("library", "import").code == 2
