"""One of several: authors to follow, days, saved filters, steps of the history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui_digest.tui.dialogs.modal import Overlay
from tui_digest.tui.text import plain
from tui_digest.tui.theme.stylesheets import sheet

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Choice(Generic[Value]):
    """Something that can be chosen: how it reads, and what it is."""

    content: Content
    value: Value


@dataclass(frozen=True, slots=True)
class Chosen(Generic[Value]):
    """What was chosen (None: there is nothing to choose from), and by which key."""

    value: Value | None
    key: str = "enter"


class ChooserScreen(Overlay[Chosen[Value]], Generic[Value]):
    """A list over the reader; it returns what was chosen, None when nothing was.

    Args:
        title: what is chosen.
        choices: in their order.
        keys: further keys that end it, and in a word what they do with the choice.
        at: the place of the choice that the cursor stands on first.
        tried: told the choice that the cursor comes to stand on.
    """

    CSS_PATH = sheet("chooser")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "close", "Close", show=False),
        Binding("j", "move('down')", "Down", show=False),
        Binding("k", "move('up')", "Up", show=False),
        Binding("ctrl+d", "move('page_down')", "A page down", show=False),
        Binding("ctrl+u", "move('page_up')", "A page up", show=False),
        Binding("g", "move('first')", "First", show=False),
        Binding("G", "move('last')", "Last", show=False),
    ]

    HINTS: ClassVar[Mapping[str, str]] = {}
    """Keys that do something without ending it, and in a word what."""

    options = query_one("#choices", OptionList)

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice[Value]],
        *,
        keys: Mapping[str, str] | None = None,
        at: int = 0,
        tried: Callable[[Value], None] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = tuple(choices)
        self._keys = dict(keys or {})
        self._at = at
        self._tried = tried

    def compose(self) -> ComposeResult:
        """Title, choices, and what the keys do."""
        with Vertical(id="chooser"):
            yield Static(plain(self._title), id="chooser-title")
            yield OptionList(*(Option(choice.content) for choice in self._choices), id="choices")
            offered = {"Enter": "choose", **self.HINTS, **self._keys, "Esc": "close"}
            hints = [Content.assemble((key, "bold"), f" {words}") for key, words in offered.items()]
            yield Static(Content("   ").join(hints), id="chooser-keys")

    def on_mount(self) -> None:
        """The cursor on its first place."""
        if self._choices:
            self.options.highlighted = self._at

    def on_key(self, event: events.Key) -> None:
        """The further keys."""
        if event.character in self._keys:
            event.stop()
            place = self.options.highlighted
            value = self._choices[place].value if place is not None and self._choices else None
            self.close(Chosen(value, event.character or ""))

    def retitle(self, title: str) -> None:
        """Say something else above the choices."""
        self.query_one("#chooser-title", Static).update(Content(title))

    @on(OptionList.OptionHighlighted)
    def _highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if self._tried is not None and self.is_current:
            self._tried(self._choices[event.option_index].value)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.close(Chosen(self._choices[event.option_index].value))

    def action_move(self, where: str) -> None:
        """Move the cursor."""
        getattr(self.options, f"action_{'cursor_' if where in ('down', 'up') else ''}{where}")()
