"""Marks papers one after another and says each on a line once it is on disk: to be killed, or raced.

Run with the library's file, the number of the first paper, and how many to mark.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tui_digest.entry import Mark
from tui_digest.library.library import Library


def main(file: str, first: str, count: str) -> None:
    """Mark the papers."""
    with Library(Path(file), str.casefold) as library:
        for number in range(int(first), int(first) + int(count)):
            library.marks.mark([f"2611.{number:05}"], Mark.TO_READ)
            sys.stdout.write(f"2611.{number:05}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
