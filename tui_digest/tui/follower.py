"""Following an explanation while it is made: words in, blocks of the page out, some times a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui_digest.errors import TuiDigestError
from tui_digest.reading import Entry, Explanation
from tui_digest.tui.explanation import failed, heading, waiting, with_marks
from tui_digest.tui.page import page
from tui_digest.tui.ports import Patience

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui_digest.latex.markdown import MarkdownStream
    from tui_digest.paper import Paper
    from tui_digest.tui.blocks import Block
    from tui_digest.tui.screens.reader import ReaderScreen

FRAME = 1 / 15
"""Seconds between two times that the growing text is drawn."""


def follow_explanation(reader: ReaderScreen, entry: Entry) -> None:
    """Show the explanation of the chosen paper as it comes, in the place of the one before."""
    if entry.explanation is not None:
        without = replace(entry, explanation=None)
        reader.pane.show(page(without, reader.page_options(entry)), keep_place=True)
    reader.in_background(Follower(reader, entry.paper).follow, "follow")


class Follower:
    """Shows the explanation of one paper as it comes, in the pane of the reader.

    Cancelling the task that runs `follow` stops the following, not the request: that is paid for,
    and what comes of it is kept.
    """

    def __init__(self, reader: ReaderScreen, paper: Paper) -> None:
        self._reader = reader
        self._paper = paper
        self._glyphs = reader.settings.reader.glyphs
        self._closed: list[Block] = []
        self._timer: Timer | None = None
        self._stream: MarkdownStream | None = None

    async def follow(self) -> None:
        """Show what comes until the explanation is finished or failed."""
        models, pane = self._reader.services.models, self._reader.pane
        pane.stream(heading(), waiting(f"Asking {models.name()}; Esc stops it."))
        try:
            async for event in models.follow(self._paper.id):
                if isinstance(event, Explanation):
                    self._finished(event)
                elif isinstance(event, Patience):
                    pane.stream((), waiting(event.sentence))
                else:
                    self._take(event)
        except TuiDigestError as error:
            self._failed(str(error))
        except Exception as error:
            self._failed(self._reader.services.report(error))
        finally:
            if self._timer is not None:
                self._timer.stop()
        if self._reader.is_on_screen:
            self._reader.refresh_hints()

    def _failed(self, sentence: str) -> None:
        """Show why there is no explanation, in its place and below."""
        if not self._reader.is_on_screen:
            return
        self._reader.show_page()
        self._reader.pane.stream(failed(sentence), ())
        self._reader.say(sentence, warning=True)

    def _finished(self, explanation: Explanation) -> None:
        """Show a finished explanation in the place of its pieces, if its paper is still the chosen one."""
        reader = self._reader
        if not reader.is_on_screen:
            return
        reader.browsing.explained(explanation)
        reader.papers.take_over(reader.listing.shown)
        chosen = reader.papers.chosen
        if chosen is not None and chosen.paper.id == explanation.paper_id:
            reader.show_page()
        if not explanation.receipt.complete:
            reader.say(f"The explanation is not complete: {explanation.receipt.stopped}.", warning=True)

    def _take(self, piece: str) -> None:
        """Read the next words; they are drawn with what else comes within a frame."""
        from tui_digest.latex.markdown import MarkdownStream
        from tui_digest.tui.markdown import page_blocks

        if self._stream is None:
            self._stream = MarkdownStream(self._glyphs)
        self._closed += with_marks(page_blocks(self._stream.feed(piece), self._glyphs))
        if self._timer is None:
            self._timer = self._reader.set_timer(FRAME, lambda: self._reader.attempt(self._draw))

    def _draw(self) -> None:
        from tui_digest.tui.markdown import page_blocks

        self._timer = None
        if self._stream is not None:
            self._reader.pane.stream(
                tuple(self._closed), with_marks(page_blocks(self._stream.open, self._glyphs))
            )
            self._closed.clear()
