"""`zotero`: papers sent once, what Zotero refuses, and RIS where it is not running."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn
from tests.servers.pdfs import make_pdf
from tests.servers.zotero import Zotero
from tui_digest.folders import places
from tui_digest.library.library import Library
from tui_digest.tags import TagChanges

PAPER, OTHER = "2611.00011", "2611.00012"


@pytest.fixture
def zotero(fetched: StandIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[Zotero]:
    with Zotero() as application:
        monkeypatch.setenv("TUI_DIGEST_ZOTERO_URL", application.url)
        yield application


def test_a_paper_goes_with_its_tags_and_note_into_the_selected_collection(zotero: Zotero, run: Run) -> None:
    run("note", PAPER, "Compare *this*.")
    with Library(places().library_file, str.casefold) as library:
        library.tags.change([PAPER], TagChanges(add=("seminar",)))
    result = run("zotero", PAPER)
    assert (result.code, result.out) == (0, "1 paper sent to Zotero.\n")
    (item,) = zotero.items
    assert item["DOI"] == f"10.48550/arXiv.{PAPER}"
    assert (item["tags"], item["target"]) == (["seminar"], "C7")
    assert item["notes"] == [{"note": "<p>Compare <em>this</em>.</p>\n"}]
    assert zotero.refused == []


def test_a_paper_is_sent_once(zotero: Zotero, run: Run) -> None:
    run("zotero", PAPER)
    result = run("zotero", PAPER, OTHER)
    assert result.out == "1 paper sent to Zotero; 1 paper already in Zotero.\n"
    assert len(zotero.items) == 2


def test_a_paper_that_came_to_zotero_another_way_is_found_by_the_local_api(zotero: Zotero, run: Run) -> None:
    zotero.local_api = True
    zotero.items.append({"DOI": f"10.48550/ARXIV.{PAPER}"})
    report = json.loads(run("zotero", PAPER, OTHER, "--format", "json").out)
    assert [each["outcome"] for each in report["papers"]] == ["already in Zotero", "sent"]


def test_what_zotero_refuses_is_told(zotero: Zotero, run: Run) -> None:
    zotero.editable = False
    result = run("zotero", PAPER)
    assert result.code == 1
    assert "library that is selected in Zotero cannot be changed" in result.out
    zotero.editable, zotero.fault = True, 500
    assert "did not take the paper (500)" in run("zotero", PAPER).out
    zotero.fault = 0
    assert run("zotero", PAPER).code == 0


def _closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.mark.parametrize("why", ["closed", "html"])
def test_without_zotero_the_papers_are_written_as_ris(
    why: str, zotero: Zotero, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places().config_file.parent.mkdir(parents=True, exist_ok=True)
    places().config_file.write_text(f'[export]\nfolder = "{tmp_path.as_posix()}"\n', encoding="utf-8")
    if why == "closed":
        monkeypatch.setenv("TUI_DIGEST_ZOTERO_URL", f"http://127.0.0.1:{_closed_port()}")
    else:
        zotero.html = True
    result = run("zotero", PAPER)
    assert result.code == 1
    assert "written as RIS to" in result.err
    (file,) = tmp_path.glob("*.ris")
    assert f"arXiv:{PAPER}" in file.read_text(encoding="utf-8")


def test_an_address_of_another_machine_is_refused(
    zotero: Zotero, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUI_DIGEST_ZOTERO_URL", "http://192.0.2.1:23119")
    result = run("zotero", PAPER)
    assert result.code == 2
    assert zotero.items == []


def _put_pdf(run: Run, folder: Path) -> None:
    places().config_file.parent.mkdir(parents=True, exist_ok=True)
    places().config_file.write_text(
        f'[pdf]\nfolder = "{folder.as_posix()}"\nname = "{{id}}"\n', encoding="utf-8"
    )
    (folder / f"{PAPER}v1.pdf").write_bytes(make_pdf(100))


def test_a_pdf_that_was_downloaded_goes_along(zotero: Zotero, run: Run, tmp_path: Path) -> None:
    _put_pdf(run, tmp_path)
    assert run("zotero", PAPER, OTHER).code == 0
    assert [item.get("pdf") for item in zotero.items] == [make_pdf(100), None]


def test_where_files_cannot_be_kept_the_paper_is_sent_and_that_is_told(
    zotero: Zotero, run: Run, tmp_path: Path
) -> None:
    _put_pdf(run, tmp_path)
    zotero.files_editable = False
    assert run("zotero", PAPER).out == "1 paper sent to Zotero. The PDF was not taken.\n"


def test_a_paper_that_was_taken_without_an_answer_is_not_sent_twice(zotero: Zotero, run: Run) -> None:
    zotero.silent = 1
    assert run("zotero", PAPER).out == "1 paper sent to Zotero.\n"
    assert len(zotero.items) == 1


def test_where_zotero_stays_silent_it_is_told_and_the_rest_is_not_sent(zotero: Zotero, run: Run) -> None:
    zotero.silent = 9
    result = run("zotero", PAPER, OTHER)
    assert result.code == 1
    assert result.out.startswith("2 papers not sent: Zotero did not answer in time; look there")
    assert len(zotero.items) == 1


def test_a_paper_that_was_deleted_in_zotero_is_sent_again_where_the_local_api_tells(
    zotero: Zotero, run: Run
) -> None:
    run("zotero", PAPER)
    zotero.items.clear()
    assert run("zotero", PAPER).out == "1 paper already in Zotero.\n"
    zotero.local_api = True
    assert run("zotero", PAPER).out == "1 paper sent to Zotero.\n"


def test_one_is_sent_again_on_demand(zotero: Zotero, run: Run) -> None:
    run("zotero", PAPER)
    assert run("zotero", PAPER, "--again").out == "1 paper sent to Zotero.\n"
    assert len(zotero.items) == 2


def test_where_zotero_ends_meanwhile_the_rest_is_written_as_ris(
    zotero: Zotero, run: Run, tmp_path: Path
) -> None:
    places().config_file.parent.mkdir(parents=True, exist_ok=True)
    places().config_file.write_text(f'[export]\nfolder = "{tmp_path.as_posix()}"\n', encoding="utf-8")
    zotero.ends_after = 1
    result = run("zotero", PAPER, OTHER)
    assert result.code == 1
    assert result.out.startswith("1 paper sent to Zotero. 1 paper not sent: Zotero is not running any more.")
    (file,) = tmp_path.glob("*.ris")
    text = file.read_text(encoding="utf-8")
    assert (f"arXiv:{OTHER}" in text, f"arXiv:{PAPER}" in text) == (True, False)
