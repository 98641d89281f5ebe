"""How many functions of the program a key calls, in how many files, with a short and a long day.

    python -m tests.benchmarks.calls

Counted are calls of Python functions in the reader's own thread, from the key until it is at rest; unlike
times they hardly depend on the machine.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from types import FrameType

import tui_digest
from tests.tui.fakes import close_libraries, make_app, make_digest, settle

PACKAGE = str(Path(tui_digest.__file__).parent)
KEYS = (("j", "the next paper"), ("m", "marked to read"), ("x", "done"), ("u", "undone"), ("d", "dismissed"))


async def counts(rows: int) -> dict[str, tuple[int, int, int]]:
    """For each key: calls in all, calls of the program's functions, and the files that those are in."""
    found = {}
    app = make_app(first=make_digest(rows))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        for key, _ in KEYS:  # what is imported or computed once
            await pilot.press(key)
            await settle(pilot)
        for key, _ in KEYS:
            calls: Counter[str] = Counter()

            def count(frame: FrameType, event: str, argument: object, calls: Counter[str] = calls) -> None:
                if event == "call":
                    calls[frame.f_code.co_filename] += 1

            sys.setprofile(count)
            try:
                await pilot.press(key)
                await settle(pilot)
            finally:
                sys.setprofile(None)
            own = {file: number for file, number in calls.items() if file.startswith(PACKAGE)}
            found[key] = (sum(calls.values()), sum(own.values()), len(own))
    close_libraries()
    return found


def main() -> None:
    """Count and print."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["HOME"] = home
        table = {rows: asyncio.run(counts(rows)) for rows in (20, 1000)}
    print("calls in all / of the program / files of the program, with 20 and 1,000 papers")
    for key, what in KEYS:
        cells = "   ".join("{:6} {:6} {:4}".format(*table[rows][key]) for rows in table)
        print(f"  {key}  {what:16} {cells}")


if __name__ == "__main__":
    main()
