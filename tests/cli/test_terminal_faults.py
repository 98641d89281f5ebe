"""The driver on a real terminal: no input ends the reader, and its ends are prompt."""

from __future__ import annotations

import contextlib
import random
import signal
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of POSIX", allow_module_level=True)

import resource

from tests.cli.test_reader_terminal import ESCAPE, assert_restored, marks, reader
from tests.servers.terminal import Terminal

ODD_INPUT = {
    "Latin-1": b"\xe9",
    "8-bit Meta": b"\xed\xea",
    "X10 mouse past column 95": b"\x1b[M \xe9\xa1",
    "a C1 control": b"\x9b\x85",
    "a paste in Latin-1": b"\x1b[200~caf\xe9\x1b[201~",
    "a paste with sequences": b"\x1b[200~" + b"\x1b[31mx\x1b]52;c;QQ==\x07" * 500 + b"\x1b[201~",
    "a key without a character": b"\x1b[1141121u\x1b[1141121~",
    "a key without a number": b"\x1b[:~\x1b[:114112u",
    "NUL": b"\x00\x00",
    "an answer with a clipboard": b"\x1b]52;c;" + b"QUFB" * 20_000 + b"\x07",
    "an answer with keys in it": b"\x1bP1+r544e=dq\x1b\\",
    "a sequence without end": b"\x1b[" + b"1;" * 20_000 + b"x",
    "sizes that no terminal has": b"\x1b[48;0;0;0;0t\x1b[48;99999;99999;0;0t",
}


@pytest.mark.parametrize("sent", ODD_INPUT.values(), ids=ODD_INPUT.keys())
def test_no_input_ends_the_reader(sent: bytes, fetched: StandIn, run: Run) -> None:
    with reader("--offline") as terminal:
        terminal.see("Trees without")
        terminal.type_bytes(sent)
        terminal.press("m")
        terminal.see("Marked")
        terminal.press("Q")
        assert terminal.job_news() == "0"
        assert_restored(terminal)
        assert b"Traceback" not in terminal.everything
    assert len(marks(run)) == 1


def test_keys_that_begin_a_report_of_the_mouse_take_no_others_along(fetched: StandIn) -> None:
    with reader("--offline") as terminal:
        terminal.see("Trees without")
        terminal.type_bytes(b"\x1b[M")
        terminal.see("Mute or unmute")
        terminal.press(f"{ESCAPE}Q")
        assert terminal.job_news() == "0"


def _open_note_in_editor(terminal: Terminal) -> None:
    terminal.see("Trees without")
    terminal.forget()
    terminal.press("I")


def _script(file: Path, commands: str) -> str:
    file.write_text(f"#!/bin/sh\n{commands}\n")
    file.chmod(0o700)
    return str(file)


@pytest.mark.parametrize(
    ("editor", "told"),
    [
        ("false", "failed with 1"),
        ("/nonexistent/editor", "/nonexistent/editor"),
        ("vi 'unclosed", "cannot be read as a command"),
        ("{script} printf 'caf\\351' >", "not text in UTF-8"),
        ("{script} rm", "left no note that can be read"),
        ("{script} rm {note}; mkfifo", "is not a regular file"),
        ("{script} ln -sf /dev/zero", "is not a regular file"),
        ("{script} head -c 2000000 /dev/zero >", "larger than 1,000,000 bytes"),
        ("{script} stty raw -echo; kill -9 $$;", "with -9"),
    ],
)
def test_an_editor_that_fails_is_told_of_and_the_reader_goes_on(
    editor: str, told: str, fetched: StandIn, run: Run, tmp_path: Path
) -> None:
    if editor.startswith("{script}"):
        commands = editor.removeprefix("{script} ").replace("{note}", '"$1"')
        editor = _script(tmp_path / "editor", f'{commands} "$1"')
    environment = {"EDITOR": editor, "VISUAL": ""}
    with reader("--offline", environment=environment) as terminal:
        _open_note_in_editor(terminal)
        terminal.see(told)
        terminal.press("m")
        terminal.see("Marked")
        terminal.press("Q")
        assert terminal.job_news() == "0"
        assert_restored(terminal)
    assert len(marks(run)) == 1


@pytest.mark.parametrize("key", [b"\x03", b"\x1c"], ids=["Ctrl-C", "Ctrl-backslash"])
def test_keys_that_interrupt_the_editor_are_the_editors(
    key: bytes, fetched: StandIn, run: Run, tmp_path: Path
) -> None:
    commands = (
        'trap "echo interrupted" INT QUIT\necho waiting\n'
        'until [ "$line" = kept ]; do read line; done\necho "$line" > "$1"'
    )
    environment = {"EDITOR": _script(tmp_path / "editor", commands), "VISUAL": ""}
    with reader("--offline", environment=environment) as terminal:
        _open_note_in_editor(terminal)
        terminal.see("waiting")
        terminal.type_bytes(key)
        terminal.see("interrupted")
        terminal.press("kept\n")
        terminal.see("Saved a note")
        terminal.press("Q")
        assert terminal.job_news() == "0"
        assert_restored(terminal)
    assert run("note", "2611.00011", "--offline").out == "kept\n"


@pytest.mark.parametrize(
    ("number", "commands"),
    [(signal.SIGTERM, ""), (signal.SIGTERM, 'trap "" TERM'), (signal.SIGHUP, 'trap "exit 0" HUP')],
    ids=["ends", "stays", "ends well"],
)
def test_a_signal_ends_the_reader_and_its_editor_with_the_note_kept(
    number: signal.Signals, commands: str, fetched: StandIn, run: Run, tmp_path: Path
) -> None:
    commands += '\necho written > "$1"\necho waiting\nwhile :; do read line; done'
    environment = {"EDITOR": _script(tmp_path / "editor", commands), "VISUAL": ""}
    with reader("--offline", environment=environment) as terminal:
        _open_note_in_editor(terminal)
        terminal.see("waiting")
        terminal.send(number)
        assert terminal.job_news() == str(128 + number)
        assert_restored(terminal)
    assert run("note", "2611.00011", "--offline").out == "written\n"


def test_an_editor_that_stops_itself_stops_the_reader(fetched: StandIn, run: Run, tmp_path: Path) -> None:
    environment = {"EDITOR": _script(tmp_path / "editor", 'kill -TSTP $$\necho kept > "$1"'), "VISUAL": ""}
    with reader("--offline", environment=environment) as terminal:
        _open_note_in_editor(terminal)
        assert terminal.job_news() == "stopped"
        assert terminal.modes() == terminal.modes_before
        terminal.go_on()
        terminal.see("Saved a note")
        terminal.press("Q")
        assert terminal.job_news() == "0"
    assert run("note", "2611.00011", "--offline").out == "kept\n"


def test_an_editor_that_lets_another_group_have_the_terminal(
    fetched: StandIn, run: Run, tmp_path: Path
) -> None:
    """As a shell does that is killed while a command of it has the terminal."""
    program = (
        f"#!{sys.executable}\nimport os, signal, sys\nsignal.signal(signal.SIGTTOU, signal.SIG_IGN)\n"
        "other = os.fork()\nif other == 0:\n    signal.pause()\n"
        "os.setpgid(other, other)\nos.tcsetpgrp(0, other)\nos.kill(other, signal.SIGKILL)\n"
        "open(sys.argv[1], 'w').write('kept')\nos.wait()\n"
    )
    editor = tmp_path / "editor"
    editor.write_text(program)
    editor.chmod(0o700)
    with reader("--offline", environment={"EDITOR": str(editor), "VISUAL": ""}) as terminal:
        _open_note_in_editor(terminal)
        terminal.see("Saved a note")
        terminal.press("Q")
        assert terminal.job_news() == "0"
        assert_restored(terminal)
    assert run("note", "2611.00011", "--offline").out == "kept\n"


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="limits of another process are Linux's")
def test_where_no_more_files_can_be_opened_the_end_is_a_sentence(fetched: StandIn) -> None:
    """No module that is imported when it is needed can be read either."""
    with reader("--offline") as terminal:
        terminal.see("Trees without")
        terminal.press("m")
        terminal.see("Marked")
        resource.prlimit(terminal.pid, resource.RLIMIT_NOFILE, (3, 3))
        terminal.press(",WD?")
        with contextlib.suppress(ProcessLookupError):  # it may have ended
            terminal.send(signal.SIGTERM)
        assert terminal.job_news() in ("1", "143")
        assert_restored(terminal)
        assert b"Traceback" not in terminal.everything


@pytest.mark.parametrize("words", ["--offline", "search --arxiv trees"])
def test_where_too_few_files_can_be_opened_nothing_begins(words: str, fetched: StandIn) -> None:
    few = "import os, resource; n = os.dup(0) + 3; resource.setrlimit(resource.RLIMIT_NOFILE, (n, n))"
    with reader(*words.split(), prelude=few) as terminal:
        assert terminal.job_news() == "1"
        assert terminal.modes() == terminal.modes_before
        assert terminal.everything.count(b"\r\n") == 1
        assert b"Too few files can be opened at once." in terminal.everything


def test_ctrl_z_without_a_shell_does_not_stop_the_reader_for_good(fetched: StandIn, run: Run) -> None:
    with reader("--offline", alone=True) as terminal:
        terminal.see("Trees without")
        terminal.forget()
        terminal.type_bytes(b"\x1a")
        terminal.see("Trees without")
        terminal.press("m")
        terminal.see("Marked")
        terminal.press("Q")
        assert terminal.job_news() == "0"
        assert_restored(terminal)
    assert len(marks(run)) == 1


@pytest.mark.parametrize(
    ("size", "environment"),
    [
        ((65535, 65535), {}),
        ((100, 30), {"COLUMNS": "9999999", "LINES": "999999"}),
        ((0, 0), {"COLUMNS": "-1", "LINES": "0"}),
    ],
    ids=["too large", "too large by the environment", "none"],
)
def test_a_size_that_no_terminal_has_is_survived(
    size: tuple[int, int], environment: dict[str, str], fetched: StandIn, run: Run
) -> None:
    with reader("--offline", size=size, environment=environment) as terminal:
        terminal.see("Trees")
        terminal.press("m")
        terminal.see("Marked")
        terminal.press("Q")
        assert terminal.job_news() == "0"
    assert len(marks(run)) == 1


def test_mouse_noise_and_resizes_do_no_harm(fetched: StandIn) -> None:
    """The noise stays off the footer, whose words are commands: `quit` is one."""
    chance = random.Random(17)
    with reader("--offline", environment={"BROWSER": "true"}) as terminal:
        terminal.see("Trees without")
        for size in ((44, 12), (200, 60), (20, 4), (65535, 65535), (1, 1), (100, 30)):
            reports = [
                f"\x1b[<{chance.randrange(100)};{chance.randrange(230)};{chance.randrange(10)}{end}"
                for end in chance.choices("Mm", k=40)
            ]
            terminal.type_bytes("".join(reports).encode())
            terminal.resize(*size)
        terminal.press("Q")
        assert terminal.job_news() == "0"
        assert_restored(terminal)
        assert b"went wrong" not in terminal.everything
