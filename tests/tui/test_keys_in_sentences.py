"""Sentences name the keys that the user has set, not those of a new reader."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import tui_digest.tui as package
from tests.tui.fakes import make_app, reader_of, settle
from tui_digest.settings import Settings
from tui_digest.tui.keymap.keymap import Keymap

# A key before a verb: `Esc stops it`, `gs searches everything`. Tab in a prompt is no command.
NAMED_KEY = re.compile(
    r"(?:^|[;,:.] )(?:Esc|Enter|[A-Za-z]|g[a-z0-9])"
    r" (?:asks|brings|closes|ends|fetches|goes|hides|marks|opens|quits|searches|shows|stops|takes|writes)\b"
)


def sentences() -> list[tuple[str, str]]:
    """The texts of the interface, with their files, without docstrings."""
    found: list[tuple[str, str]] = []
    for file in sorted(Path(package.__file__).parent.rglob("*.py")):
        if file.parent.name == "keymap":
            continue
        nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
        lone = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
        found += [
            (file.name, node.value)
            for node in nodes
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in lone
        ]
    return found


def test_no_sentence_writes_a_key_itself() -> None:
    assert [(file, text) for file, text in sentences() if NAMED_KEY.search(text)] == []


def test_a_command_without_keys_is_named_by_its_title() -> None:
    keymap = Keymap({"back": ("f9",), "queue": ()})
    assert keymap.name_of("back") == "f9"
    assert keymap.name_of("queue") == "“Papers to read”"


async def test_a_message_names_the_key_that_is_set() -> None:
    app = make_app(settings=Settings(keys={"to_read": "b"}))
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("g", "q")
        await settle(pilot)
        assert reader_of(app).status.footer.message == "No paper is marked to read yet: b marks one."
