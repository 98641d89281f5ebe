"""Settings changed in the reader: they hold at once, and for the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui_digest.tui.theme.symbols import signs

if TYPE_CHECKING:
    from tui_digest.tui.screens.reader import ReaderScreen


def change_setting(reader: ReaderScreen, name: str, value: object) -> None:
    """Have a setting hold from now on, as far as it can, by its dotted name in config.toml."""
    table, _, key = name.rpartition(".")
    known = reader.settings
    if table:
        inner = replace(getattr(known, table), **{key: value})
        reader.settings = replace(known, **{table: inner})
    else:
        reader.settings = replace(known, **{key: value})
    reader.changes[name] = value
    _hold(reader)


def _hold(reader: ReaderScreen) -> None:
    """Draw by the settings as they are now."""
    settings, app = reader.settings.reader, reader.app
    reader.papers.signs = reader.pane.signs = signs(settings.signs)
    reader.papers.glyphs = settings.glyphs
    if settings.theme in app.available_themes:
        app.theme = settings.theme
    reader.papers.style_changed()
    reader.show_list()
