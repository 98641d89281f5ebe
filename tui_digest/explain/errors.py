"""What can go wrong between here and a model, each with the sentence that the user is told."""

from __future__ import annotations

from tui_digest.errors import ModelError


class NotSetUp(ModelError):
    """No model is chosen, or its key cannot be had: the user has to set something first."""

    exit_code = 2


class DailyLimitReached(ModelError):
    """As many requests as the user allows were made today."""


class Cancelled(ModelError):
    """The user stopped an explanation before it was finished."""


class ServiceError(ModelError):
    """The service could not be reached, refused, failed, or stopped in mid-answer.

    `stopped` says in a few words why an answer that had begun is not complete, for its receipt.
    """

    def __init__(self, sentence: str, stopped: str) -> None:
        """A failure with its sentence, and in a few words."""
        super().__init__(sentence)
        self.stopped = stopped


class KeyRefused(ServiceError):
    """The service does not accept the key."""


class ServiceRefused(ServiceError):
    """The service will not answer this request, and asking again would not change that."""


class ServiceBusy(ServiceError):
    """The service was overloaded or limited requests for longer than we wait."""


class ServiceUnreachable(ServiceError):
    """No answer came: no connection, or none in time, or it broke."""


class BadAnswer(ServiceError):
    """What came is not an answer: a web page, an empty text, a stream that ends too early."""


def in_seconds(seconds: float) -> str:
    """A time in words: `1 second`, `90 seconds`, `0.5 seconds`."""
    return f"{seconds:g} second{'' if seconds == 1 else 's'}"
