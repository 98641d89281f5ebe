"""A mailing on a day that the table of holidays calls empty is filed under its own date."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

from tests.cli.conftest import Clock, Run
from tests.servers.arxiv import StandIn
from tests.servers.arxiv_formats import Invented
from tui_digest.cli.adapters.days import ReaderDays
from tui_digest.cli.container import Parts

THANKSGIVING, DAY_AFTER = date(2026, 11, 26), date(2026, 11, 27)


def test_the_day_before_is_never_the_other_day(arxiv: StandIn, run: Run, clock: Clock) -> None:
    clock.now = datetime(2026, 11, 27, 15, tzinfo=UTC)
    submitted = datetime(2026, 11, 25, 12, tzinfo=UTC)
    arxiv.mailings[DAY_AFTER] = [Invented(id="2611.00091", title="Mailed all the same")]
    arxiv.mailings[THANKSGIVING] = [Invented(id="2611.00081", title="The day before", submitted=submitted)]
    arxiv.today = DAY_AFTER
    run("fetch")
    newest = json.loads(run("list", "--format", "json").out)
    assert (newest["date"], [each["id"] for each in newest["papers"]]) == ("2026-11-27", ["2611.00091"])
    before = json.loads(run("list", "--date", "2026-11-26", "--format", "json").out)
    assert before["date"] == "2026-11-26"
    assert "2611.00091" not in [each["id"] for each in before["papers"]]
    with Parts() as parts:
        days = ReaderDays(parts, offline=True)
        assert days.older(date(2026, 11, 30)) == DAY_AFTER
        assert days.newer(THANKSGIVING) == DAY_AFTER
        assert days.older(DAY_AFTER) == THANKSGIVING
