"""Help, palette, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_digest.tui.state import PLAY_DEMO

if TYPE_CHECKING:
    from tui_digest.tui.reader import Reader


def palette(reader: Reader, count: int | None) -> None:
    """Open the command palette."""
    from tui_digest.tui.commands.palette import palette_providers
    from tui_digest.tui.dialogs.palette import ReaderPalette

    # Textual's own action gives it an id, which crashes when the one before is still being closed.
    reader.open_dialog(ReaderPalette(reader.keymap, palette_providers(reader)))


def help(reader: Reader, count: int | None) -> None:
    """Open the help."""
    from tui_digest.tui.dialogs.help import HelpScreen

    reader.open_dialog(HelpScreen(reader.keymap, reader.command_context(), reader.papers.symbols))


def play_demo(reader: Reader, count: int | None) -> None:
    """Leave, and have the demo started instead."""
    reader.app.exit(PLAY_DEMO)


def suspend(reader: Reader, count: int | None) -> None:
    """Stop the process until the shell lets it go on."""
    reader.app.action_suspend_process()


def leave(reader: Reader, count: int | None) -> None:
    """Go back one level; from the list, quit."""
    from tui_digest.tui.commands.navigation import back

    if reader.panes.zen or reader.panes.paper_open or not reader.state.browsing.in_day:
        back(reader, None)
    else:
        quit(reader, None)


def quit(reader: Reader, count: int | None) -> None:
    """Leave the reader."""
    reader.app.exit()
