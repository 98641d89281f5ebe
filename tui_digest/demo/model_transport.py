"""The demo's language model: a network that ends inside the program and streams a sample."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx

from tui_digest.demo.explanation import chat_stream, paper_asked_about
from tui_digest.demo.papers import load_papers
from tui_digest.settings import ModelSettings

SAMPLE = ModelSettings(provider="compatible", base_url="http://localhost:1/v1", model="made-up-sample")
"""The demo's model: nothing listens there, and nothing is asked; the transport answers by itself."""

_PAUSE = 0.012
"""Seconds between the demo's pieces: some hundred tokens a second, as a quick service has."""


class SampleNetwork(httpx.AsyncBaseTransport):
    """Answers a question about one of the demo's papers with its sample, as a service would."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """The sample as server-sent events; 404 for a paper that is not the demo's."""
        paper = paper_asked_about(await request.aread(), load_papers())
        if paper is None:
            return httpx.Response(404, json={"error": {"message": "the sample is of demo papers only"}})
        stream = _Stream(chat_stream(paper, _pause))
        return httpx.Response(200, headers={"Content-Type": "text/event-stream"}, stream=stream)


class _Stream(httpx.AsyncByteStream):
    """Pieces as the body of an answer."""

    def __init__(self, pieces: AsyncIterator[bytes]) -> None:
        self._pieces = pieces

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._pieces


async def _pause() -> None:
    await asyncio.sleep(_PAUSE)
