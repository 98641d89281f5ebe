"""What is typed before a field is there, after a click beside it, and what is pasted into it."""

from __future__ import annotations

import pytest

from tests.tui.fakes import (
    FakeDays,
    entry_of,
    make_app,
    make_digest,
    reader_of,
    screen_of,
    settle,
    shown,
    until,
)
from tests.tui.pictures import paste
from tests.tui.screens.test_long_session import key_event
from tui_digest.entry import Mark
from tui_digest.tui import dispatch
from tui_digest.tui.app import ReaderApp
from tui_digest.tui.widgets.field import LONGEST_LINE, LONGEST_NOTE, Field

WIDE = (120, 36)


def message(app: ReaderApp) -> str:
    return reader_of(app).status.footer.message


def type_at_once(app: ReaderApp, *keys: str) -> None:
    """Keys that come before the first of them is answered."""
    for key in keys:
        app.post_message(key_event(key))


async def test_esc_closes_a_line_that_was_not_there_yet() -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        type_at_once(app, "/", "escape", "j")
        reader = reader_of(app)
        await until(pilot, lambda: reader.papers.cursor == 1)
        assert reader.field is None
        await until(pilot, lambda: not screen_of(app).query(Field))


async def test_enter_submits_a_line_that_was_not_there_yet() -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        type_at_once(app, "f", *"number", "enter", "j")
        reader = reader_of(app)
        await until(pilot, lambda: reader.papers.cursor == 1)
        assert reader.field is None
        assert reader.listing.options.filter == "number"


async def test_a_text_that_nothing_takes_is_no_row_of_commands() -> None:
    app = make_app(days=FakeDays({}))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        type_at_once(app, "i", *"quite so: Q", "backspace")
        await until(pilot, lambda: "no paper is chosen" in message(app))
        await pilot.pause()
        assert app.is_running
        type_at_once(app, "escape", "?")
        await until(pilot, lambda: len(app.screen_stack) == 2)


async def test_a_key_after_a_while_is_a_command_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dispatch, "TYPING_PAUSE_S", 0.0)
    app = make_app(days=FakeDays({}))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        type_at_once(app, "i", "?")
        await until(pilot, lambda: len(app.screen_stack) == 2)


async def test_a_line_opens_while_the_last_one_closes() -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        type_at_once(app, *["/", "escape"] * 5, "/", "x")
        reader = reader_of(app)
        await until(pilot, lambda: [field.text for field in screen_of(app).query(Field)] == ["x"])
        await pilot.press("y", "escape")
        assert reader.field is None
        assert app.failure is None


@pytest.mark.parametrize("closing", ["escape", "enter"])
async def test_keys_close_a_line_that_lost_the_focus(closing: str) -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("/", *"number")
        reader = reader_of(app)
        reader.papers.focus()
        await pilot.pause()
        await pilot.press(closing)
        await pilot.pause()
        assert reader.field is None


async def test_letters_go_to_a_line_that_lost_the_focus() -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("/", "a")
        reader = reader_of(app)
        reader.papers.focus()
        await pilot.pause()
        await pilot.press("b", "c")
        assert reader.field is not None
        assert reader.field.text == "abc"


@pytest.mark.parametrize("key", ["/", "f", "?", ":"])
async def test_a_line_takes_so_many_characters_of_a_paste_and_says_so(key: str) -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press(key)
        await pilot.pause()
        paste(pilot, "number " * LONGEST_LINE)
        await pilot.pause()
        value = getattr(app.screen.focused, "value", "")
        assert value == ("number " * LONGEST_LINE)[:LONGEST_LINE]
        paste(pilot, "more")
        await pilot.press("x")
        assert len(getattr(app.screen.focused, "value", "")) <= LONGEST_LINE + 1
        assert "1,000 characters" in message(app)
        await pilot.press("escape")


async def test_a_note_takes_so_many_characters_and_says_so() -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await pilot.pause()
        paste(pilot, "x" * 30)
        paste(pilot, "x" * (LONGEST_NOTE + 5))
        await pilot.pause()
        field = reader_of(app).field
        assert field is not None
        assert len(field.text) == LONGEST_NOTE
        assert "65,536 characters" in message(app)


@pytest.mark.parametrize("stolen", [False, True])
async def test_keys_that_edit_edit_the_line(stolen: bool) -> None:
    app = make_app(first=make_digest(3))
    async with app.run_test(size=(100, 34)) as pilot:
        await settle(pilot)
        await pilot.press("slash", *"abc")
        await pilot.pause()
        reader = reader_of(app)
        assert reader.field is not None
        for keys, text in (("backspace", "ab"), ("left", "ab"), ("x", "axb"), ("ctrl+u", "b")):
            if stolen and keys != "x":  # a letter typed ahead comes behind what is there
                reader.papers.focus()
                await pilot.pause()
            await pilot.press(keys)
            await pilot.pause()
            assert reader.field.text == text


@pytest.mark.parametrize("opening", ["i", "/", "f", "g s", "#", "|"])
@pytest.mark.parametrize("typed", ["", "number"])
async def test_keys_behind_esc_go_where_it_leads(opening: str, typed: str) -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press(*opening.split())
        await pilot.pause()
        reader = reader_of(app)
        assert reader.field is not None
        type_at_once(app, *typed, "escape", "j", "j")
        await until(pilot, lambda: reader.papers.cursor == 2)
        assert reader.field is None
        note = typed if opening == "i" else ""
        assert entry_of(app, reader.listing.rows[0].paper.id).reading.note == note


@pytest.mark.parametrize("opening", ["/", "f", "g s"])
async def test_keys_behind_enter_go_where_it_leads(opening: str) -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press(*opening.split())
        await pilot.pause()
        type_at_once(app, *"number", "enter", "j", "m")
        reader = reader_of(app)
        await until(pilot, lambda: [one.reading.mark for one in shown(reader)][1:2] == [Mark.TO_READ])
        assert reader.field is None
        assert reader.papers.cursor == 1


@pytest.mark.parametrize(("command", "note"), [(":wq", "kept"), (":q!", "")])
async def test_keys_behind_a_command_of_vi_go_where_it_leads(command: str, note: str) -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press("i")
        await pilot.pause()
        type_at_once(app, *"kept", "enter", *command, "enter", "j")
        reader = reader_of(app)
        await until(pilot, lambda: reader.papers.cursor == 1)
        assert reader.field is None
        assert entry_of(app, reader.listing.rows[0].paper.id).reading.note == note


async def test_what_is_typed_before_a_dialog_closes_stays_in_it() -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        type_at_once(app, "?", *"dmx", "escape", "j")
        reader = reader_of(app)
        await until(pilot, lambda: reader.papers.cursor == 1)
        assert not any(entry.reading.mark for entry in (reader.listing.rows[n] for n in range(5)))


async def test_keys_behind_enter_wait_for_the_dialog_that_it_opens() -> None:
    app = make_app(first=make_digest(5))
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        await pilot.press(",", *"jjjjj", "enter")
        await pilot.pause()
        reader = reader_of(app)
        assert reader.field is not None
        close_field = reader.close_field

        def close_and_type() -> None:
            close_field()
            type_at_once(app, "j", "j")  # while the field ends: behind what is held

        reader.close_field = close_and_type  # type: ignore[method-assign]
        type_at_once(app, "enter", "escape")
        await until(pilot, lambda: reader.papers.cursor == 2)
        assert app.screen is screen_of(app)
