"""A library in an empty folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.library.invented import counting_clock, fold
from tui_digest.library.library import Library


@pytest.fixture
def library_file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "library.sqlite3"


@pytest.fixture
def library(library_file: Path) -> Iterator[Library]:
    with Library(library_file, fold, counting_clock()) as opened:
        yield opened
