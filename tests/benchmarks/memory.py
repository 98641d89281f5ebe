"""Whether the reader's memory stays flat, and how fast it ends, whatever was pressed before.

    PYTHONPATH=. python tests/benchmarks/memory.py [--keys 20000] [--rounds 200] [--size 1000 500]

The demo runs as a whole process on a pseudo-terminal. Three things are measured: what each opening of
a dialog or a screen leaves behind (memory that the process holds, over `--rounds` openings after a
quarter as many to fill caches), what random keys leave behind once all is closed again, from the start and
from when everything was opened once (the code of a dialog is loaded with its first opening), and the time
from Q to the end of the process after random keys. Keys are sent as fast as they are answered: what waits
in the reader for its turn is no memory that a key leaves behind.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from pathlib import Path

from tests.benchmarks.whole_program import Terminal, environment_of, reader_command

ESC = "\x1b"
OPENINGS = {
    "D calendar": ("D", ESC),
    "? help": ("?", ESC),
    ", settings": (",", ESC),
    ": palette": (":", ESC),
    "/ search": ("/", ESC),
    "gs search everything": ("gs", ESC + ESC),
    "f filter": ("f", ESC),
    "F saved filters": ("F", ESC),
    "W export": ("W", ESC),
    "gc triage": ("gc", ESC),
    "gh history": ("gh", ESC),
    "gf whole text": ("gf", ESC + ESC),
    "L links": ("L", ESC),
    "a authors": ("a", ESC),
    "i note": ("i", ESC),
    "# tags": ("#", ESC),
    "| pipe": ("|", ESC),
    "! statements": ("!", ESC),
    "e explanation": ("e", ESC),
    "ge kinds of explanations": ("ge", ESC),
    "t notation": ("t", "t"),
    "M mute": ("M", ESC),
    "gl papers of a tag": ("gl", ESC),
    "gd digests": ("gd", ESC),
    "[ ] days": ("[", "]"),
    "Enter paper": ("\r", ESC),
}
"""The keys that open something, and the keys that close it."""

KEYS = [
    *"jkGJKhlnNzmxdruUAS vH*/fFRDi aMLe!t\\+}{)(wWyYc:?,#[]0123456789",
    *("gg", "gs", "gc", "gh", "gf", "gl", "gd", "gr", "ge", "gv", "g1", "g2", "g3", "go"),
    *("sp", "sn", "st", "sa", "sd", "Tn", "Tc", "Tr"),
    *("\r", ESC, "\t", "\x7f", "\x04", "\x15", "\x06", "\x02", "\x12", "\x03", "\x0f", "\x10"),
    *("\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1b[H", "\x1b[F", "\x1b[5~", "\x1b[6~", "\x1b[Z"),
    *("\x1b[<0;30;8M\x1b[<0;30;8m", "\x1b[<65;30;8M", "\x1b[<64;90;9M"),
]
"""What is pressed at random: all that neither ends the reader nor starts another program.

Not `gq` either: behind an Esc its `g` is Alt-g, and the `q` alone ends the reader. What is left is the
palette: `:`, `u`, `i` and Enter are its "Quit"."""

CHUNK = 25
"""Random keys that are sent at once."""


def start(folder: Path, size: tuple[int, int]) -> Terminal:
    """The demo on a terminal of this size, once it has done all that it does by itself."""
    known = environment_of(folder, EDITOR="true", BROWSER="true", PAGER="true")
    terminal = Terminal(reader_command("--demo"), known, size)
    terminal.until(b"help")
    terminal.rest()
    return terminal


def measure_openings(folder: Path, rounds: int) -> None:
    """Print what each opening leaves behind."""
    terminal = start(folder, (120, 40))
    for name, (opening, closing) in OPENINGS.items():
        for _ in range(max(rounds // 4, 10)):
            _open_and_close(terminal, opening, closing)
        terminal.settle()
        before = terminal.memory()
        for _ in range(rounds):
            _open_and_close(terminal, opening, closing)
        terminal.settle()
        print(f"  {name}: {(terminal.memory() - before) * 1024 / rounds:.1f} KB each", flush=True)
    terminal.close()


def _open_and_close(terminal: Terminal, opening: str, closing: str) -> None:
    terminal.send(opening)
    terminal.read_for(0.05)
    _press_slowly(terminal, closing)


def _press_slowly(terminal: Terminal, keys: str) -> None:
    for key in keys:
        terminal.send(key)
        terminal.read_for(0.05)


def measure_keys(folder: Path, count: int, size: tuple[int, int], seed: int) -> None:
    """Print what so many random keys leave behind."""
    chosen = random.Random(seed)
    terminal = start(folder, size)
    first = terminal.memory()
    for opening, closing in OPENINGS.values():
        for keys in (opening, closing):  # what is closed before it was there was not opened
            _press_slowly(terminal, keys)
            _wait_until_idle(terminal)
    terminal.rest()
    opened = terminal.memory()
    for _ in range(0, count, CHUNK):
        terminal.press("".join(chosen.choices(KEYS, k=CHUNK)).encode())
        _wait_until_idle(terminal)
        if os.waitpid(terminal.pid, os.WNOHANG)[0]:
            raise SystemExit(f"The reader has ended; last: {terminal.last!r}")
    _close_all(terminal)
    terminal.rest()
    last = terminal.memory()
    print(
        f"  {count} random keys at {size[0]} × {size[1]}: {first:.1f} MiB at the start, {opened:.1f} once "
        f"all was opened, {last:.1f} at the end: {last - first:+.1f} MiB, {last - opened:+.1f} since then",
        flush=True,
    )
    print(f"  Q after them: {end(terminal) * 1000:.0f} ms", flush=True)


def _wait_until_idle(terminal: Terminal) -> None:
    before = -100.0
    while abs((now := terminal.busy()) - before) > 10:
        before = now
        terminal.read_for(0.1)


def _close_all(terminal: Terminal) -> None:
    for _ in range(8):
        terminal.press(ESC.encode())
        terminal.read_for(0.2)  # an Esc and a letter that come at once are the letter with Alt


def measure_ends(folder: Path, runs: int, size: tuple[int, int], seed: int) -> None:
    """Print how long the reader takes to end on Q amid random keys."""
    chosen = random.Random(seed)
    times = []
    for _ in range(runs):
        terminal = start(folder, size)
        for _ in range(chosen.randrange(1, 8)):
            terminal.press("".join(chosen.choices(KEYS, k=CHUNK)).encode())
        times.append(end(terminal) * 1000)
    print(
        f"  Q amid random keys at {size[0]} × {size[1]}, {runs} times: "
        f"{statistics.median(times):.0f} ms median, {max(times):.0f} ms at most",
        flush=True,
    )


def end(terminal: Terminal) -> float:
    """Seconds from Q to the end of the process; Esc before it leaves what takes Q for text."""
    _close_all(terminal)
    begun = time.perf_counter()
    os.write(terminal.master, b"Q")
    while not os.waitpid(terminal.pid, os.WNOHANG)[0]:
        terminal.read(0.002)
        if time.perf_counter() - begun > 20:
            raise SystemExit(f"The reader did not end; last: {terminal.last!r}")
    os.close(terminal.master)
    return time.perf_counter() - begun


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--keys", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--ends", type=int, default=10)
    parser.add_argument("--size", type=int, nargs=2, default=(1000, 500))
    parser.add_argument("--seed", type=int, default=17)
    given = parser.parse_args()
    large = (given.size[0], given.size[1])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.chdir(folder)
        if given.rounds:
            measure_openings(folder, given.rounds)
        if given.keys:
            measure_keys(folder, given.keys, (120, 40), given.seed)
            measure_keys(folder, given.keys // 10, large, given.seed)
        if given.ends:
            measure_ends(folder, given.ends, (120, 40), given.seed)
            measure_ends(folder, given.ends, large, given.seed)


if __name__ == "__main__":
    main()
