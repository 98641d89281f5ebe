"""The palette's search for letters that are scattered in a text.

Textual's search makes a list of all ways in which the letters of a query are found in a text. For five
words of one letter each, with the title and authors of one paper, that is 70 MB, and seconds in which no key
is answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from textual.fuzzy import FuzzySearch, Matcher

MOST_PLACINGS: Final = 200
"""Ways to find a query in a text that are compared; a short query in a title has fewer."""

_KEPT_RESULTS: Final = 4
"""A text that was found is asked for once more, to be highlighted."""


class PaletteSearch(FuzzySearch):
    """Textual's search, which finds what it finds among the first ways only."""

    def __init__(self) -> None:
        super().__init__(cache_size=_KEPT_RESULTS)

    def _match(self, query: str, candidate: str) -> Iterable[tuple[float, Sequence[int]]]:
        query, candidate = query.lower(), candidate.lower()
        if query in candidate:
            yield from super()._match(query, candidate)
            return
        for offsets in islice(placings(query, candidate), MOST_PLACINGS):
            yield self.score(candidate, offsets), offsets


class PaletteMatcher(Matcher):
    """A matcher with the palette's search."""

    def __init__(self, matcher: Matcher) -> None:
        super().__init__(matcher.query, match_style=matcher.match_style)
        self.fuzzy_search = PaletteSearch()


def placings(query: str, text: str) -> Iterator[list[int]]:
    """Yield the ways to find letters one behind the other, early ones first.

    Each is the offsets of all letters. No time goes to beginnings that cannot be completed.
    """
    latest: list[int] = []
    end = len(text)
    for letter in reversed(query):
        end = text.rfind(letter, 0, end)
        if end < 0:
            return
        latest.insert(0, end)
    offsets: list[int] = []
    start = 0
    while True:
        number = len(offsets)
        at = text.find(query[number], start, latest[number] + 1)
        if at >= 0:
            offsets.append(at)
            start = at + 1
            if number + 1 < len(query):
                continue
            yield list(offsets)
        if not offsets:
            return
        start = offsets.pop() + 1
