"""A docstring of the package begins with a line that a list of names can show."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import tui_digest

PACKAGE = Path(tui_digest.__file__).parent
LONGEST = 80

# Packages with longer first lines still; a package leaves this list with its last.
REMAINING: frozenset[str] = frozenset()


def first_lines(file: Path) -> Iterator[tuple[int, str]]:
    """The first line of each docstring of a module, with its line number."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node, clean=False)
            if text is not None:
                yield node.body[0].lineno, text.partition("\n")[0]


def too_long() -> dict[str, list[str]]:
    """The first lines that are too long, by the package that they are in."""
    found: dict[str, list[str]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        path = file.relative_to(PACKAGE)
        lines = [f"{path}:{number}: {line}" for number, line in first_lines(file) if len(line) > LONGEST]
        if lines:
            found.setdefault(path.parts[0], []).extend(lines)
    return found


def test_docstrings_begin_with_a_short_line() -> None:
    found = too_long()
    assert [line for package in found.keys() - REMAINING for line in found[package]] == []
    assert REMAINING - found.keys() == set(), "take these off the list"
