"""The base of all screens: failures are told, and a slow terminal stops nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from time import monotonic
from typing import Generic

from textual import events, messages
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import UPDATE_PERIOD, Screen, ScreenResultType
from textual.widget import Widget

from tui_digest.errors import TuiDigestError
from tui_digest.tui.terminal_output import TerminalOutput


class ReportingScreen(Screen[ScreenResultType], Generic[ScreenResultType]):
    """A screen whose handlers may raise a `TuiDigestError`, posted as `Failed`.

    Another program may hold the library at any moment, and nearly every handler reads something of it:
    Textual would end the application.

    A change is drawn as soon as it is known, up to sixty times a second.

    Nothing is drawn while the terminal has not taken what was drawn before. What changes meanwhile is
    drawn at once when it has: Textual notes which regions have changed.
    """

    class Failed(Message):
        """Something could not be done, for a reason that the user is told.

        Attributes:
            error: its message is the sentence.
        """

        def __init__(self, error: TuiDigestError) -> None:
            super().__init__()
            self.error = error

    _drawn_at = 0.0
    _is_due = False
    _is_changed = False

    def draw_soon(self) -> None:
        """Draw the next change without waiting, however short ago a frame was drawn.

        For what answers a key from a thread: a frame with the key itself was drawn milliseconds before.
        """
        self._is_due = True

    async def _on_update(self, message: messages.Update) -> None:
        """Note that a widget changed; Textual's own handler is called next."""
        self._is_changed = True

    async def _on_idle(self, event: events.Idle) -> None:
        """Draw what changed, unless a frame was drawn just now.

        Textual's own handler is called next. That waits for a timer of frames which ticks on a grid: for up
        to two frames after the last one.
        """
        if self._is_changed and self._dirty_widgets and not self._layout_required:
            self._is_changed = False
            if self._is_due or monotonic() - self._drawn_at >= UPDATE_PERIOD:
                self._on_timer_update()

    def call_behind(self, widget: Widget, act: Callable[[], object]) -> None:
        """Call a function once the screen has answered what is in a widget's queue.

        What comes of it goes from each widget's queue to its parent's, up to the screen's.
        """
        step = act
        for each in (*reversed(widget.ancestors_with_self), widget):
            if each in (self, widget) or self in each.ancestors:
                step = partial(_call_later, each, step)
        step()

    async def _dispatch_message(self, message: Message) -> None:
        """Handle a message; post what went wrong instead of raising it."""
        try:
            await super()._dispatch_message(message)
        except TuiDigestError as error:
            self.post_message(self.Failed(error))

    def _compositor_refresh(self) -> None:
        """Draw what changed, or put that off until the terminal has caught up."""
        self._drawn_at, self._is_due = monotonic(), False
        output: TerminalOutput | None = getattr(self.app._driver, "output", None)
        if output is None or not output.is_behind or not output.put_off(self._in_loop(self._draw_put_off)):
            super()._compositor_refresh()

    def _draw_put_off(self) -> None:
        screen = self.app.screen
        if isinstance(screen, ReportingScreen):
            screen._compositor_refresh()

    @staticmethod
    def _in_loop(act: Callable[[], object]) -> Callable[[], None]:
        """Return what calls a function soon in this event loop, from any thread."""
        loop, context = asyncio.get_running_loop(), copy_context()

        def call() -> None:
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(act, context=context)

        return call


def _call_later(widget: MessagePump, act: Callable[[], object]) -> None:
    """Call a function behind a widget's queue; at once if the widget is closed."""
    if not widget.call_later(act):
        act()
