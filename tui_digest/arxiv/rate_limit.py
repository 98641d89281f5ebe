"""The rate limit for arXiv over all processes of a user: interval and cool-downs.

Two files in the state folder for each host with an interval of its own: `arxiv.lock`, locked while a
request runs, and `arxiv-pacing.json` with the time of the last request and the end of the cool-down.
Both survive a crash: the system releases the lock of a dead process, and the times are written before
a request is sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from tui_digest.arxiv.errors import CoolDownError
from tui_digest.arxiv.types import Now, Progress, Sleep
from tui_digest.errors import KEPT
from tui_digest.folders import private_folder
from tui_digest.text.files import read_regular, write_atomic

FIRST_COOL_DOWN = 60.0
LONGEST_COOL_DOWN = 3600.0
LONGEST_RETRY_AFTER = 24 * 3600.0
_POLL_S = 0.1
_LARGEST_FILE = 4096  # bytes


class _Pace(msgspec.Struct, frozen=True):
    """The file's content: seconds since 1970, and cool-downs since the last success."""

    last: float = 0.0
    cool_down_until: float = 0.0
    cool_downs: int = 0


class RateLimiter:
    """Limits requests to one at a time, and to one in each interval."""

    def __init__(
        self,
        folder: Path,
        interval: float,
        *,
        now: Now,
        sleep: Sleep,
        patience: float = 20.0,
        name: str = "arxiv",
        countdown: str = "",
    ) -> None:
        """Keep the files in `folder`, requests `interval` seconds apart.

        A cool-down that ends within `patience` seconds is waited for, a longer one is an error. Hosts
        with intervals of their own have a `name` of their own, after which the files are called;
        `countdown` says what is waited for, told with the seconds left at each of them.
        """
        self._folder = folder
        self._name = name
        self._countdown = countdown
        self._interval = interval
        self._patience = patience
        self._now = now
        self._sleep = sleep
        self._pace = _Pace()
        self._own_turn = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def turn(self, tell: Progress) -> AsyncIterator[None]:
        """Wait for this process's turn and hold it while a request runs.

        Raises:
            CoolDownError: the cool-down lasts longer than `patience`.
        """
        async with self._own_turn, self._locked(tell):
            await self._wait(tell)
            self._note_request()
            try:
                yield
            finally:
                self._note_request()

    def cool_down(self, retry_after: float | None) -> datetime:
        """Start a cool-down of `retry_after` seconds, and return its end.

        Without a Retry-After the cool-downs grow from a minute to an hour.
        """
        pace = self._read()
        if retry_after is None:
            seconds = min(FIRST_COOL_DOWN * 2**pace.cool_downs, LONGEST_COOL_DOWN)
        else:
            seconds = min(max(retry_after, self._interval), LONGEST_RETRY_AFTER)
        end = self._now() + timedelta(seconds=seconds)
        self._write(
            msgspec.structs.replace(
                pace, cool_down_until=end.timestamp(), cool_downs=min(pace.cool_downs + 1, 10)
            )
        )
        return end

    def record_success(self) -> None:
        """Record a success: the next cool-down is short again."""
        pace = self._read()
        if pace.cool_downs:
            self._write(msgspec.structs.replace(pace, cool_down_until=0.0, cool_downs=0))

    def cooling_until(self) -> datetime | None:
        """Return the end of the present cool-down (UTC), if there is one."""
        pace = self._read()
        now = self._now().timestamp()
        if now < pace.cool_down_until <= now + LONGEST_RETRY_AFTER:
            return datetime.fromtimestamp(pace.cool_down_until, UTC)
        return None

    async def _wait(self, tell: Progress) -> None:
        until = self.cooling_until()
        if until is not None:
            seconds = (until - self._now()).total_seconds()
            if seconds > self._patience:
                raise CoolDownError(cool_down_sentence(until), until)
            tell(f"arXiv asked for a pause; continuing at {clock_time(until)}")
            await self._sleep(seconds)
        # A clock that was set back must not cause a wait of hours.
        while 0 <= (since := self._now().timestamp() - self._read().last) < self._interval:
            left = self._interval - since
            if self._countdown:
                tell(f"{self._countdown} in {math.ceil(left)} s")
                await self._sleep(min(left, 1.0))
            else:
                await self._sleep(left)
                return

    @contextlib.asynccontextmanager
    async def _locked(self, tell: Progress) -> AsyncIterator[None]:
        """Hold the lock file, if the state folder can be written."""
        # Imported here: it takes 30 ms, and most starts of the program send no request.
        from filelock import FileLock, Timeout

        with contextlib.ExitStack() as held:
            told = False
            while True:
                try:
                    path = private_folder(self._folder) / f"{self._name}.lock"
                    # No fallback: a lock by the mere presence of a file would survive a crash.
                    lock = FileLock(path, mode=0o600, thread_local=False, fallback_to_soft=False)
                    held.enter_context(lock.acquire(blocking=False))
                    break
                except Timeout:
                    if not told:
                        tell("waiting for another tui-digest that is asking arXiv")
                        told = True
                    await self._sleep(_POLL_S)
                except OSError:
                    break
            yield

    def _note_request(self) -> None:
        self._write(msgspec.structs.replace(self._read(), last=self._now().timestamp()))

    def _read(self) -> _Pace:
        """Return the newest state of all processes; of this one if the file is unusable."""
        with contextlib.suppress(OSError, msgspec.DecodeError):
            data = read_regular(self._folder / f"{self._name}-pacing.json", _LARGEST_FILE)
            noted = msgspec.json.decode(data, type=_Pace)
            if noted.last >= self._pace.last:
                self._pace = noted
        return self._pace

    def _write(self, pace: _Pace) -> None:
        self._pace = pace
        path = self._folder / f"{self._name}-pacing.json"
        with contextlib.suppress(OSError):
            write_atomic(path, msgspec.json.encode(pace))


def clock_time(moment: datetime) -> str:
    """Format a moment in local time: `14:32`."""
    return moment.astimezone().strftime("%H:%M")


def cool_down_sentence(until: datetime) -> str:
    """Return the message during a cool-down."""
    return (
        f"arXiv is asked too often at the moment (429) and wants a pause until {clock_time(until)}. "
        f"{KEPT} Try again then."
    )
