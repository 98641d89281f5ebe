"""arXiv on loopback, a clock and a home."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.servers.arxiv import StandIn
from tests.servers.arxiv_formats import invented
from tests.servers.arxiv_home import Clock, Home, eastern


@pytest.fixture
def server() -> Iterator[StandIn]:
    """ArXiv on Friday 20 November 2026: five papers of cs.LG, three of math.OC, one in both.

    Two of the five are cross-listed. So few new papers are not judged by when they were submitted.
    """
    papers = [
        *invented(3),
        *invented(2, start=4, kind="cross"),
        *invented(3, start=11, categories=("math.OC",)),
        *invented(1, start=21, categories=("math.OC", "cs.LG")),
    ]
    with StandIn(mailings={date(2026, 11, 20): papers}) as standing:
        yield standing


@pytest.fixture
def clock() -> Clock:
    """Friday morning on arXiv's clock."""
    return Clock(eastern(20))


@pytest.fixture
def home(tmp_path: Path, clock: Clock, server: StandIn) -> Home:
    """A new user's home."""
    return Home(tmp_path, clock, server)
