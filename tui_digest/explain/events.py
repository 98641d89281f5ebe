"""What one follows an explanation by, and where it is kept."""

from __future__ import annotations

from typing import Protocol

import msgspec

from tui_digest.entry import Explanation


class NewText(msgspec.Struct, frozen=True):
    """The next words of an explanation, sanitised."""

    text: str


class Waiting(msgspec.Struct, frozen=True):
    """The service asked for patience: why, in words, and how many seconds we wait before asking again."""

    why: str
    seconds: float

    @property
    def sentence(self) -> str:
        """What to tell the user meanwhile."""
        return f"{self.why}; asking again in {self.seconds:.0f} s."


class Finished(msgspec.Struct, frozen=True):
    """The explanation, checked and flagged; its receipt says whether it is complete.

    Its text takes the place of the pieces: flags were put in, empty sections taken out.
    """

    explanation: Explanation


Event = NewText | Waiting | Finished


class ExplanationStore(Protocol):
    """Where complete explanations are kept, so that nothing is asked and paid for twice."""

    def explanation(self, key: str) -> Explanation | None:
        """The explanation kept under this key."""

    def keep(self, key: str, explanation: Explanation) -> None:
        """Keeps a complete explanation under this key, in the place of an earlier one."""
