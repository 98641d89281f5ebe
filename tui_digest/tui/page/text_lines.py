"""The lines of a paper's text, laid out around one block first, then in slices.

So the first screen of a long paper does not wait for its end.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui_digest.fulltext.blocks import Document
from tui_digest.render.fulltext.layout import MEASURE, TextLayout, TextLine, block_lines, title_lines


class TextLines:
    """The lines of the laid-out blocks, which follow each other without a gap.

    Args:
        document: the paper.
        sentences: what is under the title.
        shifted: called with the number of lines added above all others.
        replaced: called when the lines of other blocks take the place of all.

    Attributes:
        lines: the title's, if the first block is laid out, then those of the blocks.
        layout: settings of the lines laid out from now on.
    """

    def __init__(
        self,
        document: Document,
        sentences: Sequence[str],
        *,
        shifted: Callable[[int], object],
        replaced: Callable[[], object],
    ) -> None:
        self.lines: list[TextLine] = []
        self.layout = TextLayout(MEASURE)
        self._document = document
        self._blocks = document.blocks
        self._sentences = tuple(sentences)
        self._shifted = shifted
        self._replaced = replaced
        self._first = self._end = 0
        self._starts: dict[int, int] = {}

    @property
    def is_complete(self) -> bool:
        """Whether all lines are laid out."""
        return self._first == 0 and self.has_end and bool(self.lines)

    @property
    def has_end(self) -> bool:
        """Whether the last block is laid out."""
        return self._end == len(self._blocks)

    def lay_out_from(self, block: int, height: int) -> None:
        """Lay out some screens from a block on, and above it what its own do not fill."""
        self._first = self._end = max(0, min(block, len(self._blocks) - 1))
        self.lines = [] if self._first else self._title()
        self._starts = {}
        self._replaced()
        while len(self.lines) < 2 * height and (self.extend_down() or self.extend_up()):
            pass

    def require(self, block: int, height: int) -> None:
        """Lay out a block and its surroundings; a jump does not wait for all in between."""
        if 0 <= block < len(self._blocks) and block not in self._starts:
            self.lay_out_from(block, height)
            while self._starts[block] < height and self.extend_up():
                pass

    def extend_down(self) -> bool:
        """Lay out the next block; False if there is none."""
        if self.has_end:
            return False
        self._starts[self._end] = len(self.lines)
        self.lines += block_lines(self._blocks, self.layout, self._end, self._end + 1)
        self._end += 1
        return True

    def extend_up(self) -> bool:
        """Lay out the block above; False if there is none."""
        if not self._first:
            return False
        self._first -= 1
        more = list(block_lines(self._blocks, self.layout, self._first, self._first + 1))
        head = self._title() if self._first == 0 else []
        self.lines[:0] = head + more
        added = len(head) + len(more)
        self._starts = {block: line + added for block, line in self._starts.items()}
        self._starts[self._first] = len(head)
        self._shifted(added)
        return True

    def extend_to(self, end: int) -> None:
        """Lay out all blocks before this one."""
        while self._end < end and self.extend_down():
            pass

    def block_at(self, line: int) -> int:
        """Return the block of a line; -1 above the first."""
        return self.lines[line].block if 0 <= line < len(self.lines) else -1

    def start_of(self, block: int, otherwise: int = 0) -> int:
        """Return the first line of a block, blank or not; `otherwise` if not laid out."""
        return self._starts.get(block, otherwise)

    def last_of(self, block: int) -> int:
        """Return the last line of a block."""
        return max(self.start_of(block), self.start_of(block + 1, len(self.lines)) - 1)

    def words_of(self, block: int) -> int:
        """Return the first line of a block that is not blank."""
        line = self.start_of(block)
        at = self.block_at(line)
        while line + 1 < len(self.lines) and not self.lines[line].text and self.block_at(line + 1) == at:
            line += 1
        return line

    def _title(self) -> list[TextLine]:
        return title_lines(self._document, self.layout, self._sentences)
