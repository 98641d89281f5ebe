"""Asking arXiv over HTTP: whom, how often, how long, how often again."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from types import TracebackType
from typing import Protocol, Self

import httpx
import msgspec

from tui_digest.arxiv.decompress import LARGEST_BODY, Body
from tui_digest.arxiv.errors import (
    KEPT,
    BrokenAnswerError,
    CoolDownError,
    ForbiddenAddressError,
    RefusedError,
    TruncatedAnswerError,
    UnreachableError,
    too_late,
)
from tui_digest.arxiv.rate_limit import Pacing, cool_down_sentence
from tui_digest.arxiv.types import ArxivAnswer, Now, Sleep, Tell, silent
from tui_digest.arxiv.xml_check import stops_early
from tui_digest.text.http_dates import retry_after

PROJECT_ADDRESS = "https://github.com/tui-digest/tui_digest"

_TRIES = 4
_TRIES_TO_CONNECT = 2
_REDIRECTS = 3
_TIMEOUT = httpx.Timeout(25.0, connect=10.0)
_THROTTLED = "arXiv is throttling requests (it answered 406)"
_RATE_EXCEEDED = b"Rate exceeded."


def user_agent() -> str:
    """How the program names itself: its name, its version, its address."""
    try:
        number = version("tui_digest")
    except PackageNotFoundError:
        number = "0"
    return f"tui_digest/{number} (+{PROJECT_ADDRESS})"


class AllowedAddresses(Protocol):
    """Which addresses a client may ask, and how far apart."""

    def interval(self) -> float:
        """The seconds between requests."""

    def allowed(self, address: str) -> bool:
        """Whether an address may be asked."""


class Expectation(msgspec.Struct, frozen=True):
    """What answers of one kind are: their largest size in bytes, the statuses that say something.

    `what` names them in a sentence, `accept` in the request's header of that name; `stops_early` tells
    from a body that it is not all there.
    """

    what: str = "list of papers"
    largest: int = LARGEST_BODY
    statuses: tuple[int, ...] = (200, 400)
    accept: str = "application/atom+xml, application/rss+xml, application/xml;q=0.9, */*;q=0.5"
    stops_early: Callable[[bytes], bool] = stops_early


FEEDS = Expectation()


class _TransientError(Exception):
    """One try of at most `tries` failed; `retry_after` in seconds if arXiv named it."""

    def __init__(self, why: str, retry_after: float | None = None, tries: int = _TRIES) -> None:
        super().__init__(why)
        self.why = why
        self.retry_after = retry_after
        self.tries = tries


class Client:
    """arXiv over HTTP: an asynchronous context manager, one request at a time.

    Requests are paced over all processes by `pacing`, tried again a few times with growing waits
    when the network or the server fails, and given up after `deadline` seconds in all.
    """

    def __init__(
        self,
        addresses: AllowedAddresses,
        pacing: Pacing,
        *,
        deadline: float,
        expects: Expectation = FEEDS,
        now: Now = lambda: datetime.now(UTC),
        sleep: Sleep = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """Ask only where `addresses` allows it. `jitter` gives numbers from 0 to 1."""
        self._addresses = addresses
        self._pacing = pacing
        self._deadline = deadline
        self._expects = expects
        self._now = now
        self._sleep = sleep
        self._jitter = jitter
        self._http: httpx.AsyncClient | None = None

    async def __aenter__(self) -> Self:
        """Nothing is opened before the first request."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection."""
        if self._http is not None:
            await self._http.aclose()
            self._http = None

    async def get(self, address: str, tell: Tell = silent) -> ArxivAnswer:
        """The answer to one address, with one of the statuses expected: a feed's 400 says what is refused.

        Raises:
            ForbiddenAddressError: the address, or one that it redirects to, may not be asked.
            CoolDownError: arXiv wants to be left alone for a while.
            BrokenAnswerError: the answer is larger than any of its kind.
            RefusedError: arXiv answers this address with a status that asking again does not change.
            UnreachableError: nothing came within the deadline, or only failures.
        """
        try:
            async with asyncio.timeout(self._deadline):
                return await self._get_with_retries(address, tell)
        except TimeoutError as error:
            raise too_late(self._deadline) from error

    async def _get_with_retries(self, address: str, tell: Tell) -> ArxivAnswer:
        done = 0
        while True:
            try:
                return await self._follow(address, tell)
            except _TransientError as error:
                done += 1
                if done >= error.tries:
                    times = "twice" if done == 2 else f"{done} times"
                    message = f"{error.why}; it was asked {times}. {KEPT} Try again later."
                    raise UnreachableError(message) from error
                seconds = self._wait_before_retry(done, error.retry_after)
                tell(f"{error.why}; trying again in {seconds:.0f} s")
                await self._sleep(seconds)

    def _wait_before_retry(self, done: int, retry_after: float | None) -> float:
        """Growing waits with jitter, never shorter than arXiv asked for."""
        growing: float = max(self._addresses.interval(), 1.0) * 2 ** (done - 1)
        return max(growing * (1 + self._jitter() / 2), retry_after or 0.0)

    async def _follow(self, address: str, tell: Tell) -> ArxivAnswer:
        """One try, over redirects within the allowed hosts."""
        for _ in range(_REDIRECTS + 1):
            if not self._addresses.allowed(address):
                raise ForbiddenAddressError(
                    f"{_shown(address)} is not arXiv over https and was not asked. {KEPT}"
                )
            answer = await self._ask(address, tell)
            if isinstance(answer, ArxivAnswer):
                return answer
            address = answer
        raise BrokenAnswerError(f"arXiv's server redirects without end. {KEPT}")

    async def _ask(self, address: str, tell: Tell) -> ArxivAnswer | str:
        """One request: the answer, or where it redirects to."""
        async with self._pacing.turn(tell):
            http = await self._opened()
            try:
                async with http.stream("GET", address, headers={"Accept": self._expects.accept}) as response:
                    return await self._read(response, address)
            except TruncatedAnswerError as error:
                raise _TransientError(str(error)) from error
            except httpx.InvalidURL as error:
                raise ForbiddenAddressError(f"{_shown(address)} is not an address.") from error
            except httpx.TimeoutException as error:
                raise _TransientError("arXiv did not answer in time") from error
            except httpx.ConnectError as error:
                raise _TransientError("arXiv could not be reached", tries=_TRIES_TO_CONNECT) from error
            except httpx.HTTPError as error:
                raise _TransientError("The connection to arXiv broke") from error

    async def _read(self, response: httpx.Response, address: str) -> ArxivAnswer | str:
        if response.has_redirect_location:
            return str(response.url.join(response.headers["Location"]))
        if response.status_code == 429:
            self._cool_down(response)
        if response.status_code >= 500:
            raise _TransientError(
                f"arXiv's server failed ({response.status_code})", self._retry_after(response)
            )
        if response.status_code == httpx.codes.NOT_ACCEPTABLE:
            # Seen since September 2026 for addresses that are right: a sign of load, not of a mistake.
            raise _TransientError(_THROTTLED, self._retry_after(response))
        if response.status_code not in self._expects.statuses:
            raise RefusedError(
                f"arXiv answered {_shown(address)} with {response.status_code}; "
                f"the address may be wrong. {KEPT}"
            )
        encoding = response.headers.get("Content-Encoding", "")
        body = Body(encoding, self._expects.largest, self._expects.what)
        async for received in response.aiter_raw():
            body.feed(received)
        unpacked = body.finish()
        # Both have been seen with status 200, where they would read as "no papers".
        if unpacked.strip() == _RATE_EXCEEDED:
            self._cool_down(response)
        if not unpacked.strip():
            raise _TransientError("arXiv's answer was empty")
        if self._expects.stops_early(unpacked):
            raise TruncatedAnswerError("arXiv's answer stopped in the middle")
        self._pacing.succeeded()
        return ArxivAnswer(unpacked, self._now(), response.status_code)

    def _cool_down(self, response: httpx.Response) -> None:
        """Note the cool-down; one whose end arXiv named, and is near, is waited for by the next try."""
        seconds = self._retry_after(response)
        until = self._pacing.cool_down(seconds)
        if seconds is None or seconds > self._deadline:
            raise CoolDownError(cool_down_sentence(until), until)
        raise _TransientError("arXiv asked for fewer requests (429)", seconds)

    def _retry_after(self, response: httpx.Response) -> float | None:
        return retry_after(response.headers.get("Retry-After", ""), self._now())

    async def _opened(self) -> httpx.AsyncClient:
        """The one HTTP client, built in a thread: reading the certificates takes a while."""
        if self._http is None:
            self._http = await asyncio.to_thread(_build)
        return self._http


def _build() -> httpx.AsyncClient:
    # No connection is kept: an idle one would be a second one as soon as another process asks.
    return httpx.AsyncClient(
        headers={"User-Agent": user_agent(), "Accept-Encoding": "gzip", "Connection": "close"},
        timeout=_TIMEOUT,
        limits=httpx.Limits(max_connections=1, max_keepalive_connections=0),
        follow_redirects=False,
        # What is meant for this machine goes through no proxy.
        mounts=dict.fromkeys(("all://localhost", "all://127.0.0.1", "all://[::1]")),
    )


def _shown(address: str) -> str:
    """The address without its query, for a sentence."""
    return address.partition("?")[0][:120]
