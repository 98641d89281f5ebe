"""The reader in GNU screen: drawn, typed to, and left; the window is the shell's again."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn

if sys.platform == "win32":
    pytest.skip("screen runs on POSIX", allow_module_level=True)
if shutil.which("screen") is None:
    pytest.skip("screen is not installed", allow_module_level=True)

from tests.cli.test_reader_terminal import marks
from tests.servers.terminal import Terminal

START = """
import os, sys
os.environ.pop("COLORTERM", None)
os.execvp("screen", ["screen", "-c", os.devnull, sys.executable, "-m", "tui_digest", "--offline"])
"""


def test_a_session(fetched: StandIn, run: Run, tmp_path: Path) -> None:
    sockets = tmp_path / "screens"
    sockets.mkdir(mode=0o700)
    with Terminal(["-c", START], environment={"SCREENDIR": os.fspath(sockets)}) as terminal:
        terminal.see("Trees without")
        terminal.press("m")
        terminal.see("Marked")
        terminal.press("Q")
        terminal.see("screen is terminating")
        assert terminal.job_news() == "0"
    assert len(marks(run)) == 1
