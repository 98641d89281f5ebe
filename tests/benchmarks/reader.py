"""How fast the reader opens, answers keys and quits, in one run with a bare Textual list and newsboat.

    python -m tests.benchmarks.reader [--rounds 20] [--rows 100 1000 100000 1000000] [--homes FOLDER]

Every program is a whole process on a pseudo-terminal of 120 × 40, the installed command beside this
interpreter. The starts of all programs alternate, so that whatever else the machine does meets each of
them; a ratio compares the shortest of each. A key's time is from the key until the last byte written
after it. Newsboat is measured where it is installed, with 1,000 articles in its cache; its first row is
the feed. `--homes` keeps the libraries: a million rows take minutes to make.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.homes import FIRST_ROW, make_home
from tests.benchmarks.whole_program import Terminal, environment_of, reader_command

FILTER = b"convergence number 7 au:third"
IDLE = 10.0
"""Seconds for which the CPU of a reader is watched to which nobody does anything."""

ORDINARY = "[reader]\ninstant_start = false\n"
SAVED_WAIT = 30.0
"""The longest that the process which saves the first screen is waited for, in seconds."""


class Program:
    """A program that is started again and again.

    Attributes:
        name: as it is told.
        command: its command line.
        home: its home.
        rows: of its list.
        row: at which it begins, from 1.
    """

    def __init__(self, name: str, command: list[str], home: Path, rows: int = 0) -> None:
        self.name = name
        self.command = command
        self.home = home
        self.rows = rows
        self.row = 0
        self.starts: list[float] = []
        self.answers: list[float] = []

    def open(self) -> Terminal:
        """Start it."""
        return Terminal(self.command, environment_of(self.home))

    def measure_start(self) -> None:
        """From exec to the first row."""
        terminal = self.open()
        self.starts.append(terminal.until(FIRST_ROW) * 1000)
        terminal.close()

    def measure_answer(self) -> None:
        """From exec to the answer of a `j` that was typed at once: the header tells the next row."""
        terminal = self.open()
        terminal.send("j")
        self.answers.append(terminal.until(b"%d of " % (self.row + 1)) * 1000)
        terminal.close()

    def find_row(self) -> None:
        """Start it once, and note the row at which it begins: where it was left the last time."""
        terminal = self.open()
        terminal.until(FIRST_ROW)
        terminal.settle()
        found = re.search(rb"(\d+) of \d", terminal.seen)
        self.row = int(found[1]) if found is not None else 0
        terminal.close()


def programs(folder: Path, rows: Sequence[int]) -> list[Program]:
    """The bare list, newsboat if it is here, and the reader with each number of rows, twice."""
    bare = [sys.executable, str(Path(__file__).with_name("bare_list.py"))]
    found = [Program("bare list", bare, folder / "bare")]
    if (newsboat := shutil.which("newsboat")) is not None:
        found.append(_newsboat(newsboat, folder / "newsboat"))
    reader = reader_command("read", "--offline")
    for number in rows:
        for kind, settings in (("", ORDINARY), (", saved screen", "")):
            home = folder / f"{number}{'-saved' if not settings else ''}"
            if not home.exists():
                make_home(home, number, settings)
            program = Program(f"reader, {number:,} rows{kind}", reader, home, number)
            _quit_once(program, saved_screen=not settings)
            found.append(program)
    return found


def _newsboat(command: str, folder: Path) -> Program:
    """Newsboat with a feed of 1,000 articles that it has read before."""
    folder.mkdir(exist_ok=True)
    items = "".join(
        f"<item><title>{FIRST_ROW.decode()} article {number}</title><guid>{number}</guid></item>"
        for number in range(1000)
    )
    feed = f"<rss version='2.0'><channel><title>{FIRST_ROW.decode()}</title>{items}</channel></rss>"
    (folder / "feed.xml").write_text(feed, encoding="utf-8")
    (folder / "urls").write_text(f"file://{folder}/feed.xml\n", encoding="utf-8")
    (folder / "config").write_text("auto-reload no\nrefresh-on-startup no\n", encoding="utf-8")
    words = [command, "-u", f"{folder}/urls", "-C", f"{folder}/config", "-c", f"{folder}/cache.db"]
    subprocess.run([*words, "-x", "reload"], env=environment_of(folder), check=True, capture_output=True)
    return Program("newsboat", words, folder)


def _quit_once(program: Program, *, saved_screen: bool) -> None:
    """Quit the reader once: the next starts find what it keeps, and wait for its saved screen."""
    terminal = program.open()
    terminal.until(FIRST_ROW)
    if saved_screen:
        terminal.rest()
    else:
        terminal.settle()
    terminal.quit()
    file = program.home / "state" / "tui-digest" / "first-screen"
    end = time.perf_counter() + SAVED_WAIT
    while saved_screen and not file.exists():
        if time.perf_counter() > end:
            raise SystemExit(f"{program.name}: no first screen was saved")
        time.sleep(0.05)


def start_all(all_programs: Sequence[Program], rounds: int) -> None:
    """Start all programs in turn, and print how long that took."""
    bare = all_programs[0]
    for program in all_programs:  # the first starts fill the machine's caches
        program.measure_start()
        program.starts.clear()
    for _ in range(rounds):
        for program in all_programs:
            program.measure_start()
    print(f"exec → first row, {rounds} rounds in turn: shortest, median ms, shortest × bare")
    for program in all_programs:
        ratio = min(program.starts) / min(bare.starts)
        times = f"{min(program.starts):7.1f} {statistics.median(program.starts):7.1f}"
        print(f"  {program.name:34} {times}  {ratio:5.2f}")
    readers = [program for program in all_programs if program.rows]
    for program in readers:
        program.find_row()
    for _ in range(rounds):
        for program in readers:
            program.measure_answer()
    print("exec → a j typed at once is answered: shortest, median ms, shortest × the ordinary start's")
    for ordinary, saved in zip(readers[::2], readers[1::2], strict=True):
        ratio = min(saved.answers) / min(ordinary.answers)
        for program in (ordinary, saved):
            times = f"{min(program.answers):7.1f} {statistics.median(program.answers):7.1f}"
            print(f"  {program.name:34} {times}" + (f"  {ratio:5.2f}" if program is saved else ""))


def session(program: Program, keys: int, bare_memory: float) -> None:
    """Print what the keys of one session took, its memory, the idle CPU and the time to quit."""
    terminal = program.open()
    terminal.until(FIRST_ROW)
    terminal.rest()
    print(program.name)
    before = terminal.cpu()
    terminal.read_for(IDLE)
    print(f"  CPU in {IDLE:.0f} idle seconds: {terminal.cpu() - before:.0f} ms")
    for key, words in ((b"j", "j"), (b"m", "m"), (b"G", "G, then gg")):
        before = terminal.cpu()
        again = b"gg" if key == b"G" else key
        times = [terminal.press(again if number % 2 else key) for number in range(keys)]
        print(f"  {words}: {spread(times)} ms, CPU {(terminal.cpu() - before) / keys:.1f} ms")
    terminal.press(b"f")
    terminal.settle()
    letters = [terminal.press(bytes((letter,))) for letter in FILTER]
    print(f"  a letter of a filter: {spread(letters[3:])} ms; the first three {spread(letters[:3])} ms")
    terminal.press(b"\r")
    memory = terminal.peak_memory()
    print(f"  peak memory: {memory:.0f} MiB, {memory / bare_memory:.2f} × bare")
    terminal.press(b"\x1b")
    terminal.rest()
    back, ended = terminal.quit()
    print(f"  q → terminal back {back:.0f} ms, process ended {ended:.0f} ms")


def spread(values: Sequence[float]) -> str:
    """Median and 95th percentile of some milliseconds."""
    ordered = sorted(values)
    return f"{statistics.median(ordered):.1f} median, {ordered[int(len(ordered) * 0.95)]:.1f} p95"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--keys", type=int, default=60)
    parser.add_argument("--rows", type=int, nargs="*", default=[100, 1000, 100_000, 1_000_000])
    parser.add_argument("--homes", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.homes or Path(temporary)
        folder.mkdir(exist_ok=True)
        found = programs(folder, arguments.rows)
        start_all(found, arguments.rounds)
        terminal = found[0].open()
        terminal.until(FIRST_ROW)
        terminal.settle()
        bare_memory = terminal.peak_memory()
        print(f"bare list: peak memory {bare_memory:.0f} MiB")
        moves = [terminal.press(b"\x1b[B") for _ in range(arguments.keys)]
        print(f"  a key: {spread(moves)} ms")
        terminal.close()
        for program in found:
            if program.rows and "saved" not in program.name:
                session(program, arguments.keys, bare_memory)


if __name__ == "__main__":
    main()
