"""A pipe in the place of a file of the program's holds nothing up."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT
from tests.servers.arxiv import StandIn
from tui_digest.folders import places

if sys.platform == "win32":
    pytest.skip("pipes with names are POSIX's", allow_module_level=True)

STATE = ("first-rows", "first-screen", "arxiv-pacing.json")


def run_to_the_end(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a command, which is killed and fails the test where it waits."""
    return subprocess.run(
        [sys.executable, "-m", "tui_digest", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


def put_pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


@pytest.mark.parametrize("ending", ["-journal", "-wal"])
def test_beside_the_library_it_is_named(ending: str, fetched: StandIn) -> None:
    pipe = places().library_file.with_name(f"library.sqlite3{ending}")
    put_pipe(pipe)
    for words in (["list", "--offline"], ["doctor", "--offline"]):
        done = run_to_the_end(*words)
        assert done.returncode == 1
        assert f"{pipe} is no file of the library's" in done.stderr + done.stdout


def test_in_the_state_folder_it_is_passed_by(fetched: StandIn) -> None:
    for name in STATE:
        put_pipe(places().state / name)
    done = run_to_the_end("fetch")
    assert (done.returncode, done.stderr) == (0, "")
