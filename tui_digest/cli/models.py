"""The language models, as the reader is handed them: the desk of `explain`, or the demo's sample."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from functools import cached_property
from typing import TYPE_CHECKING

from tui_digest.cli.wiring import Parts
from tui_digest.paper import Paper
from tui_digest.reading import Explanation
from tui_digest.settings import ModelSettings
from tui_digest.tui.ports import Patience

if TYPE_CHECKING:
    import httpx

    from tui_digest.explain.desk import Desk
    from tui_digest.explain.explainer import Explainer

SAMPLE = ModelSettings(provider="compatible", base_url="http://localhost:1/v1", model="made-up-sample")
"""The demo's model: nothing listens there, and nothing is asked; the transport answers by itself."""

_PAUSE = 0.012
"""Seconds between the demo's pieces: some hundred tokens a second, as a quick service has."""


def make_explainer(parts: Parts, transport: httpx.AsyncBaseTransport | None = None) -> Explainer:
    """Whoever asks the model of the settings, keeping what comes in the library."""
    from tui_digest.explain.explainer import Explainer
    from tui_digest.latex import search_key

    return Explainer(
        SAMPLE if parts.demo else parts.settings.model,
        {} if parts.demo else os.environ,
        state=parts.places.state,
        keeper=parts.library.explanations,
        transport=transport,
        fold=search_key,
        now=parts.now,
    )


class ReaderModels:
    """Explanations for the reader. Nothing of this is imported before the first is asked for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._started = False

    @cached_property
    def _explainer(self) -> Explainer:
        return make_explainer(self._parts, _sample_transport() if self._parts.demo else None)

    @cached_property
    def _desk(self) -> Desk:
        from tui_digest.explain.desk import Desk

        self._started = True
        return Desk(self._explainer)

    @cached_property
    def _not_ready(self) -> str:
        return self._explainer.ready()

    def ready(self) -> str:
        """Empty when a model can be asked, else the sentence that says how to set one up."""
        return self._not_ready

    def name(self) -> str:
        """The provider and the model that would be asked."""
        return self._explainer.model()

    def start(self, paper: Paper, *, again: bool) -> None:
        """Ask for the explanation of a paper, unless that is under way already."""
        self._desk.start(paper, again=again)

    def under_way(self, paper_id: str) -> bool:
        """Whether an explanation of the paper is being made."""
        return self._started and self._desk.under_way(paper_id)

    async def follow(self, paper_id: str) -> AsyncIterator[str | Patience | Explanation]:
        """What comes of the paper's request from its beginning."""
        from tui_digest.explain.events import Finished, Waiting

        async for event in self._desk.follow(paper_id):
            if isinstance(event, Finished):
                yield event.explanation
            elif isinstance(event, Waiting):
                yield Patience(event.sentence)
            else:
                yield event.text

    async def cancel(self, paper_id: str) -> None:
        """Stop the paper's request; nothing of it is kept."""
        await self._desk.cancel(paper_id)

    async def close(self) -> None:
        """Stop all requests."""
        if self._started:
            await self._desk.close()
            await self._explainer.aclose()


def _sample_transport() -> httpx.AsyncBaseTransport:
    """A network that ends inside the program: it streams the demo's sample as a service would."""
    import httpx

    from tui_digest.demo.explanation import chat_stream, paper_asked_about
    from tui_digest.demo.papers import load_papers

    async def pause() -> None:
        await asyncio.sleep(_PAUSE)

    class Sample(httpx.AsyncByteStream):
        def __init__(self, pieces: AsyncIterator[bytes]) -> None:
            self._pieces = pieces

        def __aiter__(self) -> AsyncIterator[bytes]:
            return self._pieces

    class Inside(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            paper = paper_asked_about(await request.aread(), load_papers())
            if paper is None:
                return httpx.Response(404, json={"error": {"message": "the sample is of demo papers only"}})
            headers = {"Content-Type": "text/event-stream"}
            return httpx.Response(200, headers=headers, stream=Sample(chat_stream(paper, pause)))

    return Inside()
