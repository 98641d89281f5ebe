"""A paper's whole text: prefetch, display, closing, storage for marked papers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui_digest.entry import ReadText
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
    """Show a paper's text, at once if it is stored, else when fetched.

    Args:
        reader: where it is shown.
        entry: the paper.
        show: given the text, unless another paper was chosen meanwhile.
        again: whether arXiv is asked although the text is stored.
    """
    reader.run_in_background(partial(_open, reader, entry, show, again=again), FETCH_TEXT)


async def _open(reader: Reader, entry: Entry, show: Callable[[PaperText], None], *, again: bool) -> None:
    texts = reader.services.texts()
    stored = None if again else await asyncio.to_thread(texts.stored, entry.paper)
    newest = stored is not None and stored.paper.version == entry.paper.version
    if stored is None or (not newest and not reader.state.options.offline):
        text = await _fetch(reader, entry.paper, again=again, stored=stored)
    else:
        text = stored
    chosen = reader.papers.chosen
    if reader.is_open and chosen is not None and chosen.paper.id == entry.paper.id:
        show(text)


async def _fetch(reader: Reader, paper: Paper, *, again: bool, stored: PaperText | None) -> PaperText:
    """Return the text from arXiv, or if that fails an earlier version, and say why."""
    reader.notify(f"Fetching the text; the abstract stays, {reader.key('back')} stops it.")
    try:
        return await reader.services.texts().fetch(paper, again=again, progress=partial(tell_wait, reader))
    except TuiDigestError as error:
        if stored is None:
            raise
        reader.notify(str(error), warning=True)
        return stored
    finally:
        reader.show_progress("")


def show_text(reader: Reader, found: PaperText, address: str = "", words: str = "") -> None:
    """Show a text instead of the panes: where it was left, at an address or quotation."""
    from tui_digest.core.navigation import find_words
    from tui_digest.fulltext.addresses import PlaceFinder
    from tui_digest.render.fulltext.source_line import text_sentences
    from tui_digest.tui.page.text_view import TextView
    from tui_digest.tui.widgets.text_pane import TextPane

    place = reader.services.texts().place(found)
    sentences = text_sentences(
        found.paper.version or 0,
        found.fetched_at,
        found.document.losses,
        reader.services.now(),
        warnings=found.warnings,
        later=found.later,
        changed=found.changed,
        dot=reader.papers.symbols.dot,
    )
    if place is not None and place.finished:
        sentences = (*sentences, "You have read it to the end.")
    view = TextView(found, sentences, find_words)
    glyphs = reader.state.settings.reader.glyphs
    hint = f"{reader.key('open_paper')} goes there, {reader.key('back')} closes"
    pane = TextPane(view, symbols=reader.papers.symbols, glyphs=glyphs, card_hint=hint)
    target = PlaceFinder(found.document).find(address) if address else None
    if target is not None and words:
        pane.begin_with(lambda view: view.show_quotation(address, words))
    if target is not None:
        pane.begin_at(target.first)
    elif place is not None:
        pane.begin_at(place.block)
    if (entry := reader.papers.chosen) is not None:
        reader.mark_read(entry)
    reader.panes.show_text(pane)
    reader.clear_message()
    reader.refresh_hints()


def close_text(reader: Reader) -> None:
    """Leave the text; the place in it is remembered."""
    if reader.panes.text is not None:
        save_place(reader)
        reader.pages.answer = None
        reader.panes.close_text()
        reader.show_page()
        reader.refresh_hints()


def save_place(reader: Reader) -> None:
    """Write to disk where in the text the reader is."""
    pane = reader.panes.text
    if pane is not None:
        view = pane.view
        text, place = view.text, view.place()
        reader.writes.submit("the place in the text", lambda: reader.services.texts().remember(text, place))
        section, number = view.section(), view.text.paper.number
        before = reader.state.read_texts.get(number)
        version = view.text.paper.version or 0
        was_finished = before is not None and before.finished and before.version == version
        address = section.address if section is not None else ""
        finished = view.finished or was_finished
        now = ReadText(version=version, address=address, finished=finished)
        reader.state.read_texts = {**reader.state.read_texts, number: now}


def tell_wait(reader: Reader, words: str) -> None:
    """Say in header and footer what is waited for, the seconds counted down."""
    reader.show_progress(words)
    if words and reader.is_open:
        reader.notify(f"{words[0].upper()}{words[1:]}; {reader.key('back')} stops it.")


def stop_fetching_text(reader: Reader) -> bool:
    """Stop fetching the text to be read; tell whether one was being fetched."""
    if not reader.is_running(FETCH_TEXT):
        return False
    reader.cancel(FETCH_TEXT)
    return True


def keep_marked_texts(reader: Reader, entries: Sequence[Entry]) -> None:
    """Fetch the texts of papers marked to read, one by one, if the settings say so."""
    if reader.state.settings.reader.keep_text == "to-read" and not reader.state.options.offline and entries:
        papers = [entry.paper for entry in entries]
        reader.run_in_background(partial(_keep, reader, papers), KEEP_TEXTS)


async def _keep(reader: Reader, papers: Sequence[Paper]) -> None:
    """Fetch texts; papers without HTML are skipped, any other failure ends it.

    The failure is told.
    """
    for paper in papers:
        if await asyncio.to_thread(reader.services.texts().stored, paper) is None:
            await reader.services.texts().fetch(paper, again=False, progress=_silent)


def _silent(words: str) -> None:
    """Say nothing of work that is for later."""
