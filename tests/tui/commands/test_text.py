"""The whole text in the reader: opening, keys, references, searching, and what is remembered."""

from __future__ import annotations

import asyncio
import threading

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from tests.tui.fake_texts import FakeTexts
from tests.tui.fakes import Browser, FakeClipboard, make_app, page_text, reader_of, settle
from tui_digest.core.texts import PaperText, TextPlace
from tui_digest.settings import ReaderSettings, Settings
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.commands.text import IN_TEXT
from tui_digest.tui.dialogs.chooser import ChooserScreen
from tui_digest.tui.dialogs.help import HelpScreen
from tui_digest.tui.keymap.definitions import BY_ID
from tui_digest.tui.keymap.in_text import NOT_IN_TEXT, TEXT_HELP
from tui_digest.tui.page.text_view import TextView
from tui_digest.tui.reader import Reader

SIZE = (100, 30)
PAPER = "0612.90000"


class Open:
    """A reader with fake texts, open on a terminal."""

    def __init__(
        self, pilot: Pilot[str], texts: FakeTexts, browser: Browser, clipboard: FakeClipboard
    ) -> None:
        self.pilot = pilot
        self.texts = texts
        self.browser = browser
        self.clipboard = clipboard

    @property
    def reader(self) -> Reader:
        return reader_of(self.pilot.app)

    @property
    def view(self) -> TextView:
        pane = self.reader.panes.text
        assert pane is not None
        return pane.view

    @property
    def line(self) -> str:
        return self.view.lines[self.view.current].text.strip()

    @property
    def message(self) -> str:
        return self.reader.status.footer.message

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await settle(self.pilot)


def app_with(texts: FakeTexts, browser: Browser, clipboard: FakeClipboard, **options: object) -> ReaderApp:
    return make_app(texts=lambda: texts, browser=browser, clipboard=clipboard, **options)  # type: ignore[arg-type]


def opened(
    texts: FakeTexts | None = None, **options: object
) -> tuple[ReaderApp, FakeTexts, Browser, FakeClipboard]:
    texts, browser, clipboard = texts or FakeTexts(), Browser(), FakeClipboard()
    return app_with(texts, browser, clipboard, **options), texts, browser, clipboard


async def begin(pilot: Pilot[str], parts: tuple[ReaderApp, FakeTexts, Browser, FakeClipboard]) -> Open:
    await settle(pilot)
    found = Open(pilot, *parts[1:])
    await found.press("g", "f")
    return found


async def test_gf_shows_the_text_in_place_of_the_panes_and_escape_leads_back() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        assert found.line == "A made-up paper"
        assert found.view.lines[1].text.startswith("arXiv's HTML of v1, fetched 20 Nov")
        assert not found.reader.papers.display
        await found.press("escape")
        assert found.reader.panes.text is None
        assert found.reader.papers.display
        assert found.reader.papers.has_focus


async def test_enter_on_an_opened_paper_opens_its_text() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        reader = reader_of(pilot.app)
        assert reader.panes.text is None
        assert reader.panes.paper_open
        await pilot.press("enter")
        await settle(pilot)
        assert reader.panes.text is not None
        await pilot.press("escape")
        await settle(pilot)
        assert reader.panes.paper_open


async def test_a_paper_whose_text_was_opened_is_read() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        assert found.reader.papers.chosen is not None
        assert found.reader.papers.chosen.reading.read


async def test_while_it_is_fetched_the_abstract_stays_and_escape_stops_it() -> None:
    texts = FakeTexts(gate=asyncio.Event())
    parts = opened(texts)
    async with parts[0].run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("g", "f")
        await pilot.pause()
        reader = reader_of(pilot.app)
        assert reader.panes.text is None
        assert reader.pane.display
        assert reader.state.progress == "asking arXiv"
        await pilot.press("escape")
        await pilot.pause()
        assert reader.state.progress == ""
        assert reader.status.footer.message == "Fetching the text was stopped."
        assert texts.gate is not None
        texts.gate.set()
        await settle(pilot)
        assert reader.panes.text is None


async def test_a_text_that_comes_after_one_went_on_is_not_shown() -> None:
    texts = FakeTexts(gate=asyncio.Event())
    parts = opened(texts)
    async with parts[0].run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("g", "f", "j")
        assert texts.gate is not None
        texts.gate.set()
        await settle(pilot)
        assert reader_of(pilot.app).panes.text is None


async def test_a_failure_is_told_and_the_page_stays() -> None:
    parts = opened(FakeTexts(error="arXiv has no HTML of 0612.90000v1. The PDF has the text."))
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        assert found.reader.panes.text is None
        assert found.message.startswith("arXiv has no HTML")


async def test_one_moves_as_in_a_pager_and_as_in_a_paper() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("j", "j")
        assert found.view.current == 2
        await found.press("k", "k", "k")
        assert found.view.current == 0
        await found.press("}")
        assert found.line == "Abstract"
        await found.press("}", "}")
        assert found.line == "2  Rates"
        await found.press(")")
        assert found.line.startswith("Theorem 1.")
        await found.press("{")
        assert found.line == "2  Rates"
        await found.press("G")
        assert found.line.startswith("[1] A. Author.")
        await found.press("g", "g")
        assert found.view.current == 0
        await found.press("ctrl+o")
        assert found.line.startswith("[1] A. Author.")
        await found.press("g", "g", "ctrl+d", "pagedown", "space", "ctrl+u")
        assert found.view.top > 0


async def test_a_reference_shows_a_card_and_a_second_enter_goes_there() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("tab")
        before = found.view.current
        await found.press("enter")
        assert found.view.card is not None
        assert found.view.card.title == "Theorem 1"
        assert found.view.current == before
        await found.press("escape")
        assert found.view.card is None
        await found.press("enter", "enter")
        assert found.line.startswith("Theorem 1.")
        await found.press("ctrl+o")
        assert found.view.current == before


async def test_a_picture_and_a_link_open_in_the_browser() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("tab", "tab", "tab", "tab", "o")
        await found.press("tab", "enter")
        await found.press("{", "o")
        assert found.browser.opened == [
            "https://arxiv.org/html/0612.90000v1/x1.png",
            "https://example.org/paper",
            "https://arxiv.org/html/0612.90000v1#bib",
        ]


async def test_a_line_without_a_reference_says_so() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("enter")
        assert found.message == "No reference is on this line; Tab goes to the next one."


async def test_the_contents_lead_to_a_section() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("g", "o")
        screen = pilot.app.screen
        assert isinstance(screen, ChooserScreen)
        names = [str(option.prompt).strip() for option in screen.options.options]
        assert names == ["Abstract", "§1 Setup", "§2 Rates", "Theorem 1", "References"]
        await found.press("j", "j", "enter")
        assert found.line == "2  Rates"


async def test_searching_marks_counts_and_goes_round() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("/", *"scroll")
        lines = len(found.view.matches)
        assert found.message == f"{lines} lines match."
        await found.press("enter", "n")
        assert found.message == f"2 of {lines}"
        await found.press("N", "N")
        assert found.message == f"{lines} of {lines}"
        await found.press("escape")
        assert found.view.matches == ()
        assert found.reader.panes.text is not None
        await found.press("n")
        assert found.message == "Nothing is searched for; / searches in the text."


async def test_a_search_that_is_given_up_leaves_everything_as_it_was() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("}", "}")
        before = found.view.current
        await found.press("/", *"curves")
        assert found.view.current != before
        await found.press("escape")
        assert (found.view.current, found.view.matches) == (before, ())


async def test_tex_is_shown_as_written_and_rendered_again() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("\\")
        assert any(r"$\varepsilon$" in line.text for line in found.view.lines)
        await found.press("\\")
        assert not any(r"$\varepsilon$" in line.text for line in found.view.lines)


async def test_the_help_says_first_what_the_keys_do_in_a_text() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("?")
        screen = pilot.app.screen
        assert isinstance(screen, HelpScreen)
        lines = [line.content.plain for line in screen.text.lines]
        assert lines[:2] == [
            "In the whole text",
            "j ↓            Move a line down; with a number before it, that many.",
        ]
        assert not any("Go to the top of the list" in line or "mailing before" in line for line in lines)
        assert any("Mark the selected papers" in line for line in lines)


def test_what_is_said_of_commands_in_a_text_is_of_commands_that_do_something_there() -> None:
    assert set(TEXT_HELP) == set(IN_TEXT)
    assert set(TEXT_HELP) | NOT_IN_TEXT <= set(BY_ID)
    assert not set(TEXT_HELP) & NOT_IN_TEXT


async def test_the_notation_is_that_of_the_whole_paper() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("t")
        screen = pilot.app.screen
        assert isinstance(screen, ChooserScreen)
        rows = [str(option.prompt).split() for option in screen.options.options]
        assert ["ε", r"\varepsilon", "1", "§1"] in rows
        assert any(row[0] == "ℓ" and row[-2:] == ["Theorem", "1"] for row in rows)
        prompts = [str(option.prompt) for option in screen.options.options]
        assert len({prompt.index(row[1], 1) for prompt, row in zip(prompts, rows, strict=True)}) == 1


async def test_the_sections_address_and_the_tex_are_copied() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("}", "}", "y")
        await found.press("/", *"epsilon", "enter", "c")
        assert found.clipboard.texts == ["https://arxiv.org/html/0612.90000v1#S1", r"\varepsilon"]


async def test_a_note_gets_a_line_for_the_section_once() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("}", "}", "i", *"why")
        await found.press("escape")
        entry = found.reader.papers.chosen
        assert entry is not None
        assert entry.reading.note == "§1 Setup\nwhy"
        await found.press("i", *"so")
        await found.press("escape")
        entry = found.reader.papers.chosen
        assert entry is not None
        assert entry.reading.note.count("§1 Setup") == 1
        assert found.texts.kept == [PAPER, PAPER]


async def test_the_line_of_a_note_opens_the_text_at_its_section() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press(")", "i", *"why")
        await found.press("escape", "g", "g", "escape")
        assert "§2 Rates · Theorem 1\nwhy" in page_text(found.reader)
        await found.press("enter", "tab", "enter")
        assert found.line.startswith("Theorem 1")


async def test_a_note_written_on_the_page_keeps_the_text_that_is_stored() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        await settle(pilot)
        found = Open(pilot, *parts[1:])
        await found.press("i", *"why")
        await found.press("escape")
        assert found.texts.kept == [PAPER]


async def test_how_far_a_text_was_read_is_said_on_the_papers_page() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("}", "}", "escape")
        assert "Whole text: read as far as §1" in page_text(found.reader)
        await found.press("g", "f", "G", "g", "g", "escape")
        assert "Whole text: read to the end" in page_text(found.reader)


async def test_where_one_was_is_remembered_and_an_end_that_was_seen_is_said() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("}", "}", "j", "escape", "g", "f")
        assert found.view.block_at(found.view.current) == found.texts.places[PAPER].block
        await found.press("G", "escape")
        assert found.texts.places[PAPER].finished
        await found.press("g", "f")
        assert "You have read it to the end." in [line.text for line in found.view.lines]


async def test_leaving_the_reader_remembers_the_place() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("}", "}")
        await pilot.press("Q")
    assert isinstance(parts[1].places[PAPER], TextPlace)


@pytest.mark.parametrize("key", ["[", "]", "f", "h", "l", "J", "K", "T,n", "s,t"])
async def test_keys_of_the_list_say_that_they_do_nothing_here(key: str) -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press(*key.split(","))
        assert found.message.endswith("not while a text is read; Esc leads back.")


async def test_a_mark_is_given_while_one_reads_and_a_dismissed_paper_is_left() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("m")
        assert found.reader.papers.chosen is not None
        assert found.reader.papers.chosen.reading.mark == "to-read"
        await found.press("d")
        assert found.reader.panes.text is None


async def test_text_that_was_converted_again_and_a_later_version_are_told() -> None:
    texts = FakeTexts(changes={"changed": True, "later": 3, "warnings": ("It seems cut.",)})
    parts = opened(texts)
    async with parts[0].run_test(size=(160, 30)) as pilot:
        found = await begin(pilot, parts)
        told = [line.text for line in found.view.lines if line.role == "source"]
        assert told[1:] == [
            "v3 of the paper is out; this is the text of v1.",
            "arXiv converted this version again: the text changed since you read it.",
            "It seems cut.",
        ]


async def test_asking_again_fetches_it_anew() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await found.press("R")
        assert found.texts.asked == [(PAPER, False), (PAPER, True)]
        assert found.reader.panes.text is not None


async def test_texts_of_papers_marked_to_read_are_kept_where_the_settings_say_so() -> None:
    settings = Settings(reader=ReaderSettings(sort="announced", keep_text="to-read"))
    parts = opened(settings=settings)
    async with parts[0].run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        assert parts[1].asked == [(PAPER, False)]


async def test_without_the_setting_nothing_is_fetched_ahead() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        await settle(pilot)
        await pilot.press("m")
        await settle(pilot)
        assert parts[1].asked == []


async def test_the_wheel_scrolls_and_a_click_acts_on_a_reference() -> None:
    parts = opened()
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        line = next(n for n, one in enumerate(found.view.lines) if found.view.links(n) and one.block >= 0)
        link = found.view.links(line)[0]
        pane = found.reader.panes.text
        assert pane is not None
        column = (pane.size.width - 90 - 4) // 2 + 2 + link.span.start
        await pilot.click(pane, offset=(column, line - found.view.top + 1))
        await settle(pilot)
        assert found.view.card is not None
        await pilot.click(pane, offset=(30, pane.size.height - 1))
        await settle(pilot)
        assert found.line.startswith("Theorem 1.")


@pytest.mark.parametrize("size", [(40, 12), (60, 20), (200, 60), (20, 5)])
async def test_any_size_shows_the_text(size: tuple[int, int]) -> None:
    parts = opened()
    async with parts[0].run_test(size=size) as pilot:
        found = await begin(pilot, parts)
        await found.press("}", ")", "tab", "enter", "G", "g", "g")
        await pilot.resize_terminal(100, 30)
        await settle(pilot)
        assert found.view.current == 0
        assert replace(found.view.text).paper.number == PAPER


async def test_leaving_the_text_waits_for_no_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    """The place in the text is written by a thread, while the keys are answered."""
    monkeypatch.setattr("tui_digest.core.decisions.GRACE_S", 0.0)
    unlocked = threading.Event()

    class LockedTexts(FakeTexts):
        def remember(self, text: PaperText, place: TextPlace) -> None:
            assert unlocked.wait(20), "a key waited for the lock"
            super().remember(text, place)

    texts = LockedTexts()
    parts = opened(texts)
    async with parts[0].run_test(size=SIZE) as pilot:
        at = await begin(pilot, parts)
        await at.press("escape", "j")
        assert at.reader.panes.text is None
        assert at.reader.papers.cursor == 1
        assert not texts.places
        unlocked.set()
        assert at.reader.writes.writer.wait(20)
    assert texts.places
