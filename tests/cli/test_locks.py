"""Locks of others: a command waits a moment, says whose turn it is, and a dead process's lock is none."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import FRIDAY, ROOT, Run, Start
from tests.servers.arxiv import StandIn
from tests.servers.arxiv_formats import invented
from tui_digest.folders import places
from tui_digest.library import database

PAPER = "2611.00012"
TELL = """
import sys
import tui_digest.cli.fetch as module
module.show_progress = lambda words: print(words, file=sys.stderr, flush=True)
"""
HOLD = """
import sys
from filelock import FileLock
with FileLock(sys.argv[1], thread_local=False):
    print("held", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def lock_held(file: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process holds a lock file until it is told, or killed."""
    file.parent.mkdir(parents=True, exist_ok=True)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=pipe, stdout=pipe, text=True, cwd=ROOT
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        try:
            yield holder
        finally:
            holder.kill()


def marked(run: Run) -> list[str]:
    lines = run("list", "--marked", "--offline", "--format", "jsonl").lines
    return [json.loads(line)["id"] for line in lines]


def test_two_processes_fetch_one_after_the_other_and_the_day_once(
    arxiv: StandIn, start: Start, run: Run
) -> None:
    arxiv.mailings[FRIDAY] = [*arxiv.mailings[FRIDAY], *invented(200, start=100)]
    fetching = [start("fetch") for _ in range(3)]
    for process in fetching:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, b"204/204" in out) == (0, True), err
    assert {request.open for request in arxiv.requests} == {1}
    assert len(run("list", "--offline", "--format", "jsonl").lines) == 204


def test_a_fetch_waits_for_the_one_that_is_asking_and_says_so(arxiv: StandIn, start: Start) -> None:
    with lock_held(places().state / "arxiv.lock") as holder:
        waiting = start("fetch", watch=TELL)
        assert waiting.stderr is not None
        while b"waiting for another tui-digest" not in waiting.stderr.readline():
            assert waiting.poll() is None
        assert arxiv.requests == []
        holder.communicate("\n")
        waiting.communicate(timeout=60)
    assert waiting.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
def test_the_lock_of_a_process_that_was_killed_is_none(arxiv: StandIn, run: Run) -> None:
    with lock_held(places().state / "arxiv.lock") as holder:
        holder.kill()
        holder.wait()
    assert run("fetch").code == 0


def test_a_lock_file_of_a_machine_whose_clock_was_wrong_is_none(arxiv: StandIn, run: Run) -> None:
    """A lock is held by a process, not by a file and its date."""
    lock = places().state / "arxiv.lock"
    lock.parent.mkdir(parents=True)
    lock.write_text("4242@elsewhere 2106-02-07")
    os.utime(lock, (2**32, 2**32))
    assert run("fetch").code == 0


def test_what_is_read_needs_no_lock(fetched: StandIn, run: Run) -> None:
    with lock_held(places().state / "arxiv.lock"):
        for words in (["list", "--offline"], ["mark", PAPER], ["doctor", "--offline"], ["search", "trees"]):
            assert run(*words).code in (0, 1)
    assert marked(run) == [PAPER]


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals of POSIX")
def test_quitting_waits_for_what_is_pending_with_a_word_and_says_what_was_not_written(
    fetched: StandIn, run: Run
) -> None:
    from tests.cli.test_reader_terminal import reader

    with (
        reader("--offline") as terminal,
        closing(sqlite3.connect(places().library_file, isolation_level=None)) as other,
    ):
        terminal.see("Trees without")
        other.execute("BEGIN EXCLUSIVE")
        terminal.press("mjmQ")
        terminal.see("Waiting for another program")
        terminal.see("Not written")
        other.execute("ROLLBACK")
        assert terminal.job_news() == "0"
        assert terminal.everything.count(b"Not written") == 1  # of all that was decided, with the reason
    assert marked(run) == []


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals of POSIX")
def test_a_dialog_opened_under_a_lock_is_closed_with_esc_and_the_reader_with_q(fetched: StandIn) -> None:
    """The help asks which commands there are now, and that of the day before asks the library."""
    from tests.cli.test_reader_terminal import ESCAPE, reader

    after_a_week_off = (
        "import tui_digest.arxiv.calendar as days\n"
        "days.Calendar.before = lambda self, day: day - days.timedelta(days=8)"
    )
    with (
        reader("--offline", prelude=after_a_week_off) as terminal,
        closing(sqlite3.connect(places().library_file, isolation_level=None)) as other,
    ):
        terminal.see("Trees without")
        other.execute("BEGIN EXCLUSIVE")
        terminal.press("?")
        terminal.see("ype to search")
        other.execute("ROLLBACK")
        terminal.press(f"{ESCAPE}Q")
        assert terminal.job_news() == "0"


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals of POSIX")
def test_a_signal_under_a_lock_says_what_was_not_written(fetched: StandIn, run: Run) -> None:
    from tests.cli.test_reader_terminal import reader

    with (
        reader("--offline") as terminal,
        closing(sqlite3.connect(places().library_file, isolation_level=None)) as other,
    ):
        terminal.see("Trees without")
        other.execute("BEGIN EXCLUSIVE")
        terminal.press("mj")
        terminal.see("2 of 4")
        terminal.send(signal.SIGTERM)
        assert terminal.job_news() == str(128 + signal.SIGTERM)
        assert terminal.modes() == terminal.modes_before
        assert b"Not written: " in terminal.everything
        other.execute("ROLLBACK")
    assert marked(run) == []


@pytest.mark.parametrize("how", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_library_that_another_program_holds_is_told_of_and_nothing_is_changed(
    how: str, fetched: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LONG_PATIENCE", 0.05)
    with closing(sqlite3.connect(places().library_file, isolation_level=None)) as other:
        other.execute(f"BEGIN {how}")
        told = run("mark", PAPER)
        assert (told.code, "is locked by another program" in told.err) == (1, True)
        assert (run("list", "--offline").code == 0) is (how == "IMMEDIATE")
    assert marked(run) == []
    assert run("mark", PAPER).code == 0
