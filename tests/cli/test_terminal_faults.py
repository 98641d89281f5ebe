"""The driver on a real terminal: no input ends the reader, and its ends are prompt."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of POSIX", allow_module_level=True)

from tests.cli.test_reader_terminal import assert_restored, marks, reader
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


def _open_note_in_editor(terminal: Terminal) -> None:
    terminal.see("Trees without")
    terminal.forget()
    terminal.press("I")


@pytest.mark.parametrize(
    ("editor", "told"),
    [
        ("false", "failed with 1"),
        ("/nonexistent/editor", "/nonexistent/editor"),
        ("vi 'unclosed", "cannot be read as a command"),
        ("{latin}", "left no text behind"),
    ],
)
def test_an_editor_that_fails_is_told_of_and_the_reader_goes_on(
    editor: str, told: str, fetched: StandIn, run: Run, tmp_path: Path
) -> None:
    latin = tmp_path / "latin-1-editor"
    latin.write_text("#!/bin/sh\nprintf 'caf\\351' > \"$1\"\n")
    latin.chmod(0o700)
    environment = {"EDITOR": editor.format(latin=latin), "VISUAL": ""}
    with reader("--offline", environment=environment) as terminal:
        _open_note_in_editor(terminal)
        terminal.see(told)
        terminal.press("m")
        terminal.see("Marked")
        terminal.press("Q")
        assert terminal.job_news() == "0"
        assert_restored(terminal)
    assert len(marks(run)) == 1


def test_mouse_noise_and_resizes_do_no_harm(fetched: StandIn, run: Run) -> None:
    """The noise stays off the footer, whose words are commands: `quit` is one."""
    chance = random.Random(17)
    with reader("--offline", environment={"BROWSER": "true"}) as terminal:
        terminal.see("Trees without")
        for size in ((44, 12), (200, 60), (20, 4), (1, 1), (100, 30)):
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
