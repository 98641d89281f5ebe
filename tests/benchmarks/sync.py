"""What applying another machine's decisions costs: 10,000 at once, and one; and sending one.

    python tests/benchmarks/sync.py [--papers 20000] [--operations 10000]

The library holds invented papers; the operations are marks, tags, notes and places of another machine, in
its files of the shared folder. Times are from the folder as it lies to the library on disk.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.library.invented import fold, make_paper  # noqa: E402
from tui_digest.entry import Mark  # noqa: E402
from tui_digest.library.library import Library  # noqa: E402
from tui_digest.operation import COUNTER_BITS, Operation, OperationValue  # noqa: E402
from tui_digest.sync.folder import SyncFolder  # noqa: E402
from tui_digest.sync.synchronise import synchronise  # noqa: E402

START_MS = int(datetime(2026, 11, 20, tzinfo=UTC).timestamp() * 1000)
AT = "2026-11-20T08:00:00+00:00"
SINGLE_RUNS = 350  # the file they are in fills up meanwhile


def main() -> None:
    """Measure and print, one line a figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--papers", type=int, default=20_000)
    parser.add_argument("--operations", type=int, default=10_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary)
        (home / "shared").mkdir()
        with Library(home / "library.sqlite3", fold) as library:
            papers = [make_paper(number) for number in range(1, arguments.papers + 1)]
            library.mailings.store_papers(papers)
            measure(library, home, arguments.papers, arguments.operations)


def measure(library: Library, home: Path, papers: int, count: int) -> None:
    """Print what many operations cost, what one costs, and what sending one costs."""
    folder, chance = SyncFolder(home / "shared"), random.Random(1)

    def exchange() -> float:
        started = time.perf_counter()
        synchronise(library.replication, folder, "laptop", home / "machine")
        return time.perf_counter() - started

    exchange()
    folder.append("desktop-1", [operation(number, chance, papers) for number in range(1, count + 1)])
    busy = time.process_time()
    seconds = exchange()
    busy = time.process_time() - busy
    print(f"{count:,} operations of another machine: {seconds:.2f} s, {busy:.2f} s of the processor")
    for file in home.glob("shared/*/*.jsonl"):
        os.utime(file, (START_MS / 1000, START_MS / 1000))
    exchange()
    print(f"nothing new: {_median_ms(exchange)}")

    numbers = iter(range(count + 1, count + 1 + SINGLE_RUNS))

    def receive_one() -> float:
        folder.append("desktop-1", [operation(next(numbers), chance, papers)])
        return exchange()

    print(f"one operation of another machine: {_median_ms(receive_one)}")
    ids = iter(range(1, 1 + SINGLE_RUNS))

    def send_one() -> float:
        library.marks.toggle_mark([make_paper(next(ids)).id], Mark.TO_READ)
        return exchange()

    print(f"one operation sent: {_median_ms(send_one)}")


def _median_ms(run: Callable[[], float]) -> str:
    busy = time.process_time()
    times = sorted(run() * 1000 for _ in range(SINGLE_RUNS))
    busy = (time.process_time() - busy) * 1000 / SINGLE_RUNS
    return (
        f"median {statistics.median(times):.1f} ms, most {times[-1]:.1f} ms, {busy:.1f} ms of the processor"
    )


def operation(number: int, chance: random.Random, papers: int) -> Operation:
    """Return an operation of the other machine."""
    paper = make_paper(chance.randrange(1, papers + 1))
    subject = paper.id
    aspect = chance.choices(["mark", "read", "tag", "note", "position"], [40, 30, 15, 5, 10])[0]
    value: OperationValue
    match aspect:
        case "mark":
            value = [chance.choice([*Mark]).value, AT]
        case "read":
            value = [1, 1]
        case "tag":
            subject, value = f"{paper.id} seminar-{chance.randrange(20)}", AT
        case "note":
            value = f"A note on it, the {number}th. " * 8
        case _:
            subject, value = f"default 2026-11-{1 + number % 28:02}", [paper.id, AT]
    clock = (START_MS + number) << COUNTER_BITS
    return Operation(
        "desktop-1", number, clock, aspect, subject, value, title=paper.title, authors=paper.authors
    )


if __name__ == "__main__":
    main()
