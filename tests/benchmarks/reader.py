"""How fast the reader opens, answers keys and quits, against a bare Textual list in the same run.

    PYTHONPATH=. python tests/benchmarks/reader.py [--runs 15] [--rows 100 1000 100000]

Every program runs on a pseudo-terminal of 120 × 40, as a whole process; the starts of both alternate,
so that what else the machine does meets both. "Start" is from exec until the first row is on the
screen; a key's time is from the key until the last byte written after it. On a machine that is busy
with other things quote the ratios. The reader is the one installed beside the interpreter.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.whole_program import FIRST_ROW, Terminal, environment_of, make_home, reader_command

FILTER = b"convergence number 7 au:third"
IDLE = 10.0
"""Seconds for which the CPU of a reader is watched to which nobody does anything."""


def start(command: list[str], home: Path) -> tuple[float, float, Terminal]:
    """Milliseconds from exec to the first row, milliseconds of CPU until then, and the program."""
    terminal = Terminal(command, environment_of(home))
    return terminal.until(FIRST_ROW) * 1000, terminal.cpu(), terminal


def starts(bare: list[str], reader: list[str], home: Path, runs: int) -> None:
    """Start both in turn, and print how long that took."""
    times: dict[str, list[float]] = {"bare list": [], "reader": []}
    for run in range(runs + 1):
        for name, command in (("bare list", bare), ("reader", reader)):
            took, _, terminal = start(command, home)
            terminal.close()
            if run:  # the first ones fill the machine's caches
                times[name].append(took)
    for name, values in times.items():
        print(f"  start of the {name}: {spread(values)} ms")
    medians = statistics.median(times["reader"]) / statistics.median(times["bare list"])
    shortest = min(times["reader"]) / min(times["bare list"])
    print(f"  ratio of the medians {medians:.2f}, of the shortest {shortest:.2f}")


def session(reader: list[str], home: Path, keys: int, bare_memory: float, filtered: bool) -> None:
    """Print what the keys of one session took, its memory, the idle CPU and the time to quit."""
    _, _, terminal = start(reader, home)
    terminal.rest()
    before = terminal.cpu()
    terminal.read_for(IDLE)
    print(f"  CPU in {IDLE:.0f} idle seconds: {terminal.cpu() - before:.0f} ms")
    before = terminal.cpu()
    moves = [terminal.press(b"j") for _ in range(keys)]
    print(f"  j: {spread(moves)} ms, CPU {(terminal.cpu() - before) / keys:.1f} ms")
    if filtered:
        terminal.press(b"f")
        terminal.settle()
        letters = [terminal.press(bytes((letter,))) for letter in FILTER]
        print(f"  a letter of a filter: {spread(letters)} ms")
        terminal.press(b"\r")
    memory = terminal.peak_memory()
    print(f"  peak memory: {memory:.0f} MiB, {memory / bare_memory:.2f} × bare")
    print(f"  from q to the end of the process: {terminal.quit():.0f} ms")


def spread(values: Sequence[float]) -> str:
    """Median and 95th percentile of some milliseconds."""
    ordered = sorted(values)
    return f"{statistics.median(ordered):.1f} median, {ordered[int(len(ordered) * 0.95)]:.1f} p95"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--keys", type=int, default=60)
    parser.add_argument("--rows", type=int, nargs="*", default=[100, 1000, 100_000])
    arguments = parser.parse_args()
    bare = [sys.executable, str(Path(__file__).with_name("bare_list.py"))]
    reader = reader_command("read", "--offline")
    with tempfile.TemporaryDirectory() as folder:
        _, _, terminal = start(bare, Path(folder))
        terminal.settle()
        bare_memory = terminal.peak_memory()
        terminal.close()
        for rows in arguments.rows:
            home = Path(folder) / str(rows)
            make_home(home, rows)
            print(f"{rows} rows")
            starts(bare, reader, home, arguments.runs if rows <= 1000 else 2)
            session(reader, home, arguments.keys, bare_memory, filtered=rows <= 1000)


if __name__ == "__main__":
    main()
