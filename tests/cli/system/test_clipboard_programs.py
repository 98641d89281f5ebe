"""The machine's clipboard programs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tui_digest.cli.system.clipboard_programs import MachineClipboard, clipboard_command, clipboard_note


@pytest.mark.parametrize(
    ("environment", "platform", "command"),
    [
        ({}, "darwin", ("pbcopy",)),
        ({"SSH_CONNECTION": "x"}, "darwin", ()),
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "linux", ("wl-copy",)),
        ({"DISPLAY": ":0"}, "linux", ("xclip", "-selection", "clipboard")),
        ({"WSL_DISTRO_NAME": "x"}, "linux", ("clip.exe",)),
        ({}, "linux", ()),
    ],
)
def test_each_machine_has_its_program(
    environment: dict[str, str], platform: str, command: tuple[str, ...]
) -> None:
    assert clipboard_command(environment, platform, lambda name: name) == command
    assert clipboard_command(environment, platform, lambda name: None) == ()


def test_the_terminal_is_told_by_its_environment() -> None:
    assert "set-clipboard on" in clipboard_note({"TMUX": "/tmp/x"})
    assert "w writes" in clipboard_note({"TERM_PROGRAM": "Apple_Terminal"})
    assert "screen" in clipboard_note({"STY": "1"})
    assert clipboard_note({}) == ""


@pytest.mark.skipif(os.name != "posix", reason="the program is a shell script")
@pytest.mark.parametrize(("body", "said"), [('cat > "$HOME/clip"', "pbcopy"), ("exit 1", "")])
def test_the_text_is_given_to_the_program(
    body: str, said: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = home / "bin" / "pbcopy"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    assert MachineClipboard({}, "darwin").put("ℓ₁\n") == said
    if said:
        assert (home / "clip").read_text(encoding="utf-8") == "ℓ₁\n"


def test_a_machine_without_a_program_takes_nothing() -> None:
    assert MachineClipboard({}, sys.platform, lambda name: None).put("x") == ""
