"""The ways in which asking arXiv goes wrong, each with its one plain sentence."""

from __future__ import annotations

from datetime import datetime

from tui_digest.errors import ArxivError

KEPT = "What was stored is kept."
"""The reader's first worry, answered."""


class UnreachableError(ArxivError):
    """No answer: no network, a broken connection, a server that fails, or too long a wait."""


class CoolDownError(ArxivError):
    """arXiv asked for fewer requests; nothing is asked before `until` (UTC)."""

    def __init__(self, message: str, until: datetime) -> None:
        """The sentence for the user, and when arXiv may be asked again."""
        super().__init__(message)
        self.until = until


class BrokenAnswerError(ArxivError):
    """What came is not a feed: a page of HTML, malformed XML, more bytes than any feed has."""


class TruncatedAnswerError(BrokenAnswerError):
    """The answer stops in the middle; asking again may help."""


class RefusedError(ArxivError):
    """arXiv understood the question and refused it; asking again is no use."""


class NoHtmlError(RefusedError):
    """arXiv has no HTML of a paper; the sentence says why, as far as arXiv does."""

    exit_code = 1


class UnconfirmedError(ArxivError):
    """A well-formed answer with nothing in it, where papers were due."""


class ForbiddenAddressError(ArxivError):
    """An address outside of arXiv's hosts, or without https, that the user did not set."""


def too_late(seconds: float) -> UnreachableError:
    """The failure of a question that had no answer within its deadline."""
    return UnreachableError(f"arXiv did not answer within {seconds:.0f} seconds. {KEPT} Try again later.")
