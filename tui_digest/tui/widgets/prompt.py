"""A line at the bottom in which the reader types: a search, a filter, a name."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tui_digest.tui.writing import Field


class Prompt(Field):
    """A label and a line of text: Enter gives it, Esc does not."""

    HINTS = {"Enter": "done", "Esc": "cancel"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", show=False, priority=True),
        # Tab stays here: no other pane takes the keys while one types.
        Binding("tab,shift+tab", "switch", show=False, priority=True),
    ]

    def __init__(self, label: str, value: str = "") -> None:
        super().__init__(id="prompt")
        self._label = label
        self._input = Input(value, compact=True, select_on_focus=False)
        self._input.cursor_blink = False

    def compose(self) -> ComposeResult:
        """The label and the line."""
        yield Static(Content(f" {self._label} "), id="prompt-label")
        yield self._input

    def on_mount(self) -> None:
        """Ready to be typed in."""
        self._input.focus()

    @property
    def text(self) -> str:
        """What stands in it."""
        return self._input.value

    def put(self, text: str) -> None:
        """Take text that was typed before the line had the focus."""
        self._input.value += text
        self._input.cursor_position = len(self._input.value)

    def rename(self, label: str) -> None:
        """Show another label."""
        self.query_one("#prompt-label", Static).update(Content(f" {label} "))

    def action_switch(self) -> None:
        """Tell that the label's other meaning is wanted."""
        self.post_message(self.Switched())

    def action_cancel(self) -> None:
        """Give no text."""
        self.post_message(self.Cancelled())

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Typed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Done(event.value))
