"""A command line of the user's, run in their shell with papers as its input."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from asyncio.subprocess import PIPE, Process

from tui_digest.errors import TuiDigestError
from tui_digest.tui.ports import CommandEnd

_KEPT = 32_000
"""So many bytes of output, and of errors, are kept; the rest is read and dropped."""

_GRACE = 0.5
"""Seconds in which a command that is stopped may end by itself, and its last words may come."""


async def run_command(command: str, text: str, *, shell: str | None, patience: float = 120.0) -> CommandEnd:
    """How a command ended that was given a text as its input, with the first of what it wrote.

    The text reaches the command by its input alone, never by the command line. The command has no
    terminal, so it cannot write over the reader's. Cancelled, it stops the command and all it started.

    Args:
        command: as the user typed it.
        text: what it is given.
        shell: the program that runs it with `-c`; None takes the system's own.
        patience: seconds after which it is stopped.

    Raises:
        TuiDigestError: it could not be started.
    """
    try:
        process = await asyncio.create_subprocess_shell(
            command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            executable=shell if os.name == "posix" else None,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "it is no command line").lower()
        raise TuiDigestError(
            f"The command could not be started: {reason}. Nothing was given away."
        ) from error
    started = time.monotonic()
    output, errors = _Kept(process.stdout), _Kept(process.stderr)
    talk = [asyncio.ensure_future(work) for work in (_feed(process, text), output.read(), errors.read())]
    try:
        async with asyncio.timeout(patience):
            exit_code: int | None = await process.wait()
    except TimeoutError:
        exit_code = None
    finally:
        await _end(process)
        # What the command left running may hold its output open; that is not waited for.
        await asyncio.wait(talk, timeout=_GRACE)
        for each in talk:
            each.cancel()
        await asyncio.gather(*talk, return_exceptions=True)
    return CommandEnd(
        exit_code, output.text, errors.text, output.cut, errors.cut, seconds=time.monotonic() - started
    )


class _Kept:
    """The beginning of what comes from a stream."""

    def __init__(self, stream: asyncio.StreamReader | None) -> None:
        assert stream is not None
        self._stream = stream
        self._bytes = b""
        self.cut = False

    @property
    def text(self) -> str:
        return self._bytes.decode("utf-8", "replace")

    async def read(self) -> None:
        """Read to the end, and keep what there is room for."""
        while piece := await self._stream.read(65536):
            room = _KEPT - len(self._bytes)
            self.cut = self.cut or len(piece) > room
            self._bytes += piece[:room]


async def _feed(process: Process, text: str) -> None:
    """Give the text; a command that does not read it all is none the worse for it."""
    assert process.stdin is not None
    with contextlib.suppress(ConnectionError):
        process.stdin.write(text.encode("utf-8", "replace"))
        await process.stdin.drain()
    process.stdin.close()


async def _end(process: Process) -> None:
    """Stop a command that still runs, with all that it started: asked first, then made to."""
    for sign in ("SIGTERM", "SIGKILL"):
        if process.returncode is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            if os.name == "posix":
                os.killpg(process.pid, getattr(signal, sign))
            else:
                process.kill()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GRACE):
                await process.wait()
