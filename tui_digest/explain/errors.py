"""Errors of requests to models; each message is one plain sentence."""

from __future__ import annotations

from tui_digest.errors import ModelError


class NotSetUp(ModelError):
    """No model is chosen, or its key cannot be found."""

    exit_code = 2


class DailyLimitReached(ModelError):
    """The user's daily limit of requests is reached."""


class ExplanationCancelled(ModelError):
    """The user cancelled an explanation."""


class ServiceError(ModelError):
    """The service could not be reached, refused, failed, or stopped early.

    `stopped` says in a few words why an answer is incomplete, for its receipt.
    """

    def __init__(self, sentence: str, stopped: str) -> None:
        """Keep the message, and its short form for a receipt."""
        super().__init__(sentence)
        self.stopped = stopped


class KeyRefused(ServiceError):
    """The service does not accept the key."""


class ServiceRefused(ServiceError):
    """The service refuses the request; a retry would not help."""


class ServiceBusy(ServiceError):
    """The service was overloaded or limited requests for too long."""


class ServiceUnreachable(ServiceError):
    """No answer: no connection, a timeout, or a broken connection."""


class BadAnswer(ServiceError):
    """Not an answer: a web page, an empty text, a stream that ends early."""


def in_seconds(seconds: float) -> str:
    """A time in words: `1 second`, `90 seconds`, `0.5 seconds`."""
    return f"{seconds:g} second{'' if seconds == 1 else 's'}"
