"""`list` and `show`: which papers come out, and in which form."""

from __future__ import annotations

import json
import sys

import pytest

from tests.cli.conftest import Clock, Run
from tests.servers.arxiv import StandIn

FIELDS = [
    "id", "version", "title", "authors", "abstract", "categories", "primary", "announce_type", "announced",
    "published", "updated", "comment", "journal_ref", "doi", "abs_url", "pdf_url", "mark", "read", "note",
    "tags", "reasons", "explanation",
]  # fmt: skip


def ids(out: str) -> list[str]:
    return [json.loads(line)["id"] for line in out.splitlines()]


def test_json_lines_hold_the_mailing_paper_for_paper(fetched: StandIn, run: Run) -> None:
    result = run("list", "--format", "jsonl")
    papers = [json.loads(line) for line in result.lines]
    announced = fetched.feed("cs.LG+stat.ML+math.OC")
    assert [(p["id"], p["version"], p["announce_type"], p["title"]) for p in papers] == [
        (paper.id, paper.version, paper.kind, paper.title) for paper in announced
    ]
    assert [list(paper) for paper in papers] == [FIELDS] * len(announced)
    assert papers[0] | {"abstract": "", "published": "", "updated": ""} == {
        "id": "2611.00011",
        "version": 1,
        "title": r"Proximal steps at rate $\mathcal{O}(1/T)$",
        "authors": ["Ada Example", "Bo Sample"],
        "abstract": "",
        "categories": ["math.OC", "cs.LG"],
        "primary": "math.OC",
        "announce_type": "new",
        "announced": "2026-11-20",
        "published": "",
        "updated": "",
        "comment": "12 pages",
        "journal_ref": None,
        "doi": None,
        "abs_url": "https://arxiv.org/abs/2611.00011v1",
        "pdf_url": "https://arxiv.org/pdf/2611.00011v1",
        "mark": None,
        "read": False,
        "note": None,
        "tags": [],
        "reasons": [],
        "explanation": None,
    }


def test_json_is_the_digest_with_its_completeness(fetched: StandIn, run: Run) -> None:
    digest = json.loads(run("list", "--format", "json").out)
    assert list(digest) == ["date", "categories", "completeness", "papers"]
    assert digest["date"] == "2026-11-20"
    assert digest["categories"] == ["cs.LG", "stat.ML", "math.OC"]
    assert digest["completeness"] == {
        "state": "complete",
        "shown": 4,
        "announced": 4,
        "counts": {"new": 2, "cross": 1, "replace": 1},
        "note": "",
    }
    assert len(digest["papers"]) == 4


def test_a_quiet_day_shows_the_last_mailing_and_says_so(fetched: StandIn, clock: Clock, run: Run) -> None:
    clock.now = clock.now.replace(day=21)
    completeness = json.loads(run("list", "--format", "json").out)["completeness"]
    assert completeness["state"] == "quiet"
    assert completeness["note"] == "No mailing on Sat 21 Nov (a Saturday); Fri 20 Nov is shown."
    assert fetched.requests == []


def test_text_says_day_counts_and_titles_with_their_mathematics(fetched: StandIn, run: Run) -> None:
    result = run("list")
    assert result.lines[0] == "2026-11-20 complete: 4/4 papers, new 2, cross 1, replaced 1."
    assert "  Proximal steps at rate 𝒪(1/T)" in result.lines
    assert "  2610.00014v2  replaced  stat.ML" in result.lines


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2611.00012 2611.00011 2611.00012", ["2611.00012", "2611.00011"]),
        ("--marked", ["2610.00014", "2611.00013"]),
        ("--marked --category stat.ML", ["2610.00014"]),
        ("--marked --date 2026-11-20 --category cs.LG", ["2611.00013"]),
        ("--filter ti:trees", ["2611.00012"]),
        ("--filter is:to-read --category cs", ["2611.00013"]),
        ("--filter -is:to-read --date 2026-11-20", ["2611.00011", "2611.00012"]),
        ("--category math.OC", ["2611.00011"]),
        ("--picked 1", ["2611.00011"]),
        ("", ["2611.00011", "2611.00012", "2611.00013", "2610.00014"]),
        ("--all", ["2611.00011", "2611.00012", "2611.00013", "2610.00014"]),
    ],
)
@pytest.mark.usefixtures("words_of_interest")
def test_what_is_selected(fetched: StandIn, run: Run, words: str, expected: list[str]) -> None:
    run("mark", "2610.00014")
    run("mark", "2611.00013")
    result = run("list", "--format", "jsonl", *words.replace("--filter ", "--filter=").split())
    assert (result.code, ids(result.out)) == (0, expected)


@pytest.mark.usefixtures("words_of_interest")
def test_the_pick_says_why(fetched: StandIn, run: Run) -> None:
    (paper,) = (json.loads(line) for line in run("list", "--picked", "1", "--format", "jsonl").lines)
    assert paper["reasons"]
    assert f"picked: {'; '.join(paper['reasons'])}" in " ".join(run("list", "--picked", "1").out.split())


def test_a_marked_and_noted_paper_carries_that(fetched: StandIn, run: Run) -> None:
    run("mark", "2611.00011", "--as", "done")
    run("note", "2611.00011", "See $x$.")
    paper = json.loads(run("show", "2611.00011", "--format", "json").out)
    assert (paper["mark"], paper["note"]) == ("done", "See $x$.")
    assert fetched.requests == []


def test_show_renders_mathematics_unless_tex_is_asked_for(fetched: StandIn, run: Run) -> None:
    run("note", "2611.00011", r"Compare with $\ell_1$.")
    rendered, written = run("show", "2611.00011").out, run("show", "2611.00011", "--tex").out
    assert "ℓ₂ norm" in rendered
    assert "ℓ₁" in rendered
    assert "Comment: 12 pages" in rendered
    assert r"$\ell_2$ norm" in written
    assert r"$\ell_1$" in written


def test_a_paper_that_is_not_stored_comes_from_arxiv_once(fetched: StandIn, run: Run) -> None:
    assert json.loads(run("show", "2611.00001v1", "--format", "json").out)["title"] == "Yesterday's invention"
    assert len(fetched.requests) == 1
    assert run("show", "2611.00001").code == 0
    assert len(fetched.requests) == 1


def test_unknown_papers_are_named(fetched: StandIn, run: Run) -> None:
    unknown = run("show", "2611.09999")
    offline = run("list", "2611.00011", "2611.09998", "2611.09999", "--offline")
    assert (unknown.code, unknown.err) == (2, "2611.09999 is not known to arXiv.\n")
    assert offline.code == 2
    assert offline.err.startswith("2611.09998, 2611.09999 are not stored")


def test_without_arxiv_and_without_anything_stored_it_is_3(arxiv: StandIn, run: Run) -> None:
    arxiv.fault = "404"
    result = run("list")
    assert (result.code, result.out) == (3, "")
    assert result.err.count("\n") == 1
    assert run("list", "--offline").code == 3


def test_without_arxiv_what_is_stored_is_listed_and_the_reason_told(
    fetched: StandIn, clock: Clock, run: Run
) -> None:
    clock.now = clock.now.replace(day=23)
    fetched.fault = "404"
    result = run("list", "--format", "jsonl")
    assert result.code == 0
    assert len(result.lines) == 4
    assert "404" in result.err


def test_a_future_day_is_wrong_usage(fetched: StandIn, run: Run) -> None:
    result = run("list", "--date", "2026-12-01")
    assert result.code == 2
    assert "still to come" in result.err


@pytest.mark.parametrize("words", [["list"], ["show", "2611.00011"], ["list", "--format", "jsonl"]])
@pytest.mark.parametrize("fault", ["hostile", "hostileraw"])
def test_hostile_fields_print_no_control_characters(
    arxiv: StandIn, run: Run, words: list[str], fault: str
) -> None:
    arxiv.fault = fault
    run("fetch")
    result = run(*words)
    printed = result.out + result.err
    assert [c for c in printed if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160] == []
    assert "\u202e" not in printed
    assert "\u200b" not in printed


OFFLINE = {
    "list --offline": 0,
    "list --offline --date 2026-11-21": 0,
    "list --offline --date 2026-11-10": 3,
    "show 2611.00011 --offline": 0,
    "show 2611.09999 --offline": 2,
    "mark 2611.00011 --offline": 0,
    "fetch --offline": 0,
    "export --offline --format bibtex": 0,
    "doctor --offline": 0,
    "show 2611.09999": 3,  # not off line: it shows that a socket is noticed
}

# Runs each command in one process, and says after each its exit code and what it wanted of the network: a
# socket that could reach another machine, or the address of a name. Neither is given.
_WATCHED = f"""
import socket, sys
import tui_digest.cli.container as container
from datetime import datetime
from tui_digest.cli import main
container.utc_now = lambda: datetime.fromisoformat(sys.argv[1])
wanted = []
def hook(event, given):
    if event == "socket.getaddrinfo" or (event == "socket.__new__" and given[1] != socket.AF_UNIX):
        wanted.append(event)
        raise OSError("no network")
sys.addaudithook(hook)
for words in {list(OFFLINE)!r}:
    wanted.clear()
    print(words, main(words.split()), bool(wanted), sep="|", file=sys.stderr)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there, event loops themselves need sockets")
def test_offline_opens_no_socket(fetched: StandIn, process: Run) -> None:
    told = process("--version", watch=_WATCHED).err.splitlines()
    ends = [line.split("|") for line in told if line.count("|") == 2]
    assert {words: int(code) for words, code, _ in ends} == OFFLINE
    assert [words for words, _, wanted in ends if wanted == "True"] == ["show 2611.09999"]
