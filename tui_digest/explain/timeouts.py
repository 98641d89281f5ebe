"""Time and size limits of answers, and their failures as errors of our own.

httpx's errors hold the request, and with it the key. So none of them leaves this module, not even as
the cause of another error.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import Any, TypeVar

import httpx

from tui_digest.explain.errors import BadAnswer, ServiceError, ServiceUnreachable, in_seconds
from tui_digest.explain.providers import Service

MOST_BYTES = 16_000_000

Result = TypeVar("Result")


class TimeoutWatch:
    """The clock of one request: its deadline, and the longest silence, in seconds."""

    def __init__(self, service: Service, deadline: float, silence: float) -> None:
        """Start the clock."""
        self._service = service
        self._deadline = deadline
        self._silence = silence
        self._end = _now() + deadline

    def expect_end(self, seconds: float) -> None:
        """Set a deadline in `seconds` for what may still follow."""
        self._end = min(self._end, _now() + seconds)

    async def wait_for(self, step: Coroutine[Any, Any, Result]) -> Result:
        """Await one step of the request, within the limits.

        Raises:
            ServiceError: it took too long, or the connection failed.
        """
        try:
            async with asyncio.timeout(min(self._end - _now(), self._silence)):
                return await step
        except TimeoutError:
            problem = self._late()
        except Exception as error:
            # Any error: sockets, proxies and decoders raise more than httpx documents.
            problem = self._broken(error)
        raise problem

    def _late(self) -> ServiceError:
        name = self._service.label
        if self._end <= _now():
            return ServiceUnreachable(
                f"{name} did not finish within {in_seconds(self._deadline)}; ask again, or raise deadline"
                " under [model] in config.toml.",
                f"it took longer than {in_seconds(self._deadline)}",
            )
        return ServiceUnreachable(
            f"{name} said nothing for {in_seconds(self._silence)}; ask again, or raise silence under [model]"
            " in config.toml.",
            f"the service was silent for {in_seconds(self._silence)}",
        )

    def _broken(self, error: Exception) -> ServiceError:
        """Return the error for an exception of httpx, by its type and not its message."""
        name = self._service.label
        if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            hint = "is it running?" if self._service.is_loopback else "check the network and LLM_BASE_URL."
            return ServiceUnreachable(
                f"{name} cannot be reached at {self._service.host}; {hint}", "no connection"
            )
        if isinstance(error, httpx.ProxyError):
            return ServiceUnreachable(
                f"The proxy on the way to {name} refused; check HTTPS_PROXY.", "no connection"
            )
        if isinstance(error, httpx.InvalidURL | httpx.UnsupportedProtocol):
            return ServiceUnreachable(
                f"The address set for {name} is not a web address; check LLM_BASE_URL.", "no connection"
            )
        if isinstance(error, httpx.DecodingError | ValueError):
            return BadAnswer(
                f"{name} sent something that cannot be decoded; ask again.", "the answer was garbled"
            )
        return ServiceUnreachable(f"The connection to {name} broke; ask again.", "the connection broke")


class WatchedBody(httpx.AsyncByteStream):
    """The decoded bytes of a response, within the limits of time and size."""

    def __init__(self, response: httpx.Response, watch: TimeoutWatch, label: str) -> None:
        """Wrap the body of `response`; `label` is the service's name."""
        self._response = response
        self._watch = watch
        self._label = label

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Yield the chunks."""
        chunks = self._response.aiter_bytes()
        size = 0
        while chunk := await self._watch.wait_for(_next(chunks)):
            size += len(chunk)
            if size > MOST_BYTES:
                raise BadAnswer(
                    f"{self._label} sent more than an explanation can be, so it was stopped; ask again.",
                    "the answer was too long",
                )
            yield chunk


async def _next(chunks: AsyncIterator[bytes]) -> bytes:
    """Return the next chunk that is not empty, or nothing at the end."""
    async for chunk in chunks:
        if chunk:
            return chunk
    return b""


def _now() -> float:
    return asyncio.get_running_loop().time()
