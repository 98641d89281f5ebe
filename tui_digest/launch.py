"""The program's entry: run the command, and end the process quickly."""

import os
import sys

from tui_digest import saved_screen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> "NoReturn":
    """Run `tui-digest` with the words of the command line and end the process.

    The saved first screen is painted before anything else is imported.
    """
    code = 130
    try:
        saved_screen.paint(sys.argv[1:])
        import gc

        # Imports make nothing that has to be collected, and looking for it takes a tenth of their time.
        gc.disable()
        from tui_digest.cli import main as run

        code = run()
    except KeyboardInterrupt:
        code = 130
    finally:
        saved_screen.withdraw()
    if code == 0 and saved_screen.is_save_wanted():
        _save_first_screen()
    end_process(code)


def _save_first_screen() -> None:
    """Start a process that draws and saves the first screen of the next start."""
    from tui_digest.cli.first_frame_process import save_in_background

    try:
        columns, lines = os.get_terminal_size(1)
        save_in_background(sys.argv[1:], (columns, lines))
    except OSError:
        return  # no terminal any more: the next start is an ordinary one


def end_process(code: int) -> "NoReturn":
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
