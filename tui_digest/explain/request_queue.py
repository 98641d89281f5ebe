"""Requests for explanations in the background, two at a time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from functools import partial
from typing import Protocol

from tui_digest.entry import Explanation
from tui_digest.explain.errors import ExplanationCancelled
from tui_digest.explain.shown_text import ShownText
from tui_digest.model_service import Event, Finished, NewText, Restarted
from tui_digest.paper import Paper
from tui_digest.settings import ExplanationKind

AT_ONCE = 2
REMEMBERED = 50
_STOPPED = "The explanation was stopped and nothing of it was kept; it can be asked again."


class ExplainerProtocol(Protocol):
    """Streams explanations: an `Explainer`."""

    def explain(
        self,
        paper: Paper,
        *,
        again: bool = False,
        kind: ExplanationKind | None = None,
        shown: ShownText | None = None,
    ) -> AsyncGenerator[Event, None]:
        """Yield the events of an explanation."""

    def unfinished(
        self,
        paper: Paper,
        text: str,
        kind: ExplanationKind | None = None,
        shown: ShownText | None = None,
    ) -> Explanation:
        """Return what came of an explanation that was stopped, with its receipt."""


class _Request:
    """A request: its events so far, and how it ended."""

    def __init__(
        self,
        events: AsyncGenerator[Event, None],
        turns: asyncio.Semaphore,
        name: str,
        unfinished: Callable[[str], Explanation],
    ) -> None:
        self._unfinished = unfinished
        self.events: list[Event] = []
        self.problem: BaseException | None = None
        self.over = False
        self._changed = asyncio.Event()
        self.task = asyncio.create_task(self._gather(events, turns), name=name)
        # Not in the task itself: a task cancelled before its first step runs none of its code.
        self.task.add_done_callback(self._end)

    async def _gather(self, events: AsyncGenerator[Event, None], turns: asyncio.Semaphore) -> None:
        async with turns, aclosing(events):
            async for event in events:
                self.events.append(event)
                self._wake()

    def _end(self, task: asyncio.Task[None]) -> None:
        """Note how it ended; followers keep the old list, later ones see the outcome."""
        self.problem = self._stopped() if task.cancelled() else task.exception()
        self.events = [event for event in self.events if isinstance(event, Finished)]
        self.over = True
        self._wake()

    def _stopped(self) -> ExplanationCancelled | None:
        """Keep what came before the request was stopped; where nothing did, say so."""
        begun = max((n for n, event in enumerate(self.events) if isinstance(event, Restarted)), default=0)
        text = "".join([event.text for event in self.events[begun:] if isinstance(event, NewText)])
        if not text.strip():
            return ExplanationCancelled(_STOPPED)
        self.events.append(Finished(self._unfinished(text)))
        return None

    async def change(self) -> None:
        """Wait until there is more."""
        await self._changed.wait()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


class RequestQueue:
    """Runs requests in the background, two at a time, the others in order.

    A request continues without followers: it is paid for. It ends when it is finished or cancelled,
    or the queue closes. The last outcomes are remembered, complete or not.
    """

    def __init__(self, explainer: ExplainerProtocol) -> None:
        """Create an empty queue."""
        self._explainer = explainer
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._requests: dict[str, _Request] = {}

    def turn_to(self, explainer: ExplainerProtocol) -> None:
        """Use this explainer for new requests; running ones continue with theirs."""
        self._explainer = explainer

    def start(
        self,
        paper: Paper,
        *,
        again: bool = False,
        kind: ExplanationKind | None = None,
        shown: ShownText | None = None,
    ) -> None:
        """Request an explanation of a kind, unless one of the paper is running.

        `shown` are the parts of the paper's text that it is made from; by default its record alone.
        """
        known = self._requests.pop(paper.id, None)
        if known is not None and not known.over:
            self._requests[paper.id] = known
            return
        self._forget_oldest()
        events = self._explainer.explain(paper, again=again, kind=kind, shown=shown)
        unfinished = partial(self._explainer.unfinished, paper, kind=kind, shown=shown)
        self._requests[paper.id] = _Request(events, self._turns, f"explain {paper.id}", unfinished)

    def under_way(self, paper_id: str) -> bool:
        """Tell whether a request for the paper is running or waiting."""
        request = self._requests.get(paper_id)
        return request is not None and not request.over

    def knows(self, paper_id: str) -> bool:
        """Tell whether there is a request to follow, or its last outcome."""
        return paper_id in self._requests

    async def follow(self, paper_id: str) -> AsyncIterator[Event]:
        """Yield the events of a paper's request from its beginning, or its outcome.

        A paper without a request has none.

        Raises:
            TuiDigestError: it failed before any text, was cancelled, or was not stored.
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
        """Stop the paper's request and close its connection.

        What had come is shown again in this session, but not stored.
        """
        request = self._requests.get(paper_id)
        if request is not None and not request.over:
            request.task.cancel()
            await asyncio.wait([request.task])

    async def close(self) -> None:
        """Cancel all requests and wait until their connections are closed."""
        tasks = [request.task for request in self._requests.values()]
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _forget_oldest(self) -> None:
        over = [paper_id for paper_id, request in self._requests.items() if request.over]
        for paper_id in over[: max(0, len(over) - REMEMBERED + 1)]:
            del self._requests[paper_id]
