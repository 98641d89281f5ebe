"""A service's answer under watch: silence, a deadline, a limit of size; every failure our own.

What httpx raises holds the request, and with it the key. So nothing that it raises leaves this
module, not even as the cause of another error.
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
    """The clock of one question: its deadline, and how long the service may be silent, in seconds."""

    def __init__(self, service: Service, deadline: float, silence: float) -> None:
        """Starts the clock."""
        self._service = service
        self._deadline = deadline
        self._silence = silence
        self._end = _now() + deadline

    def expect_end(self, seconds: float) -> None:
        """From now on, wait only so long for what may still follow."""
        self._end = min(self._end, _now() + seconds)

    async def wait_for(self, step: Coroutine[Any, Any, Result]) -> Result:
        """The result of one step of the exchange.

        Raises:
            ServiceError: it took too long, or the connection failed.
        """
        try:
            async with asyncio.timeout(min(self._end - _now(), self._silence)):
                return await step
        except TimeoutError:
            problem = self._late()
        except Exception as error:
            # Whatever it is: sockets, proxies and decoders raise more than httpx says.
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
        """The sentence for what httpx raised, made from its kind alone and not from its words."""
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
    """The decoded bytes of a response, each awaited under the watch, and never too many."""

    def __init__(self, response: httpx.Response, watch: TimeoutWatch, label: str) -> None:
        """The body of `response`; `label` is the service's name."""
        self._response = response
        self._watch = watch
        self._label = label

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """The chunks as they come."""
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
    """The next chunk that is not empty, or nothing at the end."""
    async for chunk in chunks:
        if chunk:
            return chunk
    return b""


def _now() -> float:
    return asyncio.get_running_loop().time()
