"""Markdown with mathematics that arrives in pieces, as final and open blocks."""

from __future__ import annotations

from tui_digest.latex.markdown import formulas
from tui_digest.latex.markdown.blocks import Block
from tui_digest.latex.markdown.parse import MarkdownSource
from tui_digest.latex.symbols.glyphs import Level


class MarkdownStream:
    """Reads Markdown as it comes.

    A block is closed as soon as no later text can change it.

    Closed blocks are given once and never read again, so a piece costs no more than the block it
    belongs to. All blocks together are those that `parse` gives for the whole text, however it was
    cut. Pieces must come from sanitised text.
    """

    def __init__(self, glyphs: Level = "full") -> None:
        """Begin an empty text; `glyphs` is the level that formulas are drawn with."""
        self._glyphs = glyphs
        self._rest = ""
        self._before = ""
        self._number: int | None = None

    def feed(self, piece: str) -> tuple[Block, ...]:
        """Take the next piece of text; give the blocks that it closes."""
        self._rest += piece
        if "\n" not in piece:
            return ()
        # A line that is not yet complete decides nothing: `#` may become `#hashtag`.
        complete = self._rest[: self._rest.rindex("\n") + 1]
        source = self._source(complete)
        cut, number = _last_start(source)
        if not cut:
            return ()
        closed = source.blocks(self._glyphs, before_line=cut)
        lines = self._rest.split("\n")
        self._before = lines[cut - 1]
        self._rest = "\n".join(lines[cut:])
        self._number = number
        return closed

    @property
    def open(self) -> tuple[Block, ...]:
        """The blocks that may still change, as they are now: the last one, or few.

        A formula that is not closed yet stays as written.
        """
        return self._source(self._rest, growing=True).blocks(self._glyphs)

    def finish(self) -> tuple[Block, ...]:
        """The text has ended: the last blocks, closed."""
        blocks = self._source(self._rest).blocks(self._glyphs)
        self._rest, self._before, self._number = "", "", None
        return blocks

    def _source(self, text: str, growing: bool = False) -> MarkdownSource:
        return MarkdownSource(text, before=self._before, number=self._number, growing=growing)


def _last_start(source: MarkdownSource) -> tuple[int, int | None]:
    """The first line whose text may still change, and the number of its list item.

    That is where the last block begins, or the last item of a list outside of all else; or, where an
    unclosed display formula may yet swallow what follows it, the block with that formula.
    """
    open_line = source.environment.get(formulas.OPEN_LINE)
    last: tuple[int, int | None] = (0, None)
    number: int | None = None
    end = 0
    for token in source.tokens:
        if token.map is None or token.level > (token.type == "list_item_open"):
            continue
        if isinstance(open_line, int) and token.map[0] > open_line:
            break
        if token.type == "ordered_list_open":
            number = int(token.attrs.get("start", 1)) - 1
        elif token.type == "list_item_open" and number is not None:
            number += 1
        elif token.type != "list_item_open":
            number = None
        # What follows a display formula on its last line cannot be read without it.
        if token.map[0] >= end:
            last = (token.map[0], number)
        if token.level == 0 and not token.type.endswith("list_open"):
            end = token.map[1]
    return last
