"""Hostile text in everything that shows text: nothing crashes, nothing acts, nothing reaches the terminal."""

from __future__ import annotations

import re

import pytest
from msgspec import structs
from textual import events
from textual.pilot import Pilot
from textual.widget import Widget

from tests.tui.fakes import (
    DAY,
    FakeDays,
    FakeModels,
    make_app,
    make_digest,
    make_explanation,
    reader_of,
    settle,
)
from tests.tui.hostile import TEXTS, hostile_digest
from tui_digest.errors import ModelError
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.ports import Patience
from tui_digest.tui.screens.reader import ReaderOptions

OFFLINE = ReaderOptions(offline=True)
PAPER = "0612.90000"
FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)

SPREADING = ("long-word", "combining", "wide")
SHOWING = ("\\", "enter G", "v j", ": e", "i", "a enter", "M", "m g q", "g h", "F")
"""Keys that show, one after the other, whatever can be shown of a paper, its note and the history."""


def check(app: ReaderApp) -> None:
    """Look at everything that stands on the screens: no controls, no actions."""
    assert app.is_running
    for screen in app.screen_stack:
        for widget in screen.walk_children(Widget):
            if not widget.display or not widget.size.area:
                continue
            for strip in widget.render_lines(widget.size.region):
                assert not FORBIDDEN.search(strip.text), (widget, strip.text)
                for _, style, _ in strip:
                    assert style is None or not any("click" in key for key in style.meta), widget
                    assert style is None or style.link is None, widget


async def paste(pilot: Pilot[str], text: str) -> None:
    """Text as a terminal hands it over when it is pasted."""
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()


@pytest.mark.parametrize(
    ("text", "size"),
    [*((text, (100, 30)) for text in TEXTS.values()), *((TEXTS[name], (44, 12)) for name in SPREADING)],
    ids=[*TEXTS, *(f"{name}-narrow" for name in SPREADING)],
)
async def test_of_a_paper_and_a_note(text: str, size: tuple[int, int]) -> None:
    app = make_app(first=hostile_digest(text), options=OFFLINE)
    app.services.shelf.write_note(PAPER, text)
    app.services.shelf.save_filter(text[:40], "norms")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        check(app)
        for keys in SHOWING:
            await pilot.press(*keys.split())
            await settle(pilot)
            check(app)
            await pilot.press("escape", "escape", "escape")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_of_a_model(text: str) -> None:
    models = FakeModels()
    app = make_app(models=models, options=OFFLINE)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await pilot.press("e")
        models.say(PAPER, Patience(text))
        await pilot.pause(0.1)
        check(app)
        for piece in (text[: len(text) // 2], text[len(text) // 2 :], "\n\nMore. ", text):
            models.say(PAPER, piece)
            await pilot.pause(0.1)
            check(app)
        models.say(PAPER, make_explanation(PAPER, text, model=text, stopped=text, complete=False))
        await settle(pilot)
        check(app)
        await pilot.press("E")
        models.say(PAPER, ModelError(text))
        await settle(pilot)
        check(app)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_of_arxiv_when_it_fails(text: str) -> None:
    for days in (FakeDays(error=text), FakeDays({DAY: make_digest(3)}, problem=text)):
        app = make_app(days)
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            check(app)
            reader_of(app).tell_progress(text)
            await pilot.pause()
            check(app)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_of_a_digests_own_words(text: str) -> None:
    plain = make_digest(3)
    digest = structs.replace(plain, completeness=structs.replace(plain.completeness, note=text))
    app = make_app(first=digest, options=OFFLINE)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        check(app)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("keys", ["/", "f", "g s", ":", "?", "i", "M enter"])
async def test_of_what_is_pasted(keys: str, text: str) -> None:
    app = make_app(options=OFFLINE)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press(*keys.split())
        await pilot.pause()
        await paste(pilot, text)
        check(app)
        await pilot.press("enter")
        await settle(pilot)
        check(app)
        await pilot.press("escape", "escape", "F")
        await settle(pilot)
        check(app)


async def test_a_note_that_was_only_looked_at_stays_as_it_is() -> None:
    app = make_app(options=OFFLINE)
    shelf = app.services.shelf
    note = f"{TEXTS['lines']} {TEXTS['bidi']}"
    shelf.write_note(PAPER, note)
    kept = shelf.entries(make_digest(1).papers)[0].reading.note
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert reader_of(app).key_bar.message == "The note is as it was."
    assert shelf.entries(make_digest(1).papers)[0].reading.note == kept
