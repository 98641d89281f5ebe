"""Standard streams that are closed, and a terminal of one column: no traceback, the right exit code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.cli.conftest import ROOT, RUNNER, Clock, Run
from tests.servers.arxiv import StandIn
from tui_digest.cli.streams import terminal_columns

if sys.platform == "win32":
    pytest.skip("a shell of POSIX", allow_module_level=True)

from tests.cli.test_reader_terminal import RUN, assert_restored
from tests.servers.terminal import Terminal

PAPER = "2611.00011"
COMMANDS = {
    "list --offline": 0,
    f"show {PAPER} --offline --format json": 0,
    "export --all --format bibtex --offline": 0,
    f"mark {PAPER} --offline": 0,
    f"note {PAPER} - --offline": 2,
    "read --plain --offline": 0,
    "read": 2,
    "setup": 2,
    "latex": 2,
    "doctor --offline": 0,
    "--help": 0,
    "nonsense": 2,
}
"""With what they end when nothing can be read and nothing be written."""


def in_shell(words: str, streams: str, clock: Clock) -> subprocess.CompletedProcess[str]:
    """Run a command in a shell that closes some of its streams."""
    return subprocess.run(
        [
            "sh",
            "-c",
            f'"$0" "$@" {streams}',
            sys.executable,
            "-c",
            RUNNER,
            clock.now.isoformat(),
            *words.split(),
        ],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("words", COMMANDS)
def test_without_input_and_output(words: str, fetched: StandIn, clock: Clock) -> None:
    result = in_shell(words, "<&- >&-", clock)
    assert result.returncode == COMMANDS[words]
    assert result.stdout == ""
    assert "never should have" not in result.stderr
    assert len(result.stderr.splitlines()) == (1 if COMMANDS[words] else 0)


@pytest.mark.parametrize("words", ["list --offline", "nonsense"])
def test_without_a_place_for_messages(words: str, fetched: StandIn, clock: Clock, run: Run) -> None:
    result = in_shell(words, "2>&-", clock)
    assert result.returncode == COMMANDS[words]
    assert result.stdout == (run(*words.split()).out if COMMANDS[words] == 0 else "")


def test_a_note_is_not_taken_away_by_an_input_that_is_closed(
    fetched: StandIn, clock: Clock, run: Run
) -> None:
    assert run("note", PAPER, "Kept.").code == 0
    assert in_shell(f"note {PAPER} -", "<&-", clock).returncode == 2
    assert run("note", PAPER).out == "Kept.\n"


def test_a_terminal_of_one_column(fetched: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = "list --offline", "list --offline --spoken", "search steps", f"show {PAPER}"
    for columns in ("1", "0", "x"):
        monkeypatch.setenv("COLUMNS", columns)
        for words in (*shown, "keys", "doctor --offline", "cache info", "--help"):
            result = run(*words.split())
            assert (result.code, result.err) == (0, ""), words
            assert result.out, words


@pytest.mark.parametrize("columns", [24, 40, 100])
def test_lines_are_as_wide_as_columns_says(
    columns: int, fetched: StandIn, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    for words in (("list", "--offline"), ("show", PAPER)):
        assert max(map(len, run(*words).lines[1:])) <= columns


@pytest.mark.parametrize("way", ["stdout", "columns"])
def test_the_reader(way: str, fetched: StandIn) -> None:
    closing = "import os; os.close(1)\n" if way == "stdout" else ""
    program = f"import os, sys\n{closing}os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    environment = {"COLUMNS": "1"} if way == "columns" else {}
    with Terminal(("-c", program, "-c", RUN, "--offline"), environment=environment) as terminal:
        terminal.see("heap")
        terminal.press("jm?")
        terminal.press("\x1b[27uQ")
        assert terminal.job_news() == "0"
        assert_restored(terminal)


@pytest.mark.parametrize("columns", ["", "0", "-3", "wide", "72", " 72 "])
def test_the_width_is_that_of_the_standard_library(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert terminal_columns() == shutil.get_terminal_size().columns


def test_closed_output_is_80_columns_wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.setattr(sys, "__stdout__", None)
    assert terminal_columns() == 80
