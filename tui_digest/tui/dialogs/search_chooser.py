"""One of many, found by typing: arXiv's categories, the authors of a mailing, a service's models."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui_digest.tui.dialogs.chooser import Choice
from tui_digest.tui.dialogs.modal import Overlay
from tui_digest.tui.theme.stylesheets import sheet

Value = TypeVar("Value")


class FinderScreen(Overlay[Value], Generic[Value]):
    """A list over the reader that what one types narrows; it returns what was chosen, or None.

    Args:
        title: what is chosen.
        choices: in their order; those that have all the words typed are shown.
        typed: makes a choice, shown after the others, of the words themselves; None: they are none.
    """

    CSS_PATH = sheet("finder")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close", show=False, priority=True),
        Binding("down", "move('cursor_down')", "Down", show=False, priority=True),
        Binding("up", "move('cursor_up')", "Up", show=False, priority=True),
        Binding("pagedown", "move('page_down')", "A page down", show=False, priority=True),
        Binding("pageup", "move('page_up')", "A page up", show=False, priority=True),
    ]

    options = query_one("#finder-choices", OptionList)

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice[Value]],
        typed: Callable[[str], Choice[Value]] | None = None,
    ) -> None:
        super().__init__()
        self._title = title
        self._choices = tuple(choices)
        self._typed = typed
        self._shown: tuple[Choice[Value], ...] = ()

    def compose(self) -> ComposeResult:
        """Title, a line to type in, choices."""
        with Vertical(id="finder"):
            yield Static(Content(self._title), id="finder-title")
            yield Input(placeholder="Type to narrow the list; Enter chooses, Esc closes", id="finder-words")
            choices = OptionList(id="finder-choices")
            choices.can_focus = False
            yield choices

    def on_mount(self) -> None:
        """Show all."""
        self.query_one("#finder-words", Input).cursor_blink = False
        self._show("")

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        self._show(event.value)

    def _show(self, words: str) -> None:
        wanted = words.casefold().split()
        self._shown = tuple(
            choice
            for choice in self._choices
            if all(word in choice.content.plain.casefold() for word in wanted)
        )
        if self._typed is not None and words.strip():
            self._shown = (*self._shown, self._typed(words.strip()))
        self.options.set_options([Option(choice.content) for choice in self._shown])
        self.options.highlighted = 0 if self._shown else None

    @on(Input.Submitted)
    def _submitted(self) -> None:
        place = self.options.highlighted
        if place is not None:
            self.close(self._shown[place].value)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.close(self._shown[event.option_index].value)

    def action_move(self, how: str) -> None:
        """Move the cursor."""
        getattr(self.options, f"action_{how}")()
