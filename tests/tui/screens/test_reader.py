"""The reader through its keys: moving, days, the paper, leaving, and what it says when things fail."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from textual import events
from textual.widgets import Input, TextArea

from tests.tui.fakes import (
    DAY,
    Browser,
    FakeDays,
    make_app,
    make_digest,
    make_paper,
    page_text,
    reader_of,
    run_in_palette,
    screen_of,
    settle,
)
from tui_digest.paper import Completeness, CompletenessState
from tui_digest.settings import ReaderSettings, Settings
from tui_digest.tui.dialogs.help import HelpScreen
from tui_digest.tui.state import PLAY_DEMO, ReaderOptions

WIDE = (120, 36)


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        (["j"], 1),
        (["down", "down", "up"], 1),
        (["j", "j", "k"], 1),
        (["5", "j"], 5),
        (["G"], 11),
        (["end"], 11),
        (["G", "g", "g"], 0),
        (["G", "home"], 0),
        (["7", "G"], 6),
        (["1", "0", "j"], 10),
        (["9", "9", "j"], 11),
        (["k"], 0),
        (["pagedown"], 11),
        (["ctrl+d", "ctrl+u"], 0),
    ],
)
async def test_keys_move_in_the_list(keys: list[str], place: int) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press(*keys)
        assert reader_of(app).papers.cursor == place


async def test_half_a_page_is_half_of_what_is_in_view() -> None:
    app = make_app(first=make_digest(60))
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("ctrl+d")
        assert reader.papers.cursor == round(reader.papers.page_rows / 2)


async def test_a_page_on_and_back_and_the_views_by_their_keys() -> None:
    app = make_app(first=make_digest(60))
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("ctrl+f")
        assert reader.papers.cursor == reader.papers.page_rows
        await pilot.press("ctrl+b")
        assert reader.papers.cursor == 0
        await pilot.press("1", "2", "j", "x", "m")
        await settle(pilot)
        counts = []
        for keys in ("g2", "g3", "g1", "U", "U"):
            await pilot.press(*keys)
            counts.append(reader.listing.count)
        assert counts == [59, 1, 60, 59, 60]
        await pilot.press("Z", "Z")
        await pilot.pause()
    assert app.return_code == 0


async def test_the_paper_beside_the_list_follows_the_cursor() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("j", "j")
        await pilot.pause()
        text = page_text(reader_of(app))
        assert "Paper number 2 on ℓ₂ norms" in text
        assert "‖x‖₂" in text
        assert "𝒪(1/√T)" in text
        assert "Optimization and Control" in text


async def test_a_sequence_shows_what_may_follow_and_escape_forgets_it() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("G", "g")
        reader = reader_of(app)
        assert "first paper" in reader.status.footer.render_line(0).text
        await pilot.press("escape", "g")
        assert reader.papers.cursor == 11
        await pilot.press("g")
        assert reader.papers.cursor == 0


async def test_j_and_k_scroll_the_paper_and_leave_the_focus() -> None:
    long = make_paper(0, abstract="A long abstract that goes on and on. " * 200)
    app = make_app(first=make_digest(papers=(long,)))
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("J", "J")
        assert reader.pane.top == 6
        assert reader.papers.has_focus
        await pilot.press("K")
        assert reader.pane.top == 3
        await pilot.press("tab", "G")
        assert reader.pane.top + reader.pane.size.height == len(reader.pane.lines) + 1
        await pilot.press("g", "g")
        assert reader.pane.top == 0


@pytest.mark.parametrize(
    ("keys", "place", "at_end"),
    [("lG", 0, True), ("\tG", 0, True), ("lGh", 0, True), ("lGhG", 11, False), ("lGgghj", 1, False)],
)
async def test_keys_typed_ahead_move_in_the_pane_that_has_the_focus_by_then(
    keys: str, place: int, at_end: bool
) -> None:
    abstract = "A long abstract that goes on and on. " * 200
    app = make_app(first=make_digest(papers=tuple(make_paper(n, abstract=abstract) for n in range(12))))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        for key in keys:
            app.post_message(events.Key("tab" if key == "\t" else key, key))
        await pilot.pause()
        assert reader.papers.cursor == place
        last_top = len(reader.pane.lines) + 1 - reader.pane.size.height
        assert last_top > 0
        assert reader.pane.top == (last_top if at_end else 0)


async def test_enter_opens_the_paper_wide_and_escape_goes_back() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("enter")
        await pilot.pause()
        assert not reader.papers.display
        assert reader.pane.size.width == WIDE[0]
        await pilot.press("escape")
        await pilot.pause()
        assert reader.papers.display
        assert reader.papers.has_focus


async def test_a_narrow_terminal_shows_one_pane_at_a_time() -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        reader = reader_of(app)
        await pilot.pause()
        assert reader.papers.display
        assert not reader.pane.display
        await pilot.press("enter")
        await pilot.pause()
        assert not reader.papers.display
        assert reader.pane.display
        await pilot.press("q")
        await pilot.pause()
        assert reader.papers.display


async def test_resizing_keeps_the_chosen_paper_in_view() -> None:
    app = make_app(first=make_digest(80))
    async with app.run_test(size=(200, 60)) as pilot:
        reader = reader_of(app)
        await pilot.press("4", "0", "G")
        for size in ((60, 20), (120, 36), (40, 12)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            papers = reader.papers
            assert papers.cursor == 39
            lines = papers.lines_of(39)
            assert lines.start >= 0
            assert lines.stop <= papers.size.height


async def test_zen_shows_nothing_but_the_paper() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.press("z")
        await pilot.pause()
        assert not reader.status.header.display
        assert not reader.status.footer.display
        assert reader.pane.size.height == WIDE[1]
        await pilot.press("z", "escape")
        await pilot.pause()
        assert reader.status.header.display


async def test_days_are_walked_and_what_is_not_stored_is_fetched() -> None:
    before, long_ago = DAY - timedelta(days=1), DAY - timedelta(days=2)
    days = FakeDays({day: make_digest(3, day) for day in (DAY, before, long_ago)}, stored_days={DAY, before})
    app = make_app(days, make_digest())
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        days.asked.clear()
        await pilot.press("[")
        assert reader.state.digest is not None
        assert reader.state.digest.date == before
        assert days.asked == []
        await pilot.press("[")
        await settle(pilot)
        assert reader.state.digest.date == long_ago
        assert days.asked == [(long_ago, False)]
        await pilot.press("]", "]")
        await settle(pilot)
        assert reader.state.digest.date == DAY
        await pilot.press("]")
        assert "this is the newest mailing" in reader.status.footer.message


async def test_the_stored_day_can_be_read_while_arxiv_is_asked() -> None:
    gate = asyncio.Event()
    fresh = make_digest(20)
    days = FakeDays({DAY: fresh}, gate=gate)
    app = make_app(days, make_digest(12))
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.pause()
        await pilot.press("j", "j", "j")
        assert "asking arXiv" in reader.status.header.render_line(0).text
        assert reader.papers.cursor == 3
        gate.set()
        await settle(pilot)
        assert len(reader.papers.entries) == 20
        assert reader.papers.cursor == 3
        assert "asking" not in reader.status.header.render_line(0).text


async def test_a_failure_keeps_the_last_good_day_and_says_so() -> None:
    days = FakeDays(
        {DAY: make_digest()}, problem="arXiv answered with a web page instead of papers; Friday's are kept."
    )
    app = make_app(days, make_digest())
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        assert len(reader.papers.entries) == 12
        assert reader.status.banner.display
        assert "a web page instead of papers" in reader.status.banner.render_line(0).text


async def test_an_empty_first_start_says_what_happened_and_what_one_can_do() -> None:
    days = FakeDays(error="arXiv could not be reached: no route to it. Nothing is stored yet.")
    app = make_app(days)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        text = page_text(reader)
        assert "could not be reached" in text
        assert "R  refresh: ask arXiv again" in text
        assert "P  play the demo" in text
        days.error = ""
        days.digests[DAY] = make_digest()
        await pilot.press("R")
        await settle(pilot)
        assert len(reader.papers.entries) == 12


async def test_the_demo_can_be_asked_for_from_an_empty_reader() -> None:
    app = make_app(FakeDays(error="arXiv could not be reached."))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("P")
    assert app.return_value == PLAY_DEMO


async def test_off_line_nothing_is_asked() -> None:
    days = FakeDays({DAY: make_digest()})
    app = make_app(days, make_digest(), options=ReaderOptions(offline=True))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("R")
        await settle(pilot)
        reader = reader_of(app)
        assert days.asked == []
        assert "the reader is offline" in reader.status.footer.message
        assert "offline, fetched 2 h ago" in reader.status.header.render_line(0).text
        await pilot.press("[")
        await settle(pilot)
        told = "Thu 19 Nov 2026 is not stored, and the reader is offline."
        assert reader.status.footer.message == told


async def test_o_and_p_open_the_papers_own_pages() -> None:
    browser = Browser()
    app = make_app(browser=browser)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("o", "p")
        assert browser.opened == ["https://arxiv.org/abs/0612.90000v1", "https://arxiv.org/pdf/0612.90000v1"]
        browser.works = False
        await pilot.press("o")
        assert "No browser could be started" in reader_of(app).status.footer.message


async def test_backslash_shows_tex_as_written() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("\\")
        await pilot.pause()
        assert "$\\mathcal{O}(1/\\sqrt{T})$" in page_text(reader_of(app))
        await pilot.press("\\")
        assert "𝒪(1/√T)" in page_text(reader_of(app))


async def test_help_can_be_searched_and_says_what_cannot_be_done() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("?")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, HelpScreen)
        assert "not now: this is the newest mailing" in "\n".join(
            line.content.plain for line in screen.text.lines
        )
        await pilot.press(*"browser")
        await pilot.pause()
        lines = [line.content.plain for line in screen.text.lines if line.content.plain]
        assert "o              Open the paper's page in the browser." in lines
        assert not any("arXiv again" in line for line in lines)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is screen_of(app)


async def test_the_palette_runs_a_command() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await run_in_palette(pilot, "last paper")
        assert reader_of(app).papers.cursor == 11


async def test_q_goes_back_and_then_quits() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "q")
        assert app.is_running
        await pilot.press("q")
    assert not app.is_running


async def test_the_users_own_keys_count() -> None:
    own = Settings(keys={"down": "n", "up": ("p", "up")}, reader=ReaderSettings(sort="announced"))
    app = make_app(settings=own)
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("n", "n", "j")
        assert reader_of(app).papers.cursor == 2
        await pilot.press("p")
        assert reader_of(app).papers.cursor == 1


async def test_the_notice_says_why_a_digest_is_not_complete() -> None:
    partial = Completeness(
        state=CompletenessState.PARTIAL, shown=12, announced=40, note="arXiv promised 40 papers and gave 12."
    )
    app = make_app(first=make_digest(completeness=partial), options=ReaderOptions(offline=True))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.pause()
        reader = reader_of(app)
        assert "partial 12/40" in reader.status.header.render_line(0).text
        assert "gave 12" in reader.status.banner.render_line(0).text


async def test_a_click_chooses_a_paper_and_a_double_click_opens_it() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        await pilot.click("#papers", offset=(10, reader.papers.lines_of(2).start))
        assert reader.papers.cursor == 2
        await pilot.click("#papers", offset=(10, 0))
        assert reader.papers.cursor == 2
        await pilot.click("#papers", offset=(10, reader.papers.lines_of(3)[-1]), times=2)
        await pilot.pause()
        assert reader.panes.paper_open


async def test_after_the_newest_the_missed_days_are_fetched() -> None:
    days = FakeDays({DAY: make_digest()})
    app = make_app(days, make_digest())
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert days.asked == [(None, False)]
        assert days.caught_up == 1


async def test_escape_stops_asking_and_keeps_what_is_shown() -> None:
    days = FakeDays({DAY: make_digest(20)}, gate=asyncio.Event())
    app = make_app(days, make_digest(12))
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        while not reader.state.progress:
            await pilot.pause()
        await pilot.press("escape")
        while reader.state.progress:
            await pilot.pause()
        assert len(reader.papers.entries) == 12
        assert "was stopped" in reader.status.footer.message


async def test_keys_of_ones_own_that_clash_are_named_at_the_start() -> None:
    app = make_app(settings=Settings(keys={"down": "u"}), options=ReaderOptions(offline=True))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        message = reader_of(app).status.footer.message
        assert message.strip().startswith("[keys] in config.toml: u is both ")


@pytest.mark.parametrize("key", ["colon", "question_mark", "f", "i", "W"])
async def test_nothing_blinks(key: str) -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await pilot.pause()
        fields = [*app.screen.query(Input), *app.screen.query(TextArea)]
        assert fields
        assert not any(field.cursor_blink for field in fields)
