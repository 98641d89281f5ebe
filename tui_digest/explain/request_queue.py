"""Explanations in the making: at most two at once, each followed by as many as like."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import Protocol

from tui_digest.explain.errors import Cancelled
from tui_digest.explain.events import Event, Finished
from tui_digest.paper import Paper
from tui_digest.settings import ExplanationKind

AT_ONCE = 2
REMEMBERED = 50
_STOPPED = "The explanation was stopped and nothing of it was kept; it can be asked again."


class ExplainerProtocol(Protocol):
    """What streams an explanation: an `Explainer`."""

    def explain(
        self, paper: Paper, *, again: bool = False, kind: ExplanationKind | None = None
    ) -> AsyncGenerator[Event, None]:
        """The events of one explanation."""


class _Request:
    """One explanation in the making: what has come of it so far, and how it ended."""

    def __init__(self, events: AsyncGenerator[Event, None], turns: asyncio.Semaphore, name: str) -> None:
        self.events: list[Event] = []
        self.problem: BaseException | None = None
        self.over = False
        self._changed = asyncio.Event()
        self.task = asyncio.create_task(self._gather(events, turns), name=name)
        # Not in the task itself: one that is cancelled before its first step does nothing at all.
        self.task.add_done_callback(self._end)

    async def _gather(self, events: AsyncGenerator[Event, None], turns: asyncio.Semaphore) -> None:
        async with turns, aclosing(events):
            async for event in events:
                self.events.append(event)
                self._wake()

    def _end(self, task: asyncio.Task[None]) -> None:
        """Notes how it ended: who follows reads on in the old list, who comes later sees the outcome."""
        self.problem = Cancelled(_STOPPED) if task.cancelled() else task.exception()
        self.events = [event for event in self.events if isinstance(event, Finished)]
        self.over = True
        self._wake()

    async def change(self) -> None:
        """Waits until there is more."""
        await self._changed.wait()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


class RequestQueue:
    """Asks in the background, two papers at once, the others in turn.

    A request goes on when nobody follows it any more: it is paid for. It ends when it is finished,
    cancelled, or the desk closes. The last outcomes are remembered, complete or not.
    """

    def __init__(self, explainer: ExplainerProtocol) -> None:
        """A desk with nothing on it."""
        self._explainer = explainer
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._requests: dict[str, _Request] = {}

    def turn_to(self, explainer: ExplainerProtocol) -> None:
        """Asks this one from now on; what is under way goes on where it was asked."""
        self._explainer = explainer

    def start(self, paper: Paper, *, again: bool = False, kind: ExplanationKind | None = None) -> None:
        """Ask for the paper's explanation of a kind, unless one of the paper is already under way."""
        known = self._requests.pop(paper.id, None)
        if known is not None and not known.over:
            self._requests[paper.id] = known
            return
        self._forget_oldest()
        events = self._explainer.explain(paper, again=again, kind=kind)
        self._requests[paper.id] = _Request(events, self._turns, f"explain {paper.id}")

    def under_way(self, paper_id: str) -> bool:
        """Whether an explanation of the paper is being made or waits for its turn."""
        request = self._requests.get(paper_id)
        return request is not None and not request.over

    def knows(self, paper_id: str) -> bool:
        """Whether there is something to follow: an explanation in the making, or its last outcome."""
        return paper_id in self._requests

    async def follow(self, paper_id: str) -> AsyncIterator[Event]:
        """The events of a paper's explanation from its beginning; of one that is over, the outcome.

        A paper that was never asked for has none.

        Raises:
            TuiDigestError: it failed before any text came, was cancelled, or could not be kept.
        """
        request = self._requests.get(paper_id)
        if request is None:
            return
        events = request.events
        place = 0
        while place < len(events) or not request.over:
            if place == len(events):
                await request.change()
                continue
            yield events[place]
            place += 1
        if request.problem is not None:
            raise request.problem

    async def cancel(self, paper_id: str) -> None:
        """Stops the paper's request, closes its connection and keeps nothing of it."""
        request = self._requests.get(paper_id)
        if request is not None and not request.over:
            request.task.cancel()
            await asyncio.wait([request.task])

    async def close(self) -> None:
        """Stops all requests and waits until their connections are closed."""
        tasks = [request.task for request in self._requests.values()]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _forget_oldest(self) -> None:
        over = [paper_id for paper_id, request in self._requests.items() if request.over]
        for paper_id in over[: max(0, len(over) - REMEMBERED + 1)]:
            del self._requests[paper_id]
