"""Lines of the list: rows of equal height, a heading where a part begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tui_digest.lists import ListPart


class ListLine(NamedTuple):
    """A line of the list: one of a paper's lines, or (-1) the heading above it."""

    place: int
    line: int


HEADING = -1


class ListGeometry:
    """The lines of a list's papers and headings, counted from its top.

    Args:
        count: the number of papers.
        height: the lines of a paper.
        parts: the parts of the list; each has a heading of one line.
    """

    def __init__(self, count: int = 0, height: int = 3, parts: Sequence[ListPart] = ()) -> None:
        self.count = count
        self.height = height
        self.parts = tuple(parts)

    @property
    def total(self) -> int:
        """The number of lines."""
        return self.count * self.height + len(self.parts)

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
