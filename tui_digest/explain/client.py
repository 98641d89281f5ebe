"""The HTTP client for model services: a request, and its streamed answer in parts.

Only this module and `timeouts` import httpx and httpx-sse in this package, with the first request.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from datetime import datetime
from typing import Any

import httpx
import httpx_sse
import msgspec

from tui_digest.explain.api_keys import Key
from tui_digest.explain.errors import BadAnswer, ServiceError, ServiceRefused
from tui_digest.explain.formats import format_named
from tui_digest.explain.formats.base import EndOfAnswer, StreamFailure, StreamPart, as_object
from tui_digest.explain.http_errors import Refusal, explain_refusal, quoted_message
from tui_digest.explain.prompt import Prompt
from tui_digest.explain.providers import Service
from tui_digest.explain.timeouts import TimeoutWatch, WatchedBody
from tui_digest.model_service import RetryNotice
from tui_digest.text.retry import backoff

ATTEMPTS = 4
LONGEST_WAIT = 60.0
MOST_ERROR_BYTES = 65_536
# After the last event of OpenAI's format.
DONE = "[DONE]"
# After the end marker only token counts can follow, after DONE only the end of the stream, which has to
# be read for the connection to be reused: neither is worth a longer wait.
AFTER_END = 3.0
AFTER_DONE = 0.2
ERROR_SECONDS = 5.0
LIST_SECONDS = 15.0
# Statuses of services without a list of models.
_NO_LIST = frozenset({404, 405, 501})
# Statuses of a missing key or right, of an unknown model, and of haste.
_NOT_ABOUT_FIELDS = frozenset({401, 402, 403, 404, 408, 413, 429})


class RequestLimits(msgspec.Struct, frozen=True):
    """Deadline and longest silence of a request in seconds, and how to wait."""

    deadline: float
    silence: float
    sleep: Callable[[float], Awaitable[None]]
    chance: Callable[[], float]
    now: Callable[[], datetime]


class ModelClient:
    """The HTTP client for one service; its connection stays open between requests."""

    def __init__(
        self, service: Service, patience: RequestLimits, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        """Create a client without connecting; `transport` replaces the network."""
        self._service = service
        self._patience = patience
        self._format = format_named(service.format)
        self._refusals: list[tuple[int, str]] = []
        # Requests to this machine must not go through a proxy: they are not encrypted.
        self._http = httpx.AsyncClient(
            transport=transport, trust_env=not service.is_loopback, follow_redirects=False, timeout=None
        )

    async def aclose(self) -> None:
        """Close the connection."""
        await self._http.aclose()

    async def ask(self, prompt: Prompt, key: Key | None) -> AsyncGenerator[StreamPart | RetryNotice, None]:
        """Yield the parts of the answer, up to the end marker and the token counts.

        Raises:
            ServiceError: the service cannot be reached, refuses, fails, or its stream breaks off.
        """
        watch = TimeoutWatch(self._service, self._patience.deadline, self._patience.silence)
        response = await self._send(prompt, key, watch)
        attempt = 1
        known = len(self._refusals)
        while response.status_code != 200:
            refusal = await self._refusal(response, key)
            if self._can_adapt(prompt, response.status_code, refusal.body):
                self._refusals.append((response.status_code, refusal.body))
                response = await self._send(prompt, key, watch)
                continue
            wait = self._wait(refusal, attempt)
            if wait is None:
                del self._refusals[known:]  # what was left out was not the cause
                raise refusal.error
            yield RetryNotice(refusal.why, wait)
            await self._patience.sleep(wait)
            attempt += 1
            response = await self._send(prompt, key, watch)
        try:
            async with aclosing(self._parts(response, key, watch)) as parts:
                async for part in parts:
                    yield part
        finally:
            await response.aclose()

    async def models(self, key: Key | None) -> list[str] | None:
        """Return the names of the service's models, at no cost; None if it has no list.

        Raises:
            ServiceError: the service cannot be reached, refuses, or answers with something else.
        """
        watch = TimeoutWatch(self._service, LIST_SECONDS, LIST_SECONDS)
        headers = {"Accept": "application/json", **self._format.headers(key.reveal() if key else "")}
        request = self._http.build_request("GET", self._format.models_url(self._service), headers=headers)
        response = await watch.wait_for(self._http.send(request, stream=True))
        try:
            if response.status_code in _NO_LIST:
                return None
            if response.status_code != 200:
                raise (await self._refusal(response, key)).error
            self._reject_page(response)
            body = WatchedBody(response, watch, self._service.label)
            answer = b"".join([chunk async for chunk in body]).decode("utf-8", errors="replace")
            return self._format.models(_object(answer, self._service))
        finally:
            await response.aclose()

    async def _send(self, prompt: Prompt, key: Key | None, watch: TimeoutWatch) -> httpx.Response:
        accept = "text/event-stream" if self._format.framing == "sse" else "application/x-ndjson"
        request = self._http.build_request(
            "POST",
            self._format.url(self._service),
            headers={
                "Accept": accept,
                "Accept-Encoding": "identity",
                **self._format.headers(key.reveal() if key else ""),
            },
            json=self._body(prompt),
        )
        return await watch.wait_for(self._http.send(request, stream=True))

    def _body(self, prompt: Prompt) -> dict[str, Any]:
        """The request without what this service refused before."""
        body = self._format.body(self._service, prompt)
        for status, said in self._refusals:
            body = self._format.adapted(body, status, said) or body
        return body

    def _can_adapt(self, prompt: Prompt, status: int, refusal: str) -> bool:
        """Tell whether the request can be sent without what a refusal objects to."""
        if status in _NOT_ABOUT_FIELDS:
            return False
        return self._format.adapted(self._body(prompt), status, refusal) is not None

    async def _refusal(self, response: httpx.Response, key: Key | None) -> Refusal:
        """Return the meaning of an error status; its body is read up to a limit."""
        body = b""
        watch = TimeoutWatch(self._service, ERROR_SECONDS, ERROR_SECONDS)
        try:
            async for chunk in WatchedBody(response, watch, self._service.label):
                body += chunk
                if len(body) > MOST_ERROR_BYTES:
                    break
        except ServiceError:
            body = b""
        finally:
            await response.aclose()
        text = body.decode("utf-8", errors="replace")
        now = self._patience.now()
        refusal = explain_refusal(self._service, response.status_code, response.headers, text, key, now)
        return msgspec.structs.replace(refusal, body=text)

    def _wait(self, refusal: Refusal, attempt: int) -> float | None:
        """Return the seconds until a retry: Retry-After or back-off; None for no retry."""
        if not refusal.again or attempt == ATTEMPTS:
            return None
        if refusal.retry_after is not None:
            return refusal.retry_after if refusal.retry_after <= LONGEST_WAIT else None
        return backoff(1.0, attempt, 0.5 + self._patience.chance())

    async def _parts(
        self, response: httpx.Response, key: Key | None, watch: TimeoutWatch
    ) -> AsyncGenerator[StreamPart, None]:
        ended = False
        try:
            async with aclosing(self._events(response, watch)) as events:
                async for event in events:
                    for part in (
                        [EndOfAnswer()]
                        if event == DONE
                        else self._format.parts(_object(event, self._service))
                    ):
                        if isinstance(part, StreamFailure):
                            raise self._failed(part.said, key)
                        if isinstance(part, EndOfAnswer):
                            ended = True
                            watch.expect_end(AFTER_DONE if event == DONE else AFTER_END)
                        yield part
        except ServiceError:
            # A failure after the end marker does not matter: the answer is complete.
            if not ended:
                raise
        if not ended:
            raise BadAnswer(
                f"{self._service.label} ended its answer before it was finished; ask again.",
                "the stream ended before its end marker",
            )

    async def _events(self, response: httpx.Response, watch: TimeoutWatch) -> AsyncGenerator[str, None]:
        """Yield the JSON texts of a stream, or the single one of an unstreamed answer."""
        kind = self._reject_page(response)
        body = WatchedBody(response, watch, self._service.label)
        if kind == "application/json" and self._format.framing == "sse":
            yield b"".join([chunk async for chunk in body]).decode("utf-8", errors="replace")
            return
        read = _server_sent if self._format.framing == "sse" else _lines
        async with aclosing(read(body)) as texts:
            async for text in texts:
                yield text

    def _reject_page(self, response: httpx.Response) -> str:
        """Return the content type of an answer; reject a web page."""
        kind: str = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind in ("text/html", "application/xhtml+xml"):
            raise BadAnswer(
                f"{self._service.host} answered with a web page, not as a model's service does; a login page"
                " or a proxy may stand in between: check the network and LLM_BASE_URL.",
                "the service answered with a web page",
            )
        return kind

    def _failed(self, said: str, key: Key | None) -> ServiceError:
        words = quoted_message(said, key)
        return ServiceRefused(
            f"{self._service.label} failed while it answered{words}; ask again.",
            f"the service reported an error{words}",
        )


async def _server_sent(body: WatchedBody) -> AsyncGenerator[str, None]:
    """Yield the data of server-sent events, which are UTF-8 by their standard."""
    stream = httpx.Response(200, headers={"Content-Type": "text/event-stream; charset=utf-8"}, stream=body)
    async with aclosing(httpx_sse.EventSource(stream).aiter_sse()) as events:
        async for event in events:
            if event.data:
                yield event.data


async def _lines(body: WatchedBody) -> AsyncGenerator[str, None]:
    """Yield the lines of a stream of JSON objects."""
    rest = b""
    async for chunk in body:
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            if line.strip():
                yield line.decode("utf-8", errors="replace")
    if rest.strip():
        yield rest.decode("utf-8", errors="replace")


def _object(text: str, service: Service) -> Mapping[str, object]:
    try:
        return as_object(json.loads(text))
    except (ValueError, RecursionError):
        pass
    raise BadAnswer(
        f"{service.label} sent something that is not an answer; check LLM_BASE_URL, or ask again.",
        "the service sent something that is not an answer",
    )
