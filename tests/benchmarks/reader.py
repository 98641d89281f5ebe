"""How fast the reader opens and answers keys, against a bare Textual list in the same run.

    python tests/benchmarks/reader.py [--runs 15] [--rows 100 1000 100000]

Every program runs on a pseudo-terminal of 120 × 40, as a whole process. "Start" is from exec until
the first row is on the screen; a key's time is from the key until the last byte written after it.
Medians of several runs are printed; on a machine that is busy with other things quote the ratios.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

COLUMNS, LINES = 120, 40
FIRST_ROW = b"First-of-all"
QUIET = 0.12
FILTER = b"convergence number 7 au:third"


class Terminal:
    """A program on a pseudo-terminal, and the bytes that it writes."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.started = time.perf_counter()
        self.pid, self.master = pty.fork()
        if self.pid == 0:
            os.execve(command[0], command, environment)
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.seen = b""

    def read(self, timeout: float) -> bytes:
        """What comes within `timeout` seconds; empty when nothing does."""
        if not select.select([self.master], [], [], timeout)[0]:
            return b""
        try:
            return os.read(self.master, 1 << 16)
        except OSError:
            return b""

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

    def press(self, key: bytes) -> float:
        """Milliseconds from a key to the last byte written after it."""
        begun = last = time.perf_counter()
        os.write(self.master, key)
        while self.read(QUIET):
            last = time.perf_counter()
        return (last - begun) * 1000

    def peak_memory(self) -> float:
        """The most memory the process has held, in MiB."""
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024

    def cpu(self) -> float:
        """Milliseconds of CPU that the process has used."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.master)


def bare_list() -> None:
    """A Textual program with nothing but a list of 300 rows: what the reader is compared with."""
    from rich.segment import Segment
    from textual.app import App, ComposeResult
    from textual.geometry import Size
    from textual.scroll_view import ScrollView
    from textual.strip import Strip

    class Rows(ScrollView, can_focus=True):
        def on_mount(self) -> None:
            self.virtual_size = Size(self.size.width, 300)

        def render_line(self, y: int) -> Strip:
            row = y + self.scroll_offset.y
            return Strip([Segment(f"{FIRST_ROW.decode()} row {row}".ljust(self.size.width))])

    class Bare(App[None]):
        def compose(self) -> ComposeResult:
            yield Rows()

    Bare().run()


def make_home(folder: Path, rows: int) -> None:
    """A library with a day of so many invented papers, stored just now."""
    from tui_digest.latex import search_key
    from tui_digest.library.library import Library
    from tui_digest.paper import AnnounceType, Completeness, CompletenessState, Digest, Paper
    from tui_digest.settings import places

    now = datetime.now(UTC)
    day = now.date()
    papers = tuple(
        Paper(
            id=f"{601 + number // 90000:04}.{10000 + number % 90000:05}",
            version=1,
            title=f"{FIRST_ROW.decode()} paper {number} on $\\ell_{number % 9}$ norms and their convergence",
            authors=("Ada Number", "Bo Second", f"Cy Third{number}"),
            abstract=f"We bound $\\|x\\|_2$ by $\\mathcal{{O}}(1/\\sqrt{{T}})$ in case {number} of many. "
            * 18,
            categories=("math.OC", "cs.LG"),
            primary="math.OC",
            announce_type=AnnounceType.NEW,
            announced=day,
            published=now,
        )
        for number in range(rows)
    )
    completeness = Completeness(state=CompletenessState.COMPLETE, shown=rows, announced=rows)
    with Library(places(folder).library_file, search_key) as library:
        library.mailings.store_digest(
            Digest(
                date=day,
                categories=("cs.LG", "stat.ML", "math.OC"),
                papers=papers,
                completeness=completeness,
                fetched_at=now,
            )
        )


def measure(command: list[str], home: Path, runs: int, keys: int) -> dict[str, list[float]]:
    """Start (ms), memory (MiB), key and filter times (ms) of a program over several runs."""
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        environment[f"XDG_{name}_HOME"] = str(home / name.lower())
    figures: dict[str, list[float]] = {
        name: [] for name in ("start", "cpu", "memory", "key", "key cpu", "filter")
    }
    for run in range(runs + 1):
        terminal = Terminal(command, environment)
        start = terminal.until(FIRST_ROW) * 1000
        if run:
            figures["start"].append(start)
            figures["cpu"].append(terminal.cpu())
        if run == runs:
            terminal.settle()
            before = terminal.cpu()
            figures["key"] += [terminal.press(b"j") for _ in range(keys)]
            figures["key cpu"].append((terminal.cpu() - before) / keys)
            terminal.press(b"f")
            terminal.settle()
            figures["filter"] += [terminal.press(bytes((letter,))) for letter in FILTER]
            figures["memory"].append(terminal.peak_memory())
        terminal.close()
    return figures


def spread(values: list[float]) -> str:
    """Median and 95th percentile of some milliseconds."""
    ordered = sorted(values)
    return f"{statistics.median(ordered):7.1f} median {ordered[int(len(ordered) * 0.95)]:7.1f} p95"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--keys", type=int, default=60)
    parser.add_argument("--rows", type=int, nargs="*", default=[100, 1000, 100_000])
    parser.add_argument("--bare", action="store_true", help="be the bare list")
    arguments = parser.parse_args()
    if arguments.bare:
        bare_list()
        return
    report: Callable[[str], None] = print
    with tempfile.TemporaryDirectory() as folder:
        bare = measure(
            [sys.executable, str(Path(__file__).resolve()), "--bare"],
            Path(folder),
            arguments.runs,
            arguments.keys,
        )
        bare_cpu = statistics.median(bare["cpu"])
        report(
            f"bare list, 300 rows: start {spread(bare['start'])} ms, CPU {bare_cpu:.0f} ms; "
            f"{bare['memory'][0]:.0f} MiB"
        )
        for rows in arguments.rows:
            home = Path(folder) / str(rows)
            make_installed_home(home, rows)
            runs = arguments.runs if rows <= 1000 else 2
            read = measure(
                [sys.executable, "-m", "tui_digest", "read", "--offline"], home, runs, arguments.keys
            )
            ratio = statistics.median(read["start"]) / statistics.median(bare["start"])
            cpu = statistics.median(read["cpu"])
            memory = read["memory"][0] / bare["memory"][0]
            report(
                f"reader, {rows} rows: start {spread(read['start'])} ms ({ratio:.2f} × bare), "
                f"CPU {cpu:.0f} ms ({cpu / bare_cpu:.2f} × bare); "
                f"{read['memory'][0]:.0f} MiB ({memory:.2f} × bare); key {spread(read['key'])} ms, "
                f"CPU {read['key cpu'][0]:.1f} ms; filter {spread(read['filter'])} ms a letter"
            )


def make_installed_home(home: Path, rows: int) -> None:
    """The library where the platform's folders below `home` have it."""
    from tui_digest.settings import APPLICATION

    make_home(home / "staging", rows)
    target = home / "data" / APPLICATION
    target.parent.mkdir(parents=True, exist_ok=True)
    (home / "staging" / "data").rename(target)


if __name__ == "__main__":
    main()
