"""The HTTP client for arXiv: rate limit, retries, redirects and deadline."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

import httpx
import msgspec

from tui_digest import __version__
from tui_digest.arxiv.decompress import LARGEST_BODY, DecompressedBody
from tui_digest.arxiv.errors import (
    BrokenAnswerError,
    CoolDownError,
    ForbiddenAddressError,
    RefusedError,
    TruncatedAnswerError,
    UnreachableError,
    deadline_error,
)
from tui_digest.arxiv.rate_limit import RateLimiter, cool_down_sentence
from tui_digest.arxiv.types import ArxivAnswer, Now, Progress, Sleep, no_progress
from tui_digest.arxiv.xml_check import stops_early
from tui_digest.errors import KEPT
from tui_digest.text.retry import backoff, retry_after

PROJECT_ADDRESS = "https://github.com/tui-digest/tui_digest"

_TRIES = 4
_TRIES_TO_CONNECT = 2
_REDIRECTS = 3
_TIMEOUT = httpx.Timeout(25.0, connect=10.0)
_THROTTLED = "arXiv is throttling requests (it answered 406)"
RATE_EXCEEDED = b"Rate exceeded."
"""The whole body of an answer that asks for fewer requests, also with status 200."""

Result = TypeVar("Result")

Receive = Callable[[httpx.Response], Awaitable[Result]]
"""Reads the body of an answer whose status is one of the expected ones."""

Headers = Callable[[], Mapping[str, str]]
"""Gives the headers of a request when it is sent, beside those that every request has."""


def user_agent() -> str:
    """Return the User-Agent header: name, version and project address."""
    return f"tui_digest/{__version__} (+{PROJECT_ADDRESS})"


class AllowedAddresses(Protocol):
    """The addresses that a client may request, and the interval between requests."""

    def interval(self) -> float:
        """The seconds between requests."""

    def allowed(self, address: str) -> bool:
        """Tell whether an address may be requested."""


class Expectation(msgspec.Struct, frozen=True):
    """Limits of one kind of answer: its largest size in bytes, its valid statuses.

    `what` names the kind in messages, `accept` is the request's header of that name; `stops_early`
    detects a truncated body.
    """

    what: str = "list of papers"
    largest: int = LARGEST_BODY
    statuses: tuple[int, ...] = (200, 400)
    accept: str = "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5"
    stops_early: Callable[[bytes], bool] = stops_early


FEEDS = Expectation()


class TransientError(Exception):
    """A failed attempt, one of at most `tries`; `retry_after` in seconds, if given."""

    def __init__(self, why: str, retry_after: float | None = None, tries: int = _TRIES) -> None:
        super().__init__(why)
        self.why = why
        self.retry_after = retry_after
        self.tries = tries


class _Received(msgspec.Struct, Generic[Result], frozen=True):
    """The result that was made of an answer."""

    result: Result


class Client:
    """An HTTP client for arXiv; an asynchronous context manager.

    It sends one request at a time. `rate_limiter` spaces requests over all processes; failures of
    the network or the server are retried with growing delays, for `deadline` seconds in all.
    """

    def __init__(
        self,
        addresses: AllowedAddresses,
        rate_limiter: RateLimiter,
        *,
        deadline: float,
        expects: Expectation = FEEDS,
        now: Now = lambda: datetime.now(UTC),
        sleep: Sleep = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """Request only what `addresses` allows. `jitter` returns numbers from 0 to 1."""
        self._addresses = addresses
        self._rate_limiter = rate_limiter
        self._deadline = deadline
        self._expects = expects
        self._now = now
        self._sleep = sleep
        self._jitter = jitter
        self._http: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        """Open nothing: the connection opens with the first request."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    async def get(self, address: str, tell: Progress = no_progress) -> ArxivAnswer:
        """Fetch an address; the answer has one of the expected statuses.

        Raises:
            ForbiddenAddressError: the address, or a redirect, is not allowed.
            CoolDownError: arXiv asked for a pause.
            BrokenAnswerError: the answer is larger than is possible for its kind.
            RefusedError: arXiv refused the request; a retry would not help.
            UnreachableError: no answer arrived within the deadline.
        """
        return await self.fetch(address, self._read_answer, tell)

    async def fetch(
        self, address: str, receive: Receive[Result], tell: Progress = no_progress, headers: Headers = dict
    ) -> Result:
        """Fetch an address and read the answer with `receive`, once for each attempt.

        Raises:
            ArxivError: as for `get`, and what `receive` raises.
        """
        try:
            async with asyncio.timeout(self._deadline):
                return await self._fetch_with_retries(address, receive, tell, headers)
        except TimeoutError as error:
            raise deadline_error(self._deadline) from error

    async def _fetch_with_retries(
        self, address: str, receive: Receive[Result], tell: Progress, headers: Headers
    ) -> Result:
        done = 0
        while True:
            try:
                return await self._follow(address, receive, tell, headers)
            except TransientError as error:
                done += 1
                if done >= error.tries:
                    times = "twice" if done == 2 else f"{done} times"
                    message = f"{error.why}; it was asked {times}. {KEPT} Try again later."
                    raise UnreachableError(message) from error
                seconds = self._wait_before_retry(done, error.retry_after)
                tell(f"{error.why}; trying again in {seconds:.0f} s")
                await self._sleep(seconds)

    def _wait_before_retry(self, done: int, retry_after: float | None) -> float:
        """Exponential back-off with jitter, never shorter than arXiv asked for."""
        first = max(self._addresses.interval(), 1.0)
        return max(backoff(first, done, 1 + self._jitter() / 2), retry_after or 0.0)

    async def _follow(
        self, address: str, receive: Receive[Result], tell: Progress, headers: Headers
    ) -> Result:
        """One attempt, following redirects to allowed addresses."""
        for _ in range(_REDIRECTS + 1):
            if not self._addresses.allowed(address):
                raise ForbiddenAddressError(
                    f"{_shown(address)} is not arXiv over https and was not asked. {KEPT}"
                )
            answer = await self._ask(address, receive, tell, headers)
            if isinstance(answer, _Received):
                return answer.result
            address = answer
        raise BrokenAnswerError(f"arXiv's server redirects without end. {KEPT}")

    async def _ask(
        self, address: str, receive: Receive[Result], tell: Progress, headers: Headers
    ) -> _Received[Result] | str:
        """Send one request; return what was received, or the address it redirects to."""
        async with self._rate_limiter.turn(tell):
            http = await self._opened()
            try:
                sent = {"Accept": self._expects.accept, **headers()}
                async with http.stream("GET", address, headers=sent) as response:
                    if response.has_redirect_location:
                        return str(response.url.join(response.headers["Location"]))
                    self._check_status(response, address)
                    received = _Received(await receive(response))
                    self._rate_limiter.record_success()
                    return received
            except TruncatedAnswerError as error:
                raise TransientError(str(error)) from error
            except httpx.InvalidURL as error:
                raise ForbiddenAddressError(
                    f"arXiv's server redirects to something that is no address. {KEPT}"
                ) from error
            except httpx.TimeoutException as error:
                raise TransientError("arXiv did not answer in time") from error
            except httpx.ConnectError as error:
                raise TransientError("arXiv could not be reached", tries=_TRIES_TO_CONNECT) from error
            except httpx.HTTPError as error:
                raise TransientError("The connection to arXiv broke") from error

    def _check_status(self, response: httpx.Response, address: str) -> None:
        """Raise the error of a status that is none of those expected."""
        if response.status_code == 429:
            self.cool_down(response)
        if response.status_code >= 500:
            raise TransientError(
                f"arXiv's server failed ({response.status_code})", self._retry_after(response)
            )
        if response.status_code == httpx.codes.NOT_ACCEPTABLE:
            # Since September 2026 arXiv sends it for correct addresses too, under load.
            raise TransientError(_THROTTLED, self._retry_after(response))
        if response.status_code not in self._expects.statuses:
            raise RefusedError(
                f"arXiv answered {_shown(address)} with {response.status_code}; "
                f"the address may be wrong. {KEPT}"
            )

    async def _read_answer(self, response: httpx.Response) -> ArxivAnswer:
        encoding = response.headers.get("Content-Encoding", "")
        body = DecompressedBody(encoding, self._expects.largest, self._expects.what)
        async for received in response.aiter_raw():
            body.feed(received)
        unpacked = body.finish()
        # Both occur with status 200, where they would be parsed as "no papers".
        if unpacked.strip() == RATE_EXCEEDED:
            self.cool_down(response)
        if not unpacked.strip():
            raise TransientError("arXiv's answer was empty")
        if self._expects.stops_early(unpacked):
            raise TruncatedAnswerError("arXiv's answer stopped in the middle")
        return ArxivAnswer(unpacked, self._now(), response.status_code)

    def cool_down(self, response: httpx.Response) -> None:
        """Record the cool-down of an answer and raise; the next attempt waits if short.

        Raises:
            CoolDownError: it is a long one.
        """
        seconds = self._retry_after(response)
        until = self._rate_limiter.cool_down(seconds)
        if seconds is None or seconds > self._deadline:
            raise CoolDownError(cool_down_sentence(until), until)
        raise TransientError("arXiv asked for fewer requests (429)", seconds)

    def _retry_after(self, response: httpx.Response) -> float | None:
        return retry_after(response.headers.get("Retry-After", ""), self._now())

    async def _opened(self) -> httpx.AsyncClient:
        """Return the HTTP client, built in a thread because reading certificates is slow."""
        if self._http is None:
            self._http = await asyncio.to_thread(_build)
        return self._http


def _build() -> httpx.AsyncClient:
    # No connection is kept open: it would be a second one when another process sends a request.
    return httpx.AsyncClient(
        headers={"User-Agent": user_agent(), "Accept-Encoding": "gzip", "Connection": "close"},
        timeout=_TIMEOUT,
        limits=httpx.Limits(max_connections=1, max_keepalive_connections=0),
        follow_redirects=False,
        # Requests to this machine do not go through a proxy.
        mounts=dict.fromkeys(("all://localhost", "all://127.0.0.1", "all://[::1]")),
    )


def _shown(address: str) -> str:
    """The address without its query, for messages."""
    return address.partition("?")[0][:120]
