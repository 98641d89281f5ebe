"""Libraries that the reader's tests opened are closed after each."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tui.fakes import close_shelves


@pytest.fixture(autouse=True)
def closed_shelves() -> Iterator[None]:
    yield
    close_shelves()
