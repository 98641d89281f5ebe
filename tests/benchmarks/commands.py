"""How long commands take on a stored day of 300 papers, beside a Python that does nothing.

    python -m tests.benchmarks.commands [RUNS]

Each command runs in a process of its own, in turn with the others; told are the medians of the seconds
that passed and of those that a processor worked. The day is invented and comes from a stand-in for arXiv
on this machine. Before them are the light commands, those that need no papers, as the installed command
beside this interpreter, and a few that write the settings or open a library.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.whole_program import environment_of, reader_command
from tests.servers.arxiv import StandIn
from tests.servers.arxiv_formats import invented
from tui_digest.arxiv.calendar import Calendar

COMMANDS = (
    "--version",
    "keys",
    "latex /dev/null",
    "list --offline",
    "list --offline --format jsonl",
    "list --offline --picked",
    "show 2611.00001",
    "search invention",
    "mark 2611.00001",
    "tag list",
    "export --offline --format bibtex",
)

LIGHT_COMMANDS = (
    "--version", "--help", "list --help", "export --help", "config --help", "nonsense", "list --nonsense",
    "show nonsense", "export --format nonsense", "latex", "config path", "config show", "keys", "cache info",
)  # fmt: skip
"""Those that need no papers: their limit is three times a Python that does nothing."""

SMALL_COMMANDS = ("config init", "tag list", "history")
"""Those that write the settings, or open a library."""

_TEX = rb"a rate of $\mathcal{O}(1/\sqrt{T})$" + b"\n"


def main() -> None:
    """Store the day, run the commands, print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    print_light_commands(runs)
    today = Calendar().newest_in_feed(datetime.now(UTC))
    with TemporaryDirectory() as home, StandIn({today: invented(300)}, today) as server:
        environment = {
            **os.environ,
            **{f"XDG_{name}_HOME": f"{home}/{name}" for name in ("CONFIG", "DATA", "CACHE", "STATE")},
            "TUI_DIGEST_API_URL": f"{server.base}/api/query",
            "TUI_DIGEST_FEED_URL": f"{server.base}/rss",
            "TUI_DIGEST_INTERVAL": "0",
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
        }

        def seconds(*words: str) -> tuple[float, float]:
            started, worked = time.perf_counter(), _worked()
            subprocess.run([sys.executable, *words], env=environment, check=True, capture_output=True)
            return time.perf_counter() - started, _worked() - worked

        program = ("-m", "tui_digest")
        seconds(*program, "fetch")
        rows: dict[str, tuple[str, ...]] = {"python -c pass": ("-c", "pass")}
        rows |= {f"tui-digest {words}": (*program, *words.split()) for words in COMMANDS}
        taken: dict[str, list[tuple[float, float]]] = {name: [] for name in rows}
        for _ in range(runs):
            for name, words in rows.items():
                taken[name].append(seconds(*words))
    for name, all_taken in taken.items():
        passed, worked = (statistics.median(column) for column in zip(*all_taken, strict=True))
        print(f"{name:45} {passed:6.3f} s {worked:6.3f} s")


def print_light_commands(runs: int) -> None:
    """Print the shortest run of each light command, beside that of a Python that does nothing."""
    rows = {"python -c pass": [sys.executable, "-c", "pass"]}
    rows |= {words: reader_command(*words.split()) for words in (*LIGHT_COMMANDS, *SMALL_COMMANDS)}
    passed: dict[str, list[float]] = {name: [] for name in rows}
    worked: dict[str, list[float]] = {name: [] for name in rows}
    with TemporaryDirectory() as home:
        environment = environment_of(Path(home))
        for _ in range(runs):
            for name, words in rows.items():
                started, before = time.perf_counter(), _worked()
                subprocess.run(words, env=environment, input=_TEX, capture_output=True)
                passed[name].append(time.perf_counter() - started)
                worked[name].append(_worked() - before)
    least, least_worked = min(passed["python -c pass"]), min(worked["python -c pass"])
    print(f"light commands, {runs} runs in turn: shortest, ms; × python -c pass; the processor's ms, ×")
    for name in rows:
        time_ms, work_ms = min(passed[name]) * 1000, min(worked[name]) * 1000
        ratios = f"{time_ms / least / 1000:5.2f}  {work_ms:6.1f} {work_ms / least_worked / 1000:5.2f}"
        print(f"  {name:34} {time_ms:7.1f} {ratios}")


def _worked() -> float:
    """The processor's seconds for all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
