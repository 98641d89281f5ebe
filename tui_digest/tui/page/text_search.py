"""Where words are in the lines of a text: searched for, or quoted from it."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tui_digest.fulltext.blocks import Block, Equation
from tui_digest.fulltext.source_text import as_unicode, block_source
from tui_digest.latex import search_key
from tui_digest.render.fulltext.layout import TextLine

_WORD = re.compile(r"\S+")

Where = Callable[[str, Sequence[str]], Sequence[tuple[int, int]]]
"""Where in a shown text some folded words are."""


class LineMatch(NamedTuple):
    """A line with searched words, and their places; none in two-dimensional displays."""

    line: int
    spans: tuple[tuple[int, int], ...]


class TextSearch:
    """A search in all lines of a text, of which some may be folded before it is asked.

    Args:
        blocks: the text.
        where: finds the folded words of a search in a shown line.
        line_of: the first line of a block.
    """

    def __init__(self, blocks: Sequence[Block], where: Where, line_of: Callable[[int], int]) -> None:
        self._blocks = blocks
        self._where = where
        self._line_of = line_of
        self._folded: list[str] = []
        self._displayed: dict[int, str] | None = None

    def forget_lines(self) -> None:
        """Fold all lines again: they are laid out otherwise."""
        self._folded = []

    def fold(self, lines: Sequence[TextLine], until: float) -> bool:
        """Fold lines until a time by `time.perf_counter`; tell whether all are folded."""
        while len(self._folded) < len(lines) and time.perf_counter() < until:
            self._folded.append(search_key(lines[len(self._folded)].text))
        return len(self._folded) == len(lines)

    def find(self, lines: Sequence[TextLine], words: Sequence[str]) -> list[LineMatch]:
        """Return the matches of folded words in all lines of the text, in order."""
        self.fold(lines, math.inf)
        phrase = f" {' '.join(words)}"
        sought = (*words[:-1], f"{words[-1]}*")
        found: list[LineMatch] = []
        for number, folded in enumerate(self._folded):
            if phrase in f" {folded}" or self._goes_over(phrase, number):
                found.append(LineMatch(number, tuple(self._where(lines[number].text, sought))))
        found += self._in_displays(phrase, {lines[match.line].block for match in found})
        return sorted(found)

    def _goes_over(self, phrase: str, number: int) -> bool:
        """Tell whether words that are searched for begin on a line and end on the next."""
        if phrase.count(" ") < 2 or not self._folded[number] or number + 1 >= len(self._folded):
            return False
        following = f" {self._folded[number + 1]}"
        return phrase not in following and phrase in f" {self._folded[number]}{following}"

    def _in_displays(self, phrase: str, known: set[int]) -> list[LineMatch]:
        """Displays that say the phrase on one line, though no line of their drawing does."""
        if self._displayed is None:
            displays = [(number, one) for number, one in enumerate(self._blocks) if isinstance(one, Equation)]
            self._displayed = {number: search_key(block_source(one, as_unicode)) for number, one in displays}
        return [
            LineMatch(self._line_of(number), ())
            for number, folded in self._displayed.items()
            if number not in known and phrase in f" {folded}"
        ]


def find_quoted(
    lines: Sequence[TextLine], numbers: range, words: str
) -> dict[int, tuple[tuple[int, int], ...]]:
    """Return where words follow each other, over the ends of lines too.

    Args:
        lines: the lines of the text.
        numbers: the lines to look at.
        words: the words, as they are quoted.

    Returns:
        The places by the line; none where the words are not on these lines.
    """
    found = [
        (key, line, match.start(), match.end())
        for line in numbers
        for match in _WORD.finditer(lines[line].text)
        for key in search_key(match[0]).split()
    ]
    keys = [key for key, *_ in found]
    sought = search_key(words).split()
    for first in range(len(keys) - len(sought) + 1):
        if sought and keys[first : first + len(sought)] == sought:
            marked: dict[int, tuple[tuple[int, int], ...]] = {}
            for _, line, start, end in found[first : first + len(sought)]:
                begin = marked[line][0][0] if line in marked else start
                marked[line] = ((begin, end),)
            return marked
    return {}
