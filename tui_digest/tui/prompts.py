"""Ask for a line of text, or open the note of a paper; keys are text then."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.events import Key

    from tui_digest.tui.reader import Reader
    from tui_digest.tui.widgets.field import Field, FieldEnd, TextRequest
    from tui_digest.tui.widgets.reporting_screen import ReportingScreen


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


class FieldKeys:
    """The keys that end what is being written, and those typed while it ends.

    What is typed behind such a key is held until the field has ended: it is for what is shown then.

    Args:
        reader: whose field it is.
        screen: the screen of the field.
    """

    def __init__(self, reader: Reader, screen: ReportingScreen[None]) -> None:
        self._reader = reader
        self._screen = screen
        self._held: list[Key] | None = None

    def hold(self, event: Key) -> bool:
        """Hold a key that comes while the field ends; tell whether one was held."""
        if self._held is None:
            return False
        self._held.append(event)
        return True

    def take(self, event: Key) -> bool:
        """Take a key that ends the field; tell whether it was one."""
        if self._end_of(event) is None:
            return False
        self._held = [event]
        # Letters typed before are for the field, and on their way to it by the panes.
        panes = self._reader.panes
        step: Callable[[], None] = self._go_to_field
        for pane in [panes.text] if panes.text is not None else [panes.papers, panes.paper]:
            step = partial(self._screen.call_behind, pane, step)
        step()
        return True

    def _end_of(self, event: Key) -> FieldEnd | None:
        field = self._reader.field
        return field.end_by(event.key) if field is not None and field.is_mounted else None

    def _go_to_field(self) -> None:
        field = self._reader.field
        if field is None or not field.is_mounted:
            self._end_field()
        else:
            self._screen.call_behind(field.input, self._end_field)

    def _end_field(self) -> None:
        """Do what the first held key asks for, and handle the others then."""
        assert self._held is not None
        field = self._reader.field
        end = self._end_of(self._held[0])
        try:
            if field is not None and end is not None:
                del self._held[0]
                _end(self._reader, field, end)
        finally:
            self._screen.app.call_later(self._deliver)

    async def _deliver(self) -> None:
        held, self._held = self._held or (), None
        for event in held:
            await self._screen.app.on_event(event)


def take_key(reader: Reader, event: Key) -> bool:
    """Give a key to what is being written; tell whether it belongs there.

    A field keeps the keys that it is given. One that comes here was pressed before the field had the
    focus, or after a click took it away: it does what it does in the field, which gets the focus back.
    """
    field = reader.field
    if field is None:
        return False
    from tui_digest.tui.widgets.field import FieldEnd

    end = field.end_by(event.key)
    if end is FieldEnd.LINE:
        field.type_ahead("\n")
    elif end is not None:
        _end(reader, field, end)
    elif event.is_printable and event.character:
        field.type_ahead(event.character)
    if reader.field is field and field.is_mounted:
        field.take_focus()
    if end is not None or event.is_printable:
        event.stop()
        event.prevent_default()
    return True  # a key that edits goes on to the application, which runs the field's binding for it


def _end(reader: Reader, field: Field, end: FieldEnd) -> None:
    """Do with the field what a key asks for."""
    from tui_digest.tui.widgets.field import FieldEnd

    if end is FieldEnd.LINE:
        found = field.end_line()
        if found is None:
            return
        end = found
    if end is FieldEnd.CANCEL:
        reader.clear_message()
        reader.run_guarded(field.cancel)
        reader.close_field()
    elif end is FieldEnd.SUBMIT:
        reader.run_guarded(reader.submit_field)
    elif end is FieldEnd.SWITCH and field.is_mounted:
        reader.run_guarded(field.switch)
