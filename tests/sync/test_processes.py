"""Two processes on one folder, killed at random: nothing that was acknowledged is lost, both are equal.

python -m tests.sync.test_processes KILLS [SEED]        # a longer run by hand
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.library.invented import fold, make_paper
from tui_digest.library.library import Library
from tui_digest.sync.folder import SyncFolder
from tui_digest.sync.lines import decode
from tui_digest.sync.synchronise import synchronise

PROCESS = Path(__file__).with_name("syncing_process.py")
NAMES = ("laptop", "desktop")
KILLS = 3
MOST_LINES = 25
"""The decisions after which a process is killed at the latest."""


def kill_at_random(folder: Path, runs: range, chance: random.Random) -> set[tuple[str, str]]:
    """Run both machines at once, kill each at a moment of its own, in each run; what was acknowledged."""
    acknowledged: set[tuple[str, str]] = set()
    for run in runs:
        processes = [
            subprocess.Popen(
                [sys.executable, "-I", PROCESS, folder / name, name, folder / "shared", str(run)],
                stdout=subprocess.PIPE,
                text=True,
            )
            for name in NAMES
        ]
        for process in processes:
            assert process.stdout is not None
            said = [process.stdout.readline() for _ in range(chance.randrange(1, MOST_LINES))]
            process.kill()
            said += process.stdout
            for line in said:
                if line.endswith("\n"):
                    paper, tag = line.split()
                    acknowledged.add((paper, tag))
            process.wait()
            process.stdout.close()
    return acknowledged


def check(folder: Path, acknowledged: set[tuple[str, str]]) -> None:
    """Let both synchronise to the end, and compare what they hold."""
    libraries = {name: Library(folder / name / "library.sqlite3", fold) for name in NAMES}
    for _ in range(2):
        for name, library in libraries.items():
            synchronise(library.replication, SyncFolder(folder / "shared"), name, folder / name / "machine")
    held = []
    papers = [make_paper(number) for number in range(1, 5)]
    for library in libraries.values():
        entries = library.entries(papers)
        held.append([(entry.reading, sorted(entry.tags)) for entry in entries])
        tags = {(entry.paper.id, tag) for entry in entries for tag in entry.tags}
        assert acknowledged <= tags, f"lost: {sorted(acknowledged - tags)[:5]}"
        assert library.replication.outbox(1) == []
        library.close()
    assert held[0] == held[1]
    numbers = [
        (operation.machine, operation.sequence)
        for path in (folder / "shared").glob("*/*.jsonl")
        for operation in decode(path.read_bytes()).operations
    ]
    assert len(numbers) == len(set(numbers)), "an operation was sent twice"
    assert len(list((folder / "shared").iterdir())) == len(NAMES), "a machine took itself for another one"


def make_machines(folder: Path) -> None:
    """Give both machines a library with four papers, and a folder that they share."""
    for name in NAMES:
        with Library(folder / name / "library.sqlite3", fold) as library:
            library.mailings.store_papers([make_paper(number) for number in range(1, 5)])
    (folder / "shared").mkdir()


def test_killed_processes_lose_and_repeat_nothing(tmp_path: Path) -> None:
    make_machines(tmp_path)
    acknowledged = kill_at_random(tmp_path, range(KILLS), random.Random(7))
    assert len(acknowledged) >= 2 * KILLS
    check(tmp_path, acknowledged)


def main(kills: str, seed: str = "1") -> None:
    """Kill `kills` times, compare after every tenth, and say how it went."""
    chance = random.Random(int(seed))
    with tempfile.TemporaryDirectory() as folder:
        make_machines(Path(folder))
        acknowledged: set[tuple[str, str]] = set()
        for first in range(0, int(kills), 10):
            acknowledged |= kill_at_random(Path(folder), range(first, first + 10), chance)
            check(Path(folder), acknowledged)
    print(f"{kills} kills of each of two machines: {len(acknowledged)} decisions acknowledged, none lost")


if __name__ == "__main__":
    main(*sys.argv[1:])
