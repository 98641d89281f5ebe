"""`search --arxiv`: our query language as arXiv's API understands it, and what it finds."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn
from tui_digest.errors import UsageError
from tui_digest.latex import search_key
from tui_digest.library.query.api_query import api_query
from tui_digest.library.query.parser import parse


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("nesterov", "all:nesterov"),
        ("nesterov momentum", "all:nesterov AND all:momentum"),
        ('"proximal point"', 'all:"proximal point"'),
        ("ti:nesterov au:chen", "ti:nesterov AND au:chen"),
        ("abs:converg*", "abs:converg*"),
        ("co:neurips", "(co:neurips OR jr:neurips)"),
        ("cat:math.OC", "cat:math.OC"),
        ("cat:math", "(cat:math OR cat:math.*)"),
        ("nesterov or polyak", "(all:nesterov OR all:polyak)"),
        ("nesterov -survey", "all:nesterov ANDNOT all:survey"),
        ("-survey nesterov -review", "all:nesterov ANDNOT all:survey ANDNOT all:review"),
        ("(adam or sgd) cat:cs.LG", "(all:adam OR all:sgd) AND cat:cs.LG"),
        ("x after:2026-11-01", "all:x AND submittedDate:[202611010000 TO 299912312359]"),
        ("x before:2026-11-01", "all:x AND submittedDate:[199108010000 TO 202610312359]"),
        ("au:Erdős", "au:erdos"),
    ],
)
def test_a_query_is_translated(query: str, asked: str) -> None:
    assert api_query(parse(query, search_key)) == asked


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("nesterov is:unread", "is:unread"),
        ("note:lemma", "note:"),
        ("tag:seminar x", "tag:"),
        ("by:laptop x", "by:"),
        ("has:note x", "has:note"),
        ("id:2611.00001", "open it by its id"),
        ("-survey", "-words alone"),
        ("a or -b", "not before a part of `or`"),
        ("", "has none"),
    ],
)
def test_what_arxiv_cannot_be_asked_is_named(query: str, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        api_query(parse(query, search_key))


def test_what_arxiv_finds_is_shown_and_not_stored(fetched: StandIn, run: Run) -> None:
    before = run("search", "--format", "jsonl", "").lines
    result = run("search", "--arxiv", "cat:math.OC after:2026-01-01", "--format", "jsonl")
    assert result.code == 0
    assert result.lines
    assert all("math.OC" in json.loads(line)["categories"] for line in result.lines)
    asked = parse_qs(urlsplit(fetched.requests[-1].path).query)
    assert (asked["sortBy"], asked["sortOrder"], asked["max_results"]) == (
        ["submittedDate"],
        ["descending"],
        ["50"],
    )
    assert run("search", "--format", "jsonl", "").lines == before


def test_there_are_more_and_they_are_asked_for(fetched: StandIn, run: Run) -> None:
    query = "cat:cs.LG after:2026-01-01"
    first = run("search", "--arxiv", query, "--limit", "1", "--sort", "relevance", "--format", "jsonl")
    assert "these are 1 to 1. --start 1 goes on" in first.err
    second = run("search", "--arxiv", query, "--limit", "1", "--start", "1", "--format", "jsonl")
    assert first.lines != second.lines


def test_an_answer_in_time_or_a_sentence(fetched: StandIn, run: Run) -> None:
    fetched.fault = "503"
    result = run("search", "--arxiv", "nesterov")
    assert result.code == 3
    assert "503" in result.err
