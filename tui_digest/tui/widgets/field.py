"""Input widgets: what becomes of the text, and how its end is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum, auto
from typing import ClassVar, Final

import msgspec
from textual.widget import Widget

from tui_digest.tui.widgets.footer import KeyHint
from tui_digest.tui.widgets.memory import release_removed

LONGEST_LINE: Final = 1000
"""Characters that a line takes: what is searched for has no more."""

LONGEST_NOTE: Final = 64 * 1024
"""Characters that a note has at most after a paste."""


def _ignore(text: str) -> None:
    """Do nothing with a text."""


def _do_nothing() -> None:
    """Do nothing."""


def release_input(widget: Widget) -> None:
    """Release an input that is removed from its screen and the application.

    Textual's inputs subscribe to a signal of the screen with a function that keeps them alive, and a
    text area watches the application's theme: that is let go of when the theme changes.
    """
    widget.screen.text_selection_started_signal.unsubscribe(widget)
    for watchers in getattr(widget.app, "__watchers", {}).values():
        watchers[:] = [watcher for watcher in watchers if watcher[0] is not widget]
    release_removed()


class TextRequest(msgspec.Struct, frozen=True):
    """Request of a text, with the functions that get it.

    `done` is given the text, and may raise a TuiDigestError, which leaves the text open to be
    corrected; `typed` is told the text as it changes, `cancelled` that there is none. `kept` is given
    the text when the reader is left meanwhile. `switched` is called for Tab and gives the label that
    is shown before the text from then on; or `completed` is given the text and returns the one that takes
    its place. Without either Tab does nothing. `tab_words` says what it does.
    """

    done: Callable[[str], None]
    typed: Callable[[str], None] = _ignore
    cancelled: Callable[[], None] = _do_nothing
    kept: Callable[[str], object] = _ignore
    switched: Callable[[], str] | None = None
    completed: Callable[[str], str] | None = None
    tab_words: str = ""


class FieldEnd(Enum):
    """Effect of a key on a field that is no text."""

    SUBMIT = auto()
    CANCEL = auto()
    SWITCH = auto()
    LINE = auto()
    """It ends a line of text, which may be a command that ends the field."""


class Field(Widget):
    """A widget to write in."""

    HINTS: ClassVar[Mapping[str, str]] = {}
    """The keys that end it, and in a word how."""

    ENDS: ClassVar[Mapping[str, FieldEnd]] = {}
    """What the keys that are no text do, by Textual's names of them."""

    def __init__(self, request: TextRequest) -> None:
        super().__init__()
        self._request = request

    @property
    def text(self) -> str:
        """The text as it is now."""
        raise NotImplementedError

    def set_label(self, label: str) -> None:
        """Show another label."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Replace the text."""
        raise NotImplementedError

    @property
    def input(self) -> Widget:
        """The widget that has the focus while it is written in."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Focus the field."""
        self.screen.set_focus(self.input)

    def end_by(self, key: str) -> FieldEnd | None:
        """Return what a key ends; None if it is text, or edits the text."""
        return self.ENDS.get(key)

    def end_line(self) -> FieldEnd | None:
        """End the line that the cursor is on; return what that ends besides."""
        raise NotImplementedError

    def type_ahead(self, text: str) -> None:
        """Append text that was typed before the field had the focus."""
        raise NotImplementedError

    @property
    def key_hints(self) -> tuple[KeyHint, ...]:
        """The keys that are no text, for the footer."""
        takes_tab = self._request.switched is not None or self._request.completed is not None
        keys = {**self.HINTS, **({"Tab": self._request.tab_words} if takes_tab else {})}
        return tuple(KeyHint(((key, ""),), words) for key, words in keys.items())

    def submit(self, text: str) -> None:
        """Use a text of the field; a TuiDigestError says why it cannot be used."""
        self._request.done(text)

    def rerun(self) -> None:
        """Do again what is done as the text changes: what it is about has changed."""
        self._request.typed(self.text)

    def cancel(self) -> None:
        """Undo what was done as the text changed."""
        self._request.cancelled()

    def keep(self) -> None:
        """Keep the text: the reader is left."""
        self._request.kept(self.text)

    def switch(self) -> None:
        """Do what Tab does: show the label that goes with it, or the completed text."""
        if self._request.switched is not None:
            self.set_label(self._request.switched())
        elif self._request.completed is not None:
            self.set_text(self._request.completed(self.text))
