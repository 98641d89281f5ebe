"""A disk that takes nothing more: each command says so in a sentence, and what was kept is whole."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import FRIDAY, Run
from tests.servers.arxiv import StandIn
from tests.servers.arxiv_formats import invented
from tests.servers.pdfs import PdfServer
from tui_digest.folders import places

if sys.platform == "win32":
    pytest.skip("limits on the size of files are POSIX's", allow_module_level=True)

from tests.cli.test_reader_terminal import assert_restored, marks, reader

FULL = (
    "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))"
)
"""No file takes a byte."""

KEPT, PAPER = "2611.00011", "2611.00012"


@pytest.fixture
def stored(fetched: StandIn, run: Run, tmp_path: Path) -> StandIn:
    """A day, a mark, and a folder that machines share; arXiv has another mailing and PDFs."""
    places().config_file.parent.mkdir(parents=True)
    (tmp_path / "shared").mkdir()
    places().config_file.write_text(
        f'[sync]\nfolder = "{tmp_path / "shared"}"\n[pdf]\nfolder = "{tmp_path / "pdf"}"\n'
    )
    run("mark", KEPT)
    fetched.mailings[FRIDAY] = [*fetched.mailings[FRIDAY], *invented(40, start=100, abstract="word " * 500)]
    return fetched


@pytest.mark.parametrize(
    "words",
    [
        "mark {paper}",
        "note {paper} text",
        "tag {paper} +later",
        "history undo",
        "export --all --offline --format html --output {folder}/day.html",
        "export --all --offline --format obsidian --output {folder}/notes",
        "config init",
        "library backup {folder}/backup.sqlite3",
        "library reindex",
        "sync",
        "fetch",
        "pdf {paper}",
    ],
    ids=lambda words: " ".join(words.split()[:2]),
)
def test_a_command_says_so_and_loses_nothing(
    words: str, stored: StandIn, run: Run, process: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if words == "config init":
        places().config_file.unlink()
    if words == "fetch":
        places().cache.rename(tmp_path / "no-answers")
        words = "fetch --date 2026-11-19"
    with PdfServer() as pdfs:
        monkeypatch.setenv("TUI_DIGEST_PDF_URL", pdfs.url)
        done = process(*words.format(paper=PAPER, folder=tmp_path).split(), watch=FULL)
    assert done.code == 1
    assert done.err.strip()
    assert "Traceback" not in done.err
    assert "never should have" not in done.err
    assert marks(run) == [KEPT]
    with closing(sqlite3.connect(places().library_file)) as library:
        assert library.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert [path for path in tmp_path.rglob("*") if path.name.startswith(".")] == []


def test_the_doctor_blames_no_other_program(stored: StandIn, process: Run) -> None:
    done = process("doctor", "--offline", watch=FULL)
    assert done.code == 1
    assert "WRONG  writing      The disk refused" in done.out
    assert "Close the program" not in done.out


def test_the_reader_says_so_and_goes_on(stored: StandIn, run: Run) -> None:
    """The sign of the mark that is not on disk is taken back, and no first screen is left half."""
    with reader("--offline", prelude=FULL) as terminal:
        terminal.see("Trees without")
        terminal.press("jm")
        terminal.see("was not kept")
        terminal.press("Q")
        assert terminal.job_news() == "0"
        assert_restored(terminal)
        assert b"went wrong" not in terminal.everything
    assert marks(run) == [KEPT]
    with reader("--offline") as terminal:
        terminal.see("Trees without")
