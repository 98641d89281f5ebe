"""A choice found by typing: arXiv's categories, authors of a mailing, models."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui_digest.tui.dialogs.chooser import CHOOSE, Choice, Options, move_in
from tui_digest.tui.dialogs.modal import DialogCommand, ModalDialog, hint_line
from tui_digest.tui.keymap.keymap import Keymap
from tui_digest.tui.theme.themes import sheet

_Value = TypeVar("_Value")


class SearchChooserScreen(ModalDialog[_Value], Generic[_Value]):
    """A list that typing narrows; returns what was chosen, or None.

    Args:
        keymap: the reader's.
        title: what is chosen.
        choices: in their order; those that have all the words typed are shown.
        typed: makes a choice, shown after the others, of the words themselves; None: they are none.
        toggle: takes a choice in or out and gives all choices as they are then; the dialog stays open.
    """

    PLACE = "search_chooser"
    CSS_PATH = sheet("search_chooser")

    line = query_one("#search-chooser-line", Input)
    options = query_one("#search-chooser-choices", OptionList)

    def __init__(
        self,
        keymap: Keymap,
        title: str,
        choices: Sequence[Choice[_Value]],
        typed: Callable[[str], Choice[_Value]] | None = None,
        *,
        toggle: Callable[[_Value], Sequence[Choice[_Value]]] | None = None,
    ) -> None:
        super().__init__(keymap)
        self._title = title
        self._choices = tuple(choices)
        self._typed = typed
        self._toggle = toggle
        self._shown: tuple[Choice[_Value], ...] = ()

    def functions(self) -> Mapping[str, DialogCommand]:
        """Return what the commands of the list do. Moving in it gives it the focus."""

        def in_list(act: DialogCommand) -> DialogCommand:
            def focus_and_act(count: int) -> None:
                self.set_focus(self.options)
                act(count)

            return focus_and_act

        moves = {name: in_list(act) for name, act in move_in(self.options).items()}
        del moves["first"], moves["last"]  # their keys move in the line
        return {
            **moves,
            "search": lambda count: self.set_focus(self.line),
            "other_pane": lambda count: self.set_focus(
                self.options if self.focused is self.line else self.line
            ),
            CHOOSE: lambda count: self._choose(),
            "chooser.toggle": lambda count: self._choose(),
            "back": self.cancel,
            "leave": self.cancel,
        }

    def compose(self) -> ComposeResult:
        """Title, a line to type in, choices."""
        with Vertical(id="search-chooser"):
            yield Static(Content(self._title), id="search-chooser-title")
            yield Input(placeholder="Type to narrow the list", id="search-chooser-line")
            yield Options(id="search-chooser-choices")
            yield Static(hint_line(self._hints()), id="search-chooser-keys")

    def _hints(self) -> list[tuple[str, str]]:
        label = self.keymap.label_of
        takes = "in or out" if self._toggle else "choose"
        moves = (label(name, while_typing=True) for name in ("up", "down"))
        return [
            (label(CHOOSE), takes),
            (" ".join(filter(None, moves)), "move"),
            (label("other_pane"), "to the list"),
            (label("chooser.toggle"), f"{takes} there"),
            (label("back"), "close"),
        ]

    def on_mount(self) -> None:
        """Show all."""
        self.line.cursor_blink = False
        self._show()

    @on(Input.Changed)
    def _narrow(self) -> None:
        self._show()

    def _show(self, at: int = 0) -> None:
        """Show the choices that have the words, the cursor on the one at this place."""
        words = self.line.value
        wanted = words.casefold().split()
        self._shown = tuple(
            choice
            for choice in self._choices
            if all(word in choice.content.plain.casefold() for word in wanted)
        )
        if self._typed is not None and words.strip():
            self._shown = (*self._shown, self._typed(words.strip()))
        self.options.set_options([Option(choice.content) for choice in self._shown])
        self.options.highlighted = min(at, len(self._shown) - 1) if self._shown else None

    def _choose(self) -> None:
        place = self.options.highlighted
        if place is None:
            return
        value = self._shown[place].value
        if self._toggle is None:
            self.close(value)
        else:
            self._choices = tuple(self._toggle(value))
            self._show(place)

    @on(OptionList.OptionSelected)
    def _selected(self) -> None:
        self._choose()
