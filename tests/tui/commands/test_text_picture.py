"""Pictures of a whole text: over it where the extra `images` is there, else in the browser."""

from __future__ import annotations

import asyncio
import io
from importlib import import_module
from typing import Any

import pytest
from textual.widget import Widget

from tests.tui.commands.test_text import Open, begin, opened
from tests.tui.fake_texts import FakeTexts
from tests.tui.fakes import settle
from tui_digest.core.texts import PaperText, Progress
from tui_digest.render import picture as pictures
from tui_digest.tui.dialogs.picture import PictureScreen
from tui_digest.tui.state import ReaderOptions

SIZE = (100, 30)
ADDRESS = "https://arxiv.org/html/0612.90000v1/x1.png"
needs_images = pytest.mark.skipif(
    not pictures.can_show_pictures(), reason="the extra `images` is not installed"
)


def png(width: int = 80, height: int = 50) -> bytes:
    image: Any = import_module("PIL.Image")
    made = io.BytesIO()
    image.new("RGBA", (width, height), (255, 0, 0, 128)).save(made, "PNG")
    return made.getvalue()


class Pictures(FakeTexts):
    """Texts with one picture; `gate`, when set, holds it."""

    body = b""
    asked_for: tuple[str, ...] = ()

    async def picture(self, text: PaperText, source: str, progress: Progress) -> bytes:
        self.asked_for += (source,)
        progress("asking arXiv for the picture")
        if self.gate is not None:
            await self.gate.wait()
        return self.body


async def at_the_figure(found: Open) -> None:
    await found.press("/", *"curves", "enter")
    assert "Figure 1" in found.line


@needs_images
@pytest.mark.filterwarnings("ignore:Image.Image.getdata is deprecated:DeprecationWarning")
async def test_enter_on_a_figure_shows_its_picture_and_o_opens_it_in_the_browser() -> None:
    texts = Pictures()
    texts.body = png()
    parts = opened(texts, options=ReaderOptions(offline=True))
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await at_the_figure(found)
        await found.press("enter")
        screen = pilot.app.screen
        assert isinstance(screen, PictureScreen)
        assert texts.asked_for == ("x1.png",)
        shown = screen.query_one("#picture-image", Widget)
        assert 0 < shown.size.width <= 98
        assert 0 < shown.size.height <= 28
        await found.press("o")
        assert found.browser.opened == [ADDRESS]
        await found.press("escape")
        assert found.reader.panes.text is not None


@needs_images
async def test_escape_stops_the_picture_and_damage_is_told_in_a_sentence() -> None:
    texts = Pictures()
    parts = opened(texts, options=ReaderOptions(offline=True))
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await at_the_figure(found)
        texts.gate = asyncio.Event()
        await pilot.press("enter")
        await pilot.pause()
        await found.press("escape")
        assert found.message == "Fetching the picture was stopped."
        assert found.reader.panes.text is not None
        texts.gate, texts.body = None, png()[:60]
        await found.press("enter")
        assert found.message.endswith("o opens it in the browser.")
        assert not isinstance(pilot.app.screen, PictureScreen)


async def test_without_the_extra_the_browser_has_it_and_one_sentence_says_how(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pictures, "can_show_pictures", lambda: False)
    parts = opened(Pictures())
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await at_the_figure(found)
        await found.press("enter")
        await settle(pilot)
        assert found.browser.opened == [ADDRESS]
        assert "the extra `images`" in found.message


async def test_without_colours_no_picture_is_drawn() -> None:
    parts = opened(Pictures(), options=ReaderOptions(offline=True, colour=False))
    async with parts[0].run_test(size=SIZE) as pilot:
        found = await begin(pilot, parts)
        await at_the_figure(found)
        await found.press("enter")
        assert found.browser.opened == [ADDRESS]
