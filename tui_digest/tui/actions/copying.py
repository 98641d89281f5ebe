"""Copying: links, references, text of the selected papers, to the clipboard."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.tui.screens.reader import ReaderScreen

_MUCH = 74_000
"""More bytes than this some terminals do not take at once."""


def copy_link(reader: ReaderScreen, count: int | None) -> None:
    """The address of the abstract page."""
    from tui_digest.tui.outgoing import chosen_papers

    links = [entry.paper.abs_url for entry in chosen_papers(reader)]
    _copy(reader, links[0] if len(links) == 1 else "The links", "\n".join(links))


def copy_bibtex(reader: ReaderScreen, count: int | None) -> None:
    """BibTeX."""
    from tui_digest.tui.outgoing import rendered

    _copy(reader, "BibTeX", rendered(reader, "bibtex"))


def copy_markdown(reader: ReaderScreen, count: int | None) -> None:
    """The paper as Markdown, with what the settings put in."""
    from tui_digest.tui.outgoing import rendered

    _copy(reader, "Markdown", rendered(reader, "markdown"))


def copy_title(reader: ReaderScreen, count: int | None) -> None:
    """The title, as arXiv has it."""
    from tui_digest.sanitise import one_line
    from tui_digest.tui.outgoing import chosen_papers

    _copy(reader, "The title", "\n".join(one_line(entry.paper.title) for entry in chosen_papers(reader)))


def copy_tex(reader: ReaderScreen, count: int | None) -> None:
    """The abstract with its TeX as the authors wrote it."""
    from tui_digest.tui.outgoing import chosen_papers

    _copy(reader, "The TeX", "\n\n".join(entry.paper.abstract for entry in chosen_papers(reader)))


def _copy(reader: ReaderScreen, what: str, text: str) -> None:
    reader.in_background(partial(copy_text, reader, what, text), "copy")


async def copy_text(reader: ReaderScreen, what: str, text: str) -> None:
    """Copy a text by the terminal (OSC 52), and by this machine's own clipboard where it has one.

    A terminal never answers whether it took the text, so what is said claims no more than that it was sent.
    """
    from tui_digest.sanitise import sanitise

    text = sanitise(text)
    reader.app.copy_to_clipboard(text)
    clipboard = reader.services.clipboard
    program = await asyncio.to_thread(clipboard.put, text)
    if program:
        reader.say(f"{what} copied with {program}, and sent to the terminal's clipboard.")
        return
    size = len(text.encode())
    much = (
        f" It is long, {size // 1000} kB, and some terminals drop that; w writes it." if size > _MUCH else ""
    )
    note = clipboard.note or "If nothing arrives, the terminal takes no text from programs: w writes a file."
    reader.say(f"{what} sent to the terminal's clipboard.{much or f' {note}'}")
