"""What costs much to import is not imported before the list is on the screen."""

from __future__ import annotations

import subprocess
import sys

HEAVY = (
    "argparse",
    "tomlkit",
    "filelock",
    "tui_digest.cli.parser",
    "tui_digest.fulltext.read_page",
    "tui_digest.sync",
    "tui_digest.zotero",
    "tui_digest.pdf",
    "tui_digest.export",
    "tui_digest.explain",
    "tui_digest.picking.pick",
    "tui_digest.tui.commands",
    "httpx",
    "feedparser",
    "diskcache",
    "pylatexenc",
    "markdown_it",
    "tui_digest.arxiv.source",
    "bibtexparser",
)

STORE = """
import os
from pathlib import Path
from tests.tui.fakes import make_digest
from tui_digest.cli.container import Parts

with Parts(home=Path(os.environ["HOME"])) as parts:
    parts.library.mailings.store_digest(make_digest(categories=("cs.LG",)))
"""

START = """
import os, sys
from pathlib import Path
from tui_digest.cli.reader import make_app
from tui_digest.cli.container import Parts
from tui_digest.tui.screens import reader
from tui_digest.tui.widgets.paper_list import PaperList

def first_line(self, y):
    print(*sys.modules, flush=True)
    os._exit(0)

PaperList.render_line = first_line
reader.START_DELAY_S = 60  # what is imported ahead of the first key comes later
with Parts(home=Path(os.environ["HOME"])) as parts:
    make_app(parts, offline=True).run(headless=True, size=(120, 36))
"""


def test_nothing_heavy_is_imported_before_the_first_paint() -> None:
    subprocess.run([sys.executable, "-c", STORE], check=True)
    done = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    imported = done.stdout.split()
    assert "tui_digest.tui.widgets.paper_row" in imported
    assert [name for name in HEAVY if name in imported] == []
