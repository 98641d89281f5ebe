"""The first steps: by search, by keys, with the defaults, again later; what is chosen holds at once."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.tui.fakes import DAY, FakeDays, FakeModels, library_of, make_app, make_digest, reader_of, settle
from tui_digest.settings import DEFAULT_DIGEST, READY_MADE_DIGESTS, Settings
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.dialogs.search_chooser import SearchChooserScreen
from tui_digest.tui.dialogs.setup import SetupScreen
from tui_digest.tui.state import ReaderOptions

WIDE, NARROW, TINY = (120, 40), (80, 24), (40, 16)
FIRST = ReaderOptions(setup=True, first=True)


def config_file() -> Path:
    return Path(os.environ["HOME"]) / "config.toml"


def config() -> dict[str, Any]:
    return tomllib.loads(config_file().read_text(encoding="utf-8"))


def first_start(models: FakeModels | None = None) -> tuple[ReaderApp, FakeDays]:
    days = FakeDays({DAY: make_digest(5, categories=("math.OC",))})
    return make_app(days, options=FIRST, models=models), days


def setup_of(app: ReaderApp) -> SetupScreen:
    assert isinstance(app.screen, SetupScreen)
    return app.screen


@pytest.mark.parametrize("size", [WIDE, NARROW, TINY])
async def test_a_category_is_found_by_its_name_and_its_day_is_fetched(size: tuple[int, int]) -> None:
    app, days = first_start()
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert days.asked == []
        await pilot.press(*"optimization", "enter")
        assert setup_of(app).values.categories == ("math.OC",)
        # On to the theme, the model, the folder, and begin.
        await pilot.press("enter", "enter", "enter", "enter")
        await settle(pilot)
        assert config() == {"categories": ["math.OC"], "name": "math.OC"}
        assert [each.categories for each in days.settings] == [("math.OC",)]
        assert days.asked == [(None, False)]
        assert reader_of(app).listing.count == 5


async def test_escape_takes_the_defaults() -> None:
    app, days = first_start()
    library_of(app).positions.remember_digest("one that was read before")
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("escape")
        await settle(pilot)
        assert config() == {"categories": ["cs.LG"], "name": "cs.LG"}
        assert reader_of(app).state.settings.pick.words == {}
        assert [each.categories for each in days.settings] == [("cs.LG",)]
        assert days.asked == [(None, False)]
        assert library_of(app).positions.last_digest() == DEFAULT_DIGEST, (
            "the next start opens what was set up"
        )


async def test_quitting_writes_nothing_and_fetches_nothing() -> None:
    app, days = first_start()
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press(*"robot", "enter", "ctrl+q")
        await pilot.pause()
    assert not config_file().exists()
    assert days.asked == []


async def test_everything_chosen_is_written_and_holds_at_once() -> None:
    models = FakeModels()
    app, _ = first_start(models)
    async with app.run_test(size=WIDE) as pilot:
        # In the list by Down, in and out by Space; then theme, model and folder by Tab.
        await pilot.press(*"machine", "down", "space", "tab", "j")
        await pilot.pause()
        assert app.theme == "digest-light"
        await pilot.press("tab", "j", "tab", "ctrl+u", *"~/out")
        assert setup_of(app).values.theme == "digest-light"
        await pilot.press("enter")
        await settle(pilot)
        assert config() == {
            "categories": ["stat.ML"],
            "name": "stat.ML",
            "reader": {"theme": "digest-light"},
            "model": {"provider": "openai"},
            "export": {"folder": "~/out"},
        }
        settings = reader_of(app).state.settings
        assert (app.theme, settings.export.folder) == ("digest-light", "~/out")
        assert [each.provider for each in models.settings] == ["openai"]


async def test_the_ready_made_digest_brings_its_words() -> None:
    ready = READY_MADE_DIGESTS["ML + Optimization"]
    app, days = first_start()
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("down", "space")
        assert setup_of(app).values.categories == ready.categories
        await pilot.press("tab", "enter", "enter", "enter")
        await settle(pilot)
        written = config()
        assert written["categories"] == list(ready.categories)
        assert written["name"] == "ML + Optimization"
        assert list(written["pick"]["words"]) == list(ready.words or ())
        assert written["pick"]["rule"] == "stems"
        assert days.settings[-1].pick.rule == "stems"


async def test_a_theme_that_was_tried_is_left_again() -> None:
    app, _ = first_start()
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("enter", "j", "j")
        await pilot.pause()
        assert app.theme == "digest-contrast-dark"
        await pilot.press("escape")
        await settle(pilot)
        assert app.theme == "digest-dark"
        assert "reader" not in config()


async def test_keys_typed_ahead_go_where_their_typist_sees_the_focus() -> None:
    app, _ = first_start()
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press(*"robotics", "enter", "enter", "j", "tab", "j", "enter", "enter")
        await settle(pilot)
        assert config() == {
            "categories": ["cs.RO"],
            "name": "cs.RO",
            "reader": {"theme": "digest-light"},
            "model": {"provider": "openai"},
        }


async def test_what_only_the_user_knows_of_a_service_is_asked_afterwards() -> None:
    app, _ = first_start()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("enter", "enter", "j", "j", "tab", "enter")
        await settle(pilot)
        assert isinstance(app.screen, SearchChooserScreen)
        await pilot.press(*"tiny", "enter")
        await pilot.pause()
        assert config()["model"] == {"provider": "ollama", "model": "tiny"}


async def test_it_is_reached_from_the_settings_and_leaves_everything_else_alone() -> None:
    config_file().write_text('# mine\ncategories = ["cs.LG"]\n[pick.words]\nproximal = 2\n', encoding="utf-8")
    before = config_file().read_text(encoding="utf-8")
    app = make_app(first=make_digest(3), settings=Settings(categories=("cs.LG",)))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("comma", "G", "k", "enter")
        await pilot.pause()
        assert setup_of(app).values.categories == ("cs.LG",)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert config_file().read_text(encoding="utf-8") == before
        await pilot.press("comma", "G", "k", "enter")
        await pilot.pause()
        await pilot.press(*"stat.ML", "enter", "tab", "tab", "tab", "tab", "enter")
        await pilot.pause()
        assert config_file().read_text(encoding="utf-8") == before.replace(
            '["cs.LG"]', '["cs.LG", "stat.ML"]'
        )


async def test_without_the_network_it_is_asked_and_nothing_is_fetched() -> None:
    days = FakeDays({DAY: make_digest(5)})
    app = make_app(days, options=ReaderOptions(setup=True, first=True, offline=True))
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("escape")
        await settle(pilot)
        assert days.asked == []
        assert config()["categories"] == ["cs.LG"]
