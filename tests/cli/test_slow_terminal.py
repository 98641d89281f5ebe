"""A terminal that takes nothing for a while: keys are answered, and then it shows what there is."""

from __future__ import annotations

import re
import select
import sqlite3
import sys
import time
from contextlib import closing

import pytest
from rich.cells import cell_len

from tests.servers.arxiv import StandIn
from tui_digest.folders import places

if sys.platform == "win32":
    pytest.skip("pseudo-terminals of POSIX", allow_module_level=True)

from tests.cli.test_reader_terminal import assert_restored, reader
from tests.servers.terminal import PATIENCE

NOTHING_SELECTED = "Ctrl-C copies what the mouse selected"
_PART = re.compile(
    r"\x1b\[([0-?]*)[ -/]*([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\\\)|\x1b.|\r|\n|[^\x1b\r\n]+"
)


def picture(written: bytes, size: tuple[int, int]) -> list[str]:
    """The lines that a terminal shows after what was written to it; colours are left out."""
    columns, lines = size
    cells = [[" "] * columns for _ in range(lines)]
    column = line = 0
    for part in _PART.finditer(written.decode(errors="ignore")):
        if part[0] == "\r":
            column = 0
        elif part[0] == "\n":
            line = min(line + 1, lines - 1)
        elif part[2] == "H":
            place = [int(number or 1) - 1 for number in (part[1] or "1;1").split(";")]
            line, column = min(place[0], lines - 1), min(place[1], columns - 1)
        elif not part[0].startswith("\x1b"):
            for character in part[0]:
                width = cell_len(character)
                if width and column < columns:
                    cells[line][column : column + width] = [character, *[""] * (width - 1)]
                    column += width
    return ["".join(row).rstrip() for row in cells]


def wait_for_mark() -> None:
    deadline = time.monotonic() + PATIENCE
    with closing(sqlite3.connect(places().library_file, timeout=PATIENCE)) as library:
        while not library.execute("SELECT 1 FROM readings WHERE mark = 'to-read'").fetchone():
            assert time.monotonic() < deadline, "the key was not answered"
            select.select([], [], [], 0.05)


def test_keys_are_answered_and_the_picture_is_right_afterwards(fetched: StandIn) -> None:
    size = (140, 50)
    with reader("--offline", size=size) as terminal:
        terminal.see("Trees without")
        before = len(terminal.everything)
        # More frames than Textual's queue takes, and a dialog, before the key that is waited for.
        terminal.type_unread("jk" * 30 + "?\x1b" + "T" + "n" + "jk" * 20 + "m")
        wait_for_mark()
        terminal.see("Marked")
        terminal.press("\x03")
        terminal.see(NOTHING_SELECTED)  # drawn with all that changed before
        written = len(terminal.everything) - before
        shown = picture(terminal.everything, size)
        terminal.forget()
        terminal.resize(size[0] - 1, size[1])
        terminal.see(NOTHING_SELECTED)
        terminal.forget()
        terminal.resize(*size)
        # All is drawn again, and nothing of it is different.
        terminal.read_until(lambda drawn: picture(drawn, size) == shown)
        assert written < 300_000
        terminal.press("Q")
        assert terminal.job_news() == "0"
        assert_restored(terminal)
