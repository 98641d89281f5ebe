"""`fetch`: what cron sees of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import FRIDAY, WEDNESDAY, Clock, Run
from tests.servers.arxiv import StandIn
from tests.servers.arxiv_formats import Invented
from tests.servers.models import ModelServer
from tui_digest.cli.container import Parts
from tui_digest.render.labels import STATE_LABELS

COMPLETE = "2026-11-20 complete: 4/4 papers, new 2, cross 1, replaced 1."
ANSWER = "### Intuition\nSteps shrink. [interpretation]"
"""An answer with a heading: one without is no explanation."""


def write_settings(run: Run, text: str) -> None:
    file = Path(run("config", "path").lines[0])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def test_one_line_and_nothing_else(arxiv: StandIn, run: Run) -> None:
    result = run("fetch")
    assert (result.code, result.out, result.err) == (0, f"{COMPLETE}\n", "")
    assert len(arxiv.asked("/rss/")) == 1


def test_a_day_is_judged_once_for_what_is_printed_stored_and_listed(arxiv: StandIn, run: Run) -> None:
    early = datetime(2026, 11, 16, 12, tzinfo=UTC)
    arxiv.mailings[FRIDAY] = [Invented(id=f"2611.0010{number}", submitted=early) for number in range(6)]
    result = run("fetch", "--category", "cs.LG")
    (line,) = result.lines
    assert line.startswith("2026-11-20 stale: 6/6 papers")
    listed = json.loads(run("list", "--offline", "--category", "cs.LG", "--format", "json").out)
    assert listed["completeness"]["state"] == "stale"


def test_a_day_without_dates_is_unconfirmed_everywhere_until_they_come(arxiv: StandIn, run: Run) -> None:
    arxiv.mailings[FRIDAY] = [Invented(id=f"2611.0010{number}") for number in range(6)]
    arxiv.fault, arxiv.faulty_part = "503", "/api/"

    def listed(*options: str) -> str:
        answer = json.loads(run("list", *options, "--category", "cs.LG", "--format", "json").out)
        return str(answer["completeness"]["state"])

    def stored() -> str:
        with Parts(["cs.LG"]) as parts:
            (day,) = parts.library.mailings.days(parts.categories)  # as the calendar shows it
            return STATE_LABELS[day.state]

    assert run("fetch", "--category", "cs.LG").out.startswith("2026-11-20 unconfirmed: 6/6 papers")
    assert listed("--offline") == listed() == stored() == "unconfirmed"
    arxiv.fault = ""
    assert run("fetch", "--category", "cs.LG").out.startswith("2026-11-20 complete: 6/6 papers")
    assert listed("--offline") == listed() == stored() == "complete"


@pytest.mark.parametrize("fault", ["", "503"])
def test_a_list_that_fetches_judges_as_fetch_does(arxiv: StandIn, run: Run, fault: str) -> None:
    arxiv.mailings[FRIDAY] = [Invented(id=f"2611.0010{number}") for number in range(6)]
    arxiv.fault, arxiv.faulty_part = fault, "/api/"
    answer = json.loads(run("list", "--category", "cs.LG", "--format", "json").out)
    assert answer["completeness"]["state"] == ("unconfirmed" if fault else "complete")


def test_an_hour_later_nothing_is_asked(fetched: StandIn, clock: Clock, run: Run) -> None:
    clock.now += timedelta(hours=1)
    result = run("fetch")
    assert (result.code, result.out) == (0, f"{COMPLETE} (nothing new to ask for)\n")
    assert fetched.requests == []


def test_a_weekend_is_quiet(fetched: StandIn, clock: Clock, run: Run) -> None:
    clock.now += timedelta(days=1)
    result = run("fetch")
    assert result.code == 0
    assert "Fri 20 Nov is shown" in result.out
    assert fetched.requests == []


@pytest.mark.parametrize("year", [1, 1970, 9999])
def test_a_clock_of_another_age_ends_nothing(year: int, arxiv: StandIn, clock: Clock, run: Run) -> None:
    clock.now = datetime(year, 12 if year > 1 else 1, 31 if year > 1 else 1, 23, 59, tzinfo=UTC)
    fetched = run("fetch")
    assert fetched.out.startswith("2026-11-20")
    assert "went wrong" not in fetched.err
    assert "2611.00012" in run("list").out
    assert run("doctor", "--offline").code in (0, 1)


def test_missed_mailings_come_a_line_each_oldest_first(arxiv: StandIn, clock: Clock, run: Run) -> None:
    friday = clock.now
    arxiv.today, clock.now = WEDNESDAY, friday - timedelta(days=2)
    assert run("fetch").code == 0
    arxiv.today, clock.now = FRIDAY, friday
    result = run("fetch")
    assert result.code == 0
    assert [line[:30] for line in result.lines] == [
        "2026-11-19 by submission date:",
        "2026-11-20 complete: 4/4 paper",
    ]
    assert run("fetch").lines == [f"{COMPLETE} (nothing new to ask for)"]


def test_an_earlier_day_by_submission_date(arxiv: StandIn, run: Run) -> None:
    result = run("fetch", "--date", "2026-11-19")
    assert result.code == 0
    assert result.out.startswith("2026-11-19 by submission date: 1/1 papers.")


def test_a_day_that_arxiv_has_nothing_of_is_a_failure(arxiv: StandIn, run: Run) -> None:
    result = run("fetch", "--date", "2026-11-17")
    assert result.code == 1
    assert result.out.startswith("2026-11-17 unconfirmed. ")


@pytest.mark.parametrize("fault", ["404", "html", "429", "malformed", "nothing"])
def test_a_failure_without_anything_stored_is_3(arxiv: StandIn, run: Run, fault: str) -> None:
    arxiv.fault = fault
    result = run("fetch")
    assert (result.code, result.out) == (3, "")
    assert "kept" not in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("fault", ["404", "html", "429"])
def test_a_failure_with_something_stored_is_1_and_keeps_it(
    fetched: StandIn, clock: Clock, run: Run, fault: str
) -> None:
    clock.now += timedelta(days=3)
    fetched.fault = fault
    result = run("fetch")
    assert result.code == 1
    assert result.out.startswith("2026-11-20")
    assert result.err.count("\n") == 1
    assert len(run("list", "--format", "jsonl", "--offline").lines) == 4


@pytest.mark.parametrize(
    ("fault", "told"), [("404", "404"), ("406", "throttling requests (it answered 406)")]
)
def test_missing_details_are_told_and_asked_for_again(
    arxiv: StandIn, run: Run, fault: str, told: str
) -> None:
    arxiv.fault, arxiv.faulty_part = fault, "/api/"
    failed = run("fetch")
    assert (failed.code, failed.out) == (0, f"{COMPLETE}\n")
    assert "The day is stored" in failed.err
    assert told in failed.err
    arxiv.fault = ""
    assert run("fetch").code == 0
    assert '"comment":"12 pages"' in run("list", "--format", "jsonl").out


def test_the_picked_are_explained_first_and_the_cost_is_told(
    fetched: StandIn, model: ModelServer, run: Run
) -> None:
    model.text = ANSWER
    result = run("fetch", "--explain", "2")
    assert (result.code, result.err) == (0, "")
    assert result.lines[1] == "explained 2 of 2 papers; today 2 requests, 824 → 1,806 tokens"
    assert "Proximal steps" in model.asked[0].raw
    assert run("fetch", "--explain", "2").lines[1] == result.lines[1]
    assert len(model.asked) == 2


def test_a_price_is_told_by_the_users_own_table(fetched: StandIn, model: ModelServer, run: Run) -> None:
    write_settings(run, "[model.prices]\nserved = [1.0, 2.0]\n")
    assert run("fetch", "--explain", "1").lines[1].endswith("903 tokens, 0.0022 by your prices")


def test_dismissed_papers_are_not_explained(fetched: StandIn, model: ModelServer, run: Run) -> None:
    model.text = ANSWER
    run("mark", "2611.00011", "2611.00012", "2611.00013", "--as", "dismissed")
    assert run("fetch", "--explain", "4").lines[1].startswith("explained 1 of 1 papers")


@pytest.mark.parametrize(
    ("fault", "explained", "asked"), [("401", 0, 1), ("429quota", 0, 1), ("eof", 0, 2), ("length", 0, 2)]
)
def test_a_model_that_fails_is_4_and_the_papers_are_stored(
    arxiv: StandIn, model: ModelServer, run: Run, fault: str, explained: int, asked: int
) -> None:
    model.fault = fault
    result = run("fetch", "--explain", "2")
    assert result.code == 4
    assert result.lines[0] == COMPLETE
    assert result.lines[1].startswith(f"explained {explained} of 2 papers")
    assert result.err.count("\n") == 1
    assert len(model.asked) == asked


def test_without_a_model_the_papers_are_stored_and_it_is_2(arxiv: StandIn, run: Run) -> None:
    result = run("fetch", "--explain", "2")
    assert result.code == 2
    assert result.lines[0] == COMPLETE
    assert "LLM_PROVIDER" in result.err


def test_the_daily_limit_holds(fetched: StandIn, model: ModelServer, run: Run) -> None:
    model.text = ANSWER
    write_settings(run, "[model]\ndaily_limit = 1\n")
    result = run("fetch", "--explain", "3")
    assert result.code == 4
    assert result.lines[1].startswith("explained 1 of 3 papers; today 1 request,")
    assert "limit of 1 requests" in result.err


@pytest.mark.parametrize(
    "error",
    [
        'RuntimeError("can\'t start new thread")',
        'ImportError("_ssl.so: failed to map segment from shared object")',
    ],
    ids=["a thread", "a library"],
)
def test_where_there_is_no_memory_for_something_it_is_told_in_a_sentence(
    error: str, arxiv: StandIn, process: Run
) -> None:
    watch = f"import threading\ndef fail(self):\n    raise {error}\nthreading.Thread.start = fail"
    done = process("fetch", watch=watch)
    assert (done.code, done.err.count("\n")) == (1, 1)
    assert "not enough memory" in done.err
