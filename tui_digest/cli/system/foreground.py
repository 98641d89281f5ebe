"""Run a program that has the terminal, such as an editor, and wait for it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Final

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
    process = subprocess.Popen(command)
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        return ProgramEnd(process.wait(), was_ended=False)
    with _passed_on_signals(process) as passed_on:
        _, status = os.waitpid(process.pid, os.WUNTRACED)
        while os.WIFSTOPPED(status):
            signal.raise_signal(signal.SIGTSTP)
            os.kill(process.pid, signal.SIGCONT)
            _, status = os.waitpid(process.pid, os.WUNTRACED)
    process.returncode = os.waitstatus_to_exitcode(status)
    return ProgramEnd(process.returncode, was_ended=bool(passed_on))


@contextmanager
def _passed_on_signals(process: subprocess.Popen[bytes]) -> Iterator[list[int]]:
    """Pass on SIGTERM and SIGHUP; yield the list of those that came.

    asyncio hears of them all the same: it is told by the wake-up descriptor, not by the handlers.
    """
    passed_on: list[int] = []

    def pass_on(number: int, _frame: FrameType | None) -> None:
        passed_on.append(number)
        os.kill(process.pid, number)
        os.kill(process.pid, signal.SIGCONT)
        if len(passed_on) == 1:
            kill.start()

    kill = threading.Timer(_GRACE_S, os.kill, (process.pid, signal.SIGKILL))
    kill.daemon = True
    before = {number: signal.signal(number, pass_on) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield passed_on
    finally:
        kill.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)
