"""The base of all screens: a failure with a sentence is told, and ends nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Generic

from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget

from tui_digest.errors import TuiDigestError


class ReportingScreen(Screen[ScreenResultType], Generic[ScreenResultType]):
    """A screen whose handlers may raise a `TuiDigestError`, posted as `Failed`.

    Another program may hold the library at any moment, and nearly every handler reads something of it:
    Textual would end the application.
    """

    class Failed(Message):
        """Something could not be done, for a reason that the user is told.

        Attributes:
            error: its message is the sentence.
        """

        def __init__(self, error: TuiDigestError) -> None:
            super().__init__()
            self.error = error

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


def _call_later(widget: MessagePump, act: Callable[[], object]) -> None:
    """Call a function behind a widget's queue; at once if the widget is closed."""
    if not widget.call_later(act):
        act()
