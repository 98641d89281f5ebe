"""The reader in tmux, where many read: drawn, typed to, resized, and killed with the session."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn
from tests.servers.pdfs import PdfServer
from tests.servers.zotero import Zotero
from tui_digest.folders import places

if sys.platform == "win32":
    pytest.skip("tmux runs on POSIX", allow_module_level=True)
if shutil.which("tmux") is None:
    pytest.skip("tmux is not installed", allow_module_level=True)

from tests.servers.tmux import Tmux

WIDE, NARROW = (120, 30), (44, 12)


def widest(screen: str) -> int:
    return max(map(len, screen.splitlines()))


def test_a_session(fetched: StandIn, run: Run) -> None:
    with Tmux(["-m", "tui_digest", "--offline"], WIDE) as tmux:
        tmux.see("Trees without")
        tmux.press("j", "m")
        tmux.see("Marked")
        header = tmux.screen.splitlines()[0]
        assert "2 of " in header

        tmux.resize(*NARROW)
        narrow = tmux.until(
            lambda screen: widest(screen) <= NARROW[0] and "★" in screen and "│" not in screen
        )
        assert len(narrow.splitlines()) <= NARROW[1]
        tmux.press("?")
        tmux.see("Type to search")
        tmux.press("Escape")
        tmux.until(lambda screen: "Type to search" not in screen)

        tmux.resize(*WIDE)
        assert "2 of " in tmux.see("│").splitlines()[0]
        tmux.press("i", "A half-written note")
        tmux.see("half-written")
        tmux.run("kill-session")
        tmux.until_ended()
    (marked,) = (json.loads(line) for line in run("list", "--marked", "--offline", "--format", "jsonl").lines)
    assert marked["mark"] == "to-read"
    assert marked["note"] == "A half-written note"


def test_a_pdf_is_downloaded_opened_and_goes_to_zotero(
    fetched: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    viewer = tmp_path / "viewer"
    viewer.write_text('#!/bin/sh\nprintf %s "$2" > "$1"\n', encoding="utf-8")
    viewer.chmod(0o700)
    places().config_file.parent.mkdir(parents=True, exist_ok=True)
    places().config_file.write_text(
        f'[pdf]\nfolder = "{tmp_path / "pdf"}"\nname = "{{id}}"\n'
        f'viewer = ["{viewer}", "{tmp_path / "opened"}"]\n',
        encoding="utf-8",
    )
    with PdfServer() as pdfs, Zotero() as zotero:
        monkeypatch.setenv("TUI_DIGEST_PDF_URL", pdfs.url)
        monkeypatch.setenv("TUI_DIGEST_ZOTERO_URL", zotero.url)
        with Tmux(["-m", "tui_digest"], WIDE) as tmux:
            tmux.see("Trees without")
            tmux.press("g", "p")
            tmux.see("The PDF is open in the viewer")
            tmux.press("g", "z")
            tmux.see("1 paper sent to Zotero")
            tmux.press("g", "z")
            tmux.see("1 paper already in Zotero")
            tmux.press("Q")
            tmux.until_ended()
        (file,) = (tmp_path / "pdf").iterdir()
        assert (tmp_path / "opened").read_text() == str(file)
        assert [item["pdf"] for item in zotero.items] == [pdfs.content]


SHELL = """
import os, subprocess, sys
os.environ.pop("COLORTERM", None)
os.environ["TERM"] = sys.argv[1]
subprocess.run([sys.executable, "-m", "tui_digest", "--offline"])
input("back in the shell")
"""
"""Runs the reader on a terminal of that name, as a shell does."""


@pytest.mark.parametrize("terminal", ["tmux-256color", "screen", "linux", "xterm-16color"])
def test_quitting_gives_the_window_back(fetched: StandIn, terminal: str) -> None:
    with Tmux(["-c", SHELL, terminal], WIDE) as tmux:
        tmux.see("Trees without")
        tmux.see("help")
        tmux.press("Q")
        assert "Trees without" not in tmux.see("back in the shell")
