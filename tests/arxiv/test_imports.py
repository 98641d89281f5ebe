"""What the first paint needs of arXiv costs none of the libraries that ask arXiv."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("asyncio", "diskcache", "feedparser", "httpx", "sqlite3")
LIGHT = ("calendar", "completeness", "errors", "taxonomy")


def test_calendar_and_completeness_import_no_network_and_no_database() -> None:
    modules = ", ".join(f"tui_digest.arxiv.{name}" for name in LIGHT)
    program = f"import sys, {modules}; print([name for name in {HEAVY} if name in sys.modules])"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert printed.stdout == "[]\n"
