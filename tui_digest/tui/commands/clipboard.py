"""Copying: links, references, text of the selected papers, to the clipboard."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.tui.reader import Reader

_MUCH = 74_000
"""More bytes than this some terminals do not take at once."""

_NO_ANSWER = "if nothing arrived, it takes none"


def copy_link(reader: Reader, count: int | None) -> None:
    """Copy the address of the abstract page."""
    if _copy_selected(reader):
        return
    links = [entry.paper.abs_url for entry in reader.targets()]
    start_copy(reader, "Link" if len(links) == 1 else f"{len(links)} links", "\n".join(links))


def copy_selection(reader: Reader, count: int | None) -> None:
    """Copy what the mouse selected; without a selection, say how to quit."""
    if not _copy_selected(reader):
        quit_key = reader.keymap.label_of("quit")
        reader.notify(f"Ctrl-C copies what the mouse selected. {quit_key} quits.")


def _copy_selected(reader: Reader) -> bool:
    """Copy the text that the mouse selected, if there is one."""
    text = reader.app.screen.get_selected_text()
    if text:
        start_copy(reader, "The selection", text)
    return bool(text)


def copy_bibtex(reader: Reader, count: int | None) -> None:
    """Copy the BibTeX entry."""
    from tui_digest.tui.commands.export_selection import rendered

    start_copy(reader, "BibTeX", rendered(reader, "bibtex"))


def copy_markdown(reader: Reader, count: int | None) -> None:
    """Copy the paper as Markdown, with the parts that the settings name."""
    from tui_digest.tui.commands.export_selection import rendered

    start_copy(reader, "Markdown", rendered(reader, "markdown"))


def copy_title(reader: Reader, count: int | None) -> None:
    """Copy the title as arXiv has it."""
    from tui_digest.text.sanitise import one_line

    start_copy(reader, "Title", "\n".join(one_line(entry.paper.title) for entry in reader.targets()))


def copy_tex(reader: Reader, count: int | None) -> None:
    """Copy the abstract with its TeX as the authors wrote it."""
    start_copy(reader, "TeX", "\n\n".join(entry.paper.abstract for entry in reader.targets()))


def start_copy(reader: Reader, what: str, text: str) -> None:
    """Copy a text, called `what` in the message that says so."""
    reader.run_in_background(partial(copy_text, reader, what, text), "copy")


async def copy_text(reader: Reader, what: str, text: str) -> None:
    """Copy a text by OSC 52, and by this machine's own clipboard if it has one.

    A terminal never answers whether it took the text, so what is said claims no more than that it was sent.
    """
    from tui_digest.text.sanitise import sanitise

    text = sanitise(text)
    reader.app.copy_to_clipboard(text)
    clipboard = reader.services.clipboard
    if program := await asyncio.to_thread(clipboard.put, text):
        reader.notify_on_top(f"{what} copied with {program}, and sent to the terminal's clipboard.")
        return
    instead = f"{reader.key('write')} writes a file"
    note, size = clipboard.note or f"{_NO_ANSWER}: {instead}", len(text.encode())
    if size > _MUCH:
        note = f"{size // 1000} kB, which some terminals drop: {instead}"
    reader.notify_on_top(f"{what} sent to the terminal's clipboard ({note}).")
