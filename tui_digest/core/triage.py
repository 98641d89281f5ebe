"""The papers still to be decided on, one at a time, and the way back. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class TriageQueue:
    """Papers by their numbers, and what was done with those before the current one.

    Attributes:
        size: how many papers there are.
        decided: for each paper that was passed, whether a decision was made on it.
    """

    size: int
    decided: list[bool] = field(default_factory=list)

    @property
    def decided_count(self) -> int:
        """How many of the passed papers were decided on."""
        return sum(self.decided)

    @property
    def skipped_count(self) -> int:
        """How many of the passed papers were skipped."""
        return len(self.decided) - self.decided_count

    @property
    def came_by_decision(self) -> bool:
        """Whether the paper before the current one was decided on, and not skipped."""
        return self.decided[-1:] == [True]

    @property
    def current(self) -> int | None:
        """The number of the current paper, from 0 on; None when none is left."""
        return len(self.decided) if self.left else None

    @property
    def left(self) -> int:
        """How many papers are left, the current one among them."""
        return self.size - len(self.decided)

    def advance(self, *, decided: bool) -> None:
        """Go on to the next paper."""
        if self.left:
            self.decided.append(decided)

    def go_back(self) -> bool | None:
        """Go back to the previous paper; return whether it was decided, None if none."""
        return self.decided.pop() if self.decided else None
