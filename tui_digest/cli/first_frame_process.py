"""Starting the process that draws and saves the first screen of the next start."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress

from tui_digest import saved_screen

_MODULE = "tui_digest.cli.first_frame"


def save_in_background(
    arguments: Sequence[str], size: tuple[int, int], environment: Mapping[str, str] | None = None
) -> None:
    """Start a process that saves the first frame; a failure is ignored.

    Args:
        arguments: the words of the command line that the next start is expected to have.
        size: columns and lines of the terminal.
        environment: the environment of that start; by default this process's.
    """
    words = [sys.executable, "-P", "-m", _MODULE, *map(str, size), *arguments]
    nowhere = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, nowhere, stream) for stream in (0, 1, 2)]
    with suppress(OSError):
        os.posix_spawn(sys.executable, words, environment or os.environ, file_actions=actions, setsid=True)
    os.close(nowhere)


def redraw_in_background() -> None:
    """Start a process that draws the saved screen again, for the same start.

    After a change of the library from outside the reader the screen would be stale.
    """
    if sys.platform == "win32":
        return
    from tui_digest.cli.saved_screen_key import start_of

    try:
        start = start_of(saved_screen.read_saved(os.environ)[0])
    except (OSError, ValueError):
        return
    save_in_background(start.arguments, start.size, start.environment)
