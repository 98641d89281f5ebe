"""What is imported before the list is on the screen: exactly the modules of a list, and nothing heavy."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.whole_program import Terminal, environment_of
from tests.tui.fakes import make_digest
from tui_digest.cli.first_rows import save_first_rows
from tui_digest.folders import APPLICATION
from tui_digest.library.library import Library

LISTED = Path(__file__).with_name("first_paint_modules.txt")

HEAVY = (
    "argparse",
    "tomllib",
    "tomlkit",
    "filelock",
    "httpx",
    "feedparser",
    "diskcache",
    "markdown_it",
    "bibtexparser",
    "platformdirs.windows",
    "ssl",
)
"""Modules that the reader uses later, if at all."""

OTHERS = {"gc", "msgspec", "sqlite3"}
"""Packages of others that the first paint needs beside those of an empty Textual application."""

START = """
import os, sys
from tui_digest.launch import main
sys.argv = ["tui-digest", "--offline"]

class Watcher:
    # Nothing is imported for the hook before the reader itself imports it.
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "tui_digest.tui.app":
            sys.meta_path.remove(Watcher)
            from tui_digest.tui.widgets.paper_list import PaperList
            PaperList.render_line = first_line

def first_line(self, y):
    with open(os.environ["MODULES"], "w") as file:
        file.write(" ".join(sys.modules))
    os._exit(0)

sys.meta_path.insert(0, Watcher)
main()
"""

EMPTY = "import sys, asyncio, textual.app, textual.drivers.linux_driver; print(*sys.modules)"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The modules at the first paint of a start with a stored day, settings and a title in TeX."""
    if sys.platform == "win32":
        pytest.skip("a start on a pseudo-terminal, which Windows has not")
    tmp_path = tmp_path_factory.mktemp("home")
    digest = make_digest(categories=("cs.LG",))
    file = tmp_path / "data" / APPLICATION / "library.sqlite3"
    with Library(file, str.casefold) as library:
        library.mailings.store_digest(digest)
    settings = tmp_path / "config" / APPLICATION / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('categories = ["cs.LG"]\n[reader]\ninstant_start = false\n', encoding="utf-8")
    save_first_rows(tmp_path / "state" / APPLICATION, digest.papers, "full")
    modules = tmp_path / "modules"
    terminal = Terminal([sys.executable, "-c", START], environment_of(tmp_path, MODULES=str(modules)))
    while terminal.read(30.0):
        pass
    terminal.close()
    return set(modules.read_text(encoding="utf-8").split())


def test_exactly_the_listed_modules_are_imported_before_the_first_paint(imported: set[str]) -> None:
    listed = set(LISTED.read_text(encoding="utf-8").split())
    own = {name for name in imported if name.partition(".")[0] == "tui_digest"}
    new, gone = sorted(own - listed), sorted(listed - own)
    assert not new, (
        f"{', '.join(new)} came to what is imported before the first paint. Import it where it is used, "
        "inside the function or method (for annotations alone, under TYPE_CHECKING); only if the first paint "
        f"needs it, add it to {LISTED.name} and say in the commit what it costs (python -X importtime)."
    )
    assert not gone, (
        f"{', '.join(gone)} is no longer imported before the first paint; remove it from {LISTED.name}."
    )


def test_nothing_heavy_is_imported_before_the_first_paint(imported: set[str]) -> None:
    assert [name for name in HEAVY if name in imported] == []


def test_no_package_of_others_is_imported_that_an_empty_application_does_without(imported: set[str]) -> None:
    empty = subprocess.run([sys.executable, "-c", EMPTY], capture_output=True, text=True, check=True)
    known = {name.partition(".")[0] for name in empty.stdout.split()} | {"tui_digest"}
    others = {name.partition(".")[0] for name in imported} - known
    new = sorted(name for name in others - OTHERS if not name.startswith("_"))
    assert not new, (
        f"{', '.join(new)} came to what is imported before the first paint; import it where it is used."
    )
