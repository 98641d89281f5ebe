"""Changing settings: applied at once, stored in config.toml unless session only."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, get_args

import msgspec

from tui_digest.interests import Stance
from tui_digest.settings import AfterMark, Glyphs, PdfPlace, Signs
from tui_digest.tui.commands.interests import choose_interests
from tui_digest.tui.commands.model import choose_model
from tui_digest.tui.commands.setup import set_up, show_by_settings
from tui_digest.tui.tasks.settings import change_settings, write_settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui_digest.tui.dialogs.chooser import Choice, Chosen
    from tui_digest.tui.reader import Reader


class SettingChoice(msgspec.Struct, frozen=True):
    """A value for a setting, or a setting that is chosen in a dialog of its own.

    `name` is the setting's in config.toml, `value` None for a dialog; `words` is what it is looked for
    by, beside its title.
    """

    name: str
    title: str
    words: str
    value: str | int | None = None


_THEME_WORDS = "theme colour color appearance"
_ROWS_WORDS = "rows density compact"
_FEW_VALUES = (
    ("reader.glyphs", "Glyphs of formulas", "font symbols", get_args(Glyphs)),
    ("reader.signs", "Signs", "icons", get_args(Signs)),
    ("pdf.open", "PDFs open in the", "view", get_args(PdfPlace)),
    ("reader.after_mark", "After a mark", "next stay cursor", get_args(AfterMark)),
)
_DIALOGS = {
    "reader.theme": ("Theme", _THEME_WORDS),
    "categories": ("Categories", "category subject field subscribe"),
    "model": ("Model", "ai llm key provider"),
    "export.folder": ("Folder of exports", "directory path"),
    "followed and muted": ("Followed and muted", "unfollow unmute unsubscribe author word"),
}


def setting_choices(reader: Reader) -> Iterator[SettingChoice]:
    """Yield all that can be set with one choice, and what else is set, with its value."""
    rows = _rows(reader)
    for name, (title, words) in _DIALOGS.items():
        yield SettingChoice(name, f"{title}: {rows[name]}", words)
    if reader.state.options.colour:
        themes = sorted(reader.app.available_themes)
        for theme in sorted(themes, key=lambda name: not name.startswith("digest-")):
            names = f"{theme.replace('-', ' ')} {_THEME_WORDS}"
            yield SettingChoice("reader.theme", f"Theme: {theme}", names, theme)
    for lines in (3, 2, 1):
        title = f"Rows of {lines} line{'s' if lines > 1 else ''}"
        yield SettingChoice("reader.rows", title, _ROWS_WORDS, lines)
    for name, title, words, values in _FEW_VALUES:
        for value in values:
            yield SettingChoice(name, f"{title}: {value}", words, value)


def choose_setting(reader: Reader, choice: SettingChoice) -> None:
    """Set a value at once and keep it, or open the dialog of the setting."""
    if choice.value is None:
        _open(reader, choice.name)
        return
    change_settings(reader, {choice.name: choice.value})
    reader.notify(f"{choice.title}." if reader.state.keep_settings else f"{choice.title}, for this session.")


def settings(reader: Reader, count: int | None) -> None:
    """Show what is set, row by row; a row leads to what it can be set to."""
    show_settings(reader)


def show_settings(reader: Reader, at: str = "") -> None:
    """Show the settings, the cursor on the one of this name."""
    from tui_digest.tui.dialogs.chooser import Choice, ChooserScreen
    from tui_digest.tui.text import plain_line

    state = reader.state
    changed = state.changed_settings
    choices = [
        Choice(plain_line(f"{name}: {value}{' (this session)' if name in changed else ''}"), name)
        for name, value in _rows(reader).items()
    ]
    actions = {"settings.session": _toggle_session, "settings.copy": _copy, "settings.write": _write}

    def on_chosen(answer: Chosen[str] | None) -> None:
        if answer is None:
            return
        if answer.command_id in actions:
            actions[answer.command_id](reader)
        elif answer.value is not None:
            _open(reader, answer.value)

    offered = tuple(actions) if changed else ("settings.session",)
    row = next((row for row, choice in enumerate(choices) if choice.value == at), 0)
    screen = ChooserScreen(reader.keymap, _title(reader), choices, place="settings", offered=offered, at=row)
    reader.open_dialog(screen, on_chosen)


def _title(reader: Reader) -> str:
    """Say whether a change is stored, and which lines would store those that are not."""
    path, changed = reader.services.config.path(), reader.state.changed_settings
    if reader.state.keep_settings and not changed:
        return f"Settings. A change holds at once and is kept in {path}."
    title = "Settings, for this session only: a change holds until you leave."
    if not changed:
        return title
    return f"{title} To keep them, {path} needs:\n{reader.services.config.lines(changed)}"


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
        "export.folder": known.export.folder,
        "pdf.open": known.pdf.open,
        "first steps": "categories, theme, model and exports on one screen",
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
            choose_model(reader, partial(show_settings, reader, name))
        case "export.folder":
            _ask_folder(reader)
        case "pdf.open":
            _choose(reader, name, get_args(PdfPlace), reader.state.settings.pdf.open)
        case "first steps":
            set_up(reader, partial(show_settings, reader, name))
        case _:
            choose_interests(reader, partial(show_settings, reader, name))


def _choices(values: Sequence[str]) -> list[Choice[str]]:
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.text import plain_line

    return [Choice(plain_line(value), value) for value in values]


def _choose(reader: Reader, name: str, values: Sequence[str], now: str) -> None:
    """Choose one of a few values; it holds at once."""
    from tui_digest.tui.dialogs.chooser import ChooserScreen

    def on_chosen(answer: Chosen[str] | None) -> None:
        if answer is not None and answer.value is not None:
            change_settings(reader, {name: answer.value})
        show_settings(reader, name)

    screen = ChooserScreen(reader.keymap, name, _choices(values), at=values.index(now))
    reader.open_dialog(screen, on_chosen)


def _choose_theme(reader: Reader) -> None:
    """Choose a theme; the one under the cursor is tried on the spot."""
    from tui_digest.tui.dialogs.chooser import ChooserScreen

    before, names = reader.app.theme, sorted(reader.app.available_themes)

    def on_tried(name: str) -> None:
        reader.app.theme = name

    def on_chosen(answer: Chosen[str] | None) -> None:
        if answer is None or answer.value is None:
            reader.app.theme = before
        else:
            change_settings(reader, {"reader.theme": answer.value})
        show_settings(reader, "reader.theme")

    screen = ChooserScreen(reader.keymap, "Theme", _choices(names), at=names.index(before), tried=on_tried)
    reader.open_dialog(screen, on_chosen)


def _choose_categories(reader: Reader) -> None:
    """Toggle categories until Esc, then show the day by them."""
    from tui_digest.tui.dialogs.search_chooser import SearchChooserScreen

    first = reader.state.user_settings.categories
    wanted = list(first)

    def toggle(name: str) -> list[Choice[str]]:
        if name not in wanted:
            wanted.append(name)
        elif len(wanted) > 1:
            wanted.remove(name)
        return choices()

    def choices() -> list[Choice[str]]:
        return _category_choices(reader, first, wanted)

    def on_done(_: object) -> None:
        if tuple(wanted) != first:
            change_settings(reader, {"categories": tuple(wanted)})
            show_by_settings(reader)
        show_settings(reader, "categories")

    title = "Categories; at least one"
    screen = SearchChooserScreen(reader.keymap, title, choices(), toggle=toggle)
    reader.open_dialog(screen, on_done)


def _category_choices(reader: Reader, first: Sequence[str], wanted: Sequence[str]) -> list[Choice[str]]:
    """Return all categories, some first, with the wanted ones and papers a day."""
    from tui_digest.tui.dialogs.chooser import Choice
    from tui_digest.tui.text import plain_line

    table = reader.services.categories()

    def words(name: str) -> str:
        box = "[x]" if name in wanted else "[ ]"
        return f"{box} {name} {table.titles.get(name, '')} ({table.papers_a_day(name)} a day)"

    ordered = (*first, *(name for name in table.titles if name not in first))
    return [Choice(plain_line(words(name)), name) for name in ordered]


def _ask_folder(reader: Reader) -> None:
    """Ask where exports go; an empty answer leaves it as it is."""
    from tui_digest.tui.prompts import ask_line
    from tui_digest.tui.widgets.field import TextRequest

    def on_done(folder: str) -> None:
        if folder.strip():
            change_settings(reader, {"export.folder": folder.strip()})
        show_settings(reader, "export.folder")

    request = TextRequest(on_done, cancelled=lambda: show_settings(reader, "export.folder"))
    ask_line(reader, "folder of exports", request, reader.state.settings.export.folder)


def _toggle_session(reader: Reader) -> None:
    """Toggle between changes for this session only and changes that are stored."""
    reader.state.keep_settings = not reader.state.keep_settings
    settings(reader, None)


def _copy(reader: Reader) -> None:
    from tui_digest.tui.commands.clipboard import copy_text

    lines = reader.services.config.lines(reader.state.changed_settings)
    reader.run_in_background(partial(copy_text, reader, "The lines were", lines), "copy")


def _write(reader: Reader) -> None:
    """Keep what was changed for this session only."""
    told = f"Written to {reader.services.config.path()}; all else in it is as it was."
    write_settings(reader, reader.state.changed_settings, told)
