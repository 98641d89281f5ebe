"""arXiv's manners over all processes of a user: one request at a time, seconds apart, cool-downs.

Two files in the state folder: `arxiv.lock`, locked while a request runs, and `arxiv-pacing.json`,
which says when the last request was and until when arXiv wants to be left alone. Both survive a
crash: the system frees a dead process's lock, and the times are written before a request is sent.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

import msgspec

from tui_digest.arxiv.errors import KEPT, CoolDownError
from tui_digest.arxiv.lock import try_lock, unlock
from tui_digest.arxiv.types import Now, Sleep, Tell
from tui_digest.settings import private_folder

FIRST_COOL_DOWN = 60.0
LONGEST_COOL_DOWN = 3600.0
LONGEST_RETRY_AFTER = 24 * 3600.0
_POLL = 0.1


class _Pace(msgspec.Struct, frozen=True):
    """The file's content: moments in seconds since 1970, and the cool-downs since the last success."""

    last: float = 0.0
    cool_down_until: float = 0.0
    cool_downs: int = 0


class Pacing:
    """Whose turn it is to ask arXiv."""

    def __init__(
        self, folder: Path, interval: float, *, now: Now, sleep: Sleep, patience: float = 20.0
    ) -> None:
        """Keep the files in `folder`, requests `interval` seconds apart.

        A cool-down that ends within `patience` seconds is waited for, a longer one is an error.
        """
        self._folder = folder
        self._interval = interval
        self._patience = patience
        self._now = now
        self._sleep = sleep
        self._pace = _Pace()
        self._own_turn = asyncio.Lock()

    @contextlib.asynccontextmanager
    async def turn(self, tell: Tell) -> AsyncIterator[None]:
        """Wait for this process's turn and hold it while a request runs.

        Raises:
            CoolDownError: arXiv wants to be left alone for longer than one would wait.
        """
        async with self._own_turn, self._locked(tell):
            await self._wait(tell)
            self._note_request()
            try:
                yield
            finally:
                self._note_request()

    def cool_down(self, retry_after: float | None) -> datetime:
        """Note that arXiv refused for now; for `retry_after` seconds if it said so. Gives the end.

        Without a word from arXiv the cool-downs grow from a minute to an hour.
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

    def succeeded(self) -> None:
        """Note that arXiv answers again: the next cool-down is short."""
        pace = self._read()
        if pace.cool_downs:
            self._write(msgspec.structs.replace(pace, cool_down_until=0.0, cool_downs=0))

    def cooling_until(self) -> datetime | None:
        """When the present cool-down ends (UTC), if there is one."""
        pace = self._read()
        now = self._now().timestamp()
        if now < pace.cool_down_until <= now + LONGEST_RETRY_AFTER:
            return datetime.fromtimestamp(pace.cool_down_until, UTC)
        return None

    async def _wait(self, tell: Tell) -> None:
        until = self.cooling_until()
        if until is not None:
            seconds = (until - self._now()).total_seconds()
            if seconds > self._patience:
                raise CoolDownError(cool_down_sentence(until), until)
            tell(f"arXiv asked for a pause; going on at {local_time(until)}")
            await self._sleep(seconds)
        since = self._now().timestamp() - self._read().last
        # A clock that was set back must not make anyone wait for hours.
        if 0 <= since < self._interval:
            await self._sleep(self._interval - since)

    @contextlib.asynccontextmanager
    async def _locked(self, tell: Tell) -> AsyncIterator[None]:
        file = self._open()
        if file is None:
            yield
            return
        with file:
            if not try_lock(file):
                tell("waiting for another tui-digest that is asking arXiv")
                while not try_lock(file):
                    await self._sleep(_POLL)
            try:
                yield
            finally:
                unlock(file)

    def _open(self) -> IO[bytes] | None:
        """The lock file; None where the state folder cannot be written, and then this process paces alone."""
        try:
            path = private_folder(self._folder) / "arxiv.lock"
            return os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
        except OSError:
            return None

    def _note_request(self) -> None:
        self._write(msgspec.structs.replace(self._read(), last=self._now().timestamp()))

    def _read(self) -> _Pace:
        """What any process noted last. Where it cannot be written or read, what this one noted."""
        with contextlib.suppress(OSError, msgspec.DecodeError):
            noted = msgspec.json.decode((self._folder / "arxiv-pacing.json").read_bytes(), type=_Pace)
            if noted.last >= self._pace.last:
                self._pace = noted
        return self._pace

    def _write(self, pace: _Pace) -> None:
        self._pace = pace
        path = self._folder / "arxiv-pacing.json"
        beside = path.with_suffix(f".{os.getpid()}")
        with contextlib.suppress(OSError):
            with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(msgspec.json.encode(pace))
            beside.replace(path)


def local_time(moment: datetime) -> str:
    """The moment on the user's own clock: `14:32`."""
    return moment.astimezone().strftime("%H:%M")


def cool_down_sentence(until: datetime) -> str:
    """What the user is told while arXiv wants to be left alone."""
    return (
        f"arXiv is asked too often at the moment (429) and wants a pause until {local_time(until)}. "
        f"{KEPT} Try again then."
    )
