"""Change settings: show the reader by them, and write them to config.toml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_digest.tui.theme.symbols import symbol_set

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui_digest.core.decisions import Outcome
    from tui_digest.tui.reader import Reader


def change_settings(reader: Reader, changes: Mapping[str, object]) -> None:
    """Change settings by their dotted names: applied at once, and stored.

    For this session only they are changed where the user has said so, or where config.toml cannot
    be written, which is told.
    """
    state = reader.state
    for name, value in changes.items():
        state.change_setting(name, value)
    _draw_by_settings(reader)
    if any(name.startswith("model.") for name in changes):
        reader.services.models.set_up(state.settings.model)
        state.model_problem = reader.services.models.ready()
        reader.refresh_hints()
    if state.keep_settings:
        for name in changes:
            state.changed_settings.pop(name, None)
        write_settings(reader, changes)
    else:
        state.changed_settings |= changes


def write_settings(reader: Reader, changes: Mapping[str, object], told: str = "") -> None:
    """Write changes to config.toml; where that fails, they are for this session only.

    Args:
        reader: whose settings they are.
        changes: values by the settings' dotted names.
        told: the message once it is written; empty for none.
    """
    changes = dict(changes)

    def on_done(outcome: Outcome[None]) -> None:
        unkept = reader.state.changed_settings
        if outcome.error is not None:
            unkept |= changes
            sentence = reader.describe_error(outcome.error)
            reader.notify_on_top(f"The change is for this session only. {sentence}", warning=True)
            return
        if told:
            reader.notify(told)
        for name in [name for name, value in changes.items() if unkept.get(name) == value]:
            del unkept[name]

    reader.writes.writer.submit((), lambda: reader.services.config.write(changes), on_done)


def _draw_by_settings(reader: Reader) -> None:
    settings = reader.state.settings.reader
    reader.papers.symbols = reader.pane.symbols = symbol_set(settings.signs)
    reader.papers.glyphs = settings.glyphs
    reader.papers.row_height = settings.rows
    if reader.state.options.colour and settings.theme in reader.app.available_themes:
        reader.app.theme = settings.theme
    reader.papers.style_changed()
    reader.show_list()
