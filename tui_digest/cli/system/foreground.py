"""Run a program that has the terminal, such as an editor, and wait for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import Final, Self

import msgspec

_GRACE_S: Final = 1.0
"""How long a program has to end by itself once it was asked to."""


class ProgramEnd(msgspec.Struct, frozen=True):
    """A program's exit code, and whether a signal to this process ended it."""

    status: int
    was_ended: bool


def run_in_foreground(command: Sequence[str]) -> ProgramEnd:
    """Run a program on this process's terminal, and wait for its end.

    A signal that ends this process is passed on to the program, which is killed if it stays: else this
    process would end only when the user leaves the program. When the program stops itself, as less does
    on Ctrl-Z, this process stops with it: else no shell would come back, and nothing continue it.

    Raises:
        OSError: it could not be started.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        return ProgramEnd(subprocess.run(command, check=False).returncode, was_ended=False)
    with _SignalRelay() as relay:
        process = subprocess.Popen(command)
        relay.pass_on_to(process.pid)
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        while os.WIFSTOPPED(status):
            signal.raise_signal(signal.SIGTSTP)
            os.kill(process.pid, signal.SIGCONT)
            _, status = os.waitpid(process.pid, os.WUNTRACED)
    process.returncode = os.waitstatus_to_exitcode(status)
    return ProgramEnd(process.returncode, was_ended=relay.has_passed_on)


class _SignalRelay:
    """Relay of SIGTERM and SIGHUP to a program, also of those that come at its start.

    asyncio hears of them all the same: it is told by the wake-up descriptor, not by the handlers.

    Attributes:
        has_passed_on: whether any came.
    """

    def __init__(self) -> None:
        self.has_passed_on = False
        self._came: list[int] = []
        self._program = 0
        self._kill = threading.Timer(_GRACE_S, self._send, (signal.SIGKILL,))
        self._kill.daemon = True

    def __enter__(self) -> Self:
        """Handle the signals from now on."""
        numbers = (signal.SIGTERM, signal.SIGHUP)
        self._before = {number: signal.signal(number, self._take) for number in numbers}
        return self

    def __exit__(self, *_: object) -> None:
        """Leave the signals to who handled them before."""
        self._kill.cancel()
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def pass_on_to(self, program: int) -> None:
        """Pass on what came and comes to a program, which ends by itself or is killed."""
        self._program = program
        for number in tuple(self._came):
            self._pass_on(number)

    def _take(self, number: int, _frame: FrameType | None) -> None:
        self._came.append(number)
        if self._program:
            self._pass_on(number)

    def _pass_on(self, number: int) -> None:
        self._send(number)
        self._send(signal.SIGCONT)
        if not self.has_passed_on:
            self.has_passed_on = True
            self._kill.start()

    def _send(self, number: int) -> None:
        with suppress(ProcessLookupError):  # it has ended by itself
            os.kill(self._program, number)
