"""The model in the settings: chosen, named, tried; nothing is asked before one says so."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import structs
from textual.pilot import Pilot

from tests.tui.fakes import FakeModels, make_app, make_digest, reader_of, settle
from tui_digest.model_service import ConnectionTest
from tui_digest.settings import ModelSettings, Settings
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.dialogs.chooser import ChooserScreen
from tui_digest.tui.dialogs.search_chooser import SearchChooserScreen

WIDE = (100, 34)


def rows(app: ReaderApp) -> list[str]:
    assert isinstance(app.screen, ChooserScreen | SearchChooserScreen)
    return [str(option.prompt) for option in app.screen.options.options]


def title(app: ReaderApp) -> str:
    return str(app.screen.query_one("#chooser-title").render())


async def open_model(pilot: Pilot[str]) -> None:
    await settle(pilot)
    await pilot.press("comma", "j", "j", "j", "j", "enter")
    await pilot.pause()


async def test_services_are_shown_with_model_and_key_and_nothing_is_asked() -> None:
    models = FakeModels()
    app = make_app(first=make_digest(3), models=models)
    async with app.run_test(size=WIDE) as pilot:
        await open_model(pilot)
        assert title(app) == "Model: fake · model-1, key from FAKE_KEY."
        assert rows(app) == [
            "[ ] openai: gpt-5.4-mini; OPENAI_API_KEY is not set",
            "[ ] ollama: you name the model; needs no key",
            "[ ] compatible: you name the model; needs no key",
        ]
        assert (models.trials, models.settings) == (0, [])


async def test_a_service_that_is_chosen_holds_at_once_and_is_kept() -> None:
    models = FakeModels()
    app = make_app(first=make_digest(3), models=models)
    async with app.run_test(size=WIDE) as pilot:
        await open_model(pilot)
        models.problem = "openai needs a key; set OPENAI_API_KEY."
        await pilot.press("enter")
        await pilot.pause()
        assert models.settings == [ModelSettings(provider="openai")]
        assert title(app).endswith("openai needs a key; set OPENAI_API_KEY.")
        assert rows(app)[0].startswith("[x] openai")
        await pilot.press("escape")
        await pilot.pause()
        assert (Path(os.environ["HOME"]) / "config.toml").read_text() == '[model]\nprovider = "openai"\n'
        await pilot.press("escape", "e")
        assert "set OPENAI_API_KEY" in reader_of(app).status.footer.message
        assert models.started == []


async def test_trying_tells_what_came_of_it_in_place() -> None:
    models = FakeModels()
    app = make_app(first=make_digest(3), models=models)
    async with app.run_test(size=WIDE) as pilot:
        await open_model(pilot)
        await pilot.press("t")
        await settle(pilot)
        assert title(app).endswith("\nfake answers and offers model-1.")
        models.trial_error = "fake does not accept the key from FAKE_KEY (401)."
        await pilot.press("t")
        await settle(pilot)
        assert title(app).endswith("\nfake does not accept the key from FAKE_KEY (401).")
        assert models.trials == 2
        assert models.started == []


async def test_what_is_not_set_up_is_not_tried() -> None:
    models = FakeModels(problem="fake needs a key; set FAKE_KEY.")
    app = make_app(first=make_digest(3), models=models)
    async with app.run_test(size=WIDE) as pilot:
        await open_model(pilot)
        await pilot.press("t")
        await settle(pilot)
        assert title(app) == (
            "Model: fake · model-1, key from FAKE_KEY. fake needs a key; set FAKE_KEY.\n"
            "Nothing was asked: choose a service and give it what it needs first."
        )
        assert models.trials == 0


async def test_a_trial_that_goes_wrong_as_it_never_should_is_told_too() -> None:
    async def broken() -> ConnectionTest:
        raise ZeroDivisionError

    models = FakeModels()
    models.try_out = broken  # type: ignore[method-assign]
    app = make_app(first=make_digest(3), models=models)
    app.services = structs.replace(app.services, report=lambda _: "It went wrong and was written down.")
    async with app.run_test(size=WIDE) as pilot:
        await open_model(pilot)
        await pilot.press("t")
        await settle(pilot)
        assert title(app).endswith("\nIt went wrong and was written down.")


async def test_a_model_is_taken_from_those_listed_or_typed() -> None:
    models = FakeModels()
    app = make_app(first=make_digest(3), models=models)
    async with app.run_test(size=WIDE) as pilot:
        await open_model(pilot)
        await pilot.press("t")
        await settle(pilot)
        await pilot.press("m")
        await pilot.pause()
        assert rows(app) == ["model-1", "model-2"]
        await pilot.press("down", "enter")
        await pilot.pause()
        assert models.settings[-1].model == "model-2"
        await pilot.press("m", *"mine", "enter")
        await pilot.pause()
        assert models.settings[-1].model == "mine"


async def test_what_only_the_user_knows_is_asked_for() -> None:
    models = FakeModels()
    app = make_app(first=make_digest(3), models=models)
    async with app.run_test(size=WIDE) as pilot:
        await open_model(pilot)
        await pilot.press("G", "enter")
        await pilot.pause()
        await pilot.press(*"http://localhost:8000/v1", "enter")
        await pilot.pause()
        await pilot.press(*"tiny", "enter")
        await pilot.pause()
        wanted = ModelSettings(provider="compatible", base_url="http://localhost:8000/v1", model="tiny")
        assert models.settings[-1] == wanted
        assert rows(app)[2].startswith("[x] compatible")


async def test_an_address_that_is_not_given_leads_back() -> None:
    app = make_app(first=make_digest(3))
    async with app.run_test(size=WIDE) as pilot:
        await open_model(pilot)
        await pilot.press("a")
        await pilot.pause()
        await pilot.press(*"http", "escape")
        await pilot.pause()
        assert title(app).startswith("Model: ")


async def test_another_service_gets_neither_the_key_nor_the_address_of_the_one_before() -> None:
    models = FakeModels()
    mine = ModelSettings(
        provider="compatible", base_url="http://localhost:1/v1", model="tiny", key_variable="MINE", words=300
    )
    settings = Settings(model=mine)
    app = make_app(first=make_digest(3), models=models, settings=settings)
    async with app.run_test(size=WIDE) as pilot:
        await open_model(pilot)
        await pilot.press("g", "g", "enter")
        await pilot.pause()
        assert models.settings == [ModelSettings(provider="openai", words=300)]
