"""Thousands of feeds, queries, settings and sync files gone wrong by chance, and processes killed.

    PYTHONPATH=. python tests/benchmarks/hostile.py [--feeds N] [--queries N] [--settings N] [--kills N]
        [--sync-files N]

A fault is an exception that is no sentence, or a sentence with a control character; there should be none.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from tests.hostile_input import Outcomes, read_feeds, read_operations, read_queries, read_settings
from tests.library import test_durability


def show(name: str, outcomes: Outcomes) -> None:
    """Print what became of inputs of one kind."""
    counts = ", ".join(f"{count} {what}" for what, count in outcomes.counts.most_common())
    print(f"  {name}: {counts}; {len(outcomes.faults)} faults, {outcomes.slowest * 1000:.0f} ms at most")
    for given, fault in outcomes.faults[:5]:
        print(f"    {fault[:300]} from {given[:300]}")


def main() -> None:
    """Read and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--feeds", type=int, default=5_000)
    parser.add_argument("--queries", type=int, default=24_000)
    parser.add_argument("--settings", type=int, default=6_000)
    parser.add_argument("--sync-files", type=int, default=300)
    parser.add_argument("--seed", type=int, default=17)
    parser.add_argument("--kills", type=int, default=160)
    given = parser.parse_args()
    show("feeds", read_feeds(given.feeds, given.seed))
    show("queries", read_queries(given.queries, given.seed))
    with tempfile.TemporaryDirectory() as folder:
        show("settings", read_settings(given.settings, given.seed, Path(folder)))
        show("sync files", read_operations(given.sync_files, given.seed, Path(folder) / "sync"))
        test_durability.KILLS = given.kills // 4 * 4
        test_durability.test_a_killed_process_loses_no_acknowledged_mark(Path(folder) / "library.sqlite3")
        print(f"  kills: {test_durability.KILLS}, no acknowledged mark lost, the library whole")


if __name__ == "__main__":
    main()
