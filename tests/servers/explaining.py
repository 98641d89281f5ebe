"""What the tests of explanations share: a key, a shelf, waits only noted, an answer read to its end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from tui_digest.entry import Explanation
from tui_digest.explain.explainer import Explainer
from tui_digest.model_service import Event, Finished, NewText
from tui_digest.paper import Paper

KEY = "sk-a9Qz-very-secret-0xKEY"
NOW = datetime(2026, 11, 20, 9, 12, tzinfo=UTC)
ADDRESSES = {"compatible": "/v1", "anthropic": "", "gemini": "/v1beta", "ollama": ""}

MakeExplainer = Callable[..., Explainer]


class Shelf:
    """Keeps explanations in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, Explanation] = {}

    def explanation(self, key: str) -> Explanation | None:
        return self.kept.get(key)

    def keep(self, key: str, explanation: Explanation) -> None:
        self.kept[key] = explanation


class Pauses:
    """Waits that are noted instead of waited."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


async def explained(
    explainer: Explainer, paper: Paper, *, again: bool = False
) -> tuple[list[Event], Explanation]:
    """All events of an explanation, and the explanation."""
    events = [event async for event in explainer.explain(paper, again=again)]
    assert isinstance(events[-1], Finished)
    return events, events[-1].explanation


def shown(events: list[Event]) -> str:
    """The text that the pieces showed."""
    return "".join(event.text for event in events if isinstance(event, NewText))
