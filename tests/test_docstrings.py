"""A docstring of the package begins with a line that a list of names can show."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import tui_digest

PACKAGE = Path(tui_digest.__file__).parent
LONGEST = 80


def first_lines(file: Path) -> Iterator[tuple[int, str]]:
    """The first line of each docstring of a module, with its line number."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            text = ast.get_docstring(node, clean=False)
            if text is not None:
                yield node.body[0].lineno, text.partition("\n")[0]


def test_docstrings_begin_with_a_short_line() -> None:
    too_long = [
        f"{file.relative_to(PACKAGE)}:{number}: {line}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for number, line in first_lines(file)
        if len(line) > LONGEST
    ]
    assert too_long == []


def test_docstrings_of_what_returns_nothing_do_not_begin_with_return() -> None:
    wrong = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}: {node.name}"
        for file in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.returns is None or ast.unparse(node.returns) in ("None", "ComposeResult"))
        and (ast.get_docstring(node) or "").startswith("Return ")
    ]
    assert wrong == []
