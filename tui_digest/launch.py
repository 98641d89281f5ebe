"""The program's entry: run the command, then end the process without waiting for the interpreter."""

from __future__ import annotations

import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run `tui-digest` with the words of the command line and end the process."""
    from tui_digest.cli import main as run

    end_process(run())


def end_process(code: int) -> NoReturn:
    """End the process at once, with what was written flushed.

    Taking an interpreter down costs tens of milliseconds, in which the reader's memory is given back
    piece by piece; nothing of it has to be kept. Work that must not be cut off was waited for.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (AttributeError, OSError, ValueError):  # closed, or nobody reads it
            continue
    os._exit(code)
