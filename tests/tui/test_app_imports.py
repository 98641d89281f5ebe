"""What costs much to import is not imported before the list stands on the screen."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    "httpx",
    "feedparser",
    "diskcache",
    "pylatexenc",
    "markdown_it",
    "tui_digest.arxiv.source",
    "bibtexparser",
)

SCRIPT = """
import asyncio, os, sys
from pathlib import Path
from tests.tui.fakes import make_digest
from tui_digest.cli.reader import make_app
from tui_digest.cli.container import Parts
from tui_digest.tui.widgets.paper_list import PaperList

seen = []
draw = PaperList.render_line

def first_line(self, y):
    if not seen and self.entries:
        seen.extend(sys.modules)
    return draw(self, y)

PaperList.render_line = first_line

async def main():
    with Parts(("math.OC", "cs.LG"), home=Path(os.environ["HOME"])) as parts:
        parts.library.mailings.store_digest(make_digest())
        app = make_app(parts, offline=True)
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()

asyncio.run(main())
print("\\n".join(seen))
"""


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    imported = done.stdout.split()
    assert "tui_digest.tui.widgets.paper_list" in imported
    assert [name for name in HEAVY if name in imported] == []
