"""The reader's screen for those who use it: messages, background work, dialogs."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TypeVar

import msgspec
from textual.app import App
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from tui_digest.core.services import Services
from tui_digest.errors import LibraryError, TuiDigestError
from tui_digest.tui.text import plain_line
from tui_digest.tui.widgets.footer import KeyFooter
from tui_digest.tui.widgets.header import Banner, HeaderLine
from tui_digest.tui.widgets.panes import Panes
from tui_digest.tui.widgets.reporting_screen import ReportingScreen

_Dialog = TypeVar("_Dialog")
_Result = TypeVar("_Result")

RETRY_DELAY_S = 0.5
"""Between two tries to read the library while another program holds it."""


class StatusLines(msgspec.Struct, frozen=True):
    """The widgets around the panes."""

    header: HeaderLine
    banner: Banner
    footer: KeyFooter


class CommandRequested(Message):
    """A command is to be run that no key asked for: the palette did."""

    def __init__(self, command_id: str) -> None:
        super().__init__()
        self.command_id = command_id


class ScreenHandle:
    """The reader's screen, without its events: tells, runs and opens.

    A failure of what it runs is told in the footer, and the rest of the reader goes on.

    Attributes:
        services: the library, arXiv's days, models and the rest of the machine.
        panes: the list and the paper.
        status: header, banner and footer.
    """

    def __init__(
        self, screen: ReportingScreen[None], services: Services, panes: Panes, status: StatusLines
    ) -> None:
        self.services = services
        self.panes = panes
        self.status = status
        self._screen = screen

    @property
    def app(self) -> App[object]:
        """Textual's application: dialogs, themes, the terminal."""
        return self._screen.app

    @property
    def is_open(self) -> bool:
        """Whether there is something to show on; background work may outlive it."""
        status, panes = self.status, self.panes
        widgets = (status.header, status.banner, panes.papers, panes.paper, status.footer)
        return all(widget.is_attached for widget in widgets)

    # Messages

    def notify(self, words: str, *, warning: bool = False) -> None:
        """Show a message in the footer until the next key."""
        self.notify_content(plain_line(words), warning=warning)

    def notify_on_top(self, words: str, *, warning: bool = False) -> None:
        """Show a message in the footer, and where a dialog is over it in the dialog."""
        self.notify(words, warning=warning)
        if self.app.screen is not self._screen:
            self.app.notify(words, severity="warning" if warning else "information", markup=False)

    def notify_content(self, content: Content, *, warning: bool = False) -> None:
        """Show a message that is already Content."""
        # A class of the footer: one of the screen would have every widget's styles looked up again.
        self.status.footer.add_class("-saying")
        self.status.footer.show_message(content, warning=warning)

    def clear_message(self) -> None:
        """Clear the message."""
        self.status.footer.remove_class("-saying")
        self.status.footer.clear_message()

    # What runs, now or in the background

    def run_guarded(self, act: Callable[[], object]) -> None:
        """Run something, and notify when it fails."""
        try:
            act()
        except Exception as error:
            self.notify(self.describe_error(error), warning=True)

    def describe_error(self, error: Exception) -> str:
        """Return the sentence for an error; a fault of the program is also logged."""
        return str(error) if isinstance(error, TuiDigestError) else self.services.report(error)

    def run_in_background(self, work: Callable[[], Coroutine[None, None, None]], group: str) -> None:
        """Run a coroutine in the background; a later one of the same group cancels it."""

        async def guarded() -> None:
            try:
                await work()
            except Exception as error:
                sentence = self.describe_error(error)
                if self.is_open:
                    self.notify(sentence, warning=True)

        # Textual's union of what a worker may be leaves mypy no type of result to choose.
        self._screen.run_worker(guarded, group=group, exclusive=True)  # type: ignore[arg-type]

    def is_running(self, group: str) -> bool:
        """Tell whether background work of this group is under way."""
        return any(worker.group == group and not worker.is_finished for worker in self._screen.workers)

    def cancel(self, group: str) -> None:
        """Cancel the background work of this group."""
        self._screen.workers.cancel_group(self._screen, group)

    def set_timer(self, seconds: float, act: Callable[[], object]) -> Timer:
        """Run something once after `seconds`."""
        return self._screen.set_timer(seconds, lambda: self.run_guarded(act))

    def request_command(self, command_id: str) -> None:
        """Run a command as if its key had been pressed."""
        self._screen.post_message(CommandRequested(command_id))

    # Dialogs

    def open_dialog(
        self, dialog: Screen[_Result], then: Callable[[_Result | None], object] | None = None
    ) -> None:
        """Open a dialog over the reader; `then` gets its result, None if it has none."""

        def guarded(result: _Result | None) -> None:
            if then is not None:
                self.run_guarded(lambda: then(result))

        self.app.push_screen(dialog, guarded)

    def find_dialog(self, kind: type[_Dialog]) -> _Dialog | None:
        """Return the open dialog of this class, if there is one."""
        return next((screen for screen in self.app.screen_stack if isinstance(screen, kind)), None)


class LibraryRetry:
    """Reads the library again until no other program holds it.

    Args:
        handle: the screen that it is read for; once it is closed, nothing is tried.
        act: reads it; raises LibraryError while it is held.
    """

    def __init__(self, handle: ScreenHandle, act: Callable[[], object]) -> None:
        self._handle = handle
        self._act = act
        self._is_due = False

    def start(self) -> None:
        """Try in a moment, unless that is due already."""
        if not self._is_due and self._handle.is_open:
            self._is_due = True
            self._handle.set_timer(RETRY_DELAY_S, self._try)

    def _try(self) -> None:
        self._is_due = False
        if self._handle.is_open:
            try:
                self._act()
            except LibraryError:
                self.start()
