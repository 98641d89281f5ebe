"""A command line of the user's, run in their shell with papers as its input."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from asyncio.subprocess import PIPE

from tui_digest.core.services import CommandEnd
from tui_digest.errors import TuiDigestError

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
    transport, process = await _start(command, shell)
    started = time.monotonic()
    exit_code: int | None = None
    try:
        _feed(transport, text)
        async with asyncio.timeout(patience):
            await process.exited.wait()
        exit_code = transport.get_returncode()
    except TimeoutError:
        pass  # it has no exit code of its own
    finally:
        await _end(transport, process)
        # What the command left running may hold its output open; that is not waited for.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GRACE):
                await process.silent.wait()
        transport.close()
    (output, output_cut), (errors, errors_cut) = process.said(1), process.said(2)
    return CommandEnd(exit_code, output, errors, output_cut, errors_cut, time.monotonic() - started)


class _Running(asyncio.SubprocessProtocol):
    """A command that runs: when it exited, when it will say no more, and the first of what it said.

    asyncio's own streams do not tell that a command exited while another still holds its output.
    """

    def __init__(self) -> None:
        self.exited = asyncio.Event()
        self.silent = asyncio.Event()
        self._said = {1: b"", 2: b""}
        self._cut: set[int] = set()
        self._open = {1, 2}

    def said(self, stream: int) -> tuple[str, bool]:
        """The beginning of what came from a stream, and whether more came."""
        return self._said[stream].decode("utf-8", "replace"), stream in self._cut

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Keep what there is room for."""
        room = _KEPT - len(self._said[fd])
        self._said[fd] += data[:room]
        if len(data) > room:
            self._cut.add(fd)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """A stream ended; the input may, for a command need not read it all."""
        self._open.discard(fd)
        if not self._open:
            self.silent.set()

    def process_exited(self) -> None:
        """The command itself is over."""
        self.exited.set()


async def _start(command: str, shell: str | None) -> tuple[asyncio.SubprocessTransport, _Running]:
    """The command, started. Cancelled meanwhile, it is stopped as soon as it can be."""
    starting = asyncio.ensure_future(
        asyncio.get_running_loop().subprocess_shell(
            _Running,
            command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            executable=shell if os.name == "posix" else None,
            start_new_session=True,
        )
    )
    try:
        # Cancelled itself, asyncio would stop the shell alone and wait for what that has started.
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        transport, process = await starting
        await _end(transport, process)
        transport.close()
        raise
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "it is not a command line").lower()
        raise TuiDigestError(
            f"The command could not be started: {reason}. No paper was given to it."
        ) from error


def _feed(transport: asyncio.SubprocessTransport, text: str) -> None:
    """Give the text, and then the end of it."""
    pipe = transport.get_pipe_transport(0)
    assert isinstance(pipe, asyncio.WriteTransport)
    pipe.write(text.encode("utf-8", "replace"))
    pipe.close()


async def _end(transport: asyncio.SubprocessTransport, process: _Running) -> None:
    """Stop a command that still runs, with all that it started: asked first, then made to."""
    for sign in ("SIGTERM", "SIGKILL"):
        if process.exited.is_set():
            return
        with contextlib.suppress(ProcessLookupError):
            if os.name == "posix":
                os.killpg(transport.get_pid(), getattr(signal, sign))
            else:
                transport.kill()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GRACE):
                await process.exited.wait()
