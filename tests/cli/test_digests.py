"""Named digests in every command: one fetch serves them all, each with its own papers and pick."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn
from tui_digest.cli.container import Parts
from tui_digest.cli.reader import reader_parts
from tui_digest.folders import places

CONFIG = """
categories = ["cs.LG"]
[pick]
count = 1
[digest.optimization]
categories = ["math.OC"]
words = ["proximal"]
[digest."Bags and trees"]
categories = ["cs.LG", "stat.ML"]
words = ["roots", "bags"]
pick = 2
"""


@pytest.fixture(autouse=True)
def config(arxiv: StandIn) -> None:
    file = places().config_file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(CONFIG, encoding="utf-8")


def ids(run: Run, *words: str) -> list[str]:
    return [json.loads(line)["id"] for line in run("list", *words, "--format", "jsonl").lines]


def test_one_fetch_serves_all_digests(run: Run, arxiv: StandIn) -> None:
    result = run("fetch")
    assert result.code == 0
    assert [line.split(":")[0].strip() for line in result.lines[-3:]] == [
        "2026-11-20 complete", "optimization", "Bags and trees",
    ]  # fmt: skip
    asked = len(arxiv.requests)
    assert ids(run) == ["2611.00011", "2611.00012", "2611.00013"]
    assert ids(run, "--digest", "optimization") == ["2611.00011"]
    assert "2610.00014" in ids(run, "--digest", "Bags and trees")
    assert len(arxiv.requests) == asked


def test_each_digest_has_its_own_pick_and_shares_marks(run: Run) -> None:
    run("fetch")
    assert set(ids(run, "--digest", "Bags and trees", "--picked")) == {"2611.00012", "2610.00014"}
    assert ids(run, "--digest", "optimization", "--picked") == ["2611.00011"]
    run("mark", "--digest", "optimization", "--all")
    assert ids(run, "--marked") == ["2611.00011"]
    post = run("export", "--digest", "optimization", "--all", "--format", "jekyll").out
    assert "2026-11-20 (optimization)" in post


def test_a_day_of_another_digest_is_asked_for_only_where_it_is_lacking(run: Run, arxiv: StandIn) -> None:
    places().config_file.write_text('categories = ["cs.LG"]\n', encoding="utf-8")
    run("fetch")
    places().config_file.write_text(CONFIG, encoding="utf-8")
    arxiv.requests.clear()
    assert ids(run) == ["2611.00011", "2611.00012", "2611.00013"]
    assert ids(run, "--offline") == ["2611.00011", "2611.00012", "2611.00013"]
    assert not arxiv.requests
    assert ids(run, "--digest", "optimization") == ["2611.00011"]
    assert arxiv.requests


def test_where_arxiv_fails_the_days_from_before_are_still_there(run: Run, arxiv: StandIn) -> None:
    places().config_file.write_text('categories = ["cs.LG"]\n', encoding="utf-8")
    run("fetch")
    with Parts() as parts:
        stored = parts.stored_digest(None)
    places().config_file.write_text(CONFIG, encoding="utf-8")
    arxiv.fault = "503"
    with Parts() as parts:
        outcome = parts.run(parts.fetch_digest(None, lambda words: None))
    assert stored is not None
    assert (outcome.digest.date, outcome.problem is not None) == (stored.date, True)
    assert run("list", "--digest", "optimization").code == 3


def test_places_and_picks_are_kept_by_digest(run: Run) -> None:
    run("fetch")
    with Parts() as parts:
        day = parts.stored_digest(None)
        assert day is not None
        parts.library.positions.remember(day.date, "2611.00012", "optimization")
        assert parts.library.positions.paper(day.date) is None
        assert parts.library.positions.last_day("optimization") == day.date
        parts.update_pick(day)
        assert parts.library.picks.stored(day.scope, "optimization") == ()


def test_the_reader_opens_the_digest_chosen_last_unless_another_is_asked_for(arxiv: StandIn) -> None:
    def opened(**asked: object) -> str:
        arguments = SimpleNamespace(**{"category": None, "digest": None, **asked})
        with reader_parts(arguments) as parts:
            return parts.digest.name

    assert opened() == "default"
    with Parts() as parts:
        parts.library.positions.remember_digest("optimization")
    assert opened() == "optimization"
    assert opened(digest="default") == "default"
    assert opened(category=["stat.ML"]) == ""
    with Parts() as parts:
        assert parts.digest.name == "default", "commands do not depend on the reader"
    places().config_file.write_text('categories = ["cs.LG"]\n', encoding="utf-8")
    assert opened() == "default"


def test_ready_made_and_unnamed_digests(run: Run) -> None:
    run("fetch")
    made = ids(run, "--digest", "ML + Optimization")
    assert {"2611.00011", "2610.00014"} <= set(made)
    assert ids(run, "--category", "stat.ML") == ["2610.00014"]


def test_wrong_usage_says_which_digests_there_are(run: Run) -> None:
    result = run("list", "--digest", "nobody")
    assert result.code == 2
    assert "default, optimization, Bags and trees; ready-made is ML + Optimization" in result.err
    assert run("list", "--digest", "optimization", "--category", "cs.LG").code == 2
