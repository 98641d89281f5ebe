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
        if answer.command_id == "settings.copy":
            _copy(reader)
        elif answer.command_id == "settings.write":
            _write(reader)
        elif answer.value is not None:
            _open(reader, answer.value)

    offered = ("settings.copy", "settings.write") if changed else ()
    screen = ChooserScreen(reader.keymap, title, choices, place="settings", offered=offered)
    reader.open_dialog(screen, chosen)


def _rows(reader: Reader) -> dict[str, str]:
    """The settings by their names in config.toml, and what else is set, in words."""
    known = reader.state.settings
    stances = Counter(interest.stance for interest in reader.services.library.following.all())
    return {
        "reader.theme": reader.app.theme,
        "reader.glyphs": known.reader.glyphs,
        "reader.signs": known.reader.signs,
        "categories": " ".join(reader.state.user_settings.categories),
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

    screen = ChooserScreen(reader.keymap, name, _choices(values), at=values.index(now))
    reader.open_dialog(screen, chosen)


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

    screen = ChooserScreen(reader.keymap, "Theme", _choices(names), at=names.index(before), tried=tried)
    reader.open_dialog(screen, chosen)


def _choose_categories(reader: Reader) -> None:
    """Take categories in or out, one after the other, until Esc."""
    from tui_digest.tui.dialogs.search_chooser import SearchChooserScreen

    first = reader.state.user_settings.categories

    def toggle(name: str) -> list[Choice[str]]:
        read = reader.state.user_settings.categories
        wanted = tuple(each for each in read if each != name) if name in read else (*read, name)
        if wanted:
            reader.change_setting("categories", wanted)
        return _category_choices(reader, first)

    title = "Categories, for the next start; a setting needs at least one"
    choices = _category_choices(reader, first)
    screen = SearchChooserScreen(reader.keymap, title, choices, toggle=toggle)
    reader.open_dialog(screen, lambda _: settings(reader, None))


def _category_choices(reader: Reader, first: Sequence[str]) -> list[Choice[str]]:
    """All categories, some of them first, with what is set and how many papers of each are shown."""
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.text import plain_line

    state, names = reader.state, reader.services.category_names
    counts = state.browsing.day.category_counts()

    def words(name: str) -> str:
        box = "[x]" if name in state.user_settings.categories else "[ ]"
        here = f" ({counts[name]} in the mailing shown)" if counts[name] else ""
        return f"{box} {name} {names.get(name, '')}{here}"

    ordered = (*first, *(name for name in names if name not in first))
    return [Choice(plain_line(words(name)), name) for name in ordered]


def _copy(reader: Reader) -> None:
    from tui_digest.tui.commands.clipboard import copy_text

    lines = reader.services.config.lines(reader.state.changed_settings)
    reader.run_in_background(partial(copy_text, reader, "The lines were", lines), "copy")


def _write(reader: Reader) -> None:
    reader.services.config.write(reader.state.changed_settings)
    reader.state.changed_settings.clear()
    reader.notify(f"Written to {reader.services.config.path()}; all else in it is as it was.")
