"""PDFs that are downloaded one after the other, while the user goes on reading."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui_digest.errors import ArxivError, TuiDigestError
from tui_digest.folders import shown_path
from tui_digest.render.labels import count_words
from tui_digest.tui.state import PdfQueue

if TYPE_CHECKING:
    from tui_digest.paper import Paper
    from tui_digest.tui.reader import Reader

DOWNLOAD: Final = "download"
"""The group of background work that downloads PDFs."""


def download_pdfs(reader: Reader, papers: Sequence[Paper]) -> None:
    """Queue downloads of PDFs; a single one is opened when it has come."""
    queue = reader.state.pdfs
    is_running = bool(queue.waiting)
    new = [paper for paper in papers if paper not in queue.waiting]
    queue.waiting += new
    if is_running:
        waiting = count_words(len(queue.waiting) - 1, "PDF")
        reader.notify(f"{waiting} will be downloaded after the one that is coming.")
        return
    queue.done = 0
    stop = f"{reader.key('back')} in the list stops it"
    if len(new) > 1:
        reader.notify(f"Downloading {len(new)} PDFs, as far apart as arXiv asks for; {stop}.")
    else:
        reader.notify(f"Downloading the PDF; {stop}.")
    reader.run_in_background(partial(_download, reader, queue), DOWNLOAD)


def stop_downloads(reader: Reader) -> bool:
    """Stop downloading; tell whether there was any. A later download resumes."""
    if not reader.state.pdfs.waiting:
        return False
    reader.state.pdfs = PdfQueue()  # the task that ends now empties its own
    reader.cancel(DOWNLOAD)
    return True


async def _download(reader: Reader, queue: PdfQueue) -> None:
    """Download what waits; where arXiv cannot be asked, the rest is given up and told."""
    pdfs = reader.services.pdfs()
    failures: list[str] = []
    last: Path | None = None
    try:
        while queue.waiting:
            paper = queue.waiting[0]
            try:
                last = await pdfs.fetch(paper, partial(_tell, reader, queue))
                queue.done += 1
            except TuiDigestError as error:
                failures.append(reader.describe_error(error))
                if isinstance(error, ArxivError) and error.exit_code == ArxivError.exit_code:
                    break
            queue.waiting.remove(paper)
        left = len(queue.waiting)
    finally:
        queue.waiting.clear()
        reader.show_progress("")
    if not reader.is_open:
        return
    if failures:
        _tell_failures(reader, queue.done, failures, left)
    elif queue.done == 1 and last is not None:
        reader.run_in_background(partial(_open, reader, last), f"view {last}")
    elif last is not None:
        reader.notify(f"{queue.done} PDFs are in {shown_path(last.parent)}.")


def _tell(reader: Reader, queue: PdfQueue, words: str) -> None:
    total = queue.done + len(queue.waiting)
    reader.show_progress(f"{words} ({queue.done + 1} of {total})" if total > 1 else words)


def _tell_failures(reader: Reader, done: int, failures: Sequence[str], left: int) -> None:
    parts = [f"{count_words(done, 'PDF')} downloaded."] if done else []
    parts.append(failures[0])
    if len(failures) > 1:
        parts.append(f"{len(failures) - 1} more could not be had either.")
    if left > 1:
        parts.append(f"{left - 1} more were not asked for.")
    reader.notify(" ".join(parts), warning=True)


async def _open(reader: Reader, path: Path) -> None:
    """Show a PDF in the viewer, which is given the terminal where it draws there."""
    from textual.app import SuspendNotSupported

    pdfs = reader.services.pdfs()
    if pdfs.takes_terminal():
        try:
            with reader.app.suspend():
                pdfs.open(path)
        except SuspendNotSupported:
            reader.notify(
                f"The viewer needs a terminal of its own; the PDF is {shown_path(path)}.", warning=True
            )
            return
    else:
        await asyncio.to_thread(pdfs.open, path)
    reader.notify(f"The PDF is open in the viewer: {shown_path(path)}")
