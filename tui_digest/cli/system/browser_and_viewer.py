"""Open addresses in the browser, and files in the user's viewer or the system's."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui_digest.errors import TuiDigestError
from tui_digest.folders import shown_path

if TYPE_CHECKING:
    import webbrowser

_IN_TERMINAL: Final = frozenset({"tdf", "termpdf", "termpdf.py", "fancy-cat", "jfbview", "fbpdf"})
"""Viewers that draw in the terminal."""

_MOMENT_S: Final = 0.5
"""How long a program is watched that may fail at once."""


class MachineBrowser:
    """The browsers of `BROWSER`, else the one that `webbrowser` finds.

    It may take a moment; call in a thread.
    """

    def takes_terminal(self) -> bool:
        """Tell whether one runs in the terminal, as w3m, lynx and elinks do, or may do so."""
        return any(map(_is_of_terminal, _browsers()))

    def open(self, address: str) -> bool:
        """Open an address in the first browser that can; return whether there is one."""
        return any(_open_in(browser, address) for browser in _browsers())


def _browsers() -> list[webbrowser.BaseBrowser]:
    """Return the browsers to try, in their order."""
    import webbrowser

    found = []
    for name in os.environ.get("BROWSER", "").split(os.pathsep):
        with suppress(webbrowser.Error, ValueError):  # what is named is no command
            found.append(webbrowser.get(name or None))
    return found


def _is_of_terminal(browser: webbrowser.BaseBrowser) -> bool:
    import webbrowser

    if isinstance(browser, webbrowser.GenericBrowser):
        return not isinstance(browser, webbrowser.BackgroundBrowser)
    return not getattr(browser, "background", True)


def _open_in(browser: webbrowser.BaseBrowser, address: str) -> bool:
    import webbrowser

    if not isinstance(browser, webbrowser.GenericBrowser):
        return browser.open(address)
    # `webbrowser` would let one in a window write to the terminal, and not look how it ends; and it would
    # wait for one in the terminal whatever comes.
    command = [browser.name, *(part.replace("%s", address) for part in browser.args)]
    try:
        if isinstance(browser, webbrowser.BackgroundBrowser):
            return start_quietly(command) == 0
        from tui_digest.cli.system.foreground import run_in_foreground

        return run_in_foreground(command).status == 0
    except OSError:
        return False


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
            TuiDigestError: the viewer could not be started, or failed.
        """
        if not self._command and sys.platform == "win32":
            os.startfile(path)
            return
        command = [*(self._command or (_system_opener(),)), str(path.absolute())]
        try:
            from tui_digest.cli.system.foreground import run_in_foreground

            status = run_in_foreground(command).status if self.takes_terminal else start_quietly(command)
        except OSError as error:
            reason = (error.strerror or "it failed").lower()
            raise _failure(command[0], f"could not be started: {reason}", path) from error
        if status:
            raise _failure(command[0], f"failed with {status}", path)


def _failure(program: str, problem: str, path: Path) -> TuiDigestError:
    return TuiDigestError(
        f"The viewer {program} {problem}. The PDF is kept at {shown_path(path)}; name another program as "
        "viewer under [pdf] in config.toml."
    )


def _system_opener() -> str:
    return "open" if sys.platform == "darwin" else "xdg-open"


def start_quietly(command: Sequence[str]) -> int:
    """Start a program that outlives this one and writes nothing to its terminal.

    Returns:
        Its exit code if it ended within a moment, as one does that cannot do its work; else 0.

    Raises:
        OSError: it could not be started.
    """
    import subprocess
    import threading

    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    waiting = threading.Thread(target=process.wait, name="viewer", daemon=True)
    waiting.start()
    waiting.join(_MOMENT_S)
    return process.returncode or 0
