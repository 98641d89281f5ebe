"""The demo's language model: an HTTP transport that streams samples."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import httpx

from tui_digest.demo.explanation import chat_stream, paper_asked_about, sample_answer
from tui_digest.demo.papers import load_papers
from tui_digest.settings import ModelSettings

SAMPLE = ModelSettings(provider="compatible", base_url="http://localhost:1/v1", model="made-up-sample")
"""The demo's model; the transport answers, and no request is sent."""

_PAUSE = 0.012
"""Seconds between events: some hundred tokens a second, as a fast service has."""


class SampleNetwork(httpx.AsyncBaseTransport):
    """Answers a request about one of the demo's papers with its sample."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Return the sample as server-sent events; 404 for a paper not of the demo."""
        body = await request.aread()
        paper = paper_asked_about(body, load_papers())
        if paper is None:
            return httpx.Response(404, json={"error": {"message": "the sample is of demo papers only"}})
        stream = _Stream(chat_stream(paper, _pause, sample_answer(body, paper)))
        return httpx.Response(200, headers={"Content-Type": "text/event-stream"}, stream=stream)


class _Stream(httpx.AsyncByteStream):
    """Items as the body of an answer."""

    def __init__(self, pieces: AsyncIterator[bytes]) -> None:
        self._pieces = pieces

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._pieces


async def _pause() -> None:
    await asyncio.sleep(_PAUSE)
