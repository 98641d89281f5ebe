"""The base of all screens: a failure with a sentence is told, and ends nothing."""

from __future__ import annotations

from typing import Generic

from textual.message import Message
from textual.screen import Screen, ScreenResultType

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

    async def _dispatch_message(self, message: Message) -> None:
        """Handle a message; post what went wrong instead of raising it."""
        try:
            await super()._dispatch_message(message)
        except TuiDigestError as error:
            self.post_message(self.Failed(error))
