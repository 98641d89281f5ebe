"""Errors of requests to arXiv; each message is one plain sentence."""

from __future__ import annotations

from datetime import datetime

from tui_digest.errors import KEPT, ArxivError


class UnreachableError(ArxivError):
    """No answer: no network, a broken connection, a server error, or a timeout."""


class CoolDownError(ArxivError):
    """arXiv asked for fewer requests; none is sent before `until` (UTC)."""

    def __init__(self, message: str, until: datetime) -> None:
        """Keep the message, and when the next request may be sent."""
        super().__init__(message)
        self.until = until


class BrokenAnswerError(ArxivError):
    """The answer is not a feed: an HTML page, malformed XML, or too large."""


class TruncatedAnswerError(BrokenAnswerError):
    """The answer is truncated; a retry may help."""


class RefusedError(ArxivError):
    """arXiv refused the request; a retry would not help."""


class NoHtmlError(RefusedError):
    """arXiv has no HTML of a paper; the message gives arXiv's reason."""

    exit_code = 1


class UnconfirmedError(ArxivError):
    """A well-formed but empty answer, where papers were expected."""


class ForbiddenAddressError(ArxivError):
    """An address that is neither arXiv's with https nor one from the settings."""


def deadline_error(seconds: float) -> UnreachableError:
    """Return the error of a request without an answer within its deadline."""
    return UnreachableError(f"arXiv did not answer within {seconds:.0f} seconds. {KEPT} Try again later.")
