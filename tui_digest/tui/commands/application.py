"""Help, palette, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.tui.screens.reader import ReaderScreen


def palette(reader: ReaderScreen, count: int | None) -> None:
    """Open the command palette."""
    from tui_digest.tui.dialogs.palette import ReaderPalette

    # Textual's own action gives it an id, which crashes when the one before is still being closed.
    reader.app.push_screen(ReaderPalette())


def help(reader: ReaderScreen, count: int | None) -> None:
    """Open the help."""
    from tui_digest.tui.dialogs.help import HelpScreen

    reader.app.push_screen(HelpScreen(reader.commanding.keymap, reader.situation()))


def play_demo(reader: ReaderScreen, count: int | None) -> None:
    """Leave, and have the demo started instead."""
    from tui_digest.tui.app import PLAY_DEMO

    reader.app.exit(PLAY_DEMO)


def suspend(reader: ReaderScreen, count: int | None) -> None:
    """Stop the process until the shell lets it go on."""
    reader.app.action_suspend_process()


def leave(reader: ReaderScreen, count: int | None) -> None:
    """Back one level; from the list, quit."""
    from tui_digest.tui.commands.navigation import back

    if reader.zen or reader.paper_open or not reader.browsing.in_day:
        back(reader, None)
    else:
        quit(reader, None)


def quit(reader: ReaderScreen, count: int | None) -> None:
    """Leave the reader."""
    reader.app.exit()
