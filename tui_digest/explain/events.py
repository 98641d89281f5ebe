"""The events of an explanation, and the protocol of its store."""

from __future__ import annotations

from typing import Protocol

import msgspec

from tui_digest.entry import Explanation


class NewText(msgspec.Struct, frozen=True):
    """The next text of an explanation, sanitised."""

    text: str


class RetryNotice(msgspec.Struct, frozen=True):
    """A retry: its reason, and the seconds until it."""

    why: str
    seconds: float

    @property
    def sentence(self) -> str:
        """The message for the user meanwhile."""
        return f"{self.why}; retrying in {self.seconds:.0f} s."


class Finished(msgspec.Struct, frozen=True):
    """The checked explanation; its receipt says whether it is complete.

    Its text replaces the streamed text: flags are added, empty sections removed.
    """

    explanation: Explanation


Event = NewText | RetryNotice | Finished


class ExplanationStore(Protocol):
    """Stores complete explanations, so that none is paid for twice."""

    def explanation(self, key: str) -> Explanation | None:
        """Return the explanation stored under a key."""

    def keep(self, key: str, explanation: Explanation) -> None:
        """Store a complete explanation under a key, replacing an earlier one."""
