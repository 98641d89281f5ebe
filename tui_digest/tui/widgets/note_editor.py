"""The pane in which a note is written."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widgets import Static, TextArea

from tui_digest.tui.widgets.field import LONGEST_NOTE, Field, FieldEnd, TextRequest, release_input

_COMMANDS = {
    ":q!": FieldEnd.CANCEL,
    ":wq": FieldEnd.SUBMIT,
    ":x": FieldEnd.SUBMIT,
    ":w": FieldEnd.SUBMIT,
}
"""The commands of vi that end the note, each on a line of its own."""


class _Area(TextArea):
    """The text area."""

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
    ENDS = {"escape": FieldEnd.SUBMIT, "ctrl+c": FieldEnd.CANCEL, "enter": FieldEnd.LINE}

    def __init__(self, title: Content, text: str, request: TextRequest) -> None:
        super().__init__(request)
        self._title = Content.assemble(" Note, in Markdown with TeX, on ", title)
        self._area = _Area(text, soft_wrap=True, show_line_numbers=False, compact=True)
        self._area.cursor_blink = False

    def compose(self) -> ComposeResult:
        """Title and text."""
        yield Static(self._title, id="note-title")
        yield self._area

    def on_mount(self) -> None:
        """Focus the editor, the cursor after the text."""
        self._area.move_cursor(self._area.document.end)
        self.take_focus()

    @property
    def input(self) -> TextArea:
        """The text area."""
        return self._area

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

    def end_by(self, key: str) -> FieldEnd | None:
        """Return what a key ends; Ctrl-C copies where text is selected."""
        if key == "ctrl+c" and self._area.selected_text:
            return None
        return super().end_by(key)

    def end_line(self) -> FieldEnd | None:
        """Run the command of vi that the line is, else begin another line."""
        row, _ = self._area.cursor_location
        lines = self._area.document
        end = _COMMANDS.get(lines.get_line(row).strip())
        if end is None:
            self._area.replace("\n", *self._area.selection)
        else:
            before = (row - 1, len(lines.get_line(row - 1))) if row else (0, 0)
            self._area.delete(before, self._area.cursor_location)
        return end
