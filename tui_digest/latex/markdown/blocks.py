"""The blocks of a Markdown text.

A flat sequence in reading order, each knowing what it is in.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from tui_digest.latex.segment import Segment

Content = tuple[Segment, ...]
Alignment = Literal["", "left", "center", "right"]


class Margin(msgspec.Struct, frozen=True):
    """One list item or quotation around a block.

    `marker` is what is drawn: `•`, `3.`, `│`. A quotation's is before each of its lines; an
    item's only before the first line of its first block, for which `opens` is true.
    """

    marker: str
    quotation: bool = False
    opens: bool = False

    @property
    def first(self) -> str:
        """What is before the block's first line."""
        return f"{self.marker} " if self.quotation or self.opens else " " * (len(self.marker) + 1)

    @property
    def following(self) -> str:
        """What is before its other lines, as wide as `first`."""
        return f"{self.marker} " if self.quotation else " " * (len(self.marker) + 1)


class _Block(msgspec.Struct, frozen=True, kw_only=True):
    """What all blocks have: the margins around them, outermost first.

    `tight` is true when no blank line is before the block in the source: items of a tight list
    are drawn without blank lines between them.
    """

    margins: tuple[Margin, ...] = ()
    tight: bool = False

    @property
    def first_margin(self) -> str:
        """All that is before the block's first line: markers and indentation."""
        return "".join(margin.first for margin in self.margins)

    @property
    def margin(self) -> str:
        """All that is before its other lines, as wide as `first_margin`."""
        return "".join(margin.following for margin in self.margins)


class Heading(_Block, frozen=True):
    """A heading of level 1 to 6."""

    level: int
    content: Content


class Paragraph(_Block, frozen=True):
    """Running text.

    A hard line break is a newline in it. The text of a list item is a paragraph.
    """

    content: Content


class DisplayFormula(_Block, frozen=True):
    """A formula on lines of its own: TeX without delimiters, for `to_display`.

    `text` is one line.
    """

    tex: str
    text: str


class CodeBlock(_Block, frozen=True):
    """Code, line by line as written; `language` is what the fence says, or empty."""

    text: str
    language: str = ""


class Table(_Block, frozen=True):
    """A table: the header's cells, the rows' cells, how each column is aligned."""

    header: tuple[Content, ...]
    rows: tuple[tuple[Content, ...], ...]
    alignments: tuple[Alignment, ...]


class Rule(_Block, frozen=True):
    """A line across the text."""


Block = Heading | Paragraph | DisplayFormula | CodeBlock | Table | Rule
