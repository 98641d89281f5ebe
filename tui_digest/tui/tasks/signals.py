"""Signals that end the reader, and those meant for another program."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from textual.app import App

LONGEST_END_S: Final = 3.0
"""After a signal the process ends within this time, whatever holds it up."""

_SIGNALS: Final = ("SIGTERM", "SIGHUP")
_OF_KEYS: Final = ("SIGINT", "SIGQUIT")


def end_on_signals(app: App[str], keep_unsaved: Callable[[], None], unsaved: Callable[[], str]) -> None:
    """End the application as `quit` does when a signal asks for it.

    The exit code is the one of Unix, 128 and the signal's number. Where signals cannot be handled
    (on Windows, or in a thread) they do what they always do.

    Args:
        app: what is to end.
        keep_unsaved: stores a half-written note, before all else: a terminal that is gone may hold up
            the rest.
        unsaved: says what is not on disk yet when the process ends without waiting any longer.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for name in _SIGNALS:
        number = getattr(signal, name)
        loop.add_signal_handler(number, _end, app, keep_unsaved, unsaved, number)

    def on_key(number: int, frame: FrameType | None) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(_end, app, keep_unsaved, unsaved, signal.Signals(number))
        elif number == signal.SIGINT:
            signal.default_int_handler(number, frame)
        else:
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)

    # The loop's own handlers would hear of the keys also while `lend_terminal` has others in their place.
    for name in _OF_KEYS:
        signal.signal(getattr(signal, name), on_key)


def _end(
    app: App[str], keep_unsaved: Callable[[], None], unsaved: Callable[[], str], number: signal.Signals
) -> None:
    guard = threading.Timer(LONGEST_END_S, _give_up, (app, 128 + number, unsaved))
    guard.daemon = True
    guard.start()
    if number == signal.SIGHUP and not _has_terminal():
        _forget_terminal()
    try:
        keep_unsaved()
    finally:
        app.exit(return_code=128 + number)


def _give_up(app: App[str], code: int, unsaved: Callable[[], str]) -> None:
    """Restore the terminal and end the process, whatever is still waited for."""
    try:
        if restore := getattr(app._driver, "restore_at_once", None):  # there is no public way to it
            restore()
        if told := unsaved():
            print(told, file=sys.__stderr__, flush=True)
    finally:
        os._exit(code)


def _has_terminal() -> bool:
    """Tell whether the terminal is still there.

    SIGHUP may also be sent by hand, or by a shell that ends.
    """
    return sys.__stdin__ is not None and os.isatty(sys.__stdin__.fileno())


def _forget_terminal() -> None:
    """Discard what is still drawn, as writing to a terminal that is gone fails."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
        if stream is not None:
            os.dup2(nowhere, stream.fileno())


@contextmanager
def lend_terminal() -> Iterator[None]:
    r"""Lend the terminal to another program, with its Ctrl-C and Ctrl-\\.

    Both keys signal all programs of the terminal. They are handled, not ignored: a program that is
    started inherits what is ignored.
    """
    with ExitStack() as undo:
        if threading.current_thread() is threading.main_thread():
            for name in _OF_KEYS:
                if number := getattr(signal, name, None):
                    undo.callback(signal.signal, number, signal.signal(number, lambda *_: None))
        if sys.platform != "win32" and sys.__stdin__ is not None and sys.__stdin__.isatty():
            import termios

            descriptor = sys.__stdin__.fileno()
            modes = termios.tcgetattr(descriptor)

            def restore() -> None:
                with suppress(OSError, termios.error):  # the terminal may be gone
                    _take_terminal_back(descriptor)
                    termios.tcsetattr(descriptor, termios.TCSANOW, modes)

            undo.callback(restore)
        yield


def _take_terminal_back(descriptor: int) -> None:
    """Take the terminal back from a process group that kept it.

    That of a killed shell does. Setting the terminal's modes would stop the reader, for good where no shell
    started it. A shell that has the terminal while the reader is in its background keeps it.
    """
    group = os.tcgetpgrp(descriptor)
    shells = {os.getpgid(process) for process in (os.getppid(), os.getsid(0)) if process}
    if group != os.getpgrp() and group not in shells:
        before = signal.signal(signal.SIGTTOU, signal.SIG_IGN)
        try:
            os.tcsetpgrp(descriptor, os.getpgrp())
        finally:
            signal.signal(signal.SIGTTOU, before)
