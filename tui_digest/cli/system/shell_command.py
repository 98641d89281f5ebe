"""Run the user's command lines in their shell, with papers as input."""

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
"""Bytes of output, and of errors, that are kept; the rest is read and dropped."""

_GRACE = 0.5
"""Seconds that a stopped command has to end by itself, and to close its output."""


async def run_command(command: str, text: str, *, shell: str | None, patience: float = 120.0) -> CommandEnd:
    """Run a command with a text as its input; return its end and its output.

    The text goes to the command's input, never to its command line. The command has no terminal, so it
    cannot write over the reader. Cancelling stops the command and its children.

    Args:
        command: the command line, as the user typed it.
        text: its input.
        shell: the program that runs it with `-c`; None means the system's own.
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
        pass  # it was stopped, so it has no exit code of its own
    finally:
        await _end(transport, process)
        # A process that the command left running may hold its output open.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_GRACE):
                await process.silent.wait()
        transport.close()
    (output, output_cut), (errors, errors_cut) = process.output(1), process.output(2)
    return CommandEnd(exit_code, output, errors, output_cut, errors_cut, time.monotonic() - started)


class _Running(asyncio.SubprocessProtocol):
    """A running command: its exit, the end of its output, and the beginning of that.

    asyncio's own streams do not report an exit while another process holds the output open.
    """

    def __init__(self) -> None:
        self.exited = asyncio.Event()
        self.silent = asyncio.Event()
        self._output = {1: b"", 2: b""}
        self._cut: set[int] = set()
        self._open = {1, 2}

    def output(self, stream: int) -> tuple[str, bool]:
        """Return the beginning of a stream, and whether more followed."""
        return self._output[stream].decode("utf-8", "replace"), stream in self._cut

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """Keep data up to the limit."""
        room = _KEPT - len(self._output[fd])
        self._output[fd] += data[:room]
        if len(data) > room:
            self._cut.add(fd)

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:
        """Note that a stream ended; the input may end early."""
        self._open.discard(fd)
        if not self._open:
            self.silent.set()

    def process_exited(self) -> None:
        """Note that the command exited."""
        self.exited.set()


async def _start(command: str, shell: str | None) -> tuple[asyncio.SubprocessTransport, _Running]:
    """Start the command; if cancelled meanwhile, stop it as soon as possible."""
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
        # If it were cancelled, asyncio would stop the shell only, and wait for its children.
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
    """Write the text to the input, and close it."""
    pipe = transport.get_pipe_transport(0)
    assert isinstance(pipe, asyncio.WriteTransport)
    pipe.write(text.encode("utf-8", "replace"))
    pipe.close()


async def _end(transport: asyncio.SubprocessTransport, process: _Running) -> None:
    """Stop a running command with its children: SIGTERM first, then SIGKILL."""
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
