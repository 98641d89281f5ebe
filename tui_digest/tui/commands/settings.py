"""The settings, seen and tried; config.toml is written only when the user says so."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, get_args

from tui_digest.interests import Stance
from tui_digest.settings import Glyphs, Signs
from tui_digest.tui.commands.interests import choose_interests
from tui_digest.tui.commands.live_settings import change_setting
from tui_digest.tui.commands.model import choose_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_digest.tui.dialogs.chooser import Choice, Chosen
    from tui_digest.tui.screens.reader import ReaderScreen

_KEYS = {"y": "copy the lines", "w": "write them to config.toml"}


def settings(reader: ReaderScreen, count: int | None) -> None:
    """What is set, row by row; a row leads to what it can be set to."""
    from tui_digest.tui.dialogs.chooser import Choice, ChooserScreen
    from tui_digest.tui.text import plain_line

    choices = [
        Choice(plain_line(f"{name}: {value}{'  (changed)' if name in reader.changes else ''}"), name)
        for name, value in _rows(reader).items()
    ]
    title = "Settings"
    if reader.changes:
        path = reader.services.config.path()
        title = f"Settings. What was changed holds until you leave; to keep it, {path} needs:\n"
        title += reader.services.config.lines(reader.changes)

    def chosen(answer: Chosen[str] | None) -> None:
        if answer is None:
            return
        if answer.key == "y":
            reader.attempt(lambda: _copy(reader))
        elif answer.key == "w":
            reader.attempt(lambda: _write(reader))
        elif answer.value is not None:
            _open(reader, answer.value)

    reader.app.push_screen(ChooserScreen(title, choices, keys=_KEYS if reader.changes else {}), chosen)


def _rows(reader: ReaderScreen) -> dict[str, str]:
    """The settings by their names in config.toml, and what else is set, in words."""
    known = reader.settings
    stances = Counter(interest.stance for interest in reader.services.shelf.interests())
    return {
        "reader.theme": reader.app.theme,
        "reader.glyphs": known.reader.glyphs,
        "reader.signs": known.reader.signs,
        "categories": " ".join(known.categories),
        "model": reader.services.models.about(),
        "followed and muted": f"{stances[Stance.FOLLOW]} followed, {stances[Stance.MUTE]} muted",
    }


def _open(reader: ReaderScreen, name: str) -> None:
    match name:
        case "reader.theme":
            _choose_theme(reader)
        case "reader.glyphs":
            _choose(reader, name, get_args(Glyphs), reader.settings.reader.glyphs)
        case "reader.signs":
            _choose(reader, name, get_args(Signs), reader.settings.reader.signs)
        case "categories":
            _choose_categories(reader)
        case "model":
            choose_model(reader)
        case _:
            choose_interests(reader)


def _choices(values: Sequence[str]) -> list[Choice[str]]:
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.text import plain_line

    return [Choice(plain_line(value), value) for value in values]


def _choose(reader: ReaderScreen, name: str, values: Sequence[str], now: str) -> None:
    """Choose one of a few values; it holds at once."""
    from tui_digest.tui.dialogs.chooser import ChooserScreen

    def chosen(answer: Chosen[str] | None) -> None:
        if answer is not None and answer.value is not None:
            change_setting(reader, name, answer.value)
        settings(reader, None)

    reader.app.push_screen(ChooserScreen(name, _choices(values), at=values.index(now)), chosen)


def _choose_theme(reader: ReaderScreen) -> None:
    """Choose a theme; the one under the cursor is tried on the spot."""
    from tui_digest.tui.dialogs.chooser import ChooserScreen

    before, names = reader.app.theme, sorted(reader.app.available_themes)

    def tried(name: str) -> None:
        reader.app.theme = name

    def chosen(answer: Chosen[str] | None) -> None:
        if answer is None or answer.value is None:
            reader.app.theme = before
        else:
            change_setting(reader, "reader.theme", answer.value)
        settings(reader, None)

    screen = ChooserScreen("Theme", _choices(names), at=names.index(before), tried=tried)
    reader.app.push_screen(screen, chosen)


def _choose_categories(reader: ReaderScreen) -> None:
    """Take categories in or out, one after the other, until Esc."""
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.dialogs.search_chooser import FinderScreen
    from tui_digest.tui.text import plain_line

    read = reader.settings.categories
    papers = reader.digest.papers if reader.digest is not None else ()
    counts = Counter(category for paper in papers for category in paper.categories)
    names = reader.services.category_names
    ordered = (*read, *(name for name in names if name not in read))
    choices = [
        Choice(
            plain_line(
                f"{'[x]' if name in read else '[ ]'} {name} {names.get(name, '')}"
                f"{f' ({counts[name]} in the mailing shown)' if counts[name] else ''}"
            ),
            name,
        )
        for name in ordered
    ]

    def chosen(name: str | None) -> None:
        if name is None:
            settings(reader, None)
            return
        wanted = tuple(each for each in read if each != name) if name in read else (*read, name)
        if wanted:
            change_setting(reader, "categories", wanted)
        _choose_categories(reader)

    title = "Categories, for the next start; a setting needs at least one"
    reader.app.push_screen(FinderScreen(title, choices), chosen)


def _copy(reader: ReaderScreen) -> None:
    from tui_digest.tui.commands.clipboard import copy_text

    lines = reader.services.config.lines(reader.changes)
    reader.in_background(partial(copy_text, reader, "The lines were", lines), "copy")


def _write(reader: ReaderScreen) -> None:
    reader.services.config.write(reader.changes)
    reader.changes.clear()
    reader.say(f"Written to {reader.services.config.path()}; all else in it is as it was.")
