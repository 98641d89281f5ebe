"""Keys to commands: sequences, counts, the user's own keys, and the keys of dialogs."""

from __future__ import annotations

import pytest

from tui_digest.tui.keymap.definitions import COMMANDS, Typing
from tui_digest.tui.keymap.dialogs import DIALOGS
from tui_digest.tui.keymap.keymap import Keymap, key_name, key_records


def pressed(keymap: Keymap, *keys: str) -> tuple[str, int | None]:
    """The command that these keys come to, and its count."""
    for key in keys[:-1]:
        assert keymap.press(key).command is None
    press = keymap.press(keys[-1])
    return (press.command.id if press.command else "", press.count)


@pytest.mark.parametrize(
    ("keys", "command"),
    [
        (("j",), ("down", None)),
        (("5", "j"), ("down", 5)),
        (("1", "2", "j"), ("down", 12)),
        (("3", "j"), ("down", 3)),
        (("g", "1"), ("view_all", None)),
        (("U",), ("toggle_unread", None)),
        (("Z", "Z"), ("quit", None)),
        (("ctrl+f",), ("page_down", None)),
        (("2", "0", "G"), ("last", 20)),
        (("g", "g"), ("first", None)),
        (("4", "0", "G"), ("last", 40)),
        (("g", "escape"), ("", None)),
        (("4", "escape"), ("", None)),
        (("g", "j"), ("", None)),
    ],
)
def test_keys_come_to_commands(keys: tuple[str, ...], command: tuple[str, int | None]) -> None:
    assert pressed(Keymap(), *keys) == command


@pytest.mark.parametrize(
    ("key", "character", "name"),
    [
        ("j", "j", "j"),
        ("space", " ", "space"),
        ("ctrl+d", "\x04", "ctrl+d"),
        ("left_square_bracket", "[", "["),
    ],
)
def test_a_key_is_known_by_what_it_prints(key: str, character: str, name: str) -> None:
    assert key_name(key, character) == name


def test_the_programs_own_keys_clash_nowhere() -> None:
    assert Keymap().problems == ()


@pytest.mark.parametrize("place", DIALOGS)
def test_a_dialog_has_the_lists_keys(place: str) -> None:
    keymap, dialog = Keymap(), DIALOGS[place]
    there = keymap.at(place)
    for command in there.commands:
        keys = there.keys_of(command)
        assert keys, command.id
        if command.id in dialog.shared:
            assert set(keys) <= set(Keymap().keys_of(command))
        else:
            assert "." in command.id


@pytest.mark.parametrize("place", [name for name, dialog in DIALOGS.items() if "down" in dialog.shared])
def test_a_remapped_key_moves_in_every_dialog(place: str) -> None:
    keymap = Keymap({"down": ("ctrl+n", "t")}).at(place)
    down = next(command for command in keymap.commands if command.id == "down")
    assert "ctrl+n" in keymap.keys_of(down)
    assert ("t" in keymap.keys_of(down)) == (DIALOGS[place].typing is not Typing.ALWAYS)
    assert "j" not in keymap.keys_of(down)
    assert pressed(keymap, "ctrl+n") == ("down", None)


def test_where_text_is_typed_a_command_keeps_a_key_that_prints_nothing() -> None:
    keymap = Keymap({"down": "n", "back": "q", "leave": ()})
    assert keymap.at("help").label_of("down") == "↓"
    assert keymap.at("help").label_of("back") == "Esc"
    assert keymap.at("search_chooser").labels_of("down") == "n ↓"
    assert keymap.at("chooser").labels_of("down") == "n"


def test_a_dialogs_own_commands_can_be_remapped() -> None:
    keymap = Keymap({"calendar.newest": "N"})
    assert pressed(keymap.at("calendar"), "N") == ("calendar.newest", None)
    assert pressed(keymap.at("calendar"), "n") == ("", None)
    assert keymap.problems == ()


@pytest.mark.parametrize(
    ("own", "problem"),
    [
        ({"nothing": "x"}, "there is no command 'nothing'"),
        ({"calendar.nothing": "x"}, "there is no command 'calendar.nothing'"),
        ({"undo": "x"}, "x is both 'done' and 'undo'; it does 'done'"),
        ({"undo": "g"}, "gg can never be typed: g is a command of its own"),
        ({"filters.save": "j"}, "in the saved filters j is both 'down' and 'filters.save'; it does 'down'"),
        ({"half_page_down": "ctrl+x", "calendar.open": "D"}, "in the calendar D is both 'calendar' and"),
    ],
)
def test_what_is_wrong_with_the_users_keys_is_told_by_place(own: dict[str, str], problem: str) -> None:
    problems = Keymap(own).problems
    assert any(told.startswith(problem) for told in problems), problems


def test_a_key_may_mean_something_else_in_another_place() -> None:
    assert Keymap({"calendar.newest": "m", "filters.delete": "u"}).problems == ()


def test_every_command_is_listed_once_with_its_places() -> None:
    records = {record["id"]: record for record in key_records(Keymap({"calendar.newest": "N"}))}
    assert len(records) == len(key_records(Keymap()))
    assert {command.id for command in COMMANDS} <= set(records)
    assert records["down"]["place"] == "list"
    assert records["down"]["dialogs"]["calendar"] == "A week on"  # type: ignore[index]
    assert (records["calendar.newest"]["place"], records["calendar.newest"]["keys"]) == ("calendar", ("N",))


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        ("export", "write"),
        ("save", "write"),
        (":w", "write"),
        ("bookmark", "to_read"),
        ("star", "to_read"),
        ("refresh", "ask_again"),
        ("reload", "ask_again"),
        ("theme", "settings"),
        ("light", "settings"),
        ("colour", "settings"),
        ("category", "settings"),
        ("mouse", "settings"),
        ("unsubscribe", "mute"),
        (":q", "leave"),
        (":wq", "quit"),
        ("font", "settings"),
        ("language", "explain_kind"),
        ("clipboard", "copy_link"),
        ("mail", "write_as"),
        ("latex", "tex"),
        ("today", "calendar"),
        ("zoom", "zen"),
        ("cancel", "back"),
        (":help", "help"),
        ("dismiss", "dismiss"),
    ],
)
def test_the_words_that_people_use_find_the_command(typed: str, command: str) -> None:
    (found,) = [each for each in COMMANDS if each.id == command]
    assert typed in f"{found.title} {found.help} {found.words}".casefold().split()
