"""The palette finds days and saved filters too."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
from textual.widgets import Static

from tests.tui.fakes import (
    DAY,
    FakeDays,
    entry_of,
    make_app,
    make_digest,
    make_paper,
    reader_of,
    run_in_palette,
    settle,
    shown,
    until,
)
from tests.tui.screens.test_long_session import key_event
from tui_digest.tui.commands.palette import palette_providers
from tui_digest.tui.dialogs.chooser import ChooserScreen
from tui_digest.tui.state import ReaderOptions

WIDE = (120, 36)


async def test_the_palette_goes_to_a_day() -> None:
    before = DAY - timedelta(days=1)
    days = FakeDays({day: make_digest(3, day) for day in (DAY, before)}, stored_days={DAY, before})
    app = make_app(days, make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await run_in_palette(pilot, "Thu 19 Nov")
        digest = reader_of(app).state.digest
        assert digest is not None
        assert digest.date == before


async def test_a_hostile_paper_is_found_as_text() -> None:
    papers = (make_paper(0), make_paper(1, title="On [/b] [@click=app.quit]x", authors=("[/red] Eve",)))
    app = make_app(first=make_digest(papers=papers))
    async with app.run_test(size=WIDE) as pilot:
        await run_in_palette(pilot, "red] Eve")
        assert reader_of(app).papers.cursor == 1


FOUND_FIRST = {
    "export": "Export",
    "save": "Export",
    "w": "Export",
    "bookmark": "To read",
    "star": "To read",
    "refresh": "Refresh",
    "reload": "Refresh",
    "theme": "Theme: digest-dark",
    "light": "Theme: digest-light",
    "dark theme": "Theme: digest-dark",
    "contrast dark": "Theme: digest-contrast-dark",
    "colour": "Theme: digest-dark",
    "category": "Categories: cs.LG stat.ML math.OC",
    "unsubscribe": "Mute",
    "q": "Back, or quit",
    ":wq": "Quit",
    ":help": "Help",
    "back": "Back",
    "density": "Rows of three, two or one line",
    "2 lines": "Rows of 2 lines",
    "next-unread": "After a mark: next-unread",
    "api key": "",
    "model key": "Model: fake · model-1, key from FAKE_KEY",
}


async def test_the_words_that_people_type_find_it_first() -> None:
    app = make_app(first=make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        providers = [kind(app.screen) for kind in palette_providers(reader)]
        found = {}
        for typed in FOUND_FIRST:
            hits = [hit for each in providers async for hit in each.search(typed)]
            hits.sort(key=lambda hit: hit.score, reverse=True)
            found[typed] = (hits[0].text or "") if hits else ""
        assert found == FOUND_FIRST


async def test_the_palette_sets_a_theme_and_keeps_it() -> None:
    app = make_app(first=make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        await run_in_palette(pilot, "light")
        await settle(pilot)
        assert app.theme == "digest-light"
        assert reader.status.footer.message == "Theme: digest-light."
        assert reader.state.changed_settings == {}
        assert "digest-light" in (Path(os.environ["HOME"]) / "config.toml").read_text()
        await run_in_palette(pilot, "folder of exports")
        assert reader.field is not None


async def test_the_palette_uses_a_saved_filter() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        reader = reader_of(app)
        reader.services.library.filters.save("Seventh [/b]", "au:number7")
        await run_in_palette(pilot, "filter: seventh")
        assert len(shown(reader)) == 1


async def test_the_palette_narrows_to_a_category() -> None:
    papers = (make_paper(0), make_paper(1, categories=("stat.ML",), primary="stat.ML"), make_paper(2))
    app = make_app(first=make_digest(papers=papers))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await run_in_palette(pilot, "stat.ml")
        reader = reader_of(app)
        assert [entry.paper.id for entry in shown(reader)] == [papers[1].id]
        assert reader.listing.options.filter == "cat:stat.ML"


async def test_scattered_letters_find_no_paper() -> None:
    app = make_app(first=make_digest(papers=(make_paper(0, title="The method of estimation"),)))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await run_in_palette(pilot, "theme")
        assert isinstance(app.screen, ChooserScreen)
        assert str(app.screen.query_one("#chooser-title", Static).content) == "Theme"


@pytest.mark.parametrize(
    ("keys", "note", "cursor", "count"),
    [
        ((":", *"note", "enter", *"bad", "escape"), "bad", 0, 12),
        ((":", *"dismiss", "enter", "j", "j"), "", 2, 11),
        ((":", *"no such command at all", "enter", "escape", "j"), "", 1, 12),
    ],
)
async def test_what_is_typed_at_one_go_with_a_command_comes_after_it(
    keys: tuple[str, ...], note: str, cursor: int, count: int
) -> None:
    app = make_app(first=make_digest(12), options=ReaderOptions(offline=True))
    async with app.run_test(size=(100, 34)) as pilot:
        await settle(pilot)
        reader = reader_of(app)
        first = reader.listing.rows[0].paper.id
        for key in keys:
            app.post_message(key_event(key))
        await until(pilot, lambda: (reader.papers.cursor, reader.listing.count) == (cursor, count))
        await until(pilot, lambda: entry_of(app, first).reading.note == note)
