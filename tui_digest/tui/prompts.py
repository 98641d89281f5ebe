"""What the reader types into: the line at the bottom, or a note. While he writes, keys are text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual.message import Message
from textual.widget import Widget

from tui_digest.tui.widgets.footer import KeyHint

if TYPE_CHECKING:
    from textual.events import Key

    from tui_digest.tui.screens.reader import ReaderScreen


def _nothing(text: str) -> None:
    """Nothing happens while one types."""


def _nobody() -> None:
    """Nothing is to be undone when one cancels."""


class Asking(msgspec.Struct, frozen=True):
    """What is asked for.

    `done` is given the text, and may raise a TuiDigestError, which leaves the text open to be
    mended; `typed` is told the text as it changes, `cancelled` that there is none. `kept` is given
    the text when the reader is left meanwhile. `switched` is called for Tab and gives the label that
    stands before the line from then on; without it Tab does nothing. `switch_words` says what it does.
    """

    done: Callable[[str], None]
    typed: Callable[[str], None] = _nothing
    cancelled: Callable[[], None] = _nobody
    kept: Callable[[str], object] = _nothing
    switched: Callable[[], str] | None = None
    switch_words: str = ""


class Field(Widget):
    """Something to write in. It tells by messages how that ends."""

    HINTS: ClassVar[Mapping[str, str]] = {}
    """The keys that end it, and in a word how."""

    class Done(Message):
        """The text was given."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class Cancelled(Message):
        """There is no text."""

    class Switched(Message):
        """Tab was typed."""

    @property
    def text(self) -> str:
        """What stands in it."""
        raise NotImplementedError

    def rename(self, label: str) -> None:
        """Show another label."""
        raise NotImplementedError

    def put(self, text: str) -> None:
        """Take text that was typed before the field had the focus."""
        raise NotImplementedError


class Writing:
    """Opens the line or the note, and closes them. At most one is open."""

    def __init__(self, reader: ReaderScreen) -> None:
        """Take the screen that they are shown on."""
        self._reader = reader
        self._field: Field | None = None
        self._asking = Asking(_nothing)

    @property
    def field(self) -> Field | None:
        """What is being written in; None when nothing is."""
        return self._field

    @property
    def hints(self) -> tuple[KeyHint, ...]:
        """The keys that are no text while one writes, for the footer; none when nothing is written."""
        if self._field is None:
            return ()
        switching = {"Tab": self._asking.switch_words} if self._asking.switched is not None else {}
        keys = {**self._field.HINTS, **switching}
        return tuple(KeyHint(((key, ""),), words) for key, words in keys.items())

    def ask(self, label: str, asking: Asking, value: str = "", *, selected: bool = False) -> None:
        """Ask for a line of text; what is typed takes the place of a `selected` value."""
        from tui_digest.tui.widgets.prompt import Prompt

        self._open(Prompt(label, value, self._typed, selected=selected), asking)

    def note(self, paper_id: str, text: str, asking: Asking) -> None:
        """Open the note of a paper."""
        from tui_digest.tui.widgets.note_editor import NotePane

        self._open(NotePane(paper_id, text), asking)

    def _open(self, field: Field, asking: Asking) -> None:
        self.finish()
        self._field, self._asking = field, asking
        self._reader.add_class("-writing")
        self._reader.refresh_hints()
        self._reader.mount(field, before=self._reader.key_bar)

    def takes(self, event: Key) -> bool:
        """Whether a key belongs to what is being written.

        A field keeps the characters that it was typed. One that comes here was typed ahead, before
        the field had the focus, and is put into it.
        """
        if self._field is None:
            return False
        if event.is_printable and event.character:
            self._field.put(event.character)
            event.stop()
        return True

    def _typed(self, text: str) -> None:
        """The text changed."""
        self._reader.attempt(lambda: self._asking.typed(text))

    def done(self, text: str) -> None:
        """The text was given: close, unless it cannot be used."""
        self._asking.done(text)
        self._close()

    def cancelled(self) -> None:
        """There is no text."""
        self._reader.hush()
        self._asking.cancelled()
        self._close()

    def retell(self) -> None:
        """Tell the text again: what it is about has changed."""
        if self._field is not None:
            self._typed(self._field.text)

    def switched(self) -> None:
        """Tab was typed."""
        if self._field is not None and self._asking.switched is not None:
            self._field.rename(self._asking.switched())

    def finish(self) -> None:
        """Give what is being written as it stands, and close: the reader turns to something else."""
        if self._field is not None:
            self.done(self._field.text)

    def keep(self) -> None:
        """Keep what is being written: the reader is left, and nothing can be shown any more."""
        if self._field is not None:
            self._asking.kept(self._field.text)

    def _close(self) -> None:
        field, self._field = self._field, None
        if field is not None:
            field.remove()
            self._reader.remove_class("-writing")
            self._reader.refresh_hints()
            (self._reader.pane if self._reader.paper_open else self._reader.papers).focus()
