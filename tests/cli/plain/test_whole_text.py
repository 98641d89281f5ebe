"""The whole text in `read --plain`: section by section, mathematics in words."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable

import pytest

from tests.cli.conftest import Run
from tests.servers.arxiv import StandIn
from tests.tui.fake_texts import FILLER, made_up_paper

DRAWN = re.compile("[\u2500-\u259f\x00-\x09\x0b-\x1f\x7f-\x9f]")
PAPER = "2611.00011"

Talk = Callable[..., list[str]]


@pytest.fixture
def talk(run: Run, monkeypatch: pytest.MonkeyPatch) -> Talk:
    """What is said to each of some lines."""

    def said(*lines: str, options: tuple[str, ...] = ()) -> list[str]:
        monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        result = run("read", "--plain", *options)
        assert result.code == 0, result.err
        assert not DRAWN.search(result.out)
        return result.out.rstrip("\n").split("\n\n", 3)[3].split("\n\n") if lines else []

    return said


@pytest.fixture
def paper(fetched: StandIn, run: Run) -> str:
    """A paper with a text, and the line that goes to it."""
    fetched.html[f"{PAPER}v1"] = made_up_paper()
    shown = [json.loads(line)["id"] for line in run("list", "--format", "jsonl").lines]
    return str(1 + next(place for place, name in enumerate(shown) if name.startswith(PAPER)))


def test_an_empty_line_goes_on_in_the_text_and_after_its_end_to_the_next_paper(
    talk: Talk, paper: str
) -> None:
    said = "\n".join(talk(paper, "text", "", "", "", "")[1:])
    expected = (
        "arXiv's HTML of v1",
        "In short.",
        "Section 1: Setup.\n",
        "Let epsilon be small; see Theorem 1.",
        "Section 2: Rates.\n",
        "Theorem 1. The rate in ell sub 2 is sublinear.",
        "Equation 1: x equals y plus z",
        "Figure 1: Curves.",
        "Reference 1: A. Author.",
        "This is the end of the text.",
        "of 4. ",
    )
    places = [said.index(words) for words in expected]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("theorem 1", "Theorem 1. The rate in ell sub 2 is sublinear."),
        ("(1)", "Equation 1: x equals y plus z"),
        ("[1]", "Reference 1: A. Author. A title."),
        ("2", "Section 2: Rates."),
        ("rates", "Section 2: Rates."),
        ("9.9", "The text has no 9.9; contents lists its sections."),
    ],
)
def test_a_place_is_read_by_what_it_is_called(talk: Talk, paper: str, address: str, answer: str) -> None:
    assert talk(paper, f"text {address}")[1] == answer


def test_the_contents_are_its_headings(talk: Talk, paper: str) -> None:
    assert talk(paper, "contents")[1].splitlines() == [
        "Abstract.", "Section 1: Setup.", "Section 2: Rates.", "References.",
    ]  # fmt: skip


def test_the_place_in_a_text_is_kept(talk: Talk, paper: str) -> None:
    talk(paper, "text 1", "quit")
    assert talk(paper, "text")[1] == "Section 2: Rates."


def test_formulas_are_written_in_symbols_when_that_is_wanted(talk: Talk, paper: str) -> None:
    assert "The rate in ℓ₂ is sublinear." in talk(paper, "text theorem 1", options=("unicode",))[1]


def test_a_paper_without_html_says_so(talk: Talk, fetched: StandIn) -> None:
    assert talk("1", "text")[1].startswith("arXiv has no HTML of ")


def test_offline_reads_what_is_stored(talk: Talk, paper: str, fetched: StandIn) -> None:
    talk(paper, "text")
    fetched.html.clear()
    assert FILLER.strip() in "\n".join(talk(paper, "text 1", options=("--offline",)))
