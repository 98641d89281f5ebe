"""The mouse: the scrollbar is dragged, selected text is copied on release and looks selected."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from tests.tui.fakes import FakeClipboard, make_app, make_digest, make_paper, reader_of, settle
from tests.tui.theme.contrast import contrast
from tui_digest.tui.theme.themes import BLOCK_CONTRAST, TEXT_CONTRAST
from tui_digest.tui.widgets.scrollbar import DraggedScrollbar

WIDE = (120, 36)


async def drag(pilot: Pilot[str], widget: DraggedScrollbar, start: int, end: int) -> None:
    """Drag at the widget's right edge from one of its lines to another."""
    right = widget.size.width - 1
    await pilot.mouse_down(widget, offset=(right, start))
    await pilot.hover(widget, offset=(right - 5, end))
    await pilot.mouse_up(widget, offset=(right - 5, end))
    await pilot.pause()


async def test_the_scrollbar_of_the_list_is_dragged_and_the_cursor_stays() -> None:
    app = make_app(first=make_digest(80))
    async with app.run_test(size=WIDE) as pilot:
        papers = reader_of(app).papers
        await drag(pilot, papers, 1, papers.size.height - 1)
        assert papers.lines_of(79).stop == papers.size.height
        assert papers.cursor == 0
        await drag(pilot, papers, papers.size.height - 1, 1)
        assert papers.top == 0
        await pilot.click(papers, offset=(10, papers.lines_of(3).start))
        assert papers.cursor == 3


async def test_the_scrollbar_of_the_paper_is_dragged_and_selects_no_text() -> None:
    clipboard = FakeClipboard()
    app = make_app(
        first=make_digest(papers=(make_paper(0, abstract="Words and more. " * 900),)), clipboard=clipboard
    )
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        pane = reader_of(app).pane
        await drag(pilot, pane, 1, pane.size.height - 1)
        assert pane.top == len(pane.lines) + 1 - pane.size.height
        assert clipboard.texts == []


@pytest.mark.parametrize(
    "theme", ["digest-dark", "digest-light", "digest-contrast-dark", "digest-contrast-light"]
)
async def test_selected_text_is_copied_on_release_and_looks_selected(theme: str) -> None:
    clipboard = FakeClipboard()
    app = make_app(clipboard=clipboard)
    async with app.run_test(size=WIDE) as pilot:
        app.theme = theme
        await settle(pilot)
        pane = reader_of(app).pane
        await pilot.mouse_down(pane, offset=(3, 1))
        await pilot.hover(pane, offset=(7, 1))
        await pilot.mouse_up(pane, offset=(7, 1))
        await settle(pilot)
        assert clipboard.texts == ["Paper"]
        assert "The selection" in reader_of(app).status.footer.message
        parts = {part.text: part.style for part in pane.render_lines(pane.size.region)[1] if part.style}
        ground, selected = parts[next(text for text in parts if "number" in text)], parts["Paper"]
        assert contrast(selected.bgcolor, ground.bgcolor) >= BLOCK_CONTRAST
        assert contrast(selected.color, selected.bgcolor) >= TEXT_CONTRAST


@pytest.mark.parametrize(
    ("keys", "shown"), [("?", "#help-text"), ("g c", "#triage-paper"), ("D", "#calendar-day")]
)
async def test_what_is_selected_in_a_dialog_is_copied_and_the_dialog_says_so(keys: str, shown: str) -> None:
    clipboard = FakeClipboard()
    app = make_app(clipboard=clipboard)
    async with app.run_test(size=WIDE, notifications=True) as pilot:
        await settle(pilot)
        await pilot.press(*keys.split())
        await settle(pilot)
        widget = app.screen.query_one(shown)
        await pilot.mouse_down(widget, offset=(3, 0))
        await pilot.hover(widget, offset=(9, 0))
        await pilot.mouse_up(widget, offset=(9, 0))
        await settle(pilot)
        (copied,) = clipboard.texts
        assert copied.strip()
        assert [each.message for each in app._notifications] == [reader_of(app).status.footer.message]
