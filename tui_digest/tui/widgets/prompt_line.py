"""A line at the bottom in which the reader types: a search, a filter, a name."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input, Static

from tui_digest.tui.widgets.field import LONGEST_LINE, Field, FieldEnd, TextRequest, release_input


class _Line(Input):
    """The input; it calls back at once, as a message would come a frame late."""

    virtual_size = Reactive(Size(0, 0))  # as Textual's, which lays out the whole screen again at each letter

    def __init__(self, value: str, typed: Callable[[str], None], selected: bool) -> None:
        super().__init__(value, compact=True, select_on_focus=selected, max_length=LONGEST_LINE)
        self.cursor_blink = False
        self._typed = typed

    def on_unmount(self) -> None:
        """Leave nothing behind."""
        release_input(self)

    def watch_value(self, before: str, value: str) -> None:
        """Pass on the changed text."""
        if self.is_mounted and before != value:
            self._typed(value)


class PromptLine(Field):
    """A label and a line of text: Enter submits it, Esc cancels."""

    HINTS = {"Enter": "done", "Esc": "cancel"}
    ENDS = {
        "enter": FieldEnd.SUBMIT,
        "escape": FieldEnd.CANCEL,
        # Tab stays here: no other pane takes the keys while text is typed.
        "tab": FieldEnd.SWITCH,
        "shift+tab": FieldEnd.SWITCH,
    }

    def __init__(self, label: str, value: str, request: TextRequest, *, selected: bool = False) -> None:
        super().__init__(request)
        self._label = label
        self._input = _Line(value, request.typed, selected)

    def compose(self) -> ComposeResult:
        """The label and the line."""
        yield Static(Content(f" {self._label} "), id="prompt-label")
        yield self._input

    def on_mount(self) -> None:
        """Ready to be typed in."""
        self.take_focus()

    @property
    def input(self) -> Input:
        """The line."""
        return self._input

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self._input.value

    def type_ahead(self, text: str) -> None:
        """Insert text that was typed before the line had the focus."""
        self.set_text(self._input.value + text)

    def set_text(self, text: str) -> None:
        """Replace the text, with the cursor behind it."""
        self._input.value = text[:LONGEST_LINE]
        self._input.cursor_position = len(self._input.value)

    def set_label(self, label: str) -> None:
        """Show another label."""
        self.query_one("#prompt-label", Static).update(Content(f" {label} "))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
