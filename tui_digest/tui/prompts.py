"""Ask for a line of text, or open the note of a paper; keys are text then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from textual.events import Key

    from tui_digest.tui.reader import Reader
    from tui_digest.tui.widgets.field import TextRequest


def ask_line(
    reader: Reader, label: str, request: TextRequest, value: str = "", *, selected: bool = False
) -> None:
    """Ask for a line of text.

    Args:
        reader: where it is asked for.
        label: what is shown before the line.
        request: what becomes of the text; a failure while it is typed is told, and typing goes on.
        value: the text to begin with.
        selected: whether what is typed replaces `value`.
    """
    from tui_digest.tui.widgets.prompt_line import PromptLine

    def on_typed(text: str) -> None:
        reader.run_guarded(lambda: request.typed(text))

    reader.open_field(PromptLine(label, value, replace(request, typed=on_typed), selected=selected))


def edit_note(reader: Reader, title: str, text: str, request: TextRequest) -> None:
    """Open the note of the paper of this title below the panes."""
    from tui_digest.tui.text import tex_line
    from tui_digest.tui.widgets.note_editor import NoteEditor

    shown = tex_line(title, reader.state.settings.reader.glyphs)
    reader.open_field(NoteEditor(shown, text, request))


def take_key(reader: Reader, event: Key) -> bool:
    """Return whether a key belongs to what is being written.

    A field keeps the keys that it is given. One that comes here was pressed before the field had the
    focus, or after a click took it away: it does what it does in the field, which gets the focus back.
    """
    from tui_digest.tui.widgets.field import FieldEnd

    field = reader.field
    if field is None:
        return False
    end = field.ENDS.get(event.key)
    if end is FieldEnd.CANCEL:
        cancel_field(reader)
    elif end is FieldEnd.SUBMIT:
        reader.run_guarded(reader.submit_field)
    elif end is FieldEnd.SWITCH and field.is_mounted:
        reader.run_guarded(field.switch)
    elif event.is_printable and event.character:
        field.type_ahead(event.character)
    if reader.field is field and field.is_mounted:
        field.take_focus()
    if end is not None or event.is_printable:
        event.stop()
        event.prevent_default()
    return True  # a key that edits goes on to the application, which runs the field's binding for it


def cancel_field(reader: Reader) -> None:
    """Close the field without using its text."""
    field = reader.field
    if field is not None:
        reader.clear_message()
        reader.run_guarded(field.cancel)
        reader.close_field()
