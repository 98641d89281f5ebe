"""How long commands take on a stored day of 300 papers, beside a Python that does nothing.

    python -m tests.benchmarks.commands [RUNS]

Each command runs in a process of its own, in turn with the others; told are the medians of the seconds
that passed and of those that a processor worked. The day is invented and comes from a stand-in for arXiv
on this machine.
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
    "export --offline --format bibtex",
)


def main() -> None:
    """Store the day, run the commands, print the table."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
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


def _worked() -> float:
    """The processor's seconds for all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
