"""Modules are not cut small, and the tests are found where the package is."""

from __future__ import annotations

from pathlib import Path

import tui_digest

PACKAGE = Path(tui_digest.__file__).parent
TESTS = Path(__file__).parent
SHORTEST = 40

SHORT = {
    "__main__.py": "`python -m tui_digest` asks for a module of this name",
    "interests.py": "records of which the library, picking and the reader speak",
}
"""Shorter modules, each with its reason."""


def test_no_module_is_cut_small() -> None:
    short = {
        str(file.relative_to(PACKAGE))
        for file in PACKAGE.rglob("*.py")
        if file.name != "__init__.py" and len(file.read_text(encoding="utf-8").splitlines()) < SHORTEST
    }
    assert short == set(SHORT)


def folders(top: Path, pattern: str) -> set[str]:
    return {file.parent.relative_to(top).as_posix() for file in top.rglob(pattern)}


def test_the_tests_mirror_the_package() -> None:
    """A test module is in the folder of what it tests, and named after it or after a behaviour."""
    assert folders(TESTS, "test_*.py") == folders(PACKAGE, "*.py")
