"""The daily limit, and what was spent."""

from __future__ import annotations

import stat
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.servers.explaining import KEY, explained
from tests.servers.models import ModelServer
from tui_digest.errors import ModelError
from tui_digest.explain.budget import RequestBudget, price_of
from tui_digest.explain.errors import DailyLimitReached
from tui_digest.explain.explainer import Explainer
from tui_digest.paper import Paper
from tui_digest.settings import ModelSettings

TODAY = datetime(2026, 11, 20, 23, 0, tzinfo=UTC)


def budget(folder: Path | None, limit: int = 3, day: datetime = TODAY) -> RequestBudget:
    return RequestBudget(folder, limit, {"m": (2.0, 10.0)}, lambda: day)


@pytest.mark.parametrize("on_disk", [True, False])
def test_the_limit_holds_and_a_new_day_begins_anew(on_disk: bool, tmp_path: Path) -> None:
    now = TODAY
    counted = RequestBudget(tmp_path if on_disk else None, 3, {}, lambda: now)
    for _ in range(3):
        counted.take()
    for _ in range(2):
        with pytest.raises(DailyLimitReached, match="limit of 3"):
            counted.take()
    assert counted.spent().requests == 3
    if on_disk:
        now = TODAY + timedelta(days=1)
        counted.take()
        assert counted.spent().requests == 1


def test_runs_count_together(tmp_path: Path) -> None:
    first, second = budget(tmp_path), budget(tmp_path)
    first.take()
    second.take()
    first.take()
    with pytest.raises(DailyLimitReached):
        second.take()


def test_a_limit_of_zero_asks_nothing(tmp_path: Path) -> None:
    with pytest.raises(DailyLimitReached):
        budget(tmp_path, limit=0).take()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="rights of files are POSIX")
def test_the_count_is_the_owners_alone_and_older_days_go(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    budget(folder, day=TODAY - timedelta(days=1)).take()
    budget(folder).take()
    (file,) = folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert "2026-11-20" in file.name


def test_a_line_cut_off_by_a_crash_harms_no_other(tmp_path: Path) -> None:
    budget(tmp_path).take()
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes() + b'{"asked":"2026-11-')
    counted = budget(tmp_path)
    counted.record(("m",), 1, 1)
    counted.take()
    assert counted.spent().requests == 2
    assert counted.spent().tokens_in == 1


def test_a_count_that_cannot_be_kept_asks_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(ModelError, match="cannot be counted"):
        budget(blocked / "state").take()


def test_the_price_is_the_users_own(tmp_path: Path) -> None:
    counted = budget(tmp_path)
    assert counted.spent().price is None
    counted.record(("m-2026-11-01", "m"), 1_000_000, 500_000)
    assert counted.spent().price == pytest.approx(7.0)
    counted.record(("unknown",), 10, 10)
    assert counted.spent().price is None
    assert counted.spent().tokens_in == 1_000_010
    assert price_of(("m",), None, 5, {"m": (1, 1)}) is None


async def test_an_explanation_is_counted_before_it_is_asked(tmp_path: Path, paper: Paper) -> None:
    async with ModelServer("Well.") as server:
        settings = ModelSettings(
            provider="compatible",
            model="asked",
            base_url=f"{server.url}/v1",
            daily_limit=1,
            prices={"asked": (1.0, 1.0)},
        )
        explainer = Explainer(settings, {"LLM_API_KEY": KEY}, state=tmp_path, now=lambda: TODAY)
        await explained(explainer, paper)
        assert explainer.spent().price == pytest.approx(1315e-6)
        with pytest.raises(DailyLimitReached):
            await explained(explainer, paper)
        await explainer.aclose()
    assert len(server.asked) == 1
