"""The pane in which a note is written."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Static, TextArea

from tui_digest.tui.widgets.field import LONGEST_NOTE, Field, FieldEnd, TextRequest, release_input

_COMMANDS = {":q!": False, ":wq": True, ":x": True, ":w": True}


class _Area(TextArea):
    """The text area; Enter on a line that is a command of vi's ends the editing."""

    class Command(Message):
        """A line was `:q!` (the note is left unsaved) or `:wq` (it is saved)."""

        def __init__(self, saves: bool) -> None:
            super().__init__()
            self.saves = saves

    async def _on_key(self, event: events.Key) -> None:
        row, _ = self.cursor_location
        line = self.document.get_line(row).strip()
        if event.key != "enter" or line not in _COMMANDS:
            await super()._on_key(event)
            return
        event.stop()
        event.prevent_default()
        self.delete(
            (max(row - 1, 0), len(self.document.get_line(row - 1)) if row else 0), self.cursor_location
        )
        self.post_message(self.Command(_COMMANDS[line]))

    def on_unmount(self) -> None:
        """Leave nothing behind."""
        release_input(self)

    def on_paste(self, event: events.Paste) -> None:
        """Cut what does not fit any more, before Textual's own handler takes it."""
        event.text = event.text[: max(LONGEST_NOTE - len(self.text), 0)]

    def render_lines(self, crop: Region) -> list[Strip]:
        """Render lines, or none after the close, when Textual draws once more unstyled."""
        try:
            return super().render_lines(crop)
        except KeyError:
            return [Strip.blank(crop.width)] * crop.height


class NoteEditor(Field):
    """An editor of Markdown with TeX; Esc saves the note, Ctrl-C leaves it as it was."""

    HINTS = {"Esc": "save and close", "Ctrl-C": "leave unsaved"}
    ENDS = {"escape": FieldEnd.SUBMIT, "ctrl+c": FieldEnd.CANCEL}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "done", "Save", show=False, priority=True),
        Binding("ctrl+c", "leave", "Leave unsaved", show=False, priority=True),
    ]

    def __init__(self, title: Content, text: str, request: TextRequest) -> None:
        super().__init__(request)
        self._title = Content.assemble(" Note, in Markdown with TeX, on ", title)
        self._area = _Area(text, soft_wrap=True, show_line_numbers=False, compact=True)
        self._area.cursor_blink = False

    def compose(self) -> ComposeResult:
        """Return what it is, and the text."""
        yield Static(self._title, id="note-title")
        yield self._area

    def on_mount(self) -> None:
        """Focus the editor, the cursor after the text."""
        self._area.move_cursor(self._area.document.end)
        self.take_focus()

    def take_focus(self) -> None:
        """Focus the text."""
        self.screen.set_focus(self._area)

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self._area.text

    def type_ahead(self, text: str) -> None:
        """Insert text that was typed before the pane had the focus."""
        self._area.insert(text)

    def set_label(self, label: str) -> None:
        """Show another title."""
        self.query_one("#note-title", Static).update(Content(label))

    def action_done(self) -> None:
        """Post the note once it has the letters typed before, which the key overtakes."""
        self._area.call_later(lambda: self.post_message(self.Submitted(self._area.text)))

    def action_leave(self) -> None:
        """Copy the selected text; without a selection, post that the note is discarded."""
        if self._area.selected_text:
            self._area.action_copy()
        else:
            self.post_message(self.Cancelled())

    @on(_Area.Command)
    def _command(self, event: _Area.Command) -> None:
        event.stop()
        if event.saves:
            self.action_done()
        else:
            self.post_message(self.Cancelled())
