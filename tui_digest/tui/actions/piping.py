"""Piping papers to a command of the user's."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.tui.screens.reader import ReaderScreen


def pipe(reader: ReaderScreen, count: int | None) -> None:
    """Ask for a command and give it the selected papers; while one runs, show it."""
    from tui_digest.tui.prompts import Asking

    piping = reader.piping
    if piping.running:
        piping.show()
        return
    asking = Asking(piping.start, switched=piping.switch_format, switch_words="format")
    reader.writing.ask(piping.label, asking, piping.last, selected=True)
