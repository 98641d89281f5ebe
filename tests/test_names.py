"""A public name means one thing in the package.

Counted are public classes, type aliases and functions that two modules define. Left out are names that
mean the same by design: aliases with the same right-hand side, type variables, protocols (which bear the
name of the class that fulfils them), `main`, and the functions that run a command, which bear its name in
`cli` (`arguments`) and in `tui/commands` (`reader, count`).
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import tui_digest

PACKAGE = Path(tui_digest.__file__).parent

# Still to be renamed; a name leaves this list with its second meaning.
REMAINING: frozenset[str] = frozenset()


def definitions(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each public name of a module, with what makes it another: an alias's right-hand side."""
    for node in tree.body:
        match node:
            case ast.ClassDef(name=name) if "Protocol" not in map(ast.unparse, node.bases):
                yield name, ""
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if not runs_a_command(node):
                yield name, ""
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if is_type_name(name):
                text = ast.unparse(value)
                if not text.startswith(("TypeVar", "ParamSpec")):
                    yield name, text


def runs_a_command(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    parameters = [each.arg for each in node.args.args]
    return parameters in (["arguments"], ["reader", "count"]) or node.name == "main"


def is_type_name(name: str) -> bool:
    return name[0].isupper() and not name.isupper()


def names_with_two_meanings() -> dict[str, list[str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for file in sorted(PACKAGE.rglob("*.py")):
        module = str(file.relative_to(PACKAGE))
        for name, meaning in definitions(ast.parse(file.read_text(encoding="utf-8"))):
            if not name.startswith("_"):
                found[name][module] = meaning
    return {
        name: list(modules)
        for name, modules in found.items()
        if len(modules) > 1 and ("" in modules.values() or len(set(modules.values())) > 1)
    }


def test_no_public_name_has_two_meanings() -> None:
    found = names_with_two_meanings()
    assert {name: modules for name, modules in found.items() if name not in REMAINING} == {}
    assert set(REMAINING) - set(found) == set(), "take these off the list"
