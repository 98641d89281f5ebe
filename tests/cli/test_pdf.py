"""`pdf` and `fetch --pdf`: files in the folder of the settings, resumed after a kill, nothing opened."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Run, Start
from tests.servers.arxiv import StandIn
from tests.servers.pdfs import PdfServer
from tui_digest.folders import places

PAPER, OTHER = "2611.00011", "2611.00012"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of PDFs, by the settings; the viewer would leave a file behind."""
    places().config_file.parent.mkdir(parents=True, exist_ok=True)
    places().config_file.write_text(
        f'[pdf]\nfolder = "{(tmp_path / "pdf").as_posix()}"\nname = "{{id}}"\n'
        f'viewer = ["touch", "{(tmp_path / "opened").as_posix()}"]\n',
        encoding="utf-8",
    )
    return tmp_path / "pdf"


@pytest.fixture
def server(fetched: StandIn, monkeypatch: pytest.MonkeyPatch) -> Iterator[PdfServer]:
    with PdfServer() as server:
        monkeypatch.setenv("TUI_DIGEST_PDF_URL", server.url)
        yield server


def test_the_path_is_printed_and_nothing_is_opened(server: PdfServer, run: Run, folder: Path) -> None:
    result = run("pdf", PAPER, OTHER)
    assert (result.code, result.err) == (0, "")
    assert result.lines == [str(folder / f"{PAPER}v1.pdf"), str(folder / f"{OTHER}v1.pdf")]
    assert (folder / f"{PAPER}v1.pdf").read_bytes() == server.content
    assert not (folder.parent / "opened").exists()


def test_json_says_what_was_downloaded_and_what_failed(server: PdfServer, run: Run, folder: Path) -> None:
    run("pdf", PAPER)
    server.faults = ["404"]
    result = run("pdf", PAPER, OTHER, "--format", "json")
    assert result.code == 1
    first, second = json.loads(result.out)
    assert (first["id"], first["version"], first["downloaded"]) == (PAPER, 1, False)
    assert (second["path"], second["problem"]) == (None, f"arXiv has no PDF of {OTHER}v1; its page says why.")


def test_offline_only_what_is_here_is_given(server: PdfServer, run: Run, folder: Path) -> None:
    run("pdf", PAPER)
    server.asked.clear()
    result = run("pdf", PAPER, OTHER, "--offline")
    assert (result.code, result.lines) == (1, [str(folder / f"{PAPER}v1.pdf")])
    assert result.err == f"The PDF of {OTHER}v1 is not here, and arXiv is not asked offline.\n"
    assert server.asked == []


def test_when_arxiv_cannot_be_asked_the_others_are_not_asked_for(
    server: PdfServer, run: Run, folder: Path
) -> None:
    run("pdf", "2611.00013")
    server.asked.clear()
    server.faults = ["429"]
    result = run("pdf", PAPER, OTHER, "2611.00013")
    assert (result.code, len(server.asked)) == (3, 1)
    assert "wants a pause" in result.err
    assert result.err.endswith(f"The PDF of Trees without roots ({OTHER}v1) was not asked for.\n")
    assert result.lines == [str(folder / "2611.00013v1.pdf")]


def test_fetch_takes_those_marked_to_read(server: PdfServer, run: Run, folder: Path) -> None:
    run("mark", OTHER)
    result = run("fetch", "--pdf", "--marked")
    assert (result.code, result.lines) == (0, [str(folder / f"{OTHER}v1.pdf")])
    assert run("fetch", "--pdf").code == 2
    assert run("fetch", "--pdf", "--marked", "--offline").code == 2


@contextmanager
def held_download(server: PdfServer, start: Start, part: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A download that the server holds, with what it has sent in the part file."""
    server.faults = ["hold"]
    with start("pdf", PAPER) as process:
        assert server.sent.wait(30)
        while not (part.exists() and part.stat().st_size == server.cut_at):
            assert process.poll() is None
        yield process


def test_a_killed_download_is_resumed_and_never_taken_for_a_whole_one(
    server: PdfServer, run: Run, start: Start, folder: Path
) -> None:
    part = folder / f"{PAPER}v1.pdf.part"
    with held_download(server, start, part) as process:
        process.kill()
        process.communicate()
    server.go_on.set()
    assert sorted(path.name for path in folder.iterdir()) == [part.name, f"{part.name}.etag"]
    assert run("pdf", PAPER).code == 0
    assert server.ranges == [None, f"bytes={server.cut_at}-"]
    assert (folder / f"{PAPER}v1.pdf").read_bytes() == server.content
    assert [path.name for path in folder.iterdir()] == [f"{PAPER}v1.pdf"]


def test_interrupted_it_ends_with_130_and_keeps_what_came(
    server: PdfServer, start: Start, folder: Path
) -> None:
    import signal

    part = folder / f"{PAPER}v1.pdf.part"
    with held_download(server, start, part) as process:
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in errors
    assert part.exists()


def test_exports_link_to_the_files_that_are_there(server: PdfServer, run: Run, folder: Path) -> None:
    run("pdf", PAPER)
    file = folder / f"{PAPER}v1.pdf"
    exported = {
        name: run("export", PAPER, OTHER, "--offline", "--format", name).out
        for name in ("markdown", "bibtex", "ris", "json", "jekyll", "html", "atom", "eml")
    }
    assert f"[file]({file.as_uri()})" in exported["markdown"]
    assert f"file = {{{file}}}" in exported["bibtex"]
    assert f"L1  - {file.as_uri()}" in exported["ris"]
    papers = json.loads(exported["json"])["papers"]
    assert [paper.get("pdf_path") for paper in papers] == [str(file), None]
    for name in ("jekyll", "html", "atom", "eml"):  # these are published: no path of this machine is in them
        assert str(folder) not in exported[name]
    run("export", PAPER, "--offline", "--format", "obsidian", "--output", str(folder.parent / "vault"))
    (note,) = (folder.parent / "vault").rglob("*.md")
    assert f'pdf_file: "{file.as_uri()}"' in note.read_text(encoding="utf-8")
