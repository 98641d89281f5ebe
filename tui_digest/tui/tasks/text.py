"""Fetching a paper's whole text while the abstract is read, and keeping the texts of marked papers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui_digest.errors import TuiDigestError

if TYPE_CHECKING:
    from tui_digest.core.texts import PaperText
    from tui_digest.entry import Entry
    from tui_digest.paper import Paper
    from tui_digest.tui.reader import Reader

FETCH_TEXT = "fetch text"
"""The group of background work that fetches the text that is to be read."""

KEEP_TEXTS = "keep texts"
"""The group of background work that fetches texts for later."""


def open_text(
    reader: Reader, entry: Entry, show: Callable[[PaperText], None], *, again: bool = False
) -> None:
    """Have a paper's text shown: at once where it is stored, else when it has been fetched.

    Args:
        reader: where it is shown.
        entry: the paper.
        show: given the text, unless another paper was chosen meanwhile.
        again: whether arXiv is asked although the text is stored.
    """
    reader.run_in_background(partial(_open, reader, entry, show, again), FETCH_TEXT)


async def _open(reader: Reader, entry: Entry, show: Callable[[PaperText], None], again: bool) -> None:
    texts = reader.services.texts()
    stored = None if again else await asyncio.to_thread(texts.stored, entry.paper)
    newest = stored is not None and stored.paper.version == entry.paper.version
    if stored is None or (not newest and not reader.state.options.offline):
        text = await _fetched(reader, entry.paper, again, stored)
    else:
        text = stored
    chosen = reader.papers.chosen
    if reader.is_open and chosen is not None and chosen.paper.id == entry.paper.id:
        show(text)


async def _fetched(reader: Reader, paper: Paper, again: bool, stored: PaperText | None) -> PaperText:
    """The text from arXiv; where that fails, the stored one of an earlier version, and why is told."""
    reader.notify("Fetching the text; the abstract stays, Esc stops it.")
    try:
        return await reader.services.texts().fetch(paper, again=again, progress=reader.show_progress)
    except TuiDigestError as error:
        if stored is None:
            raise
        reader.notify(str(error), warning=True)
        return stored
    finally:
        reader.show_progress("")


def stop_fetching_text(reader: Reader) -> bool:
    """Stop fetching the text that was to be read; whether one was being fetched."""
    if not reader.is_running(FETCH_TEXT):
        return False
    reader.cancel(FETCH_TEXT)
    return True


def keep_marked_texts(reader: Reader, entries: Sequence[Entry]) -> None:
    """Fetch the texts of papers that were marked to read, one after the other, where the settings say so."""
    if reader.state.settings.reader.keep_text == "to-read" and not reader.state.options.offline and entries:
        papers = [entry.paper for entry in entries]
        reader.run_in_background(partial(_keep, reader, papers), KEEP_TEXTS)


async def _keep(reader: Reader, papers: Sequence[Paper]) -> None:
    """Fetch texts; a paper without HTML is passed over, any other failure ends it and is told."""
    for paper in papers:
        if await asyncio.to_thread(reader.services.texts().stored, paper) is None:
            await reader.services.texts().fetch(paper, again=False, progress=_silent)


def _silent(words: str) -> None:
    """Say nothing of work that is for later."""
