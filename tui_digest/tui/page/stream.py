"""An explanation while a model writes it: words in, blocks of the page out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_digest.settings import Glyphs
from tui_digest.tui.page.explanation import waiting_blocks, with_marks

if TYPE_CHECKING:
    from tui_digest.latex.markdown import MarkdownStream
    from tui_digest.tui.page.blocks import PageBlock


class ExplanationStream:
    """The blocks of one paper's explanation, as far as it has come.

    Attributes:
        paper_id: the paper whose explanation it is.
        open: the blocks that may still change: the last ones, or the sentence on what is waited for.
        stopped: whether the user has stopped the request.
    """

    def __init__(self, paper_id: str, glyphs: Glyphs, sentence: str) -> None:
        self.paper_id = paper_id
        self.stopped = False
        self._glyphs = glyphs
        self._closed: list[PageBlock] = []
        self._taken = 0
        self.open: tuple[PageBlock, ...] = waiting_blocks(sentence)
        self._markdown: MarkdownStream | None = None
        self._open_is_old = False

    def restart(self, sentence: str) -> None:
        """Forget the words that came: they were no answer."""
        self._closed, self._taken, self._markdown = [], 0, None
        self.wait(sentence)

    def wait(self, sentence: str) -> None:
        """Show what is waited for, in place of the open blocks."""
        self.open = waiting_blocks(sentence)
        self._open_is_old = False

    def feed(self, words: str) -> None:
        """Add the next words; the open blocks are laid out when they are shown."""
        from tui_digest.latex.markdown import MarkdownStream
        from tui_digest.tui.page.markdown import page_blocks

        if self._markdown is None:
            self._markdown = MarkdownStream(self._glyphs)
        self._closed += with_marks(page_blocks(self._markdown.feed(words), self._glyphs))
        self._open_is_old = True

    def lay_out_open(self) -> None:
        """Make the open blocks of the words that are not closed yet."""
        from tui_digest.tui.page.markdown import page_blocks

        if self._markdown is not None and self._open_is_old:
            self._open_is_old = False
            self.open = with_marks(page_blocks(self._markdown.open, self._glyphs))

    def take_fresh(self) -> tuple[PageBlock, ...]:
        """Return the closed blocks that were not taken yet."""
        fresh = tuple(self._closed[self._taken :])
        self._taken = len(self._closed)
        return fresh

    def take_all(self) -> tuple[PageBlock, ...]:
        """Return all closed blocks."""
        self._taken = len(self._closed)
        return tuple(self._closed)
