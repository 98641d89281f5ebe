"""Hostile text in everything that shows text: nothing crashes, nothing acts, nothing reaches the terminal."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec import structs
from textual.pilot import Pilot
from textual.widget import Widget

from tests.tui.fakes import (
    DAY,
    FakeDays,
    FakeModels,
    finished,
    library_of,
    make_app,
    make_digest,
    make_explanation,
    reader_of,
    settle,
    shown,
)
from tests.tui.hostile import MIXED, TEXTS, hostile_digest
from tests.tui.pictures import paste
from tui_digest.cli.config_edit import UserConfig
from tui_digest.core.services import CommandEnd
from tui_digest.errors import ModelError
from tui_digest.interests import InterestKind, Stance
from tui_digest.model_service import RetryNotice
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.dialogs.command_output import CommandOutputScreen
from tui_digest.tui.state import ReaderOptions
from tui_digest.tui.tasks.settings import change_settings

OFFLINE = ReaderOptions(offline=True)
PAPER = "0612.90000"
FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)

SPREADING = ("long-word", "wide")
SHOWING = (
    *("\\", "enter G", "v j", ": e", "i", "a enter", "M", "m g q", "g h", "F"),
    *("t G", "L", "W", "W tab j", "g c", "g c m", "g c ctrl+d", "D", ",", ", j j j enter", "?", "f", "R"),
)
"""Keys that show, one after the other, whatever can be shown of a paper, its note and the history."""
PASTED_INTO = ("/", "f", "g s", ":", "?", "i", "M enter", "|", ", j j j enter", "W tab tab tab")
"""Keys that open, one after the other, whatever text can be typed into."""


def check(app: ReaderApp) -> None:
    """Look at everything that is on the screens: no controls, no actions."""
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


async def show(pilot: Pilot[str], keys: str) -> None:
    """Press these keys, wait for what they set going, and look at everything."""
    await pilot.press(*keys.split())
    await finished(pilot.app)
    await pilot.pause()
    app = pilot.app
    assert isinstance(app, ReaderApp)
    check(app)


async def back(pilot: Pilot[str]) -> None:
    """Close whatever was opened."""
    await pilot.press("escape")
    while len(pilot.app.screen_stack) > 1:
        await pilot.press("escape")
    await pilot.press("escape")


@pytest.mark.parametrize(
    ("text", "size"),
    [*((text, (100, 30)) for text in MIXED.values()), *((MIXED[name], (44, 12)) for name in SPREADING)],
    ids=[*MIXED, *(f"{name}-narrow" for name in SPREADING)],
)
async def test_of_a_paper_and_a_note(text: str, size: tuple[int, int]) -> None:
    app = make_app(first=hostile_digest(text), options=OFFLINE)
    app.services.library.marks.note(PAPER, text)
    app.services.library.filters.save(text[:40], "norms")
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        check(app)
        for keys in SHOWING:
            await show(pilot, keys)
            await back(pilot)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_of_the_first_screen(text: str) -> None:
    app = make_app(first=hostile_digest(text), options=OFFLINE)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        check(app)


@pytest.mark.parametrize("text", MIXED.values(), ids=MIXED)
async def test_of_a_model(text: str) -> None:
    models = FakeModels()
    app = make_app(models=models, options=OFFLINE)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await pilot.press("e")
        models.say(PAPER, RetryNotice(text, 2))
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


@pytest.mark.parametrize("text", MIXED.values(), ids=MIXED)
async def test_of_arxiv_when_it_fails(text: str) -> None:
    for days in (FakeDays(error=text), FakeDays({DAY: make_digest(3)}, problem=text)):
        app = make_app(days)
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            check(app)
            reader_of(app).show_progress(text)
            await pilot.pause()
            check(app)


@pytest.mark.parametrize("text", MIXED.values(), ids=MIXED)
async def test_of_a_digests_own_words(text: str) -> None:
    plain = make_digest(3)
    digest = structs.replace(plain, completeness=structs.replace(plain.completeness, note=text))
    app = make_app(first=digest, options=OFFLINE)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        check(app)


@pytest.mark.parametrize("text", MIXED.values(), ids=MIXED)
async def test_of_what_is_pasted(text: str) -> None:
    app = make_app(options=OFFLINE)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        for keys in PASTED_INTO:
            await pilot.press(*keys.split())
            await pilot.pause()
            paste(pilot, text)
            await pilot.pause()
            check(app)
            await show(pilot, "enter")
            await back(pilot)
        await show(pilot, "F")


@pytest.mark.parametrize("text", MIXED.values(), ids=MIXED)
async def test_of_what_a_search_over_everything_finds(text: str) -> None:
    app = make_app(first=hostile_digest(text), options=OFFLINE)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("g", "s")
        await pilot.pause()
        paste(pilot, "au:second")
        await pilot.pause()
        await show(pilot, "enter")
        assert len(shown(reader_of(app))) == 3
        await show(pilot, "enter")


@pytest.mark.parametrize("text", MIXED.values(), ids=MIXED)
async def test_of_a_command_that_papers_are_piped_to(text: str) -> None:
    async def run(command: str, given: str) -> CommandEnd:
        return CommandEnd(1, output=text, errors=text, output_cut=True)

    app = make_app(options=OFFLINE, run_command=run)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("|")
        await pilot.pause()
        paste(pilot, f"wc {text}")
        await pilot.pause()
        await show(pilot, "enter")
        assert isinstance(app.screen, CommandOutputScreen)
        await show(pilot, "pagedown")


@pytest.mark.parametrize("text", MIXED.values(), ids=MIXED)
async def test_of_the_settings(text: str) -> None:
    """A model's name comes from the environment, an interest from the library, a path from the machine."""
    models = FakeModels(problem=text)
    app = make_app(first=hostile_digest(text), models=models, options=OFFLINE)
    app.services = structs.replace(app.services, config=UserConfig(Path(text[:40].replace("\x00", ""))))
    app.services.library.following.set(InterestKind.WORD, text[:200], Stance.FOLLOW)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        change_settings(reader_of(app), {"categories": (text,)})
        await pilot.pause()
        await show(pilot, "comma")
        for _ in range(6):
            await show(pilot, "enter")
            await pilot.press("escape", "escape")
            await show(pilot, "comma j")


async def test_a_note_that_was_only_looked_at_stays_as_it_is() -> None:
    app = make_app(options=OFFLINE)
    library = library_of(app)
    note = f"{TEXTS['lines']} {TEXTS['bidi']}"
    library.marks.note(PAPER, note)
    kept = library.entries(make_digest(1).papers)[0].reading.note
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert reader_of(app).status.footer.message == "The note is as it was."
    assert library.entries(make_digest(1).papers)[0].reading.note == kept
