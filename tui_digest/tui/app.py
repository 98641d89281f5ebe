"""The reader as a Textual application: themes, stylesheets, the first screen."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import ClassVar

from textual import constants, events, on
from textual.app import App
from textual.binding import BindingType
from textual.css.query import NoMatches
from textual.driver import Driver
from textual.geometry import Size
from textual.screen import Screen
from textual.theme import Theme
from textual.worker import WorkerFailed

from tui_digest.core.services import Services
from tui_digest.errors import TuiDigestError
from tui_digest.lists import StoredDigest
from tui_digest.settings import Settings
from tui_digest.text.sanitise import sanitise
from tui_digest.tui.keymap.keymap import Keymap
from tui_digest.tui.reader import Reader
from tui_digest.tui.screens.reader import ReaderScreen
from tui_digest.tui.state import ReaderOptions
from tui_digest.tui.tasks.signals import end_on_signals, lend_terminal
from tui_digest.tui.tasks.thread_pools import ReadingThreads
from tui_digest.tui.terminal_input import MOST_COLUMNS, MOST_LINES
from tui_digest.tui.theme.themes import (
    FIRST_SHEETS,
    THEMES,
    WITHOUT_COLOUR,
    CachedStylesheet,
    cursor_colours,
    known_theme,
)
from tui_digest.tui.widgets.line_widget import LineWidget
from tui_digest.tui.widgets.reporting_screen import ReportingScreen

SAVE_WAIT_S = 2.0
"""How long an end from outside waits for decisions that are not on disk yet."""

THREAD_SWITCH_S = 0.0005
"""How long a thread may hold up the others while it runs Python's code, instead of 5 ms.

A frame would come that late while a query's thread reads what was found.
"""


class ReaderApp(App[str]):
    """The reader as a Textual application; it returns what is to be started next.

    Attributes:
        failure: what ended the reader although it never should have; None when nothing did.
    """

    TITLE = "tui_digest"
    CSS_PATH = [*FIRST_SHEETS]
    BINDINGS: ClassVar[list[BindingType]] = []
    ENABLE_COMMAND_PALETTE = False  # its key is the reader's own command

    def __init__(
        self,
        services: Services,
        settings: Settings,
        options: ReaderOptions,
        first: StoredDigest | None = None,
    ) -> None:
        # Set later, the theme would have Textual read all stylesheets twice.
        name = known_theme(settings.reader.theme) if options.colour else WITHOUT_COLOUR
        self.set_reactive(ReaderApp.theme, name)
        super().__init__()
        self.stylesheet = CachedStylesheet(variables=self.stylesheet._variables)
        self.services = services
        self.settings = settings
        self.options = options
        self.first = first
        self.keymap = Keymap(settings.keys)
        self.failure: Exception | None = None
        self._ending: list[Reader] = []
        for theme in THEMES.values():
            self.register_theme(theme)
        if settings.reader.reduced_motion:
            self.animation_level = "none"

    def get_driver_class(self) -> type[Driver]:
        """Return the driver of this system, or the one that the environment names."""
        if constants.DRIVER is not None:
            return super().get_driver_class()
        if sys.platform == "win32":
            from tui_digest.tui.windows_driver import LastingWindowsDriver

            return LastingWindowsDriver
        from tui_digest.tui.driver import PosixDriver

        return PosixDriver

    @property
    def size(self) -> Size:
        """The size of the terminal, no more than can be drawn."""
        columns, lines = super().size
        return Size(min(columns, MOST_COLUMNS), min(lines, MOST_LINES))

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Suspend the reader for another program; resume it also when that fails.

        Textual's own does not resume after an exception, takes Ctrl-C there for its own, and keeps the
        modes in which the program left the terminal.
        """
        failure: Exception | None = None
        with super().suspend(), lend_terminal():
            try:
                yield
            except Exception as error:
                failure = error
        if failure is not None:
            raise failure

    def get_theme(self, theme_name: str) -> Theme | None:
        """A theme by its name; the reader's own are known before they can be registered."""
        return THEMES.get(theme_name) or super().get_theme(theme_name)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """The colours of the theme's chosen row, for the style sheets."""
        return cursor_colours(self.current_theme)

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables; selected text has the colours of the chosen row."""
        variables = super().get_css_variables()
        return {
            **variables,
            "screen-selection-background": variables["row-cursor"],
            "screen-selection-foreground": variables["row-cursor-text"],
        }

    def get_default_screen(self) -> Screen[None]:
        """The reader's screen, laid out for the terminal's size from the first."""
        screen = ReaderScreen(self.services, self.settings, self.keymap, self.options, self.first)
        screen.set_size_classes(self.size)
        return screen

    def on_mount(self) -> None:
        """End on signals, and without waiting for threads that only read."""
        sys.setswitchinterval(THREAD_SWITCH_S)
        asyncio.get_running_loop().set_default_executor(ReadingThreads(thread_name_prefix="reading"))
        end_on_signals(self, self._save, self._unsaved)

    def _reader_screens(self) -> Iterator[ReaderScreen]:
        return (screen for screen in self.screen_stack if isinstance(screen, ReaderScreen))

    def _readers(self) -> Iterator[Reader]:
        return (screen.reader for screen in self._reader_screens())

    def _save(self) -> None:
        """Keep what is being written, and the position in the list."""
        self._ending = list(self._readers())
        for reader in self._ending:
            for save in (reader.keep_field, reader.writes.save_position):
                with suppress(TuiDigestError):  # tried again, and told, when the screen is left
                    save()
            self.services.library.limit_waiting(SAVE_WAIT_S)
            reader.writes.writer.wait(SAVE_WAIT_S)

    def _unsaved(self) -> str:
        """Say which decisions are not on disk."""
        told: list[str] = []
        for reader in self._ending:
            told += filter(None, [reader.writes.words_of_unwritten()])
            if papers := +reader.writes.writer.pending:
                told.append(f"Not written: what was decided last on {', '.join(sorted(papers))}.")
        return "\n".join(told)

    @on(Driver.SignalResume)
    def _draw_again(self) -> None:
        """Draw the whole screen after `fg`: Textual draws what changed, on a blank one."""
        self.refresh(layout=True)

    @on(LineWidget.Broken)
    def _tell_of_broken(self, event: LineWidget.Broken) -> None:
        """Report what a widget could not draw, and notify in the reader."""
        self._tell(self.services.report(event.error))

    @on(ReportingScreen.Failed)
    def _tell_of_failure(self, event: ReportingScreen.Failed) -> None:
        self._tell(str(event.error))

    @on(events.TextSelected)
    def _copy_selected(self) -> None:
        """Copy what the mouse selected in any screen when its button is released."""
        reader = next(self._readers(), None)
        if reader is not None and self.screen.get_selected_text():
            from tui_digest.tui.commands.clipboard import copy_selection

            reader.run_guarded(lambda: copy_selection(reader, None))

    async def on_event(self, event: events.Event) -> None:
        """Sanitise pastes, and offer each key to an open dialog or field first."""
        if isinstance(event, events.Paste):
            event.text = self._shorten(sanitise(event.text))
        if isinstance(event, events.Key) and not event.is_forwarded:
            try:
                if self._take_key(event):
                    return
            except TuiDigestError as error:
                self._tell(str(error))
                return
        await super().on_event(event)

    def _take_key(self, event: events.Key) -> bool:
        """Offer a key to a field or a dialog; their base is imported when needed."""
        screen = self.screen
        for reader in self._readers():
            reader.key_at = monotonic()
        if any(shown.field_keys.hold(event) for shown in self._reader_screens()):
            return True
        if isinstance(screen, ReaderScreen):
            return screen.field_keys.take(event)
        from tui_digest.tui.dialogs.modal import KeyedScreen

        return isinstance(screen, KeyedScreen) and screen.take_key(event)

    def _shorten(self, pasted: str) -> str:
        """Cut what is pasted to what the line or the note takes, and say so."""
        from textual.widgets import Input, TextArea

        from tui_digest.tui.widgets.field import LONGEST_LINE, LONGEST_NOTE

        focused = self.screen.focused
        if isinstance(focused, Input):
            pasted, length, longest = pasted.partition("\n")[0], len(focused.value), LONGEST_LINE
        elif isinstance(focused, TextArea):
            length, longest = len(focused.text), LONGEST_NOTE
        else:
            return ""
        taken = max(longest - length, 0)
        if len(pasted) > taken:
            self._tell(f"What was pasted was cut: no more than {longest:,} characters are taken here.")
        return pasted[:taken]

    def _tell(self, sentence: str) -> None:
        """Tell something in the footer, and where a dialog is over it in the dialog."""
        for reader in self._readers():
            reader.notify_on_top(sentence, warning=True)

    def _handle_exception(self, error: Exception) -> None:
        """End the reader with a failure that whoever runs it tells of.

        Textual has no public place for this.
        """
        cause = error.error if isinstance(error, WorkerFailed) else error
        if self._exit and isinstance(cause, NoMatches):
            return  # Textual's palette goes on searching while its widgets are taken away
        self.failure = self.failure or (cause if isinstance(cause, Exception) else error)
        super()._handle_exception(error)
        self._exit_renderables.clear()

    def _fatal_error(self) -> None:
        """Close without Textual's traceback.

        It has the values of variables: abstracts, or a key. To draw it takes seconds, and fails where there
        is no memory, or no file can be opened.
        """
        self._close_messages_no_wait()
