"""A choice from a list: authors, saved filters, settings, steps of the history."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui_digest.tui.dialogs.modal import DialogCommand, ModalDialog, hint_line
from tui_digest.tui.keymap.keymap import Keymap
from tui_digest.tui.text import plain
from tui_digest.tui.theme.themes import sheet

_Value = TypeVar("_Value")

CHOOSE = "chooser.choose"


@dataclass(frozen=True, slots=True)
class Choice(Generic[_Value]):
    """Something that can be chosen: how it reads, and what it is."""

    content: Content
    value: _Value


@dataclass(frozen=True, slots=True)
class Chosen(Generic[_Value]):
    """A choice (None: there was nothing to choose), and the command that ended it."""

    value: _Value | None
    command_id: str = CHOOSE


class Options(OptionList):
    """A list of options that ignores a click on an option that is gone.

    The place of the option is noted when the mouse is released. Textual looks it up when the click is
    handled, and fails where the list has become shorter meanwhile.
    """

    def on_click(self, event: events.Click) -> None:
        """Keep such a click from Textual's own handler."""
        option = event.style.meta.get("option")
        if isinstance(option, int) and option >= self.option_count:
            event.prevent_default()


def move_in(options: OptionList) -> dict[str, DialogCommand]:
    """The commands that move the cursor of a list of options."""

    def by_count(action: Callable[[], None]) -> DialogCommand:
        def move(count: int) -> None:
            with suppress(LookupError):  # options that were just put in have no lines until they are drawn
                for _ in range(min(count, options.option_count)):
                    action()

        return move

    return {
        "down": by_count(options.action_cursor_down),
        "up": by_count(options.action_cursor_up),
        "half_page_down": by_count(options.action_page_down),
        "half_page_up": by_count(options.action_page_up),
        "page_down": by_count(options.action_page_down),
        "page_up": by_count(options.action_page_up),
        "first": lambda count: options.action_first(),
        "last": lambda count: options.action_last(),
    }


class ChooserScreen(ModalDialog[Chosen[_Value]], Generic[_Value]):
    """A list over the reader; it returns what was chosen, None when nothing was.

    Args:
        keymap: the reader's.
        title: what is chosen.
        choices: in their order.
        place: the name of the list in the keymap, if it has commands of its own.
        offered: which of those can be run now; they end the dialog.
        at: the place of the choice that has the cursor first.
        tried: called with the choice that the cursor comes to.
    """

    PLACE = "chooser"
    CSS_PATH = sheet("chooser")

    options = query_one("#choices", OptionList)

    def __init__(
        self,
        keymap: Keymap,
        title: str,
        choices: Sequence[Choice[_Value]],
        *,
        place: str = "",
        offered: Sequence[str] = (),
        at: int = 0,
        tried: Callable[[_Value], None] | None = None,
    ) -> None:
        super().__init__(keymap, place)
        self._title = title
        self._choices = tuple(choices)
        self._offered = tuple(offered)
        self._at = at
        self._tried = tried

    def functions(self) -> Mapping[str, DialogCommand]:
        """Return what the commands of the list do."""
        return {
            **{command_id: partial(self._end, command_id) for command_id in self._offered},
            **move_in(self.options),
            CHOOSE: lambda count: self._choose(),
            "chooser.toggle": lambda count: self._choose(),
            "back": self.cancel,
            "leave": self.cancel,
        }

    def _choose(self) -> None:
        """Close at once: keys that were typed ahead are for what comes next."""
        if self.options.highlighted is not None:
            self._end(CHOOSE, 1)

    def _end(self, command_id: str, count: int) -> None:
        place = self.options.highlighted
        value = self._choices[place].value if place is not None and self._choices else None
        self.close(Chosen(value, command_id))

    def hints(self) -> list[tuple[str, str]]:
        """The keys that are offered below the choices, and what they do."""
        titles = {command.id: command.footer for command in self.keymap.commands}
        own = [(self.keymap.label_of(command_id), titles[command_id]) for command_id in self._offered]
        label = self.keymap.label_of
        choose = " ".join(filter(None, (label(CHOOSE), label("chooser.toggle"))))
        return [(choose, "choose"), *own, (label("back"), "close")]

    def compose(self) -> ComposeResult:
        """Title, choices, and what the keys do."""
        with Vertical(id="chooser"):
            yield Static(plain(self._title), id="chooser-title")
            yield Options(*(Option(choice.content) for choice in self._choices), id="choices")
            yield Static(hint_line(self.hints()), id="chooser-keys")

    def on_mount(self) -> None:
        """The cursor on its first place."""
        if self._choices:
            self.options.highlighted = self._at

    def set_title(self, title: str) -> None:
        """Say something else above the choices."""
        self.query_one("#chooser-title", Static).update(Content(title))

    @on(OptionList.OptionHighlighted)
    def _option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        if self._tried is not None and self.is_current:
            self._tried(self._choices[event.option_index].value)

    @on(OptionList.OptionSelected)
    def _option_selected(self, event: OptionList.OptionSelected) -> None:
        self.close(Chosen(self._choices[event.option_index].value))
