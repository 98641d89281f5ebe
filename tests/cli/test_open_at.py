"""The reader opens where one left off, when the setting says so."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs

from tests.tui.fakes import DAY, make_digest, reader_of
from tui_digest.cli.container import Parts
from tui_digest.cli.reader import make_app


@pytest.mark.parametrize(("setting", "day"), [("last-place", DAY - timedelta(days=1)), ("newest", DAY)])
async def test_the_day_that_is_opened_first(home: Path, setting: str, day: object) -> None:
    folder = home / "own"
    (folder / "config").mkdir(parents=True)
    (folder / "config" / "config.toml").write_text(
        f'[reader]\nopen_at = "{setting}"\nsort = "announced"', encoding="utf-8"
    )
    before = DAY - timedelta(days=1)
    with Parts(home=folder, demo=True) as parts:
        for each in (DAY, before):
            digest = structs.replace(make_digest(5, each), categories=parts.categories)
            parts.library.mailings.store_digest(digest)
        parts.library.positions.remember(before, "0612.90003")
        app = make_app(parts, offline=True)
        async with app.run_test(size=(120, 36)) as pilot:
            await pilot.pause()
            reader = reader_of(app)
            assert reader.state.digest is not None
            assert reader.state.digest.date == day
            assert reader.papers.cursor == (3 if setting == "last-place" else 0)
