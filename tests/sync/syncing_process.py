"""Decides and synchronises until it is killed, and says each decision on a line once it is on disk.

Run with a home (its library, and the state of its machine), the machine's name, the shared folder, and a
word that sets this run's tags apart from those of earlier runs.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tui_digest.entry import Mark
from tui_digest.library.library import Library
from tui_digest.sync.folder import SyncFolder
from tui_digest.sync.synchronise import synchronise
from tui_digest.tags import TagChanges

PAPERS = ("2611.00001", "2611.00002", "2611.00003", "2611.00004")


def main(home: str, name: str, shared: str, run: str) -> None:
    """Tag, mark and write notes, and exchange after every third decision."""
    with Library(Path(home) / "library.sqlite3", str.casefold) as library:
        for number in count():
            paper = PAPERS[number % len(PAPERS)]
            tag = f"{name}-{run}-{number}"
            library.tags.change([paper], TagChanges(add=(tag,)))
            sys.stdout.write(f"{paper} {tag}\n")
            sys.stdout.flush()
            library.marks.mark([paper], [*Mark][number % 3])
            library.marks.note(paper, f"{name} {run} {number}")
            if number % 3 == 2:
                synchronise(library.replication, SyncFolder(Path(shared)), name, Path(home) / "machine")


if __name__ == "__main__":
    main(*sys.argv[1:])
