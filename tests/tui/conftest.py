"""Libraries that the reader's tests opened are closed after each; the demo, for pictures and hostile text."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tui.fakes import close_libraries
from tests.tui.pictures import MORNING, MakeDemo
from tui_digest.cli.adapters.days import ReaderDays
from tui_digest.cli.container import Parts
from tui_digest.cli.reader import make_app as make_real_app
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.screens import reader


@pytest.fixture(autouse=True)
def closed_libraries(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Decisions are waited for as long as they take, and so are rows: on a busy machine too."""
    monkeypatch.setattr("tui_digest.core.decisions.GRACE_S", 20.0)
    monkeypatch.setattr("tui_digest.core.entry_rows.ROW_PATIENCE_S", 20.0)
    yield
    close_libraries()


@pytest.fixture(scope="session")
def stored_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the demo's day is stored, with its details, and judged."""
    folder = tmp_path_factory.mktemp("demo")

    async def fetch(days: ReaderDays) -> None:
        answer = await days.fetch(None, again=False, progress=lambda words: None)
        await days.complete(answer.digest.date, lambda words: None)

    with Parts(home=folder, demo=True, now=lambda: MORNING) as parts:
        asyncio.run(fetch(ReaderDays(parts, offline=False)))
    return folder


@pytest.fixture
def demo(home: Path, stored_demo: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MakeDemo]:
    """The demo in a home of its own, on a fixed morning, that gets ready at once."""
    monkeypatch.setattr(reader, "START_DELAY_S", 0.01)
    opened: list[Parts] = []

    def make(config: str = "", *, stored: bool = True, offline: bool = False) -> ReaderApp:
        folder = home / "demo"
        if stored:
            shutil.copytree(stored_demo, folder)
        (folder / "config").mkdir(parents=True, exist_ok=True)
        (folder / "config" / "config.toml").write_text(config, encoding="utf-8")
        parts = Parts(home=folder, demo=True, now=lambda: MORNING)
        opened.append(parts)
        app = make_real_app(parts, offline=offline)
        app.animation_level = "none"
        return app

    yield make
    for parts in opened:
        parts.__exit__(None, None, None)
