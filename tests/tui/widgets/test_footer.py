"""A message that has no room in the footer takes lines over the panes, and moves nothing."""

from __future__ import annotations

import pytest
from textual.content import Content

from tests.tui.fakes import make_app, make_digest, reader_of, screen_of, settle
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.dialogs.triage import TriageScreen
from tui_digest.tui.reader import Reader
from tui_digest.tui.widgets.footer import MessageOverlay
from tui_digest.tui.widgets.paper_pane import PaperPane
from tui_digest.tui.widgets.prompt_line import PromptLine

WORDS = "The file could not be written, for there is no space left on the device; nothing was changed. "


def lines_of(app: ReaderApp) -> list[str]:
    """The message's lines as they are over the panes; none when it is in the footer."""
    found = screen_of(app).query(MessageOverlay)
    return [strip.text.strip() for widget in found for strip in widget.render_lines(widget.size.region)]


def places(reader: Reader) -> tuple[object, ...]:
    """Where list and page are, and how large."""
    papers, pane = reader.papers, reader.pane
    return (papers.cursor, papers.scroll_offset, papers.size, pane.top, pane.size)


@pytest.mark.parametrize(
    ("size", "times", "expected"),
    [
        ((120, 36), 1, 0),
        ((120, 36), 2, 2),
        ((80, 24), 1, 2),
        ((80, 24), 2, 3),
        ((40, 20), 1, 3),
        ((40, 12), 9, 3),
    ],
)
async def test_as_many_lines_as_it_needs_and_nothing_moves(
    size: tuple[int, int], times: int, expected: int
) -> None:
    app = make_app(first=make_digest(40))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        await pilot.press("G", "k", "J", "J")
        await pilot.pause()
        before = places(reader)
        reader.notify((WORDS * times).strip())
        await pilot.pause()
        lines = lines_of(app)
        assert len(lines) == expected
        whole = " ".join(lines) or reader.status.footer.render_line(0).text.strip()
        assert (WORDS * times).strip().startswith(whole.rstrip("…").rstrip())
        assert whole == (WORDS * times).strip() or (len(lines) == 3 and whole.endswith("…"))
        tall = size[1] >= 16
        assert not tall or places(reader) == before
        if lines:
            assert (
                screen_of(app).query_one(MessageOverlay).region.bottom
                == screen_of(app).query_one("#panes").region.bottom
            )
            assert "move" in reader.status.footer.render_line(0).text
        await pilot.press("escape")
        await pilot.pause()
        assert lines_of(app) == []
        assert places(reader) == before


async def test_it_is_set_anew_when_the_terminal_changes() -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        reader.notify(WORDS.strip(), warning=True)
        await pilot.pause()
        assert lines_of(app) == []
        assert WORDS.strip() in reader.status.footer.render_line(0).text
        await pilot.resize_terminal(60, 24)
        await pilot.pause()
        assert " ".join(lines_of(app)) == WORDS.strip()
        await pilot.resize_terminal(120, 36)
        await pilot.pause()
        assert lines_of(app) == []


async def test_what_is_being_typed_stays_in_view() -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=(40, 20)) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        await pilot.press("f", *"is:purple", "enter")
        await pilot.pause()
        lines = lines_of(app)
        assert len(lines) > 1
        prompt = screen_of(app).query_one(PromptLine)
        assert not screen_of(app).query_one(MessageOverlay).region.overlaps(prompt.region)
        assert "is:purple" in str(reader.field and reader.field.text)


async def test_a_second_message_takes_the_place_of_the_first() -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        reader.notify(WORDS * 2)
        reader.notify(WORDS.strip())
        await pilot.pause()
        assert " ".join(lines_of(app)) == WORDS.strip()
        reader.notify("Short.")
        await pilot.pause()
        assert lines_of(app) == []
        assert "Short." in reader.status.footer.render_line(0).text


async def test_on_a_card_too() -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=(40, 20)) as pilot:
        await settle(pilot)
        await pilot.press("g", "c")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, TriageScreen)
        screen.footer.show_message(Content(WORDS.strip()))
        await pilot.pause()
        lines = screen.query_one(MessageOverlay)
        assert lines.region.height == 3
        assert lines.region.bottom == screen.pane.region.bottom
        await pilot.press("m")
        await pilot.pause()
        assert not screen.query(MessageOverlay)


@pytest.mark.parametrize("width", [80, 120])
async def test_the_footer_belongs_to_the_situation(width: int) -> None:
    app = make_app()
    async with app.run_test(size=(width, 30)) as pilot:
        await settle(pilot)
        reader = reader_of(app)

        def offered() -> str:
            return reader.status.footer.render_line(0).text.strip()

        assert offered().startswith("Enter open   j k move")
        assert offered().endswith("? help   q quit")
        await pilot.press("enter")
        assert offered().startswith("Esc back   n next   gf whole paper")
        assert offered().endswith("? help")
        await pilot.press("escape", "/", *"number", "enter", "j")
        assert offered().startswith("Enter open   n next match   Esc end")
        await pilot.press("escape", "m", "g", "q")
        await pilot.pause()
        reader.clear_message()
        assert offered().startswith("Enter open   Esc back")


async def test_help_begins_with_every_sign() -> None:
    app = make_app()
    async with app.run_test(size=(120, 50)) as pilot:
        await pilot.press("?")
        await pilot.pause()
        pane = app.screen.query_one("#help-text", PaperPane)
        lines = [line.content.plain for line in pane.lines]
        assert lines[0] == "Signs"
        signs = {line.split()[0] for line in lines[1 : lines.index("Moving") - 1] if not line.startswith(" ")}
        assert signs == set("●★✓✕○■▸♦✎∴⊘◇▲#")
        await pilot.press(*"withdrawn")
        await pilot.pause()
        assert [line.content.plain.split()[0] for line in pane.lines] == ["Signs", "⊘"]
