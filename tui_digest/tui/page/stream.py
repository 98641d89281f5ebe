"""Following an explanation while it is made: words in, blocks of the page out, some times a second."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui_digest.core.services import Patience
from tui_digest.entry import Entry, Explanation
from tui_digest.errors import TuiDigestError
from tui_digest.tui.page.builder import page
from tui_digest.tui.page.explanation import heading, waiting, with_marks

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui_digest.latex.markdown import MarkdownStream
    from tui_digest.tui.page.blocks import Block
    from tui_digest.tui.screens.reader import ReaderScreen

FRAME = 1 / 15
"""Seconds between two times that the growing text is drawn."""


def follow_explanation(reader: ReaderScreen, paper_id: str) -> None:
    """Show the explanation of the chosen paper as it comes, in the place of the one before.

    The reader has the follower until it comes to its end. It goes on while other papers are shown:
    read anew at each return, a long explanation would make the keys wait.
    """
    follower = reader.pages.followers[paper_id] = Follower(reader, paper_id)
    reader.pages.show()
    reader.in_background(follower.follow, f"follow {paper_id}")


class Follower:
    """Shows the explanation of one paper as it comes, in the pane of the reader.

    Cancelling the task that runs `follow` stops the following, not the request: that is paid for,
    and what comes of it is kept.

    Attributes:
        paper_id: the paper whose explanation it is.
        stopped: whether the reader has told the request to stop.
    """

    def __init__(self, reader: ReaderScreen, paper_id: str) -> None:
        self.paper_id = paper_id
        self.stopped = False
        self._reader = reader
        self._glyphs = reader.settings.reader.glyphs
        self._closed: list[Block] = []
        self._drawn = 0
        self._open = waiting(f"Asking {reader.services.models.name()}; Esc stops it.")
        self._timer: Timer | None = None
        self._stream: MarkdownStream | None = None

    def show(self, entry: Entry, keep_place: bool) -> None:
        """Show the page of the paper anew, with what has come so far."""
        reader = self._reader
        self._read_open()
        options = replace(reader.pages.options(entry), unfinished=None, failure="")
        blocks = (*page(replace(entry, explanation=None), options), *heading(), *self._closed)
        self._drawn = len(self._closed)
        reader.pane.show(blocks, keep_place, open_blocks=self._open)

    async def follow(self) -> None:
        """Show what comes until the explanation is finished or failed."""
        try:
            async for event in self._reader.services.models.follow(self.paper_id):
                if isinstance(event, Explanation):
                    self._finished(event)
                elif isinstance(event, Patience):
                    self._open = waiting(event.sentence)
                    self._show_pieces()
                else:
                    self._take(event)
        except TuiDigestError as error:
            self._failed(str(error))
        except Exception as error:
            self._failed(self._reader.services.report(error))
        finally:
            self._draw_no_more()
        if self._reader.is_on_screen:
            self._reader.refresh_hints()

    @property
    def _shown(self) -> bool:
        """Whether what comes now belongs on the page that is shown."""
        return self._reader.is_on_screen and self._reader.pages.follower is self

    @property
    def _chosen(self) -> bool:
        """Whether the paper is the chosen one."""
        chosen = self._reader.papers.chosen
        return chosen is not None and chosen.paper.id == self.paper_id

    def _end(self) -> bool:
        """Make room for what came of it; whether there is still a reader to show that in."""
        self._draw_no_more()
        if not self._reader.is_on_screen:
            return False
        if self._reader.pages.followers.get(self.paper_id) is self:
            del self._reader.pages.followers[self.paper_id]
        return True

    def _draw_no_more(self) -> None:
        """Have a drawing that is already due draw nothing: the page stands without it."""
        self._stream = None
        if self._timer is not None:
            self._timer.stop()

    def _failed(self, sentence: str) -> None:
        """Show why there is no explanation, in its place and below.

        That the reader stopped it stands only below, where an earlier one is there.
        """
        if not self._end():
            return
        if not (self.stopped and self._reader.browsing.has_explanation(self.paper_id)):
            self._reader.pages.asked.failed(self.paper_id, sentence)
        if self._chosen:
            self._reader.pages.show()
        self._say(sentence)

    def _finished(self, explanation: Explanation) -> None:
        """Show a finished explanation in the place of its pieces."""
        reader, receipt = self._reader, explanation.receipt
        if not self._end():
            return
        reader.pages.asked.finished(explanation)
        if receipt.complete:
            reader.browsing.explained(explanation)
            reader.show_list()
            return
        if self._chosen:
            reader.pages.show()
        self._say(f"The explanation is not complete: {receipt.stopped}.")

    def _say(self, sentence: str) -> None:
        """Tell it in the footer; of which paper, when another one is read."""
        self._reader.say(sentence if self._chosen else f"{self.paper_id}: {sentence}", warning=True)

    def _take(self, piece: str) -> None:
        """Read the next words; they are drawn with what else comes within a frame."""
        from tui_digest.latex.markdown import MarkdownStream
        from tui_digest.tui.page.markdown import page_blocks

        if self._stream is None:
            self._stream = MarkdownStream(self._glyphs)
        self._closed += with_marks(page_blocks(self._stream.feed(piece), self._glyphs))
        if self._timer is None:
            self._timer = self._reader.set_timer(FRAME, lambda: self._reader.attempt(self._draw))

    def _draw(self) -> None:
        """Draw the words that came since the last time, on the page of their paper."""
        self._timer = None
        if self._stream is not None and self._shown:
            self._read_open()
            self._show_pieces()

    def _read_open(self) -> None:
        """Lay out what is not closed yet; while another paper is read, nobody needs that."""
        from tui_digest.tui.page.markdown import page_blocks

        if self._stream is not None:
            self._open = with_marks(page_blocks(self._stream.open, self._glyphs))

    def _show_pieces(self) -> None:
        if not self._shown:
            return
        fresh = tuple(self._closed[self._drawn :])
        self._drawn = len(self._closed)
        self._reader.pane.stream(fresh, self._open)
