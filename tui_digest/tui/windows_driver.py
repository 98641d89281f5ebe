"""Windows terminal driver: Textual's, with an input thread that no input ends."""

from __future__ import annotations

from typing import Final

from textual.drivers import win32
from textual.drivers.windows_driver import WindowsDriver

from tui_digest.tui.terminal_input import MOST_COLUMNS, MOST_LINES

_PAUSE_S: Final = 0.1
"""How long is waited until input is read again after a fault, which may be there to stay."""


class LastingEventMonitor(win32.EventMonitor):
    """Textual's input thread, begun again after a fault.

    Textual's ends at the first: half of a character beyond the BMP, which two reads cut in the middle of
    a paste, or a sequence that its parser fails on. The reader would be deaf from there on.
    """

    def run(self) -> None:
        """Read the console until the application ends."""
        while not self.exit_event.is_set():
            super().run()
            self.exit_event.wait(_PAUSE_S)

    def on_size_change(self, width: int, height: int) -> None:
        """Tell of another size of the window, no more than can be drawn."""
        super().on_size_change(min(width, MOST_COLUMNS), min(height, MOST_LINES))


class LastingWindowsDriver(WindowsDriver):
    """Textual's driver with that input thread."""

    def start_application_mode(self) -> None:
        """Start to read and to draw."""
        win32.EventMonitor = LastingEventMonitor  # type: ignore[misc]  # the driver has no other way to it
        super().start_application_mode()
