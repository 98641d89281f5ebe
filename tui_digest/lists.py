"""Records of lists: their papers, which are shown, and in what order. Pure."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import chain
from typing import Final, Self, overload

import msgspec

from tui_digest.paper import AnnounceType, Completeness
from tui_digest.settings import Sort


class View(StrEnum):
    """The reader's own cut through a list."""

    ALL = "all"
    UNREAD = "unread"
    TO_READ = "to read"


class HiddenReason(StrEnum):
    """Why a paper is not shown, in words that follow a count: `3 muted`."""

    DISMISSED = "dismissed"
    MUTED = "muted"
    TYPE = "by type"
    FILTER = "by the filter"


class DayPart(StrEnum):
    """A part of a day's list: the pick or an announce type, all replacements as one."""

    PICKED = "picked"
    NEW = "new"
    CROSS = "cross"
    REPLACED = "replaced"
    UNTYPED = "untyped"


PARTS: Final = (DayPart.NEW, DayPart.CROSS, DayPart.REPLACED, DayPart.UNTYPED)
"""The parts of a day below the pick, in their order."""


def day_part(kind: AnnounceType | None) -> DayPart:
    """Return the part of a day to which papers of an announce type belong."""
    if kind is None:
        return DayPart.UNTYPED
    return DayPart.REPLACED if kind.is_replacement else DayPart(kind.value)


class ListPart(msgspec.Struct, frozen=True):
    """A shown part of a list: where it begins, and how many papers it has."""

    part: DayPart
    start: int
    count: int


class ViewOptions(msgspec.Struct, frozen=True):
    """Options of a list's view: what the reader wants to see of the papers.

    `filter` is a query (empty: none); while `typing` it may break off anywhere. `everything` shows
    dismissed and muted papers too.
    """

    view: View = View.ALL
    kinds: frozenset[AnnounceType] = frozenset(AnnounceType)
    filter: str = ""
    typing: bool = False
    sort: Sort = "announced"
    reverse: bool = False
    everything: bool = False


class DayScope(msgspec.Struct, frozen=True):
    """The papers of a stored mailing, by positions from 0 to `size` - 1.

    `categories` are given when only a part of the mailing is meant, the papers in these.
    """

    mailing: int
    size: int
    categories: tuple[str, ...] = ()


class KeyScope(msgspec.Struct, frozen=True):
    """Any papers of the library, by their keys in order; positions count the keys."""

    keys: array[int]

    @classmethod
    def of(cls, keys: Iterable[int]) -> Self:
        """A list of these papers."""
        return cls(array("i", keys))

    @property
    def size(self) -> int:
        """The number of papers."""
        return len(self.keys)


Scope = DayScope | KeyScope
"""The papers of a list, before anything is hidden. A paper's position in it never changes."""


class StoredDigest(msgspec.Struct, frozen=True, kw_only=True):
    """A stored digest without its papers; `fetched_at` is the answer's time, in UTC."""

    date: date
    categories: tuple[str, ...]
    completeness: Completeness
    scope: DayScope
    fetched_at: datetime | None = None


class SearchHits(msgspec.Struct, frozen=True):
    """The papers that a search found, its folded words, and whether there are more.

    A word that ends with `*` stands for all words that begin with it.
    """

    scope: KeyScope
    words: tuple[str, ...]
    more: bool


class Matches(msgspec.Struct, frozen=True):
    """The positions that a query finds in a list, and its folded words."""

    positions: frozenset[int]
    words: tuple[str, ...]


class PickedRow(msgspec.Struct, frozen=True, array_like=True):
    """A picked paper of a day: its position, score and reasons, strongest first."""

    position: int
    score: float
    reasons: tuple[str, ...]


class SimilarPapers(msgspec.Struct, frozen=True):
    """Papers similar to a paper, best first; the reasons are words they share."""

    scope: KeyScope
    rows: tuple[PickedRow, ...]


class Arranged(msgspec.Struct, frozen=True):
    """The outcome of view options for a scope.

    Attributes:
        base: the positions that view, types and filter let through, in the order of the sort.
        gone: the positions that are hidden whatever the filter, with the reason: dismissed or muted.
        hidden: how many papers are hidden, by the first reason.
        total: how many papers the scope has.
        words: the folded words of the filter; one that ends with `*` stands for all that begin so.
        parts: how many positions of `base` each part has, in order; empty when they are not in parts.
    """

    base: range | array[int]
    gone: dict[int, HiddenReason]
    hidden: dict[HiddenReason, int]
    total: int
    words: tuple[str, ...] = ()
    parts: tuple[tuple[DayPart, int], ...] = ()


class Order(Sequence[int]):
    """The positions of a list in the order in which they are shown.

    Args:
        base: the positions in the order of the sort.
        first: positions of `base` that come before all others, in this order: the pick.
        gone: positions that are not shown; those that are not in `base` are ignored.
        reverse: whether everything is turned round.

    Memory and the time of a change do not depend on the number of papers as long as `base` is a range.

    Attributes:
        first: the positions that come first and are shown.
    """

    def __init__(
        self,
        base: range | array[int],
        first: Sequence[int] = (),
        gone: Iterable[int] = (),
        *,
        reverse: bool = False,
    ) -> None:
        self.base = base
        self.reverse = reverse
        gone = set(gone)
        places = self._places(gone.union(first))
        self._gone = {position: places[position] for position in gone if position in places}
        listed = [position for position in first if position in places]
        self._picked = {position: number for number, position in enumerate(listed)}
        self.first = [position for position in listed if position not in self._gone]
        # Places in `base` that are skipped, because the paper is gone or comes first.
        self._skipped = sorted({*self._gone.values(), *(places[position] for position in self.first)})

    def __len__(self) -> int:
        """Return how many papers are shown."""
        return len(self.first) + len(self.base) - len(self._skipped)

    @overload
    def __getitem__(self, index: int) -> int: ...
    @overload
    def __getitem__(self, index: slice) -> list[int]: ...
    def __getitem__(self, index: int | slice) -> int | list[int]:
        """The position at an index, or those of a slice."""
        if isinstance(index, slice):
            return [self._position(at) for at in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        return self._position(index % len(self))

    def __iter__(self) -> Iterator[int]:
        """All positions shown, in order."""
        ends = (*self._skipped, len(self.base))
        starts = (0, *(place + 1 for place in self._skipped))
        pieces = [self.base[start:end] for start, end in zip(starts, ends, strict=True) if start < end]
        if self.reverse:
            return chain(*map(reversed, reversed(pieces)), reversed(self.first))
        return chain(self.first, *pieces)

    def index_of(self, position: int) -> int | None:
        """Return where a position is shown; None when it is not."""
        place = self._place(position)
        if place is None or position in self._gone:
            return None
        if position in self._picked:
            index = self.first.index(position)
        else:
            index = len(self.first) + place - bisect_left(self._skipped, place)
        return len(self) - 1 - index if self.reverse else index

    def remove(self, position: int) -> None:
        """Show a position no longer."""
        place = self._place(position)
        if place is None or position in self._gone:
            return
        self._gone[position] = place
        if position in self._picked:
            self.first.remove(position)
        else:
            insort(self._skipped, place)

    def restore(self, position: int) -> None:
        """Show a position again that was removed."""
        place = self._gone.pop(position, None)
        if place is None:
            return
        if position in self._picked:
            self.first.append(position)
            self.first.sort(key=self._picked.__getitem__)
        else:
            del self._skipped[bisect_left(self._skipped, place)]

    def nearest(self, position: int) -> int | None:
        """Return the index a removed position would have, within the list, or None.

        None means that the list is empty.
        """
        if not len(self):
            return None
        place = self._place(position)
        index = 0 if place is None else len(self.first) + place - bisect_left(self._skipped, place)
        index = min(index, len(self) - 1)
        return len(self) - 1 - index if self.reverse else index

    def base_place(self, index: int) -> int | None:
        """Return where in `base` the paper at an index is; None for one that comes first."""
        if self.reverse:
            index = len(self) - 1 - index
        place = index - len(self.first)
        return place + self._skipped_up_to(place) if place >= 0 else None

    def shown_before(self, base_place: int) -> int:
        """Return how many papers of `base` before a place are shown there.

        Those that come first are not counted.
        """
        return base_place - bisect_left(self._skipped, base_place)

    def _position(self, index: int) -> int:
        place = self.base_place(index)
        if place is not None:
            return self.base[place]
        return self.first[len(self) - 1 - index if self.reverse else index]

    def _skipped_up_to(self, place: int) -> int:
        """Return how many skipped places come before the `place`-th one that is shown."""
        return bisect_right(range(len(self._skipped)), place, key=lambda at: self._skipped[at] - at)

    def _place(self, position: int) -> int | None:
        """Return where a position is in `base`."""
        if position not in self.base:
            return None
        return self.base.index(position)

    def _places(self, positions: set[int]) -> dict[int, int]:
        """Return where each of these positions is in `base`, of those that are there."""
        if isinstance(self.base, range):
            return {position: self.base.index(position) for position in positions if position in self.base}
        if not positions:
            return {}
        return {position: place for place, position in enumerate(self.base) if position in positions}
