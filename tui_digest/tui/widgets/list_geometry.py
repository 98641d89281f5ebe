"""Lines of the list: rows of equal height, headings of parts, a last offer."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tui_digest.lists import ListPart


class ListLine(msgspec.Struct, frozen=True):
    """A line of the list: of a paper, the heading above it, or the offer."""

    place: int
    line: int


HEADING = -1
OFFER = -2
"""The line below all papers; its place is the number of papers."""


class ListGeometry:
    """The lines of a list's papers and headings, counted from its top.

    Args:
        count: the number of papers.
        height: the lines of a paper.
        parts: the parts of the list; each has a heading of one line.
        offer: whether there is a line below the papers.
    """

    def __init__(
        self, count: int = 0, height: int = 3, parts: Sequence[ListPart] = (), offer: bool = False
    ) -> None:
        self.count = count
        self.height = height
        self.parts = tuple(parts)
        self.offer = offer

    @property
    def total(self) -> int:
        """The number of lines."""
        return self.count * self.height + len(self.parts) + self.offer

    def height_of(self, place: int) -> int:
        """The number of lines of the paper at a place, or of the offer."""
        return self.height if place < self.count else int(self.offer)

    def top_of(self, place: int) -> int:
        """The first line of the paper at a place, not counting its heading."""
        return place * self.height + sum(part.start <= place for part in self.parts)

    def start_of(self, place: int) -> int:
        """Return the first line to show with a paper: its heading, if it has one."""
        return self.top_of(place) - any(part.start == place for part in self.parts)

    def at(self, line: int) -> ListLine | None:
        """Return what a line shows; None beyond the end."""
        if not 0 <= line < self.total:
            return None
        if self.offer and line == self.total - 1:
            return ListLine(self.count, OFFER)
        for number in range(len(self.parts) - 1, -1, -1):
            start = self.parts[number].start
            heading = start * self.height + number
            if line == heading:
                return ListLine(start, HEADING)
            if line > heading:
                return ListLine(*divmod(line - number - 1, self.height))
        return ListLine(*divmod(line, self.height))

    def part_of(self, place: int) -> ListPart | None:
        """The part to which the paper at a place belongs."""
        return next((part for part in reversed(self.parts) if part.start <= place), None)
