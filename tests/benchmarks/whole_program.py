"""The reader, or another program, as a whole process on a pseudo-terminal: what the benchmarks drive."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import signal
import struct
import sys
import termios
import time
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

COLUMNS, LINES = 120, 40
QUIET = 0.12
LEAVE = b"\x1b[?1049l"
"""What gives the terminal back: the end of its alternate screen."""


class Terminal:
    """A program on a pseudo-terminal, and the bytes that it writes."""

    def __init__(
        self, command: list[str], environment: dict[str, str], size: tuple[int, int] = (COLUMNS, LINES)
    ) -> None:
        gate, opened = os.pipe()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.read(gate, 1)  # until the terminal has its size
            os.execve(command[0], command, environment)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.started = time.perf_counter()
        os.write(opened, b"\n")
        os.close(gate)
        os.close(opened)
        self.seen = b""
        self.last = b""

    def read(self, timeout: float) -> bytes:
        """What comes within `timeout` seconds; empty when nothing does."""
        if not select.select([self.master], [], [], timeout)[0]:
            return b""
        try:
            self.last = os.read(self.master, 1 << 16)
        except OSError:
            return b""
        return self.last

    def until(self, wanted: bytes, timeout: float = 60.0) -> float:
        """Seconds from the start until `wanted` was written."""
        while wanted not in self.seen:
            if time.perf_counter() - self.started > timeout:
                raise SystemExit(f"{wanted!r} never came; last: {self.seen[-400:]!r}")
            self.seen += self.read(0.5)
        return time.perf_counter() - self.started

    def settle(self) -> None:
        """Read until nothing comes for a while."""
        while self.read(0.5):
            pass

    def rest(self) -> None:
        """Read until the program has done all that it does by itself."""
        self.settle()
        before = -100.0
        while abs((now := self.busy()) - before) > 20:
            before = now
            self.read_for(1.0)

    def send(self, keys: str) -> None:
        """Type, and wait for nothing."""
        os.write(self.master, keys.encode())

    def press(self, key: bytes) -> float:
        """Milliseconds from a key to the last byte written after it."""
        return self.press_timed(key)[1]

    def press_timed(self, key: bytes, quiet: float = QUIET) -> tuple[float, float]:
        """Milliseconds from a key to the first and to the last byte written after it.

        Args:
            key: as the terminal sends it.
            quiet: seconds without a byte, after which nothing more is expected.
        """
        begun = last = time.perf_counter()
        first = 0.0
        os.write(self.master, key)
        while self.read(quiet):
            last = time.perf_counter()
            first = first or last - begun
        return first * 1000, (last - begun) * 1000

    def press_until(self, key: bytes, wanted: bytes, timeout: float = 5.0) -> float:
        """Milliseconds from a key until `wanted` was written, whatever else is written meanwhile."""
        begun, seen = time.perf_counter(), b""
        os.write(self.master, key)
        while wanted not in seen:
            if time.perf_counter() - begun > timeout:
                raise SystemExit(f"{wanted!r} never came after {key!r}")
            seen += self.read(0.5)
        return (time.perf_counter() - begun) * 1000

    def read_for(self, seconds: float) -> None:
        """Take what is written for some time."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.seen += self.read(left)

    def peak_memory(self) -> float:
        """The most memory the process has held, in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024

    def memory(self) -> float:
        """The memory that the process holds now, in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmRSS:")[2].split()[0]) / 1024

    def cpu(self) -> float:
        """Milliseconds of CPU that the process has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def busy(self) -> float:
        """Milliseconds of CPU that the process has used, or waited for while others had it."""
        waited = 0
        for thread in Path(f"/proc/{self.pid}/task").iterdir():
            with suppress(OSError):  # it has ended
                waited += int((thread / "schedstat").read_text().split()[1])
        return self.cpu() + waited / 1_000_000

    def quit(self) -> tuple[float, float]:
        """Milliseconds from `q` until the terminal is given back, and until the process has ended."""
        begun, back, seen = time.perf_counter(), 0.0, b""
        os.write(self.master, b"q")
        while not os.waitpid(self.pid, os.WNOHANG)[0]:
            seen += self.read(0.001)
            if not back and LEAVE in seen:
                back = time.perf_counter() - begun
        ended = time.perf_counter() - begun
        os.close(self.master)
        return (back or ended) * 1000, ended * 1000

    def close(self) -> None:
        """End the program at once."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.master)


def environment_of(home: Path, **more: str) -> dict[str, str]:
    """The environment of a program whose home this is, with bytecode kept as it is for users."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "CACHE", "STATE")}
    return {**known, "TERM": "xterm-256color", "COLORTERM": "truecolor", **folders, **more}


def is_editable() -> bool:
    """Tell whether the installed command runs the files of a checkout, which users' do not."""
    try:
        origin = distribution("tui-digest").read_text("direct_url.json")
    except PackageNotFoundError:
        return True
    return origin is not None and '"editable": true' in origin


def reader_command(*arguments: str) -> list[str]:
    """The command line of the reader: the installed command, else the module."""
    installed = shutil.which("tui-digest", path=str(Path(sys.executable).parent))
    return [installed, *arguments] if installed else [sys.executable, "-m", "tui_digest", *arguments]
