"""The first steps, and the reader shown by what they set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tui_digest.settings import DEFAULT_DIGEST, READY_MADE_DIGESTS
from tui_digest.tui.tasks.fetch import start_fetch
from tui_digest.tui.tasks.settings import change_settings
from tui_digest.tui.theme.themes import THEMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui_digest.settings import Settings
    from tui_digest.tui.dialogs.setup import ReadyMade, SetupValues
    from tui_digest.tui.reader import Reader

FIRST_CATEGORIES: Final = ("cs.LG",)
"""What is read when the first steps are left without a choice."""


def set_up(reader: Reader, back: Callable[[], object], *, first: bool = False) -> None:
    """Ask for categories, theme, model and export folder; apply and store them.

    Args:
        reader: where it is asked.
        back: called at the end, whether something was changed or not.
        first: whether this is the first start: leaving takes the defaults.
    """
    from tui_digest.tui.dialogs.setup import SetupScreen

    before = _values_of(reader, first=first)
    themes = [*THEMES, *sorted(name for name in reader.app.available_themes if name not in THEMES)]

    def on_tried(name: str) -> None:
        reader.app.theme = name

    def on_done(values: SetupValues | None) -> None:
        reader.app.theme = before.theme
        if values is None and first:
            values = before
        if values is not None:
            _apply(reader, before, values, first=first)
        back()
        if values is not None:
            _ask_for_rest(reader, values)

    screen = SetupScreen(
        reader.keymap,
        before,
        reader.services.categories(),
        _ready_made(),
        themes,
        reader.services.models.providers(),
        tried=on_tried,
        first=first,
    )
    reader.open_dialog(screen, on_done)


def _values_of(reader: Reader, *, first: bool) -> SetupValues:
    """Return what is set now; at the first start what is suggested."""
    from tui_digest.tui.dialogs.setup import SetupValues

    settings = reader.state.user_settings
    return SetupValues(
        categories=() if first else settings.categories,
        digest="" if first else _digest_of(settings),
        theme=reader.app.theme,
        provider=settings.model.provider,
        folder=settings.export.folder,
    )


def _ready_made() -> tuple[ReadyMade, ...]:
    from tui_digest.tui.dialogs.setup import ReadyMade

    return tuple(
        ReadyMade(name, digest.categories, tuple(digest.words or ()))
        for name, digest in READY_MADE_DIGESTS.items()
    )


def _digest_of(settings: Settings) -> str:
    """The ready-made digest whose words pick now; empty for none."""
    for name, digest in READY_MADE_DIGESTS.items():
        if settings.pick.rule == digest.rule and tuple(settings.pick.words) == tuple(digest.words or ()):
            return name
    return ""


def _apply(reader: Reader, before: SetupValues, values: SetupValues, *, first: bool) -> None:
    """Apply the settings that differ; at the first start also write the categories."""
    categories = values.categories or FIRST_CATEGORIES
    changes: dict[str, object] = {}
    if first or categories != before.categories:
        changes["categories"] = categories
    if first or values.digest != before.digest:
        changes |= _changes_of_digest(reader.state.user_settings, values.digest, categories)
    if values.theme != before.theme:
        changes["reader.theme"] = values.theme
    if values.provider != before.provider:
        changes["model.provider"] = values.provider
    if values.folder != before.folder:
        changes["export.folder"] = values.folder
    if changes:
        change_settings(reader, changes)
    if first or "categories" in changes or "pick.words" in changes:
        show_by_settings(reader)


def _changes_of_digest(settings: Settings, name: str, categories: tuple[str, ...]) -> dict[str, object]:
    """Return what a ready-made digest sets besides its categories.

    Without such a digest there are no words.
    """
    digest = READY_MADE_DIGESTS.get(name)
    if digest is None:
        changes: dict[str, object] = {"name": " ".join(categories)}
        return changes | ({"pick.words": {}, "pick.rule": "weights"} if settings.pick.words else {})
    changes = {"name": name, "pick.words": dict.fromkeys(digest.words or (), 1.0), "pick.rule": digest.rule}
    return changes if digest.pick is None else changes | {"pick.count": digest.pick}


def _ask_for_rest(reader: Reader, values: SetupValues) -> None:
    """Ask for what only the user knows of a chosen service: its address, its model."""
    from tui_digest.tui.commands.model import complete_model

    model = reader.state.settings.model
    if values.provider and not model.model:
        complete_model(reader, values.provider)


def show_by_settings(reader: Reader) -> None:
    """Show the default digest's newest day by the present settings: stored or fetched."""
    state, days = reader.state, reader.services.days
    days.use_settings(state.user_settings)
    if state.digest_name != DEFAULT_DIGEST:
        reader.begin_digest(DEFAULT_DIGEST)
    reader.writes.save_digest_choice()
    stored = days.stored(None)
    if stored is not None and set(stored.categories) == set(state.settings.categories):
        reader.open_day(stored)
    if not state.options.offline:
        start_fetch(reader, None, asked=True)
    elif stored is None:
        reader.show_page()
    else:
        reader.notify("The reader is offline: papers of other categories are fetched later.")
