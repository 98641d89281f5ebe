"""Explanations from a paper's text: asked for by keys, shown below the text, their marks lead into it."""

from __future__ import annotations

import pytest
from msgspec import structs

from tests.tui.commands.test_text import PAPER, Open, begin, opened
from tests.tui.fake_texts import FakeTexts, make_text
from tests.tui.fakes import FakeModels, make_explanation, make_paper, page_text, settle, until
from tui_digest.core.texts import PaperText
from tui_digest.entry import Explanation
from tui_digest.explain.checking import assess
from tui_digest.fulltext.addresses import place_texts
from tui_digest.paper import Paper
from tui_digest.tui.dialogs.statements import StatementScreen

SIZE = (100, 40)
WORDS = """### What it says

The rate is sublinear. [Theorem 1: "The rate in $\\ell_2$ is sublinear"]

It is fast. [§1: "so that there is something to scroll through. Words that fill the lines of a page"]

All of it is short. [abstract: "in case 0"]

It is so. [Theorem 9: "nothing of this is there at all"]

It is sublinear there. [§1: "The rate in $\\ell_2$ is sublinear"]
"""


def explanation_from_text() -> Explanation:
    paper = make_paper(0)
    found = assess(WORDS, paper, place_texts(make_text(paper).document))
    made = make_explanation(PAPER, WORDS, shown="§1, §2, about 300 tokens", statements=found.counts)
    return structs.replace(made, statements=found.statements)


def answer(found: Open) -> str:
    pane = found.reader.panes.answer
    assert pane is not None
    return "\n".join(line.content.plain for line in pane.lines)


async def until_answered(found: Open, words: str) -> None:
    """Wait until the explanation below the text has these words."""
    await until(found.pilot, lambda: found.reader.panes.answer is not None and words in answer(found))


@pytest.mark.parametrize(
    ("way", "place"),
    [((")", "e"), "Theorem 1"), (("}", "}", "e"), "§1"), (("g", "g", "g", "x"), ""), (("g", "g", "e"), "")],
)
async def test_e_explains_the_place_one_is_in_and_gx_the_paper(way: tuple[str, ...], place: str) -> None:
    models = FakeModels()
    parts = opened(models=models)
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press(*way)
        await until_answered(found, "Asking fake")
        assert [address for _, address in models.from_text] == [place]
        pane = found.reader.panes.answer
        assert pane is not None
        assert pane.title == f"Explanation of {place or 'the paper'}"
        models.say(PAPER, "### What it says\n\nThat the rate is")
        await until_answered(found, "That the rate is")
        models.say(PAPER, explanation_from_text())
        await until_answered(found, "§1, §2, about 300 tokens")
        assert found.texts.kept == [PAPER]
        await found.press("escape")
        assert found.reader.panes.answer is None
        assert found.reader.panes.text is not None
        await found.press("escape")
        assert "about 300 tokens" in page_text(found.reader)


async def test_enter_on_a_mark_below_the_text_shows_the_quoted_words_and_ctrl_o_leads_back() -> None:
    models = FakeModels()
    parts = opened(models=models)
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("e")
        models.say(PAPER, explanation_from_text())
        await until_answered(found, "complete")
        await found.press("tab", "enter")
        assert "The rate in ℓ₂ is sublinear" in found.line
        ((start, end),) = found.view.quoted[found.view.current]
        assert (
            found.view.lines[found.view.current].text[start:end].strip(".") == "The rate in ℓ₂ is sublinear"
        )
        await found.press("tab", "enter")
        assert "Words" in " ".join(found.view.lines[line].text for line in found.view.quoted)
        assert len(found.view.quoted) >= 2
        await found.press("tab", "enter")  # said of §1, and found in Theorem 1
        assert "flagged: elsewhere: Theorem 1" in " ".join(answer(found).split())
        assert "The rate in ℓ₂ is sublinear" in found.line
        await found.press("tab", "enter")  # round to the first
        assert "The rate in ℓ₂ is sublinear" in found.line
        await found.press("ctrl+o", "ctrl+o", "ctrl+o", "ctrl+o")
        assert found.line == "A made-up paper"


async def test_esc_stops_what_is_being_written_and_then_closes_it() -> None:
    models = FakeModels()
    parts = opened(models=models)
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("e")
        await until_answered(found, "Asking fake")
        await found.press("e")
        assert found.message == "An explanation of this paper is being written already; Esc stops it."
        await found.press("escape")
        await until_answered(found, "stopped")
        assert models.cancelled == [PAPER]
        await found.press("escape")
        assert found.reader.panes.answer is None


async def test_gx_on_the_page_fetches_the_text_and_its_marks_lead_into_it() -> None:
    models, texts = FakeModels(), FakeTexts()
    parts = opened(texts, models=models)
    async with parts[0].run_test(size=SIZE) as pilot:
        await settle(pilot)
        found = Open(pilot, *parts[1:])
        await found.press("g", "x")
        assert texts.asked == [(PAPER, False)]
        assert [address for _, address in models.from_text] == [""]
        models.say(PAPER, explanation_from_text())
        await until(pilot, lambda: "about 300 tokens" in page_text(found.reader))
        await found.press("enter", "tab", "enter")
        assert "The rate in ℓ₂ is sublinear" in found.line
        assert found.view.current in found.view.quoted


class OtherVersion(FakeTexts):
    """Texts of which only another version is stored."""

    def _text(self, paper: Paper) -> PaperText:
        return super()._text(structs.replace(paper, version=9))


async def test_a_stored_text_of_another_version_is_not_explained() -> None:
    models = FakeModels()
    parts = opened(OtherVersion(), models=models)
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("e")
        assert "The stored text is of v9, the paper is at v1 now" in found.message
        assert models.from_text == []


async def test_a_flagged_statement_is_shown_beside_the_place_and_enter_goes_there() -> None:
    models = FakeModels()
    parts = opened(models=models)
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("e")
        models.say(PAPER, explanation_from_text())
        await until_answered(found, "complete")
        await found.press("exclamation_mark", "g", "g")
        screen = pilot.app.screen
        assert isinstance(screen, StatementScreen)
        await found.press("k", "k", "k", "k", "k")
        lines = [line.content for line in screen.text.lines]
        assert "✓ with words of Theorem 1" in [line.plain for line in lines]
        marked = [
            line.plain[span.start : span.end]
            for line in lines
            for span in line.spans
            if span.style == "match"
        ]
        assert marked == ["The rate in ℓ₂ is sublinear"]
        await found.press("enter")
        assert "The rate in ℓ₂ is sublinear" in found.line
        assert found.view.current in found.view.quoted


async def test_why_nothing_could_be_asked_is_said_in_its_place() -> None:
    models = FakeModels(text_error="This paper has no text that could be explained.")
    parts = opened(models=models)
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("e")
        await until_answered(found, "no text that could be explained")
        assert "no text that could be explained" in found.message


async def test_without_a_model_e_says_how_to_set_one_up() -> None:
    parts = opened(models=FakeModels(problem="No model is set up."))
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("e")
        assert found.message == "No model is set up. The settings (,) choose one too."
