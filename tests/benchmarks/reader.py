"""How fast the reader opens, answers keys and quits, in one run with a bare Textual list and newsboat.

The light commands are measured beside a Python that does nothing.

    python -m tests.benchmarks.reader [--rounds 20] [--rows 100 1000 100000 1000000] [--homes FOLDER]

Every program is a whole process on a pseudo-terminal of 120 × 40, the installed command beside this
interpreter (one that is installed as editable starts later than what users have, and that is said). The
starts of all programs alternate, and so do the keys in the readers of different lists, so that whatever
else the machine does meets each of them; a ratio compares the shortest of each. A key's time is from the
key until the last byte written after it. Newsboat is measured where it is installed, with 1,000 articles
in its cache; its first row is the feed. Beside it is a script as installers write it, which imports `re`
and writes the saved screen: the least that the reader could take. `--homes` keeps the libraries: a million
rows take minutes to make.
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

from tests.benchmarks.commands import print_light_commands
from tests.benchmarks.homes import FIRST_ROW, make_home, refresh_home
from tests.benchmarks.whole_program import Terminal, environment_of, is_editable, reader_command
from tui_digest import saved_screen
from tui_digest.folders import APPLICATION

FILTER = b"convergence number 7 au:third"
ANSWER_WAIT = 0.5
"""The longest that a filter's answer is waited for, in seconds."""

IDLE = 10.0
"""Seconds for which the CPU of a reader is watched to which nobody does anything."""

ORDINARY = "[reader]\ninstant_start = false\n"
_WRITE_FRAME = """
import os
import sys
with open({!r}, "rb", 0) as file:
    os.write(2, file.read())
sys.stdin.read()
"""

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
            if home.exists():
                refresh_home(home)
            else:
                make_home(home, number, settings)
            program = Program(f"reader, {number:,} rows{kind}", reader, home, number)
            _quit_once(program, saves=not settings)
            found.append(program)
    found.insert(len(found) - 2 * len(rows), _script(found[-1], folder / "script"))
    return found


def _script(reader: Program, folder: Path) -> Program:
    """The least that the reader could take: an installer's script that writes the saved screen."""
    folder.mkdir(exist_ok=True)
    frame, file = folder / "frame", folder / "script"
    frame.write_bytes(saved_screen.ENTER + saved_screen.split(_screen_of(reader).read_bytes())[1])
    file.write_text(f"#!{sys.executable}\nimport re\n{_WRITE_FRAME.format(str(frame))}", encoding="utf-8")
    file.chmod(0o700)
    return Program("script that writes this screen", [str(file)], folder)


def _screen_of(reader: Program) -> Path:
    return reader.home / "state" / APPLICATION / saved_screen.FILE_NAME


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


def _quit_once(program: Program, *, saves: bool) -> None:
    """Quit the reader once: the next starts find what it keeps, and wait for its saved screen."""
    terminal = program.open()
    terminal.until(FIRST_ROW)
    if saves:
        terminal.rest()
    else:
        terminal.settle()
    terminal.quit()
    file = _screen_of(program)
    end = time.perf_counter() + SAVED_WAIT
    while saves and not file.exists():
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
    newsboat = next((program for program in all_programs if program.name == "newsboat"), bare)
    print(f"exec → first row, {rounds} rounds in turn: shortest, median ms; × {bare.name}, × {newsboat.name}")
    for program in all_programs:
        ratios = [min(program.starts) / min(other.starts) for other in (bare, newsboat)]
        times = f"{min(program.starts):7.1f} {statistics.median(program.starts):7.1f}"
        print(f"  {program.name:34} {times}  {ratios[0]:5.2f} {ratios[1]:5.2f}")
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


class Session:
    """One run of a reader in which keys are pressed.

    Attributes:
        name: the reader's.
        terminal: where it runs.
        memory: its peak in MiB, each time that it was noted.
    """

    def __init__(self, program: Program) -> None:
        self.name = program.name
        self.terminal = program.open()
        self.terminal.until(FIRST_ROW)
        self.terminal.rest()
        self.memory: list[float] = []


def run_sessions(readers: Sequence[Program], keys: int, bare_memory: float) -> None:
    """Print what keys take in all readers, pressed in turn, and their memory, idle CPU and ends."""
    sessions = [Session(program) for program in readers]
    before = [session.terminal.cpu() for session in sessions]
    end = time.perf_counter() + IDLE
    while time.perf_counter() < end:
        for session in sessions:
            session.terminal.read_for(0.1)
    print(f"CPU in {IDLE:.0f} idle seconds, ms")
    for session, used in zip(sessions, before, strict=True):
        print(f"  {session.name:34} {session.terminal.cpu() - used:7.0f}")
    for turn in ((b"j",), (b"m",), (b"G", b"gg")):
        _press_in_turn(sessions, turn, keys)
        if turn != (b"m",):
            _note_memory(sessions)
    _type_filter(sessions)
    _note_memory(sessions)
    print(
        "peak memory after j; after marks, their pick and G; with a filter: MiB, × bare, × the shortest list"
    )
    for session in sessions:
        pairs = zip(session.memory, sessions[0].memory, strict=True)
        told = [f"{most:5.1f} {most / bare_memory:5.2f} {most / shortest:5.2f}" for most, shortest in pairs]
        print(f"  {session.name:34} {'   '.join(told)}")
    print("q → terminal back, process ended, ms")
    for session in sessions:
        session.terminal.press(b"\x1b")
        session.terminal.rest()
        back, ended = session.terminal.quit()
        print(f"  {session.name:34} {back:7.0f} {ended:7.0f}")


def _note_memory(sessions: Sequence[Session]) -> None:
    for session in sessions:
        session.memory.append(session.terminal.peak_memory())


def _press_in_turn(sessions: Sequence[Session], turn: Sequence[bytes], keys: int) -> None:
    """Press keys in all readers, one after the other, and print how long that took in each."""
    times: list[list[float]] = [[] for _ in sessions]
    cpu = [-session.terminal.cpu() for session in sessions]
    for number in range(keys):
        for session, taken in zip(sessions, times, strict=True):
            if milliseconds := session.terminal.press(turn[number % len(turn)]):  # else it came too late
                taken.append(milliseconds)
    words = ", then ".join(key.decode() for key in turn)
    print(f"{words}: median, p95 ms, CPU ms; shortest and CPU × the shortest list's")
    used = [before + session.terminal.cpu() for before, session in zip(cpu, sessions, strict=True)]
    for session, taken, spent in zip(sessions, times, used, strict=True):
        ratios = f"{min(taken) / min(times[0]):5.2f} {spent / max(used[0], 1):5.2f}"
        print(f"  {session.name:34} {spread(taken)}  {spent / keys:5.1f}   {ratios}")
    for session in sessions:
        session.terminal.rest()  # marks have the pick computed again


def _type_filter(sessions: Sequence[Session]) -> None:
    """Type a filter in all readers, letter by letter, and leave it in use."""
    times: list[list[tuple[float, float]]] = [[] for _ in sessions]
    for session in sessions:
        session.terminal.press(b"f")
        session.terminal.settle()
    for letter in FILTER:
        for session, taken in zip(sessions, times, strict=True):
            taken.append(session.terminal.press_timed(bytes((letter,)), ANSWER_WAIT))
    print("a letter of a filter: median, p95 ms of the key itself; of its answer, from the fourth letter on;")
    print("  of the first three letters")
    for session, taken in zip(sessions, times, strict=True):
        parts = ([key for key, _ in taken], [last for _, last in taken[3:]], [last for _, last in taken[:3]])
        print(f"  {session.name:34} {'   '.join(map(spread, parts))}")
        session.terminal.press(b"\r")
        session.terminal.settle()


def spread(values: Sequence[float]) -> str:
    """Median and 95th percentile of some milliseconds."""
    ordered = sorted(values)
    return f"{statistics.median(ordered):5.1f} {ordered[int(len(ordered) * 0.95)]:5.1f}"


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
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = arguments.homes or Path(temporary)
        folder.mkdir(exist_ok=True)
        if is_editable():
            print("The reader is installed as editable; what users have starts faster.")
        found = programs(folder, arguments.rows)
        start_all(found, arguments.rounds)
        print_light_commands(arguments.rounds)
        terminal = found[0].open()
        terminal.until(FIRST_ROW)
        terminal.settle()
        bare_memory = terminal.peak_memory()
        print(f"bare list: peak memory {bare_memory:.0f} MiB")
        moves = [terminal.press(b"\x1b[B") for _ in range(arguments.keys)]
        print(f"  a key: {spread(moves)} ms, median and p95")
        terminal.close()
        readers = [program for program in found if program.rows and "saved" not in program.name]
        run_sessions(readers, arguments.keys, bare_memory)


if __name__ == "__main__":
    main()
