"""How the reader bears large pastes: how fast it answers after one, and the memory that it takes.

    PYTHONPATH=. python tests/benchmarks/pastes.py

Each prompt and dialog with a line to write in is opened on a pseudo-terminal of 120 × 40, and text with
control sequences is pasted, with and without the marks of a paste. "Answer" is from the first byte of
the paste until Esc, sent right after it, was answered and another Esc too; "end" from Q to the end of
the process.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

from tests.benchmarks.memory import ESC, start
from tests.benchmarks.whole_program import Terminal

PROMPTS = {
    "the list": "",
    "/ search": "/",
    "gs search everything": "gs",
    "f filter": "f",
    "i note": "i",
    "| pipe": "|",
    "# tags": "#",
    ": palette": ":",
    "? help": "?",
    "W export": "W",
    "a author": "a",
    "M mute": "M",
    "gf text, search": "gf/",
}
SIZES = (64 * 1024, 1024 * 1024)
HOSTILE = b"\x1b[31mred $x<y$ \x1b]52;c;AA==\x07 \xe2\x88\x87\x9b2J word "


def write_all(terminal: Terminal, data: bytes) -> None:
    """Send bytes, and take what is written meanwhile."""
    os.set_blocking(terminal.master, False)
    while data:
        try:
            data = data[os.write(terminal.master, data[: 1 << 16]) :]
        except BlockingIOError:
            terminal.read(0.01)
    os.set_blocking(terminal.master, True)


def measure(folder: Path, name: str, keys: str, size: int, marked: bool) -> None:
    """Print the times and the memory of one paste."""
    terminal = start(folder, (120, 40))
    for key in keys:
        terminal.press(key.encode())
    terminal.read_for(1.0 if keys.startswith("gf") else 0.3)
    text = (HOSTILE * (size // len(HOSTILE) + 1))[:size]
    begun = time.perf_counter()
    write_all(terminal, b"\x1b[200~" + text + b"\x1b[201~" if marked else text)
    sent = time.perf_counter()
    terminal.press(ESC.encode())
    answered = time.perf_counter() - sent - 0.12
    shown = terminal.last
    for _ in range(4):
        terminal.press(ESC.encode())
        terminal.read_for(0.3)
    peak = terminal.peak_memory()
    ended = time.perf_counter()
    os.write(terminal.master, b"Q")
    while not os.waitpid(terminal.pid, os.WNOHANG)[0]:
        terminal.read(0.002)
        if time.perf_counter() - ended > 60:
            raise SystemExit(f"{name}: the reader did not end; last: {shown!r}")
    end = time.perf_counter() - ended
    os.close(terminal.master)
    print(
        f"  {name}, {size // 1024} KB {'marked' if marked else 'unmarked'}: sent in {sent - begun:.2f} s, "
        f"Esc {answered * 1000:.0f} ms, Q {end * 1000:.0f} ms, peak {peak:.0f} MiB",
        flush=True,
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default="")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        os.chdir(name)
        for prompt, keys in PROMPTS.items():
            if given.only in prompt:
                for size in SIZES:
                    for marked in (True, False):
                        measure(Path(name), prompt, keys, size, marked)


if __name__ == "__main__":
    main()
