"""Base of all dialogs: their keys come from the keymap, and they close once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from tui_digest.tui.keymap.keymap import Keymap, key_name
from tui_digest.tui.widgets.footer import KeyHint
from tui_digest.tui.widgets.memory import release_removed
from tui_digest.tui.widgets.paper_pane import PaperPane
from tui_digest.tui.widgets.reporting_screen import ReportingScreen

_Result = TypeVar("_Result")

DialogCommand = Callable[[int], object]
"""Takes the number that was typed before the key; 1 without one."""


class KeyedScreen(ReportingScreen[_Result], Generic[_Result]):
    """A screen with keys from the keymap, given each key before its widgets.

    Attributes:
        keymap: the commands of the dialog by their keys.
    """

    PLACE: ClassVar[str]
    """The name of the dialog in the keymap."""

    keymap: Keymap

    _holding = True
    _command_waits = False
    _held: tuple[events.Key, ...] = ()
    _delivered: events.Key | None = None

    def _post_mount(self) -> None:
        """Handle the keys typed ahead once the dialog has its widgets and the focus.

        Not a handler of `Mount`: that of a dialog may fail before it, and no key would be taken any more.
        """
        super()._post_mount()  # type: ignore[no-untyped-call]
        self.call_later(self._deliver_held)

    def on_unmount(self) -> None:
        """Leave no widget of the dialog in a cache of Textual."""
        release_removed()

    async def _deliver_held(self) -> None:
        while self._held and not self._command_waits:
            self._delivered, self._held = self._held[0], self._held[1:]
            await self.app.on_event(self._delivered)
        self._holding = self._command_waits

    def _run_after_typing(self, command_id: str, count: int) -> None:
        """Run a command once what was typed before it was handled.

        Commands are run by the application, letters by the line in its own time: of keys typed fast, the
        command would come first.
        """
        self.hold_keys()

        def run() -> None:
            self._command_waits = False
            try:
                self.run_command(command_id, count)
            finally:
                self.app.call_later(self._deliver_held)

        line = self.focused
        assert line is not None
        self.call_behind(line, run)

    def hold_keys(self) -> None:
        """Hold the keys that come until `release_keys`."""
        self._holding = self._command_waits = True

    def release_keys(self) -> None:
        """Send the held keys to the screen on top now, behind what it has to do."""
        self._command_waits = False
        # Behind a command that was chosen, which goes by the application to the screen.
        self.app.call_later(self.app.call_later, lambda: self.app.screen.call_later(self._deliver_held))

    def functions(self) -> Mapping[str, DialogCommand]:
        """Return the dialog's commands by id; those not available now are left out."""
        raise NotImplementedError

    @property
    def is_on_top(self) -> bool:
        """Tell whether no other screen is over this one.

        Textual's `is_current` is true below a dialog, too.
        """
        return self.app.screen is self

    @property
    def typing(self) -> bool:
        """Whether text is typed now, so that printable keys are no commands."""
        return isinstance(self.focused, Input)

    def take_key(self, event: events.Key) -> bool:
        """Run the command of a key, or hold it until the dialog is there.

        Returns:
            False when the key is left to the widget that has the focus.
        """
        if self._holding and event is not self._delivered:
            self._held = (*self._held, event)
            return True
        if self.typing and event.is_printable:
            self.keymap.clear()
            return False
        press = self.keymap.press(key_name(event.key, event.character))
        if press.command is not None:
            run = self._run_after_typing if self.typing else self.run_command
            run(press.command.id, press.count or 1)
        return press.command is not None or bool(press.pending)

    def run_command(self, command_id: str, count: int = 1) -> None:
        """Run a command of the dialog, unless the dialog was closed meanwhile."""
        if self.is_on_top and (function := self.functions().get(command_id)) is not None:
            function(count)

    def hint(self, words: str, *command_ids: str, lasting: bool = False) -> KeyHint:
        """The first keys of commands, and in a word what they do, for the footer."""
        labels = ((self.keymap.label_of(command_id), command_id) for command_id in command_ids)
        return KeyHint(tuple(label for label in labels if label[0]), words, lasting=lasting)


class ModalDialog(KeyedScreen[_Result], ModalScreen[_Result], Generic[_Result]):
    """A dialog over the reader; repeated requests to close it are harmless.

    Keys that were typed ahead may ask it to close more than once.
    """

    def __init__(self, keymap: Keymap, place: str = "") -> None:
        super().__init__()
        self.keymap = keymap.at(place or self.PLACE)

    def close(self, result: _Result | None = None) -> None:
        """Close it with a result, unless it is closed already."""
        if self.is_on_top:
            self.dismiss(result)

    def cancel(self, count: int = 1) -> None:
        """Close it without a result."""
        self.close()


def hint_line(hints: Iterable[tuple[str, str]]) -> Content:
    """Keys, and in a word what they do, on one line; what has no key is left out."""
    shown = [Content.assemble((key, "bold"), f" {words}") for key, words in hints if key]
    return Content("   ").join(shown)


def scroll_commands(pane: PaperPane, lines: int = 1) -> dict[str, DialogCommand]:
    """The commands that scroll a page, `lines` at a time, or by a page or half of it."""

    def by(share: float) -> DialogCommand:
        return lambda count: pane.scroll_by(round(share * count * pane.size.height))

    return {
        "down": lambda count: pane.scroll_by(lines * count),
        "up": lambda count: pane.scroll_by(-lines * count),
        "half_page_down": by(0.5),
        "half_page_up": by(-0.5),
        "page_down": by(1),
        "page_up": by(-1),
    }
