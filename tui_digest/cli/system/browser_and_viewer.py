"""Open addresses in the browser, and files in the user's viewer or the system's."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tui_digest.errors import TuiDigestError
from tui_digest.settings import shown_path

_IN_TERMINAL: Final = frozenset({"tdf", "termpdf", "termpdf.py", "fancy-cat", "jfbview", "fbpdf"})
"""Viewers that draw in the terminal."""


class MachineBrowser:
    """The browser that `webbrowser` finds, which may take a moment; call in a thread."""

    def takes_terminal(self) -> bool:
        """Tell whether it runs in the terminal, as w3m and lynx do, or may do so."""
        import webbrowser

        try:
            browser = webbrowser.get()
        except webbrowser.Error:
            return False
        return type(browser) is webbrowser.GenericBrowser

    def open(self, address: str) -> bool:
        """Open an address; return whether a browser could be started."""
        import webbrowser

        return webbrowser.open(address)


class FileViewer:
    """A program that shows files.

    Args:
        command: the program with its arguments, before the file; empty for the system's own.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = tuple(command)

    @property
    def takes_terminal(self) -> bool:
        """Whether it draws in the terminal, so that the reader has to make room for it."""
        return bool(self._command) and Path(self._command[0]).name in _IN_TERMINAL

    def open(self, path: Path) -> None:
        """Show a file; return at once, from a viewer in the terminal when it has ended.

        Raises:
            TuiDigestError: the viewer could not be started.
        """
        import subprocess

        if not self._command and sys.platform == "win32":
            os.startfile(path)
            return
        command = [*(self._command or (_system_opener(),)), str(path.absolute())]
        try:
            if self.takes_terminal:
                subprocess.run(command, check=False)
            else:
                _start(command)
        except OSError as error:
            reason = (error.strerror or "it failed").lower()
            raise TuiDigestError(
                f"The viewer {command[0]} could not be started: {reason}. The PDF is kept at "
                f"{shown_path(path)}; name another program as viewer under [pdf] in config.toml."
            ) from error


def _system_opener() -> str:
    return "open" if sys.platform == "darwin" else "xdg-open"


def _start(command: Sequence[str]) -> None:
    """Start a program that outlives this one and writes nothing to its terminal."""
    import subprocess
    import threading

    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    threading.Thread(target=process.wait, name="viewer", daemon=True).start()
