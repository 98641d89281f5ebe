"""A terminal of the test's own: the program in it, its bytes, its keys, and a shell's job control (POSIX)."""

from __future__ import annotations

import contextlib
import fcntl
import os
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60

# A shell with one job: it starts the program in a process group of its own in the foreground of the
# terminal, tells on standard output when that stops and ends, and sends it on when told to. A program that
# is alone on its terminal leads the terminal's session itself, as one does that a window was opened with.
_SHELL = """
import fcntl, os, signal, sys, termios
terminal = os.open(sys.argv[1], os.O_RDWR | os.O_NOCTTY)
alone = sys.argv[2] == "alone"
if not alone:
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
signal.signal(signal.SIGTTOU, signal.SIG_IGN)
signal.signal(signal.SIGHUP, signal.SIG_IGN)
job = os.fork()
if job == 0:
    if alone:
        os.setsid()
        fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)
    else:
        os.setpgid(0, 0)
        os.tcsetpgrp(terminal, os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_DFL)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored where the tests run in the background
    for stream in (0, 1, 2):
        os.dup2(terminal, stream)
    os.execv(sys.executable, [sys.executable, *sys.argv[3:]])
print(job, flush=True)
os.close(terminal)
while True:
    _, status = os.waitpid(job, os.WUNTRACED)
    if not os.WIFSTOPPED(status):
        break
    print("stopped", flush=True)
    sys.stdin.readline()
    os.killpg(job, signal.SIGCONT)
print(os.waitstatus_to_exitcode(status), flush=True)
"""


class Terminal:
    """A program on a pseudo-terminal.

    Args:
        arguments: what Python is given.
        size: columns and lines.
        environment: what is added to this process's own.
        alone: whether it is alone on the terminal, without a shell that could continue it.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        size: tuple[int, int] = (100, 30),
        environment: dict[str, str] | None = None,
        *,
        alone: bool = False,
    ) -> None:
        self._ours, self._theirs = os.openpty()
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.modes_before = termios.tcgetattr(self._theirs)
        self.everything = b""
        self._forgotten = 0
        self._open = True
        self._shell = subprocess.Popen(
            [sys.executable, "-c", _SHELL, os.ttyname(self._theirs), "alone" if alone else "", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **(environment or {})},
        )
        self.pid = int(self._line())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shell.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self._shell.wait(PATIENCE)
        for stream in (self._shell.stdin, self._shell.stdout):
            assert stream is not None
            stream.close()
        self.hang_up()

    @property
    def written(self) -> bytes:
        """What the program wrote since the last `forget`; `everything` is all it ever wrote."""
        return self.everything[self._forgotten :]

    def _line(self) -> str:
        assert self._shell.stdout is not None
        return self._shell.stdout.readline().decode().strip()

    def read_until(self, enough: Callable[[bytes], bool]) -> bytes:
        """What the program wrote so far, once that is enough."""
        while not enough(self.written):
            if not select.select([self._ours], [], [], PATIENCE)[0]:
                raise AssertionError(f"nothing more came after {self.written[-2000:]!r}")
            self.everything += os.read(self._ours, 65536)
        return self.written

    def see(self, words: str) -> bytes:
        """What was written so far, once these words are in it; they are looked for from here on next."""
        return self.read_until(lambda written: words.encode() in written)

    def forget(self) -> None:
        """Look only at what comes from now on."""
        self._forgotten = len(self.everything)

    def press(self, keys: str) -> None:
        """Type."""
        self.type_bytes(keys.encode())

    def type_bytes(self, sent: bytes) -> None:
        """Send bytes as the terminal would, in whatever encoding, and read what comes meanwhile."""
        while sent:
            if select.select([self._ours], [self._ours], [], PATIENCE)[0]:
                self.everything += os.read(self._ours, 65536)
            sent = sent[os.write(self._ours, sent[:1024]) :]

    def type_unread(self, keys: str) -> None:
        """Type, and take nothing of what the program writes, as a terminal stopped with Ctrl-S."""
        for key in keys:
            os.write(self._ours, key.encode())
            select.select([], [], [], 0.02)  # each key is an event, and a frame of its own

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size, and tell the program as a terminal does."""
        fcntl.ioctl(self._theirs, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self.send(signal.SIGWINCH)

    def send(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as a connection that is gone does."""
        if self._open:
            self._open = False
            os.close(self._ours)
            os.close(self._theirs)

    def job_news(self) -> str:
        """What the shell tells next: `stopped`, or the exit code. What the program writes is taken up."""
        assert self._shell.stdout is not None
        while True:
            wanted = [self._shell.stdout.fileno(), *([self._ours] if self._open else [])]
            ready = select.select(wanted, [], [], PATIENCE)[0]
            if self._shell.stdout.fileno() in ready:
                self._take_up_the_rest()
                return self._line()
            if not ready:
                raise AssertionError("the program neither stopped nor ended")
            self.everything += os.read(self._ours, 65536)

    def _take_up_the_rest(self) -> None:
        while self._open and select.select([self._ours], [], [], 0)[0]:
            self.everything += os.read(self._ours, 65536)

    def go_on(self) -> None:
        """Let a stopped program go on, in the foreground."""
        assert self._shell.stdin is not None
        self._shell.stdin.write(b"\n")
        self._shell.stdin.flush()

    def modes(self) -> list[object]:
        """How the terminal is set now."""
        return list(termios.tcgetattr(self._theirs))

    def set_modes(self, modes: list[Any]) -> None:
        """Set the terminal, as a shell does that takes it back."""
        termios.tcsetattr(self._theirs, termios.TCSANOW, modes)
