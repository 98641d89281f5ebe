"""One question to a service over HTTP, and its streamed answer as parts.

This module and `watching` are the only imports of httpx and httpx-sse in this package; they are
imported when the first question is asked.
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from datetime import datetime

import httpx
import httpx_sse
import msgspec

from tui_digest.explain.api_keys import Key
from tui_digest.explain.errors import BadAnswer, ServiceError, ServiceRefused
from tui_digest.explain.events import Waiting
from tui_digest.explain.formats.base import End, Failure, StreamPart, format_named, table
from tui_digest.explain.http_errors import Refusal, quoted, read_refusal
from tui_digest.explain.prompt import Prompt
from tui_digest.explain.providers import Service
from tui_digest.explain.timeouts import TimeoutWatch, WatchedBody

ATTEMPTS = 4
LONGEST_WAIT = 60.0
MOST_ERROR_BYTES = 65_536
# Behind the last event of OpenAI's format.
DONE = "[DONE]"
# Seconds. After the end marker only token counts can follow, after DONE only the end of the stream,
# which has to be read if the connection is to be used again: neither is worth a longer wait.
AFTER_END = 3.0
AFTER_DONE = 0.2
ERROR_SECONDS = 5.0
LIST_SECONDS = 15.0
# What services answer that have no such list.
_NO_LIST = frozenset({404, 405, 501})


class RequestLimits(msgspec.Struct, frozen=True):
    """How long a question may take in all, how long the service may be silent (seconds); how to wait."""

    deadline: float
    silence: float
    sleep: Callable[[float], Awaitable[None]]
    chance: Callable[[], float]
    now: Callable[[], datetime]


class ModelClient:
    """The connection to one service, kept open between questions."""

    def __init__(
        self, service: Service, patience: RequestLimits, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        """A client that has not connected yet; `transport` replaces the network."""
        self._service = service
        self._patience = patience
        self._format = format_named(service.format)
        self._left_out: set[str] = set()
        # A proxy must not see what is meant for this machine: it would get there unencrypted.
        self._http = httpx.AsyncClient(
            transport=transport, trust_env=not service.is_loopback, follow_redirects=False, timeout=None
        )

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._http.aclose()

    async def ask(self, prompt: Prompt, key: Key | None) -> AsyncGenerator[StreamPart | Waiting, None]:
        """The parts of the answer as they come, up to the service's end marker and its counts.

        Raises:
            ServiceError: the service cannot be reached, refuses, fails, or its stream breaks off.
        """
        watch = TimeoutWatch(self._service, self._patience.deadline, self._patience.silence)
        response = await self._send(prompt, key, watch)
        attempt = 1
        while response.status_code != 200:
            refusal = await self._refusal(response, key)
            if refused := self._refused_field(refusal, prompt):
                self._left_out.add(refused)
                response = await self._send(prompt, key, watch)
                continue
            wait = self._wait(refusal, attempt)
            if wait is None:
                raise refusal.error
            yield Waiting(refusal.why, wait)
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
        """The names of the service's models, for which nothing is paid; None where it lists none.

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

    def _body(self, prompt: Prompt) -> dict[str, object]:
        """The request without the fields that this service refused before."""
        body = self._format.body(self._service, prompt)
        return {name: value for name, value in body.items() if name not in self._left_out}

    def _refused_field(self, refusal: Refusal, prompt: Prompt) -> str:
        """The field of the request that a refusal names and that can be left out; "" for none."""
        sent = self._body(prompt)
        return next((name for name in self._format.optional if name in sent and name in refusal.body), "")

    async def _refusal(self, response: httpx.Response, key: Key | None) -> Refusal:
        """What the error status means; the words with it are read up to a limit, or left."""
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
        refusal = read_refusal(self._service, response.status_code, response.headers, text, key, now)
        return msgspec.structs.replace(refusal, body=text)

    def _wait(self, refusal: Refusal, attempt: int) -> float | None:
        """Seconds to the next attempt: what the service asks for, or doubling; None: not again."""
        if not refusal.again or attempt == ATTEMPTS:
            return None
        if refusal.retry_after is not None:
            return refusal.retry_after if refusal.retry_after <= LONGEST_WAIT else None
        return float(2 ** (attempt - 1)) * (0.5 + self._patience.chance())

    async def _parts(
        self, response: httpx.Response, key: Key | None, watch: TimeoutWatch
    ) -> AsyncGenerator[StreamPart, None]:
        ended = False
        try:
            async with aclosing(self._events(response, watch)) as events:
                async for event in events:
                    for part in (
                        [End()] if event == DONE else self._format.parts(_object(event, self._service))
                    ):
                        if isinstance(part, Failure):
                            raise self._failed(part.said, key)
                        if isinstance(part, End):
                            ended = True
                            watch.expect_end(AFTER_DONE if event == DONE else AFTER_END)
                        yield part
        except ServiceError:
            # Whatever happens after the end marker: the answer is there.
            if not ended:
                raise
        if not ended:
            raise BadAnswer(
                f"{self._service.label} ended its answer before it was finished; ask again.",
                "the stream ended before its end marker",
            )

    async def _events(self, response: httpx.Response, watch: TimeoutWatch) -> AsyncGenerator[str, None]:
        """The JSON texts of a stream, or the one of a service that does not stream."""
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
        """The kind of an answer, which must be no web page."""
        kind: str = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind in ("text/html", "application/xhtml+xml"):
            raise BadAnswer(
                f"{self._service.host} answered with a web page, not as a model's service does; a login page"
                " or a proxy may stand in between: check the network and LLM_BASE_URL.",
                "the service answered with a web page",
            )
        return kind

    def _failed(self, said: str, key: Key | None) -> ServiceError:
        words = quoted(said, key)
        return ServiceRefused(
            f"{self._service.label} failed while it answered{words}; ask again.",
            f"the service reported an error{words}",
        )


async def _server_sent(body: WatchedBody) -> AsyncGenerator[str, None]:
    """The data of server-sent events, in UTF-8 as their standard has it."""
    stream = httpx.Response(200, headers={"Content-Type": "text/event-stream; charset=utf-8"}, stream=body)
    async with aclosing(httpx_sse.EventSource(stream).aiter_sse()) as events:
        async for event in events:
            if event.data:
                yield event.data


async def _lines(body: WatchedBody) -> AsyncGenerator[str, None]:
    """The lines of a stream of JSON objects; JSON itself has no raw line breaks."""
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
        return table(json.loads(text))
    except (ValueError, RecursionError):
        pass
    raise BadAnswer(
        f"{service.label} sent something that is not an answer; check LLM_BASE_URL, or ask again.",
        "the service sent something that is not an answer",
    )
