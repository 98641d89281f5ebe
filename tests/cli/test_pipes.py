"""A pipe in the place of a file of the program's holds nothing up."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run
from tests.servers.arxiv import StandIn
from tui_digest.folders import places

if sys.platform == "win32":
    pytest.skip("pipes with names are POSIX's", allow_module_level=True)

SEQUENCE = re.compile(rb"\x1b\[[\d;]*[mH]")
STATE = ("first-rows", "first-screen", "arxiv-pacing.json")


def run_to_the_end(*words: str) -> subprocess.CompletedProcess[str]:
    """Run a command, which is killed and fails the test where it waits."""
    return subprocess.run(
        [sys.executable, "-m", "tui_digest", *words],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def put_pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


@pytest.mark.parametrize("name", ["library.sqlite3-journal", "library.sqlite3-wal"])
def test_beside_the_library_it_is_named(name: str, fetched: StandIn) -> None:
    pipe = places().library_file.with_name(name)
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


@pytest.mark.parametrize("name", ["library.sqlite3", "library.sqlite3-journal", "library.sqlite3-wal"])
def test_one_that_is_put_there_while_the_reader_is_open_is_named_and_holds_no_key(
    name: str, fetched: StandIn, run: Run, tmp_path: Path
) -> None:
    from tests.cli.test_reader_terminal import marks, reader

    pipe = places().library_file.with_name(name)
    with reader("--offline") as terminal:
        terminal.see("Trees without")
        if pipe.exists():
            pipe.rename(tmp_path / name)
        os.mkfifo(pipe)
        terminal.press("m")
        terminal.read_until(lambda seen: b"Move it away" in SEQUENCE.sub(b"", seen))
        terminal.press("j")
        terminal.see("2 of 4")
        pipe.unlink()
        if (tmp_path / name).exists():
            (tmp_path / name).rename(pipe)
        terminal.press("m")
        terminal.see("Marked")
        terminal.press("Q")
        assert terminal.job_news() == "0"
    assert len(marks(run)) == 1


@pytest.mark.parametrize("name", ["cache.db", "cache.db-journal", "cache.db-wal", "texts.sqlite3-journal"])
def test_in_the_cache_it_gives_way(name: str, fetched: StandIn) -> None:
    put_pipe(places().cache / name)
    for words in (["cache", "info"], ["search", "--full", "trees"]):
        done = run_to_the_end(*words)
        assert (done.returncode, done.stderr.count("\n") <= 1) == (0, True)
    assert not (places().cache / name).exists() or (places().cache / name).is_file()
