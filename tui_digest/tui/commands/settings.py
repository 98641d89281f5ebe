"""The settings, seen and tried; config.toml is written only when the user says so."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, get_args

from tui_digest.interests import Stance
from tui_digest.settings import Glyphs, Signs
from tui_digest.tui.commands.interests import choose_interests
from tui_digest.tui.commands.model import choose_model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_digest.tui.dialogs.chooser import Choice, Chosen
    from tui_digest.tui.reader import Reader

_KEYS = {"y": "copy the lines", "w": "write them to config.toml"}


def settings(reader: Reader, count: int | None) -> None:
    """What is set, row by row; a row leads to what it can be set to."""
    from tui_digest.tui.dialogs.chooser import Choice, ChooserScreen
    from tui_digest.tui.text import plain_line

    changed = reader.state.changed_settings
    choices = [
        Choice(
            plain_line(f"{name}: {value}{'  (changed)' if name in changed else ''}"),
            name,
        )
        for name, value in _rows(reader).items()
    ]
    title = "Settings"
    if changed:
        path = reader.services.config.path()
        title = f"Settings. What was changed holds until you leave; to keep it, {path} needs:\n"
        title += reader.services.config.lines(changed)

    def chosen(answer: Chosen[str] | None) -> None:
        if answer is None:
            return
        if answer.key == "y":
            reader.run_guarded(lambda: _copy(reader))
        elif answer.key == "w":
            reader.run_guarded(lambda: _write(reader))
        elif answer.value is not None:
            _open(reader, answer.value)

    reader.app.push_screen(ChooserScreen(title, choices, keys=_KEYS if changed else {}), chosen)


def _rows(reader: Reader) -> dict[str, str]:
    """The settings by their names in config.toml, and what else is set, in words."""
    known = reader.state.settings
    stances = Counter(interest.stance for interest in reader.services.shelf.interests())
    return {
        "reader.theme": reader.app.theme,
        "reader.glyphs": known.reader.glyphs,
        "reader.signs": known.reader.signs,
        "categories": " ".join(known.categories),
        "model": reader.services.models.about(),
        "followed and muted": f"{stances[Stance.FOLLOW]} followed, {stances[Stance.MUTE]} muted",
    }


def _open(reader: Reader, name: str) -> None:
    match name:
        case "reader.theme":
            _choose_theme(reader)
        case "reader.glyphs":
            _choose(reader, name, get_args(Glyphs), reader.state.settings.reader.glyphs)
        case "reader.signs":
            _choose(reader, name, get_args(Signs), reader.state.settings.reader.signs)
        case "categories":
            _choose_categories(reader)
        case "model":
            choose_model(reader, partial(settings, reader, None))
        case _:
            choose_interests(reader, partial(settings, reader, None))


def _choices(values: Sequence[str]) -> list[Choice[str]]:
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.text import plain_line

    return [Choice(plain_line(value), value) for value in values]


def _choose(reader: Reader, name: str, values: Sequence[str], now: str) -> None:
    """Choose one of a few values; it holds at once."""
    from tui_digest.tui.dialogs.chooser import ChooserScreen

    def chosen(answer: Chosen[str] | None) -> None:
        if answer is not None and answer.value is not None:
            reader.change_setting(name, answer.value)
        settings(reader, None)

    reader.app.push_screen(ChooserScreen(name, _choices(values), at=values.index(now)), chosen)


def _choose_theme(reader: Reader) -> None:
    """Choose a theme; the one under the cursor is tried on the spot."""
    from tui_digest.tui.dialogs.chooser import ChooserScreen

    before, names = reader.app.theme, sorted(reader.app.available_themes)

    def tried(name: str) -> None:
        reader.app.theme = name

    def chosen(answer: Chosen[str] | None) -> None:
        if answer is None or answer.value is None:
            reader.app.theme = before
        else:
            reader.change_setting("reader.theme", answer.value)
        settings(reader, None)

    screen = ChooserScreen("Theme", _choices(names), at=names.index(before), tried=tried)
    reader.app.push_screen(screen, chosen)


def _choose_categories(reader: Reader) -> None:
    """Take categories in or out, one after the other, until Esc."""
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.dialogs.search_chooser import FinderScreen
    from tui_digest.tui.text import plain_line

    read = reader.state.settings.categories
    papers = reader.state.digest.papers if reader.state.digest is not None else ()
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
            reader.change_setting("categories", wanted)
        _choose_categories(reader)

    title = "Categories, for the next start; a setting needs at least one"
    reader.app.push_screen(FinderScreen(title, choices), chosen)


def _copy(reader: Reader) -> None:
    from tui_digest.tui.commands.clipboard import copy_text

    lines = reader.services.config.lines(reader.state.changed_settings)
    reader.run_in_background(partial(copy_text, reader, "The lines were", lines), "copy")


def _write(reader: Reader) -> None:
    reader.services.config.write(reader.state.changed_settings)
    reader.state.changed_settings.clear()
    reader.notify(f"Written to {reader.services.config.path()}; all else in it is as it was.")
