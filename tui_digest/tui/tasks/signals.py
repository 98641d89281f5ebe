"""Ends from outside: SIGTERM, and SIGHUP when the terminal or the connection to it is gone."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from tui_digest.errors import TuiDigestError

if TYPE_CHECKING:
    from tui_digest.tui.app import ReaderApp

_LONGEST = 3.0
"""So many seconds an end from outside may take at most: after them the process goes at once."""

_SIGNALS: Final = ("SIGTERM", "SIGHUP")


def end_on_signals(app: ReaderApp) -> None:
    """Have the reader end as `quit` ends it, with everything kept, when it is told to from outside.

    The exit code is the one of Unix, 128 and the signal's number. Where signals cannot be handled
    (on Windows, or in a thread) they do what they always do.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        return
    loop = asyncio.get_running_loop()
    for name in _SIGNALS:
        number = getattr(signal, name)
        loop.add_signal_handler(number, _end, app, number)


def _end(app: ReaderApp, number: signal.Signals) -> None:
    guard = threading.Timer(_LONGEST, os._exit, (128 + number,))
    guard.daemon = True
    guard.start()
    if number == signal.SIGHUP:
        _forget_terminal()
    try:
        _keep(app)
    finally:
        app.exit(return_code=128 + number)


def _keep(app: ReaderApp) -> None:
    """Keep what is being written before all else: a terminal that is gone may hold up the end of the rest."""
    from tui_digest.tui.screens.reader import ReaderScreen

    for screen in app.screen_stack:
        if isinstance(screen, ReaderScreen):
            for keep in (screen.writing.keep, screen.remember_place):
                with suppress(TuiDigestError):  # tried again, and told, when the screen is left
                    keep()


def _forget_terminal() -> None:
    """Let what is still drawn go nowhere: writing to a terminal that is gone would fail."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
        if stream is not None and os.isatty(stream.fileno()):
            os.dup2(nowhere, stream.fileno())
