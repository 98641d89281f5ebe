"""The machine's clipboard, for terminals that do not support OSC 52."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cached_property

_PATIENCE = 2.0
"""Seconds after which a clipboard program is abandoned."""

Which = Callable[[str], str | None]


class MachineClipboard:
    """The machine's clipboard by its usual program, and a note on the terminal's.

    Over ssh there is none: the user's clipboard is on another machine.
    """

    def __init__(
        self, environment: Mapping[str, str], platform: str = sys.platform, which: Which = shutil.which
    ) -> None:
        self.note = clipboard_note(environment)
        self._environment = environment
        self._platform = platform
        self._which = which

    @cached_property
    def _command(self) -> tuple[str, ...]:
        return clipboard_command(self._environment, self._platform, self._which)

    def put(self, text: str) -> str:
        """Copy a text to the clipboard; return the program used, "" if none."""
        if not self._command:
            return ""
        encoding = "utf-16" if self._command[0] == "clip.exe" else "utf-8"
        # Its output is not waited for: xclip continues in the background with its output open.
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run(
                self._command,
                input=text.encode(encoding, "replace"),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE,
                check=True,
            )
            return self._command[0]
        return ""


def clipboard_command(environment: Mapping[str, str], platform: str, which: Which) -> tuple[str, ...]:
    """Return the command that copies its input to the clipboard; empty if none."""
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"):
        return ()
    candidates: list[tuple[str, ...]] = []
    if platform == "darwin":
        candidates.append(("pbcopy",))
    if platform == "win32" or environment.get("WSL_DISTRO_NAME"):
        candidates.append(("clip.exe",))
    if environment.get("WAYLAND_DISPLAY"):
        candidates.append(("wl-copy",))
    if environment.get("DISPLAY"):
        candidates += [("xclip", "-selection", "clipboard"), ("xsel", "--input", "--clipboard")]
    return next((command for command in candidates if which(command[0])), ())


def clipboard_note(environment: Mapping[str, str]) -> str:
    """Return advice for the terminal, without a full stop; empty if none is known."""
    if environment.get("TMUX"):
        return "tmux needs: set -g set-clipboard on"
    if environment.get("STY"):
        return "GNU screen drops it: w writes a file"
    if environment.get("TERM_PROGRAM") == "Apple_Terminal":
        return "macOS Terminal drops it: w writes a file"
    return ""
