"""Explanations in the reader: asked for, followed while they are made, stopped, shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui_digest.errors import TuiDigestError
from tui_digest.reading import Explanation
from tui_digest.tui.explanation import failed, heading, waiting, with_marks
from tui_digest.tui.ports import Patience

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui_digest.latex.markdown import MarkdownStream
    from tui_digest.reading import Entry
    from tui_digest.tui.blocks import Block
    from tui_digest.tui.screens.reader import ReaderScreen

FRAME = 1 / 15
"""Seconds between two times that the growing text is drawn."""


class Explaining:
    """The reader's dealings with models.

    One paper is followed at a time, the chosen one. Going to another paper stops the following, not
    the request: that is paid for, and what comes of it is kept.
    """

    def __init__(self, reader: ReaderScreen) -> None:
        self._reader = reader
        self._models = reader.services.models
        self._came: dict[str, Explanation] = {}
        self.problem = ""

    def look_for_model(self) -> None:
        """Find out whether a model is set up: after the first paint, for that imports what it needs."""
        self.problem = self._models.ready()
        self._reader.refresh_hints()

    def with_explanation(self, entry: Entry) -> Entry:
        """A paper with the explanation that came last, kept in the library or not."""
        came = self._came.get(entry.paper.id)
        return entry if came is None else replace(entry, explanation=came)

    def ask(self, entry: Entry, *, again: bool) -> None:
        """Ask for the explanation of the chosen paper, and follow it."""
        self._models.start(entry.paper, again=again)
        self._follow(entry)

    def go_to(self, entry: Entry) -> None:
        """Another paper is chosen: follow its explanation if one is being made, no other one."""
        self._reader.workers.cancel_group(self._reader, "follow")
        if self._models.under_way(entry.paper.id):
            self._follow(entry)

    def stop(self) -> bool:
        """Stop the chosen paper's request, if there is one; whether there was."""
        entry = self._reader.papers.chosen
        if entry is None or not self._models.under_way(entry.paper.id):
            return False
        self._reader.in_background(partial(self._models.cancel, entry.paper.id), "cancel")
        return True

    def _follow(self, entry: Entry) -> None:
        self._reader.in_background(partial(self._show, entry), "follow")

    async def _show(self, entry: Entry) -> None:
        """Show what comes of a paper's request until the explanation is finished or failed."""
        reader = self._reader
        growing = GrowingText(reader)
        earlier = self._came.pop(entry.paper.id, None)
        reader.show_page(replace(entry, explanation=None), keep_place=True)
        reader.pane.stream(heading(), waiting(f"Asking {self._models.name()}; Esc stops it."))
        try:
            async for event in self._models.follow(entry.paper.id):
                if isinstance(event, Explanation):
                    self._finish(entry, event)
                elif isinstance(event, Patience):
                    reader.pane.stream((), waiting(event.sentence))
                else:
                    growing.take(event)
        except TuiDigestError as error:
            if earlier is not None:
                self._came[entry.paper.id] = earlier
            reader.show_page(entry, keep_place=True)
            reader.pane.stream(failed(str(error)), ())
            reader.say(str(error), warning=True)
        finally:
            growing.stop()
        reader.refresh_hints()

    def _finish(self, entry: Entry, explanation: Explanation) -> None:
        """Show the checked text in the place of its pieces."""
        self._came[entry.paper.id] = explanation
        self._reader.show_page(entry, keep_place=True)
        if not explanation.receipt.complete:
            self._reader.say(f"The explanation is not complete: {explanation.receipt.stopped}.", warning=True)


class GrowingText:
    """A Markdown text that comes in pieces: drawn some times a second, only its last block anew."""

    def __init__(self, reader: ReaderScreen) -> None:
        self._reader = reader
        self._glyphs = reader.settings.reader.glyphs
        self._closed: list[Block] = []
        self._timer: Timer | None = None
        self._stream: MarkdownStream | None = None

    def take(self, piece: str) -> None:
        """Read the next words; they are drawn with what else comes within a frame."""
        from tui_digest.latex.markdown import MarkdownStream
        from tui_digest.tui.markdown import page_blocks

        if self._stream is None:
            self._stream = MarkdownStream(self._glyphs)
        self._closed += with_marks(page_blocks(self._stream.feed(piece), self._glyphs))
        if self._timer is None:
            self._timer = self._reader.set_timer(FRAME, self._draw)

    def stop(self) -> None:
        """Nothing more is drawn."""
        if self._timer is not None:
            self._timer.stop()

    def _draw(self) -> None:
        from tui_digest.tui.markdown import page_blocks

        self._timer = None
        if self._stream is not None:
            open_blocks = with_marks(page_blocks(self._stream.open, self._glyphs))
            self._reader.pane.stream(tuple(self._closed), open_blocks)
            self._closed.clear()
