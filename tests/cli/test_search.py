"""`search`: what a query finds, and what it says when it cannot."""

from __future__ import annotations

import json

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn


def test_search_finds_by_words_fields_and_marks(fetched: StandIn, run: Run) -> None:
    def found(*words: str) -> list[str]:
        return [json.loads(line)["id"] for line in run("search", "--format", "jsonl", *words).lines]

    run("mark", "2611.00012")
    run("note", "2611.00013", "remember the sandwich")
    assert found("proximal") == ["2611.00011"]
    assert found("au:made") == ["2611.00012"]
    assert found("is:to-read") == ["2611.00012"]
    assert found("sandwich") == ["2611.00013"]
    assert found("--", "-proximal") == ["2611.00013", "2611.00012", "2610.00014"]
    assert fetched.requests == []


def test_search_says_when_there_is_more_or_nothing(fetched: StandIn, run: Run) -> None:
    more = run("search", "--limit", "1", "cat:cs.LG")
    assert "--limit shows more" in more.err
    nothing = run("search", "xyzzy")
    assert (nothing.code, nothing.out) == (0, "")
    assert nothing.err == "None of the papers ever fetched matches.\n"


def test_a_wrong_query_says_where(fetched: StandIn, run: Run) -> None:
    result = run("search", "good tu:bad")
    assert result.code == 2
    assert result.err.startswith("The search is wrong at character 6: there is no field `tu:`")
    assert run("list", "--filter", '"open').code == 2


def test_similar_papers_come_with_the_words_that_they_share(fetched: StandIn, run: Run) -> None:
    result = run("similar", "2611.00012", "--format", "jsonl")
    papers = [json.loads(line) for line in result.lines]
    assert result.code == 0
    assert "2611.00012" not in [paper["id"] for paper in papers]
    assert all(paper["reasons"][0].startswith("shares ") for paper in papers if paper["reasons"])
    assert run("similar", "2611.00012", "--limit", "1").code == 0
    assert run("similar", "2611.09999", "--offline").code == 2
