"""Save the first screen of the next start, drawn by a process of its own.

`first_frame_process` starts it. It draws the reader on no terminal, keeps the bytes of its first
frame, and ends before the reader would ask arXiv or write anything. `tui_digest.saved_screen` paints
them at the next start.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from textual import events
from textual.driver import Driver
from textual.geometry import Size

from tui_digest import saved_screen
from tui_digest.cli.parser import parse_arguments
from tui_digest.cli.reader import make_app, reader_parts
from tui_digest.folders import private_folder
from tui_digest.text.files import write_atomic
from tui_digest.tui.app import ReaderApp

_LONGEST_S: Final = 20
"""After this time the process ends without having saved anything."""


def save_first_frame(size: tuple[int, int], arguments: Sequence[str]) -> None:
    """Draw the first frame, save it, and end the process."""
    command = parse_arguments(arguments)
    with reader_parts(command) as parts:
        if not parts.settings.reader.instant_start:
            forget()
            return
        paths = (str(parts.places.library_file), str(parts.places.config_file))
        key = saved_screen.current_key(arguments, os.environ, size, paths)

        def keep(frame: str) -> None:
            # The reader is not ended: it would save its place, and the library would be another one.
            if saved_screen.current_key(arguments, os.environ, size, paths) == key:
                _write(saved_screen.pack_frame(key, compact(frame.replace("\n", "")).encode()))
            os._exit(0)

        draw(make_app(parts, command.date, command.offline, page_at_once=True), size, keep)


def forget() -> None:
    """Delete the saved screen."""
    _file().unlink(missing_ok=True)


def _file() -> Path:
    return Path(saved_screen.saved_file(os.environ))


def _write(content: bytes) -> None:
    _, frame = saved_screen.split(content)
    if saved_screen.is_safe(frame):
        private_folder(_file().parent)
        write_atomic(_file(), content)


def compact(frame: str) -> str:
    """Return a frame that looks the same, with a style only where text has it.

    Textual begins each piece of a line with its style and resets it behind, empty pieces too. A third of
    the bytes is not needed, and every start reads, checks and writes them.
    """
    parts: list[str] = []
    wanted = shown = ""
    for part in re.split(r"(\x1b\[[\d;]*[Hm])", frame):
        if part in ("\x1b[m", "\x1b[0m"):
            wanted = ""
        elif part.startswith("\x1b") and part.endswith("m"):
            wanted += f";{part[2:-1]}"
        elif part.startswith("\x1b"):
            parts.append(part)
        elif part:
            if wanted != shown:
                parts.append(f"\x1b[0{wanted}m")
                shown = wanted
            parts.append(part)
    return "".join(parts) + ("\x1b[0m" if shown else "")


class FrameDriver(Driver):
    """Draws for a terminal that is not there, up to the first whole frame."""

    received: Callable[[str], None]

    def start_application_mode(self) -> None:
        """Tell the application the size of the terminal."""
        assert self._size is not None
        size = Size(*self._size)
        loop = asyncio.get_running_loop()
        loop.call_soon(lambda: self._app.post_message(events.Resize(size, size)))

    def write(self, data: str) -> None:
        """Collect what would be written to the terminal."""
        assert self._size is not None
        _, lines = self._size
        if data.startswith("\x1b[1;1H") and f"\x1b[{lines};1H" in data:
            self.received(data)

    def disable_input(self) -> None:
        """There is none."""

    def stop_application_mode(self) -> None:
        """There is no terminal to give back."""


def draw(app: ReaderApp, size: tuple[int, int], done: Callable[[str], None]) -> None:
    """Run the reader without a terminal; call `done` with the bytes of its frame."""

    class Recorder(FrameDriver):
        received = staticmethod(done)

    app.driver_class = Recorder
    app.run(size=size)


def main() -> None:
    """`python -m tui_digest.cli.first_frame COLUMNS LINES [WORDS …]`."""
    import signal

    signal.alarm(_LONGEST_S)
    columns, lines, *arguments = sys.argv[1:]
    with suppress(Exception):
        save_first_frame((int(columns), int(lines)), arguments)


if __name__ == "__main__":
    main()
