"""A tmux server of the test's own, with one window: what is in it, its keys, its size (POSIX)."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
_SOCKET = "reader"


class Tmux:
    """A program in tmux, without anybody's own configuration and beside anybody's own server.

    Args:
        arguments: what Python is given.
        size: columns and lines.
    """

    def __init__(self, arguments: Sequence[str], size: tuple[int, int]) -> None:
        # A folder in the test's own would make the socket's path longer than a system allows.
        self._folder = tempfile.mkdtemp(prefix="tmux")
        self._environment = {**os.environ, "TMUX_TMPDIR": self._folder, "PYTHONPATH": str(ROOT)}
        self._environment.pop("TMUX", None)
        command = shlex.join([sys.executable, *arguments])
        self.run("new-session", "-d", "-x", str(size[0]), "-y", str(size[1]), f"exec {command}")
        self.pid = int(self.run("display-message", "-p", "#{pane_pid}"))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.run("kill-server", check=False)
        shutil.rmtree(self._folder)

    def run(self, *command: str, check: bool = True) -> str:
        """Give the server a command; what it answers."""
        done = subprocess.run(
            ["tmux", "-L", _SOCKET, "-f", "/dev/null", *command],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=check,
        )
        return done.stdout

    @property
    def screen(self) -> str:
        """What is in the window now."""
        return self.run("capture-pane", "-p")

    def press(self, *keys: str) -> None:
        """Type keys by their names in tmux; a character is its own name."""
        self.run("send-keys", *keys)

    def resize(self, columns: int, lines: int) -> None:
        """Make the window another size."""
        self.run("resize-window", "-x", str(columns), "-y", str(lines))

    def until(self, enough: Callable[[str], bool]) -> str:
        """What is in the window, once that is enough."""
        end = time.monotonic() + PATIENCE
        while not enough(screen := self.screen):
            if time.monotonic() > end:
                raise AssertionError(f"it never came; the window shows:\n{screen}")
            time.sleep(0.05)
        return screen

    def see(self, words: str) -> str:
        """What is in the window, once these words are there."""
        return self.until(lambda screen: words in screen)

    def until_ended(self) -> None:
        """Wait until the program is no more."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                os.kill(self.pid, 0)
            except ProcessLookupError:
                return
            time.sleep(0.05)
        raise AssertionError("the program never ended")
