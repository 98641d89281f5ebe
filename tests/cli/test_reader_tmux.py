"""The reader in tmux, where many read: drawn, typed to, resized, and killed with the session."""

from __future__ import annotations

import json
import shutil
import sys

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn

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
        narrow = tmux.until(lambda screen: widest(screen) <= NARROW[0] and "★" in screen)
        assert len(narrow.splitlines()) <= NARROW[1]
        assert "│" not in narrow
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
