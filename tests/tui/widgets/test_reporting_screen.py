"""What changes is drawn when it is known, not when Textual's timer of frames ticks next."""

from __future__ import annotations

import asyncio
from time import monotonic

import pytest
from textual.screen import UPDATE_PERIOD
from textual.timer import Timer

from tests.tui.fakes import make_app, make_digest, screen_of, settle, work_done
from tui_digest.core import listing
from tui_digest.tui.screens.reader import ReaderScreen
from tui_digest.tui.widgets import reporting_screen


class Frames:
    """The frames of a screen whose timer never ticks; its clock stands still until it is set."""

    def __init__(self, screen: ReaderScreen, monkeypatch: pytest.MonkeyPatch) -> None:
        self.drawn = 0
        self.now = monotonic() + 1.0
        draw = screen._compositor_refresh

        def draw_and_count() -> None:
            self.drawn += 1
            draw()

        monkeypatch.setattr(screen, "_compositor_refresh", draw_and_count)
        monkeypatch.setattr(reporting_screen, "monotonic", lambda: self.now)
        monkeypatch.setattr(Timer, "resume", lambda timer: None)


async def idle() -> None:
    """Let all queues run empty. The pilot's pause would draw, as the timer does."""
    for _ in range(50):
        await asyncio.sleep(0)


async def test_a_key_is_drawn_without_the_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(first=make_digest(40))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        screen = screen_of(app)
        frames = Frames(screen, monkeypatch)
        await pilot.press("j")
        await idle()
        assert frames.drawn == 1
        assert not screen._dirty_widgets
        await pilot.press("j")
        await idle()
        assert frames.drawn == 1  # a frame was drawn just now: this one is left to the timer
        assert screen._dirty_widgets
        frames.now += 2 * UPDATE_PERIOD
        await pilot.press("j")
        await idle()
        assert frames.drawn == 2
        assert not screen._dirty_widgets


async def test_what_a_filter_finds_is_drawn_right_behind_its_letter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "SMALL_LIST", 10)
    app = make_app(first=make_digest(40))
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await pilot.press("f")
        await settle(pilot)
        screen = screen_of(app)
        frames = Frames(screen, monkeypatch)
        await pilot.press("3")
        await work_done(app)
        await idle()
        assert screen.reader.listing.count < 40
        assert frames.drawn == 2  # the letter, and what it finds
        assert not screen._dirty_widgets
