"""The keys of the dialogs come from the keymap, remapped or not, also when they are typed ahead."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from rich.style import Style
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from tests.tui.fakes import make_app, make_digest, reader_of, settle
from tests.tui.screens.test_long_session import key_event
from tui_digest.core.services import CommandEnd
from tui_digest.errors import LibraryError
from tui_digest.settings import ModelSettings, Settings
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.dialogs.calendar import CalendarScreen
from tui_digest.tui.dialogs.modal import KeyedScreen
from tui_digest.tui.dialogs.search_chooser import SearchChooserScreen

WIDE = (120, 36)
OPENED_BY: Mapping[str, str] = {
    "calendar": "D",
    "triage": "g c",
    "chooser": "g h",
    "filters": "F",
    "settings": ",",
    "setup": ", G k enter",
    "interests": ", G enter",
    "model": ", j j j j enter",
    "search_chooser": ", j j j enter",
    "export": "W",
    "output": "| w enter",
    "links": "L",
    "help": "?",
    "palette": ":",
}
"""The keys that open the dialog of each place."""


async def run_command(command: str, text: str) -> CommandEnd:
    return CommandEnd(0, output="line\n" * 100)


def app_with(**keys: str | tuple[str, ...]) -> ReaderApp:
    settings = Settings(categories=("math.OC",), keys=dict(keys), model=ModelSettings(provider="openai"))
    return make_app(first=make_digest(12), settings=settings, run_command=run_command)


async def opened(pilot: Pilot[str], place: str) -> KeyedScreen[object]:
    await settle(pilot)
    for key in OPENED_BY[place].split():
        await pilot.press(key)
        await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, KeyedScreen)
    return screen


@pytest.mark.parametrize("place", OPENED_BY)
async def test_every_command_of_a_dialog_does_something(place: str) -> None:
    app = app_with()
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("m", "j", "m")
        screen = await opened(pilot, place)
        offered = set(screen.functions())
        known = {command.id for command in screen.keymap.commands}
        # What was not changed can neither be copied nor written.
        assert known - offered == ({"settings.copy", "settings.write"} if place == "settings" else set())
        assert offered <= known


@pytest.mark.parametrize("place", ["calendar", "help", "links", "palette", "settings"])
async def test_a_dialog_that_cannot_show_all_is_closed_with_esc(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot_be_read(self: KeyedScreen[object]) -> None:
        raise LibraryError("It is locked.")

    app = app_with()
    async with app.run_test(size=WIDE) as pilot:
        dialog = await opened(pilot, place)
        await pilot.press("escape", "escape")
        monkeypatch.setattr(type(dialog), "on_mount", cannot_be_read, raising=False)
        dialog = await opened(pilot, place)
        await pilot.press("escape")
        assert dialog not in app.screen_stack
    assert app.failure is None


@pytest.mark.parametrize("place", OPENED_BY)
async def test_a_remapped_back_closes_every_dialog(place: str) -> None:
    app = app_with(back="ctrl+g")
    async with app.run_test(size=WIDE) as pilot:
        await opened(pilot, place)
        dialog = app.screen
        await pilot.press("ctrl+g")
        await pilot.pause()
        assert dialog not in app.screen_stack


@pytest.mark.parametrize("place", ["chooser", "filters", "settings", "model", "search_chooser", "palette"])
async def test_a_remapped_down_moves_in_lists(place: str) -> None:
    app = app_with(down="ctrl+n", up="ctrl+y")
    async with app.run_test(size=WIDE) as pilot:
        await pilot.press("m", "ctrl+n", "m", "f", *"is:new", "enter")
        await pilot.pause()
        for name in ("one", "two"):
            app.services.library.filters.save(name, "is:new")
        remapped = {
            "model": ", ctrl+n ctrl+n ctrl+n ctrl+n enter",
            "search_chooser": ", ctrl+n ctrl+n ctrl+n enter",
        }
        await settle(pilot)
        for key in remapped.get(place, OPENED_BY[place]).split():
            await pilot.press(key)
            await pilot.pause()
        options = app.screen.query_one(OptionList)
        before = options.highlighted or 0
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert options.highlighted == before + 1
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert options.highlighted == before


async def test_counts_count_in_dialogs_too() -> None:
    app = app_with()
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "calendar")
        assert isinstance(screen, CalendarScreen)
        before = screen.cursor
        await pilot.press("4", "k")
        assert (before - screen.cursor).days == 28


async def test_letters_are_text_in_a_line_and_commands_in_the_list_below_it() -> None:
    app = app_with()
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "search_chooser")
        assert isinstance(screen, SearchChooserScreen)
        await pilot.press("j", "space")
        assert screen.query_one(Input).value == "j "
        await pilot.press("backspace", "backspace", "down", "j", "k", "slash", "x")
        assert screen.query_one(Input).value == "x"


async def test_space_takes_in_and_out_once_the_list_has_the_focus() -> None:
    app = app_with()
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "search_chooser")
        options = screen.query_one(OptionList)
        await pilot.press("tab", "j")
        name = str(options.get_option_at_index(1).prompt)
        assert name.startswith("[ ]")
        await pilot.press("space")
        await pilot.pause()
        assert str(options.get_option_at_index(1).prompt) == name.replace("[ ]", "[x]")
        assert options.highlighted == 1
        assert app.screen is screen
        await pilot.press("space")
        await pilot.pause()
        assert str(options.get_option_at_index(1).prompt) == name


async def test_keys_typed_ahead_are_for_the_dialog_in_their_order() -> None:
    app = app_with()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        for key in ("question_mark", *"undo"):
            character = "?" if key == "question_mark" else key
            app.post_message(events.Key(key, character))
        for _ in range(3):
            await pilot.pause()
        assert app.screen.query_one(Input).value == "undo"


@pytest.mark.parametrize("ready", [True, False])
async def test_keys_typed_at_one_go_go_from_dialog_to_dialog_and_back(ready: bool) -> None:
    app = app_with()
    async with app.run_test(size=WIDE) as pilot:
        if ready:
            await settle(pilot)
        keys = (*[",", "j", "j", "j", "enter"], *"robo", *["enter", "escape", "escape", "j", "m"])
        for key in keys:
            app.post_message(key_event(key))
        reader = reader_of(app)
        await settle(pilot)
        while not reader.listing.rows[1].reading.mark:
            await pilot.pause()
        assert reader.state.settings.categories == ("math.OC", "cs.RO")
        assert reader.papers.cursor == 1


async def test_options_that_change_under_a_key_or_a_click_end_nothing() -> None:
    """Textual fails on an option that is gone since it was drawn, and on one that was not drawn yet."""
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press(",")
        await pilot.pause()
        dialog = app.screen
        assert isinstance(dialog, KeyedScreen)
        options = dialog.query_one(OptionList)
        click = events.Click(options, 2, 2, 0, 0, 1, False, False, False, style=Style(meta={"option": 2}))
        options.set_options(["the only one"])
        options.post_message(click)
        dialog.functions()["page_up"](1)
        await pilot.pause()
        await pilot.press("escape")
    assert app.failure is None


async def test_a_click_on_a_command_that_is_gone_ends_nothing() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press(":")
        await pilot.pause()
        commands = app.screen.query_one(OptionList)
        lost = Style(meta={"option": commands.option_count + 50})
        commands.post_message(events.Click(commands, 2, 2, 0, 0, 1, False, False, False, style=lost))
        await pilot.pause()
        await pilot.press("escape")
    assert app.failure is None


async def test_a_key_that_comes_to_a_palette_that_is_gone_ends_nothing() -> None:
    app = make_app()
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press(":")
        palette = app.screen
        await pilot.press("escape")
        await pilot.pause()
        for action in ("command_list('page_up')", "cursor_down"):
            await palette.run_action(action)
    assert app.failure is None


@pytest.mark.parametrize("place", OPENED_BY)
async def test_a_dialog_is_no_larger_than_the_terminal_and_shows_its_keys(place: str) -> None:
    app = app_with()
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, place)
        for size in ((80, 24), (60, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            for frame in screen.children:
                assert screen.region.contains_region(frame.region), (size, frame)
            for keys in screen.query("Static, KeyFooter").results():
                if keys.id is not None and keys.id.endswith("-keys"):
                    assert screen.region.contains_region(keys.region)
                    assert keys.region.height > 0
