"""The papers still to be decided on, as a deck of cards: one lies on top. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Deck:
    """Cards by the ids of their papers, and how one came through them.

    Attributes:
        ids: all cards, in their order.
        decided: for each card that was put away, whether a decision was made on it.
    """

    ids: tuple[str, ...]
    decided: list[bool] = field(default_factory=list)

    @property
    def top(self) -> str:
        """The id of the paper on top; empty when no card is left."""
        return self.ids[len(self.decided)] if self.left else ""

    @property
    def left(self) -> int:
        """How many cards are left, the one on top among them."""
        return len(self.ids) - len(self.decided)

    def put_away(self, decided: bool) -> None:
        """Go on to the next card."""
        if self.left:
            self.decided.append(decided)

    def take_back(self) -> bool | None:
        """Put the last card back; return whether it was decided, None if there is none."""
        return self.decided.pop() if self.decided else None
