"""The sample explanations: they say what they are, quote truly, and arrive as a service streams."""

from __future__ import annotations

import json
import re

import pytest

from tests.tui.fakes import make_paper
from tui_digest.demo.explanation import (
    DISCLAIMER,
    HEADINGS,
    MODEL,
    NOT_STATED,
    chat_stream,
    paper_asked_about,
    quotable_words,
    sample_answer,
    sample_explanation,
    split_sentences,
)
from tui_digest.demo.papers import DemoPaper, load_papers
from tui_digest.demo.whole_text import html_page
from tui_digest.explain.answer_form import form_problem
from tui_digest.explain.checking import assess
from tui_digest.explain.prompt import PromptFile, headings_of, make_prompt
from tui_digest.explain.shown_text import choose_shown_text
from tui_digest.fulltext.addresses import PlaceFinder
from tui_digest.fulltext.read_page import read_page
from tui_digest.paper import ArxivId
from tui_digest.settings import ModelSettings

PAPERS = load_papers()
BY_HAND = ("0612.90006", "0612.90012", "0612.90017")
MARK = re.compile(r'\[abstract: "(.+?)"\]|\[interpretation\]')

each_paper = pytest.mark.parametrize("paper", PAPERS, ids=[paper.id for paper in PAPERS])


async def no_pause() -> None:
    """Time does not pass in tests."""


@each_paper
def test_a_sample_says_that_it_is_one(paper: DemoPaper) -> None:
    text = sample_explanation(paper)
    assert text.startswith(f"### Intuition\n\n{DISCLAIMER}\n")
    assert re.findall(r"^### (.*)$", text, re.MULTILINE) == list(HEADINGS)


@each_paper
def test_quotations_are_in_the_abstract(paper: DemoPaper) -> None:
    quotations = [match[1] for match in MARK.finditer(sample_explanation(paper)) if match[1]]
    assert len(quotations) >= 3
    for quotation in quotations:
        assert quotation in paper.abstract


@each_paper
def test_every_statement_is_marked(paper: DemoPaper) -> None:
    for section in re.split(r"^### .*\n", sample_explanation(paper), flags=re.MULTILINE)[1:]:
        *statements, rest = re.split(r"(?:\[abstract: \".+?\"\]|\[interpretation\])\n", section)
        assert statements or NOT_STATED in rest
        assert not rest.strip() or rest.strip().endswith(NOT_STATED)


@each_paper
def test_display_formulas_stand_alone(paper: DemoPaper) -> None:
    for line in sample_explanation(paper).splitlines():
        assert line.count("$$") in (0, 2)
        assert "$$" not in line or (line.startswith("$$") and line.endswith("$$"))


@pytest.mark.parametrize("number", BY_HAND)
def test_some_samples_are_written_by_hand(number: str) -> None:
    paper = next(paper for paper in PAPERS if paper.id == number)
    text = sample_explanation(paper)
    assert 1 <= text.count("$$") // 2 <= 3
    assert "[interpretation]" in text.replace(DISCLAIMER, "")


def test_one_sample_has_a_number_that_the_abstract_does_not_have() -> None:
    paper = next(paper for paper in PAPERS if paper.id == "0612.90017")
    assert "97" in sample_explanation(paper)
    assert "97" not in paper.title + paper.abstract


@each_paper
async def test_the_stream_is_a_chat_completion(paper: DemoPaper) -> None:
    pieces = [piece.decode() async for piece in chat_stream(paper, no_pause)]
    assert all(piece.startswith("data: ") and piece.endswith("\n\n") for piece in pieces)
    *events, done = (piece.removeprefix("data: ").strip() for piece in pieces)
    assert done == "[DONE]"
    *chunks, usage = (json.loads(event) for event in events)
    assert {chunk["model"] for chunk in chunks} == {MODEL}
    choices = [chunk["choices"][0] for chunk in chunks]
    assert "".join(choice["delta"].get("content", "") for choice in choices) == sample_explanation(paper)
    assert [choice["finish_reason"] for choice in choices] == [None] * (len(choices) - 1) + ["stop"]
    assert usage["choices"] == []
    assert usage["usage"]["completion_tokens"] > 100


async def test_the_caller_paces_the_stream() -> None:
    pauses = 0

    async def pause() -> None:
        nonlocal pauses
        pauses += 1

    stream = chat_stream(PAPERS[0], pause)
    assert pauses == 0
    async for _ in stream:
        before = pauses
    assert pauses == before > 50


@each_paper
def test_a_request_is_about_the_paper_whose_title_it_quotes(paper: DemoPaper) -> None:
    quoted = json.dumps({"title": paper.title, "abstract": paper.abstract}, ensure_ascii=False, indent=1)
    messages = [{"role": "system", "content": "Explain."}, {"role": "user", "content": quoted}]
    assert paper_asked_about(json.dumps({"messages": messages}).encode(), PAPERS) == paper


def test_a_request_about_another_paper_is_about_none() -> None:
    request = {"messages": [{"role": "user", "content": json.dumps({"title": "Another One"})}]}
    assert paper_asked_about(json.dumps(request).encode(), PAPERS) is None


@each_paper
def test_sentences_lose_nothing_and_cut_no_formula(paper: DemoPaper) -> None:
    pieces = split_sentences(paper.abstract)
    assert " ".join(pieces) == paper.abstract
    assert len(pieces) >= 3
    assert all(piece.replace(r"\$", "").count("$") % 2 == 0 for piece in pieces)


@pytest.mark.parametrize(
    ("abstract", "told"),
    [
        ("We show $x. Y$. Then $y$ follows.", ["We show $x. Y$.", "Then $y$ follows."]),
        ("We get $$a=b.$$ Now $c$ is i.i.d. noise.", ["We get $$a=b.$$", "Now $c$ is i.i.d. noise."]),
        (r"It costs \$5. Or \$6.", [r"It costs \$5.", r"Or \$6."]),
    ],
)
def test_sentences_end_outside_of_formulas(abstract: str, told: list[str]) -> None:
    assert split_sentences(abstract) == told


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        (r"The Lov\'asz number of a graph is $\vartheta$.", "number of a graph is"),
        ("In Hilbert's own metric, $d$ is short.", "In Hilbert's own metric"),
        ("a b c d e f g h i j k l m n", "a b c d e f g h i j k l"),
    ],
)
def test_telling_words_are_whole_words_without_formulas(sentence: str, words: str) -> None:
    assert quotable_words(sentence) == words


@pytest.mark.parametrize("address", ["", "Theorem 3.2", "§2"])
def test_a_sample_from_the_text_quotes_its_places_truly(address: str) -> None:
    paper = next(paper for paper in PAPERS if paper.id == "0612.90012")
    document = read_page(html_page(ArxivId(paper.id, 1)) or b"")
    place = PlaceFinder(document).find(address) if address else None
    shown = choose_shown_text(document, place)
    stored = make_paper(12, id=paper.id, version=1, title=paper.title, abstract=paper.abstract)
    prompt = make_prompt(stored, ModelSettings(), shown=shown)
    messages = [{"content": prompt.system}, {"content": prompt.user}]
    text = sample_answer(json.dumps({"messages": messages}).encode(), paper)
    found = assess(text, stored, shown.places)
    assert found.counts.flagged == found.counts.none == 0
    assert found.counts.evidence >= 2
    assert form_problem(text, headings_of("mathematics", PromptFile(), shown)) == ""
    if address:
        assert next(one for one in found.statements if one.place).place == address
