"""Explanations in the reader: streamed, followed, left and come back to, stopped, failed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.tui.fakes import (
    DAY,
    FakeDays,
    FakeModels,
    checked_explanation,
    entry_of,
    finished,
    library_of,
    make_app,
    make_digest,
    make_explanation,
    make_paper,
    page_text,
    reader_of,
    screen_of,
    settle,
    shown,
    until,
)
from tui_digest.errors import ModelError
from tui_digest.model_service import Restarted, RetryNotice
from tui_digest.settings import ModelSettings, Settings
from tui_digest.tui.dialogs.statements import StatementScreen
from tui_digest.tui.reader import Reader
from tui_digest.tui.screens.reader import ReaderScreen
from tui_digest.tui.state import ReaderOptions
from tui_digest.tui.tasks import explanation

WIDE = (120, 36)
FIRST, SECOND = "0612.90000", "0612.90001"
OFFLINE = ReaderOptions(offline=True)


@asynccontextmanager
async def reading(models: FakeModels) -> AsyncIterator[Pilot[str]]:
    """The reader off line, with these models."""
    async with make_app(models=models, options=OFFLINE).run_test(size=WIDE) as pilot:
        yield pilot


async def until_shown(pilot: Pilot[str], words: str) -> None:
    """Wait until the page has these words."""
    await until(pilot, lambda: words in page_text(reader_of(pilot.app)))


def first_line(reader: Reader) -> str:
    """The first line of the page that is in view."""
    return reader.pane.lines[reader.pane.top].content.plain


async def test_e_streams_an_explanation_with_its_formulas_and_ends_with_the_receipt() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        await pilot.press("e")
        await until_shown(pilot, "Asking fake · model-1")
        models.say(FIRST, "### Intuition\n\nThe bound is $\\mathcal{O}(1/\\sq")
        await until_shown(pilot, "Intuition")
        models.say(FIRST, "rt{T})$ for all $x \\in \\mathbb{R}^d$")
        await until_shown(pilot, "The bound is 𝒪(1/√T) for all x ∈ ℝᵈ")
        models.say(FIRST, make_explanation(FIRST, "### Intuition\n\nThe bound, checked.", unsupported=1))
        await until_shown(pilot, "The bound, checked.")
        text = page_text(reader_of(pilot.app))
        assert "412 → 903 tokens" in text
        assert "1 statement not in the abstract" in " ".join(text.split())
        assert models.started == [(FIRST, False)]


async def waiting_to_draw(screen: ReaderScreen, models: FakeModels, held: asyncio.Event) -> None:
    """Bring it about that pieces are to be drawn, and that the call which draws them still waits."""
    holding = asyncio.Event()

    async def hold() -> None:
        holding.set()
        await held.wait()

    screen.call_later(hold)
    await holding.wait()
    models.say(FIRST, "Half a line")
    while not screen.message_queue_size:
        await asyncio.sleep(0)


async def test_pieces_that_were_not_drawn_yet_do_not_follow_the_receipt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(explanation, "FRAME_S", 0.001)
    models, held = FakeModels(), asyncio.Event()
    async with reading(models) as pilot:
        reader = reader_of(pilot.app)
        await pilot.press("e")
        await until_shown(pilot, "Asking")
        await waiting_to_draw(screen_of(pilot.app), models, held)
        models.say(FIRST, make_explanation(FIRST, "Half a line and the rest."))
        await finished(pilot.app)
        held.set()
        await pilot.pause()
        assert page_text(reader).count("Half a line") == 1
        assert page_text(reader).rstrip().endswith("complete")


async def test_pieces_that_were_not_drawn_yet_do_not_come_to_another_paper(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(explanation, "FRAME_S", 0.001)
    models, held = FakeModels(), asyncio.Event()
    async with reading(models) as pilot:
        reader = reader_of(pilot.app)
        await pilot.press("e")
        await until_shown(pilot, "Asking")
        await waiting_to_draw(screen_of(pilot.app), models, held)
        reader.papers.move_to(1)
        reader.turn_to_chosen()
        held.set()
        await pilot.pause()
        assert "Paper number 1" in page_text(reader)
        assert "Half a line" not in page_text(reader)


async def test_display_formulas_stand_in_two_dimensions() -> None:
    text = "$$\\min_{x} f(x) = \\frac{1}{n}\\sum_{i=1}^n f_i(x)$$"
    models = FakeModels()
    async with reading(models) as pilot:
        await pilot.press("e")
        models.say(FIRST, make_explanation(FIRST, text))
        await until_shown(pilot, "───")


async def test_going_on_stops_nothing_and_shows_nothing_on_another_paper() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        reader = reader_of(pilot.app)
        await pilot.press("e")
        models.say(FIRST, "Only of the first paper. ")
        await until_shown(pilot, "Only of the first paper.")
        await pilot.press("j")
        await pilot.pause()
        models.say(FIRST, "Still of the first one.")
        await pilot.pause(0.2)
        assert "of the first" not in page_text(reader)
        assert models.cancelled == []
        await pilot.press("k")
        await until_shown(pilot, "Only of the first paper. Still of the first one.")
        models.say(FIRST, make_explanation(FIRST, "The end."))
        await until_shown(pilot, "The end.")


async def test_an_explanation_that_ends_while_one_is_elsewhere_is_there_on_coming_back() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        await pilot.press("e")
        await until_shown(pilot, "Asking")
        await pilot.press("j", "e")
        await until_shown(pilot, "Paper number 1")
        models.say(FIRST, make_explanation(FIRST, "Of the first."))
        models.say(SECOND, make_explanation(SECOND, "Of the second."))
        await until_shown(pilot, "Of the second.")
        await pilot.press("k")
        await until_shown(pilot, "Of the first.")
        assert [started for started, _ in models.started] == [FIRST, SECOND]


async def test_escape_stops_the_request() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        await pilot.press("e")
        models.say(FIRST, "Some words")
        await until_shown(pilot, "Some words")
        await pilot.press("escape")
        await until_shown(pilot, "was stopped and nothing of it was kept")
        assert models.cancelled == [FIRST]


async def test_a_failure_is_one_sentence_in_the_page() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        await pilot.press("e")
        models.say(FIRST, RetryNotice("The service is busy", 2))
        await until_shown(pilot, "retrying in 2 s")
        models.say(FIRST, ModelError("fake refused the key; set FAKE_API_KEY to a valid one."))
        await until_shown(pilot, "refused the key")
        assert "Some" not in page_text(reader_of(pilot.app))


async def test_without_a_model_the_reader_says_how_to_set_one() -> None:
    models = FakeModels(problem="No model is set up; set LLM_PROVIDER and a key.")
    async with reading(models) as pilot:
        await pilot.pause()
        await pilot.press("e")
        expected = "No model is set up; set LLM_PROVIDER and a key. The settings (,) choose one too."
        assert reader_of(pilot.app).status.footer.message == expected
        assert models.started == []


async def test_asking_again_keeps_the_earlier_one_until_a_complete_one_comes() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        await pilot.press("e")
        models.say(FIRST, make_explanation(FIRST, "The earlier one."))
        await until_shown(pilot, "The earlier one.")
        await pilot.press("E")
        await until_shown(pilot, "Asking")
        models.say(FIRST, ModelError("The service failed."))
        await until_shown(pilot, "The service failed.")
        assert "The earlier one." in page_text(reader_of(pilot.app))


async def test_an_explanation_of_an_older_version_says_so() -> None:
    models = FakeModels()
    paper = make_paper(0, version=3)
    app = make_app(models=models, first=make_digest(papers=(paper,)), options=OFFLINE)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("e")
        models.say(FIRST, make_explanation(FIRST, "Of the first version."))
        await until_shown(pilot, "This explains version 1.")


async def test_the_heading_stays_at_the_top_while_text_comes_and_when_it_is_finished() -> None:
    models = FakeModels()
    paper = make_paper(0, abstract="A long abstract that goes on. " * 150)
    app = make_app(models=models, first=make_digest(papers=(paper,)), options=OFFLINE)
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("e")
        await until_shown(pilot, "Asking")
        models.say(FIRST, "Line.\n\n" * 60)
        await until_shown(pilot, "Line.")
        assert first_line(reader) == "Explanation"
        await pilot.pause(0.1)
        assert first_line(reader) == "Explanation"
        await pilot.press("J", "J")
        place = reader.pane.top
        models.say(FIRST, "More lines.\n\n" * 60)
        await until_shown(pilot, "More lines.")
        await pilot.pause(0.1)
        assert reader.pane.top == place
        await pilot.press("e")
        models.say(FIRST, make_explanation(FIRST, "Line.\n\n" * 90))
        await until_shown(pilot, "412 → 903 tokens")
        assert first_line(reader) == "Explanation"


async def test_a_short_explanation_begins_at_the_top_too() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        reader = reader_of(pilot.app)
        await pilot.press("e")
        await until_shown(pilot, "Asking")
        assert first_line(reader) == "Explanation"
        models.say(FIRST, make_explanation(FIRST, "One line."))
        await until_shown(pilot, "One line.")
        assert first_line(reader) == "Explanation"
        await pilot.press("K")
        assert first_line(reader) != "Explanation"


@pytest.mark.parametrize("is_there", [False, True])
async def test_in_a_narrow_terminal_e_opens_the_paper_at_the_explanation(is_there: bool) -> None:
    models = FakeModels()
    paper = make_paper(0, abstract="A long abstract that goes on. " * 150)
    app = make_app(models=models, first=make_digest(papers=(paper,)), options=OFFLINE)
    async with app.run_test(size=(58, 20)) as pilot:
        reader = reader_of(app)
        if is_there:
            reader.state.browsing.show_explanation(make_explanation(FIRST, "Line.\n\n" * 60))
        await pilot.press("e")
        if not is_there:
            models.say(FIRST, "Line.\n\n" * 60)
        await until_shown(pilot, "Line.")
        assert first_line(reader) == "Explanation"
        await pilot.resize_terminal(90, 30)
        await settle(pilot)
        assert reader.pane.size.width > 58
        assert first_line(reader) == "Explanation"


async def test_reasoning_goes_from_the_page_when_the_answer_begins() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        await pilot.press("e")
        models.say(FIRST, "I ponder on this.\n\nAnd on that.\n\n")
        await until_shown(pilot, "I ponder")
        models.say(FIRST, Restarted())
        models.say(FIRST, "The answer.\n\n")
        await until_shown(pilot, "The answer.")
        assert "I ponder" not in page_text(reader_of(pilot.app))
        assert first_line(reader_of(pilot.app)) == "Explanation"


async def test_another_explanation_is_shown_above_the_earlier_ones() -> None:
    models = FakeModels()
    paper = make_paper(0)
    app = make_app(models=models, first=make_digest(papers=(paper,)), options=OFFLINE)
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        library_of(app).explanations.keep("k", make_explanation(FIRST, "The first one.", kind="student"))
        await pilot.press("E")
        models.say(FIRST, make_explanation(FIRST, "The second one."))
        await until_shown(pilot, "The second one.")
        text = page_text(reader)
        assert (
            text.index("The second one.")
            < text.index("Earlier: for a student")
            < text.index("The first one.")
        )
        assert text.count("412 → 903 tokens") == 2


async def test_the_kind_of_explanation_is_chosen() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        await pilot.press("g", "e")
        await pilot.pause()
        await pilot.press("j", "j", "enter")
        await until_shown(pilot, "Asking")
        assert models.kinds == ["student"]


CHECKED = (
    '### Intuition\n\nWe conjecture a bound [abstract: "We bound $\\|x\\|_0$ by"].\n\n'
    'It is small [abstract: "We bound $\\|x\\|_0$ by"].\n\nIt is mine. [interpretation]\n\nIt is bare.'
)


async def test_the_states_are_told_by_a_sign_and_a_word() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        await pilot.press("e")
        models.say(FIRST, checked_explanation(make_paper(0), CHECKED))
        await until_shown(pilot, "It is bare.")
        text = " ".join(page_text(reader_of(pilot.app)).split())
        for words in (
            "▲ flagged: no conjecture in",
            "It is small ✓ abstract.",
            "It is mine. ◇ interpretation",
        ):
            assert words in text
        assert "It is bare. ○ without evidence" in text
        assert "[abstract" not in text
        assert "4 statements: 1 with words of the abstract, 1 interpretation" in text


async def test_a_key_shows_the_next_flagged_statement_beside_the_abstract() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        await pilot.press("exclamation_mark")
        await pilot.pause()
        assert "no checked explanation" in reader_of(pilot.app).status.footer.message
        await pilot.press("e")
        models.say(FIRST, checked_explanation(make_paper(0), CHECKED))
        await until_shown(pilot, "It is bare.")
        await pilot.press("exclamation_mark")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, StatementScreen)
        lines = screen.text.lines
        text = " ".join(line.content.plain for line in lines)
        assert "▲ flagged: no conjecture in the abstract" in text
        marked = [
            line.content.plain[span.start : span.end]
            for line in lines
            for span in line.content.spans
            if span.style == "match"
        ]
        assert " ".join(marked).split()[0] == "conjecture"
        assert "We bound" in " ".join(marked)
        await pilot.press("j", "escape")
        await pilot.pause()
        assert not isinstance(pilot.app.screen, StatementScreen)


async def test_a_mark_made_while_text_comes_leaves_it_where_it_is() -> None:
    models = FakeModels()
    paper = make_paper(0, abstract="A long abstract that goes on. " * 150)
    app = make_app(models=models, first=make_digest(papers=(paper, make_paper(1))), options=OFFLINE)
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("e")
        models.say(FIRST, "".join(f"Line {number}.\n\n" for number in range(60)))
        await until_shown(pilot, "Line 59.")
        await pilot.press("K", "K")
        place, before = reader.pane.top, page_text(reader)
        tops = []
        pane_show = reader.pane.show

        def noting(*arguments: Any, **options: Any) -> None:  # noqa: ANN401
            pane_show(*arguments, **options)
            tops.append(reader.pane.top)

        reader.pane.show = noting  # type: ignore[method-assign]
        for key in ("m", "r", "backslash", "backslash", "u"):
            await pilot.press(key)
            await pilot.pause()
        assert tops
        assert "Line 0." in page_text(reader)
        assert page_text(reader).count("Line 59.") == 1
        models.say(FIRST, "The last line.")
        await until_shown(pilot, "The last line.")
        assert page_text(reader).count("Line 0.") == 1
        assert "Asking" not in page_text(reader)
        longer = len(page_text(reader).splitlines()) - len(before.splitlines())
        assert abs(reader.pane.top - place) <= longer
        assert min(tops) > place - 10
        models.say(FIRST, make_explanation(FIRST, "The end."))
        await until_shown(pilot, "The end.")


async def test_one_that_is_not_complete_stays_for_the_session_and_says_so() -> None:
    models = FakeModels()
    other = DAY - timedelta(days=1)
    days = FakeDays({DAY: make_digest(4), other: make_digest(0, day=other)}, stored_days={DAY, other})
    app = make_app(days, make_digest(4), models=models, options=OFFLINE)
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("e")
        half = make_explanation(FIRST, "The first half", complete=False, stopped="the connection broke")
        models.say(FIRST, half)
        await until_shown(pilot, "The first half")
        assert (
            "The explanation is not complete (the connection broke); ask again"
            in reader.status.footer.message
        )
        for keys in (("m",), ("x", "u"), ("j", "k"), ("[", "]"), ("g", "1"), ("g", "q", "escape"), ("R",)):
            await pilot.press(*keys)
            await pilot.pause()
            text = " ".join(page_text(reader).split())
            assert "Not complete: the connection broke." in text, keys
            assert "The first half" in text
            assert "incomplete: the connection broke" in text
        assert entry_of(app, FIRST).explanation is None
        await pilot.press("e")
        await pilot.pause()
        assert len(models.started) == 1
        await pilot.press("E")
        await until_shown(pilot, "Asking")
        assert "The first half" not in page_text(reader)
        models.say(FIRST, make_explanation(FIRST, "Now the whole."))
        await until_shown(pilot, "Now the whole.")
        assert "The first half" not in page_text(reader)
        await pilot.press("j", "k")
        await pilot.pause()
        assert "The first half" not in page_text(reader)


async def test_one_that_is_not_complete_stands_before_the_earlier_complete_one() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        reader = reader_of(pilot.app)
        await pilot.press("e")
        models.say(FIRST, make_explanation(FIRST, "The complete one."))
        await until_shown(pilot, "The complete one.")
        await pilot.press("E")
        await until_shown(pilot, "Asking")
        models.say(FIRST, make_explanation(FIRST, "A half", complete=False, stopped="it was cut"))
        await until_shown(pilot, "A half")
        await pilot.press("m")
        await pilot.pause()
        text = page_text(reader)
        assert text.index("Not complete: it was cut.") < text.index("A half")
        assert text.index("The earlier one, complete") < text.index("The complete one.")


async def test_a_failure_is_still_told_after_a_mark_and_says_it_once_below() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        reader = reader_of(pilot.app)
        await pilot.press("e")
        models.say(FIRST, ModelError("The service failed."))
        await until_shown(pilot, "The service failed.")
        await pilot.press("m")
        await pilot.pause()
        assert "The service failed." in page_text(reader)
        assert "Marked" in reader.status.footer.message


async def test_a_setting_asks_by_itself_for_a_paper_that_stays_chosen() -> None:
    models = FakeModels()
    settings = Settings(model=ModelSettings(automatic=True))
    app = make_app(models=models, options=OFFLINE, settings=settings)
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("j", "j")
        chosen = reader.papers.chosen
        assert chosen is not None
        assert models.started == []
        screen_of(app).dwell.explain()
        assert models.started == [(chosen.paper.id, False)]
        screen_of(app).dwell.explain()
        assert len(models.started) == 1


async def test_nothing_is_asked_by_itself_at_first() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        await pilot.press("j", "j")
        screen_of(pilot.app).dwell.explain()
        assert models.started == []


async def test_an_explanation_that_cannot_be_kept_is_shown_and_told() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        reader = reader_of(pilot.app)
        await pilot.press("e")
        models.say(
            FIRST, make_explanation(FIRST, "All of it."), ModelError("The disk is full; it was not kept.")
        )
        await until_shown(pilot, "All of it.")
        await pilot.pause()
        assert reader.status.footer.message.strip() == "The disk is full; it was not kept."
        await pilot.press("m")
        assert "All of it." in page_text(reader)


async def test_a_paper_that_comes_into_the_list_when_explained_moves_the_cursor_to_no_other() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        reader = reader_of(pilot.app)
        await pilot.press("j", "e")
        second = make_explanation("0612.90001", "Of the second.")
        library_of(pilot.app).explanations.keep("second", second)
        models.say("0612.90001", second)
        await until_shown(pilot, "Of the second.")
        await pilot.press("g", "g", "e", "f", *"has:explanation", "enter")
        assert [entry.paper.id for entry in shown(reader)] == ["0612.90001"]
        first = make_explanation(FIRST, "Of the first.")
        library_of(pilot.app).explanations.keep("first", first)
        models.say(FIRST, first)
        await until(pilot, lambda: [one.paper.id for one in shown(reader)] == [FIRST, "0612.90001"])
        chosen = reader.papers.chosen
        assert chosen is not None
        assert chosen.paper.id == "0612.90001"
        assert "Of the second." in page_text(reader)


async def test_asking_again_while_one_is_under_way_only_goes_to_it() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        reader = reader_of(pilot.app)
        await pilot.press("e")
        models.say(FIRST, "What has come so far.\n\n")
        await until_shown(pilot, "What has come so far.")
        await pilot.press("E")
        assert "What has come so far." in page_text(reader)
        assert len(models.started) == 1


async def test_a_failure_is_told_also_while_another_paper_is_read() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        reader = reader_of(pilot.app)
        await pilot.press("e", "j")
        models.say(FIRST, ModelError("The key was refused."))
        told = "Paper number 0 on ℓ₀ norms: The key was refused."
        await until(pilot, lambda: reader.status.footer.message.strip() == told)
        assert "Paper number 1" in page_text(reader)
        assert "refused" not in page_text(reader)
        await pilot.press("k")
        assert "The key was refused." in page_text(reader)


async def test_stopping_leaves_no_warning_over_an_explanation_that_is_there() -> None:
    models = FakeModels()
    async with reading(models) as pilot:
        reader = reader_of(pilot.app)
        await pilot.press("e")
        models.say(FIRST, make_explanation(FIRST, "All of it."))
        await until_shown(pilot, "All of it.")
        await pilot.press("E", "escape")
        await until_shown(pilot, "All of it.")
        assert "stopped" not in page_text(reader)
        assert "stopped" in reader.status.footer.message


async def test_a_withdrawn_paper_is_explained_only_when_asked_twice() -> None:
    models = FakeModels()
    withdrawn = make_paper(0, comment="This paper has been withdrawn: Lemma 2 is wrong")
    settings = Settings(model=ModelSettings(automatic=True))
    app = make_app(first=make_digest(papers=(withdrawn, make_paper(1))), models=models, settings=settings)
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await settle(pilot)
        assert "⊘ Withdrawn: This paper has been withdrawn: Lemma 2 is wrong" in page_text(reader)
        screen_of(app).dwell.explain()
        await pilot.press("e")
        assert models.started == []
        assert "e once more" in reader.status.footer.message
        await pilot.press("e")
        assert models.started == [(withdrawn.id, False)]
