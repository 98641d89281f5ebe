"""What help, a version, wrong usage and the smallest commands import: no more than they need."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

EVERY = {
    "tui_digest", "tui_digest.launch", "tui_digest.saved_screen", "tui_digest.errors", "tui_digest.cli",
    "tui_digest.cli.streams",
}  # fmt: skip
"""The program's modules with which every command begins."""

RUN = {"tui_digest.cli.process_start"}

PARSER = {"tui_digest.export", "tui_digest.cli.parser", "tui_digest.cli.arguments", *RUN}
"""The modules of a command line that has to be parsed."""

WHOLE = ("latex", "keys", "cache info", "config path", "config show")
"""The commands that need no parser."""

ERROR = {"tui_digest.text", "tui_digest.text.sanitise"}
SAID = {"tui_digest.arxiv_id", *ERROR}

SETTINGS = {
    "tui_digest.folders", "tui_digest.paper", "tui_digest.settings", "tui_digest.config_file",
    "tui_digest.config_text",
    "tui_digest.text", "tui_digest.text.plain_toml", "tui_digest.text.files", "tui_digest.arxiv",
    "tui_digest.arxiv.taxonomy",
}  # fmt: skip
"""What reads the settings."""

KEYS = {
    "tui_digest.folders", "tui_digest.config_text", "tui_digest.text", "tui_digest.text.plain_toml",
    "tui_digest.text.files", "tui_digest.cli.tools", "tui_digest.tui", "tui_digest.tui.keymap",
    "tui_digest.tui.keymap.definitions", "tui_digest.tui.keymap.dialogs", "tui_digest.tui.keymap.keymap",
}  # fmt: skip
"""What lists the reader's keys."""

CACHE = {"tui_digest.folders", "tui_digest.cli.tools", "tui_digest.arxiv", "tui_digest.arxiv.cache_size"}

COMMANDS = {
    "--version": (0, set()),
    "--help": (0, set()),
    "list --help": (0, set()),
    "export --help": (0, set()),
    "nonsense": (2, SAID),
    "show nonsense": (2, SAID),
    "list --nonsense": (2, ERROR),
    "export --format nonsense": (2, ERROR),
    "latex": (0, {"tui_digest.cli.tools", *ERROR}),
    f"latex {os.devnull}": (0, {"tui_digest.cli.tools", *ERROR}),
    "latex -": (0, {"tui_digest.cli.tools", *ERROR}),
    "config path": (0, {"tui_digest.cli.config", "tui_digest.folders"}),
    "keys": (0, KEYS),
    "cache info": (0, CACHE),
    "config show": (0, SETTINGS | {"tui_digest.cli.config", "tui_digest.cli.settings_toml"}),
}
"""Light commands: the exit code of each, and its own modules beside those above and of `tui_digest.latex`."""

HEAVY = {"msgspec", "inspect", "importlib.metadata", "sqlite3", "asyncio", "dataclasses"}
"""What none of them needs."""

UNUSED = HEAVY | {"typing", "datetime", "pathlib", "shutil", "tempfile"}
"""What those do not need either that read no TeX and name no file."""

UNUSED_BY = {
    "latex": HEAVY,
    "latex -": HEAVY,
    f"latex {os.devnull}": HEAVY,
    "keys": UNUSED - {"pathlib"} if sys.platform == "linux" else HEAVY,
    "cache info": (UNUSED if sys.platform == "linux" else HEAVY) - {"sqlite3", "pathlib", "datetime"},
    "config path": UNUSED - {"pathlib"} if sys.platform == "linux" else HEAVY,
    "config show": HEAVY - {"msgspec"} | {"typing_extensions"},
}
"""What commands do not need that need some of it."""

OTHERS = {"msgspec"} if sys.platform == "linux" else {"msgspec", "platformdirs"}
"""Packages of others that one of them needs."""

PROGRAM = """
import sys
before = set(sys.modules)
from tui_digest import launch
def tell(code):
    print(code, *(set(sys.modules) - before), file=sys.stderr)
launch.end_process = tell
launch.main()
"""


def imported_by(words: str) -> tuple[int, set[str]]:
    """The exit code of a command in a process of its own, and the modules it imported."""
    command = [sys.executable, "-c", PROGRAM, *words.split()]
    text = r"a rate of $\mathcal{O}(1/\sqrt{T})$"
    ended = subprocess.run(command, input=text, capture_output=True, text=True, encoding="utf-8", check=True)
    code, *modules = ended.stderr.splitlines()[-1].split()
    return int(code), set(modules)


@pytest.mark.parametrize("words", COMMANDS)
def test_a_light_command_imports_what_it_needs(words: str) -> None:
    expected, own = COMMANDS[words]
    code, modules = imported_by(words)
    assert code == expected
    every = EVERY | (RUN if words.startswith(WHOLE) else PARSER)
    ours = {name for name in modules if name.partition(".")[0] == "tui_digest"}
    new = {name for name in ours - every - own if not name.startswith("tui_digest.latex")}
    assert (new, (every | own) - ours) == (set(), set()), (
        "import what came where it is used, inside the function; take off the list what is gone"
    )
    assert not words.startswith(WHOLE) or "argparse" not in modules
    assert modules & UNUSED_BY.get(words, UNUSED) == set()
    packages = {name.partition(".")[0] for name in modules} - sys.stdlib_module_names - {"tui_digest"}
    assert packages - OTHERS == set()


UNUSED_BY_LIBRARY = HEAVY - {"msgspec", "sqlite3"} | {
    "typing_extensions", "pickle", "diskcache", "httpx", "tui_digest.export.collection",
    "tui_digest.export.rendering", "tui_digest.render.spoken", "tui_digest.arxiv.cache",
}  # fmt: skip
"""What a command does not need that reads the library and prints text."""


@pytest.mark.parametrize("words", ["tag list", "history", "search invention"])
def test_a_command_of_the_library_imports_no_exports_and_no_network(words: str) -> None:
    code, modules = imported_by(words)
    assert code == 0
    assert "sqlite3" in modules
    assert modules & UNUSED_BY_LIBRARY == set()
