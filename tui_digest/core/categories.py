"""arXiv's categories: search by name or title, with papers of a typical day. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec


class CategoryTable(msgspec.Struct, frozen=True):
    """arXiv's categories, and archives divided into some, with their papers a day.

    Attributes:
        titles: what each is called, by its name.
        typical: about how many papers a day brings, as recorded on one day.
        recorded: that day.
        counted: how many papers a stored day has, for those that were fetched.
    """

    titles: Mapping[str, str]
    typical: Mapping[str, int]
    recorded: date
    counted: Mapping[str, int] = {}

    def papers_a_day(self, name: str) -> int:
        """Return the papers of a day: as counted here, else as recorded; 0 if unknown."""
        return self.counted.get(name, self.typical.get(name, 0))

    def most_a_day(self, names: Iterable[str]) -> int:
        """Return the most papers of a day; a paper in two categories counts twice."""
        return sum(map(self.papers_a_day, names))

    def find(self, text: str) -> tuple[str, ...]:
        """Return the names of those that have all words of a text in name or title.

        Those that the words begin a name or a word of come first, and of these the largest; without words
        it is all, in arXiv's order.
        """
        words = _folded(text).split()
        if not words:
            return tuple(self.titles)
        found = [name for name in self.titles if all(word in self._text(name) for word in words)]
        return tuple(sorted(found, key=lambda name: (self._rank(name, words), -self.papers_a_day(name))))

    def _text(self, name: str) -> str:
        return _folded(f"{name} {self.titles[name]}")

    def _rank(self, name: str, words: list[str]) -> int:
        """Return 0 if the name starts so, 1 if the title's words do, 2 if words have it."""
        if name.casefold().startswith(words[0]):
            return 0
        parts = self._text(name).replace("-", " ").split()
        return 1 if all(any(part.startswith(word) for part in parts) for word in words) else 2


def _folded(text: str) -> str:
    """Fold case, and British spellings to arXiv's."""
    return text.casefold().replace("isation", "ization").replace("behaviour", "behavior")
