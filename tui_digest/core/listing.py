"""A list of papers: what is shown, where the cursor is, what is selected.

Papers are positions in a scope, arranged by queries; entries are read in blocks when they are asked
for. So a list costs the same with a hundred papers and with a million.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Final, overload

import msgspec
from msgspec.structs import replace

from tui_digest.core.entry_rows import BLOCK_ROWS, NOT_READ_YET, BlockRows
from tui_digest.entry import Entry, Explanation, Mark
from tui_digest.lists import (
    Arranged,
    DayPart,
    HiddenReason,
    KeyScope,
    ListPart,
    Matches,
    Order,
    PickedRow,
    Scope,
    View,
    ViewOptions,
)
from tui_digest.paper import AnnounceType

if TYPE_CHECKING:
    from tui_digest.core.library import Lists

SMALL_LIST = 2_000
"""The most papers that are arranged between two keys; more of them in a thread."""

_LOOKUP_DIVISOR = 8
"""Positions fewer than this part of a list are looked up one by one; for more the list is gone through."""

EMPTY = KeyScope.of(())
"""A list of no papers."""

OF_ALL_DAYS: Final = ", of all days"
"""The end of the title of a list whose papers are of more than one day."""


class Selection(msgspec.Struct, frozen=True):
    """The selected papers of a list.

    Attributes:
        ids: the papers selected one by one; when `inverted`, those that are not selected.
        inverted: whether all papers shown are selected but `ids`.
        places: the places of a range that is being drawn.
        count: how many papers shown are selected.
    """

    ids: frozenset[str] = frozenset()
    inverted: bool = False
    places: range = range(0)
    count: int = 0

    def has(self, place: int, paper_id: str) -> bool:
        """Tell whether the paper at a place is selected."""
        return place in self.places or (paper_id in self.ids) is not self.inverted


class ChosenPapers(Sequence[Entry]):
    """Papers of a list at some places, read when they are looked at."""

    def __init__(self, listing: Listing, places: Sequence[int]) -> None:
        self._listing = listing
        self._places = places

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._places)

    @overload
    def __getitem__(self, index: int, /) -> Entry: ...
    @overload
    def __getitem__(self, index: slice, /) -> list[Entry]: ...
    def __getitem__(self, index: int | slice, /) -> Entry | list[Entry]:
        """The paper at an index, or those of a slice."""
        if isinstance(index, slice):
            return [self._listing.rows[place] for place in self._places[index]]
        return self._listing.rows[self._places[index]]

    def ids(self) -> tuple[str, ...]:
        """Their ids with version; no paper has to be read for it."""
        return self._listing.ids_at(self._places)

    def lasting(self) -> ChosenPapers:
        """Return the same papers, also for when the list shows others."""
        order = self._listing.order
        chosen = order if len(self._places) == len(order) else (order[place] for place in self._places)
        positions = array("i", chosen)
        return ChosenPapers(self._listing.only(positions), range(len(positions)))


class Listing:
    """The papers of a day, the queue, a tag or a search, under the reader's options.

    What is shown stays when a paper's state changes, also when it no longer belongs to the view, so
    that no row goes from under the reader's eyes; dismissing and muting do take it away. New options
    arrange the list again.

    Args:
        lists: answers for the papers.
        scope: the papers.
        options: what is wanted of them.
        title: what the papers are, empty for those of a day.
        words: the folded words for which the papers are shown, as a search found them.
        picked: the pick of the day, the best first.
        place: the id of the paper where the reader is.
        overlay: explanations that came in this session, by paper; they are shown first.

    Attributes:
        options: what is wanted of the papers.
        hidden: how many papers are hidden, by the reason.
        total: how many papers the list has, hidden ones too.
        place: the id of the paper where the reader is; when that goes, of the one that took its place.
        anchor: the id of the paper at which a range begins; empty when none is drawn.
        search: the query that is searched for among the papers shown; empty when there is none.
        offer: what the line below the papers offers to do; empty when there is no such line.
        at_offer: whether the reader is on that line.
        on_missing: called when rows cannot be read at once, with what reads them.
    """

    def __init__(
        self,
        lists: Lists,
        scope: Scope = EMPTY,
        options: ViewOptions = ViewOptions(),  # noqa: B008
        *,
        title: str = "",
        words: tuple[str, ...] = (),
        picked: Sequence[PickedRow] = (),
        place: str = "",
        overlay: Mapping[str, Explanation] | None = None,
    ) -> None:
        self._lists = lists
        self._overlay = overlay if overlay is not None else {}
        self.scope = scope
        self.options = options
        self.title = title
        self.words = words
        self.picked_rows = tuple(picked)
        self.place = place
        self.anchor = ""
        self.search = ""
        self.offer = ""
        self.at_offer = False
        self.hidden: dict[HiddenReason, int] = {}
        self.total = 0
        self.on_missing: Callable[[Callable[[], None]], None] | None = None
        self.order = Order(range(0))
        self.rows = BlockRows(lists, scope, self.order)
        self._gone: dict[int, HiddenReason] = {}
        self._filter_words: tuple[str, ...] = ()
        self._parts: tuple[tuple[DayPart, int], ...] = ()
        self._matches = Matches(frozenset(), ())
        self._found: tuple[int, ...] | None = None
        self._selected: dict[str, int] = {}
        self._inverted = False

    # Which papers are shown

    @property
    def is_large(self) -> bool:
        """Whether it takes longer to arrange than a key may take."""
        return self.scope.size > SMALL_LIST

    def arrange(self, options: ViewOptions | None = None) -> None:
        """Arrange the list by options, or again by the same ones.

        Raises:
            QueryError: the filter is wrong; the list is as it was.
        """
        options = options or self.options
        self.adopt(options, self._lists.arrange(self.scope, options))

    def arranged(self, options: ViewOptions) -> Arranged:
        """Return what options would show; runs in a thread, interrupted by the next call."""
        return self._lists.arrange(self.scope, options, interruptible=True)

    def adopt(self, options: ViewOptions, arranged: Arranged) -> None:
        """Show what options show."""
        self._adopt(options, arranged, self.place_of(self.place, -1))

    def _adopt(self, options: ViewOptions, arranged: Arranged, before: int) -> None:
        self.options = options
        self.total = arranged.total
        self._gone = dict(arranged.gone)
        self.hidden = dict(arranged.hidden)
        self._filter_words = arranged.words
        self._parts = arranged.parts
        first = [row.position for row in self.picked_rows] if options.sort == "pick" else []
        self.order = Order(arranged.base, first, arranged.gone, reverse=options.reverse)
        self.rows = self._rows(self.order)
        self._found = None
        self._keep_place(before)
        self._selected = {
            paper_id: position
            for paper_id, position in self._selected.items()
            if self.order.index_of(position) is not None
        }

    def _rows(self, order: Order) -> BlockRows:
        reasons = {row.position: row.reasons for row in self.picked_rows}
        return BlockRows(
            self._lists, self.scope, order, reasons, self._overlay, self.on_missing, known=self.rows
        )

    def show_scope(
        self,
        scope: Scope,
        *,
        title: str | None = None,
        words: tuple[str, ...] = (),
        picked: Sequence[PickedRow] = (),
    ) -> None:
        """Show other papers, or the same ones as they are stored now, by the same options."""
        before = self.place_of(self.place, -1)
        self.scope = scope
        self.title = self.title if title is None else title
        self.words = words
        self.picked_rows = tuple(picked)
        self.rows = BlockRows(self._lists, scope, self.order)
        if self._selected:
            self._selected = self._lists.positions(scope, list(self._selected))
        if self.search:
            self._matches = self._lists.matches(scope, self.search, typing=True)
        self._adopt(self.options, self._lists.arrange(scope, self.options), before)

    def papers_changed(self, ids: Collection[str]) -> None:
        """Update the state of changed papers, at a cost that grows only with their number."""
        changed = self._lists.positions(self.scope, ids)
        if not changed:
            return
        positions, before = list(changed.values()), dict(self._gone)
        for position, entry in zip(positions, self.rows.read_again(positions), strict=True):
            self._take_state(position, entry)
        if isinstance(self.order.base, range) or self.is_large:
            return
        if any(position not in self.order.base for position in positions):
            self._let_in()
        elif self._gone != before:
            # What is dismissed now may have been hidden for another reason.
            self.hidden = dict(self._lists.arrange(self.scope, self.options).hidden)

    def _let_in(self) -> None:
        """Show too what belongs to the list only now; what is shown stays."""
        arranged = self._lists.arrange(self.scope, self.options)
        wanted = {*self.order.base, *arranged.base}
        everything = replace(self.options, filter="", view=View.ALL, kinds=frozenset(AnnounceType))
        full = self._lists.arrange(self.scope, everything)
        base = array("i", (position for position in full.base if position in wanted))
        parts, start = [], 0
        for part, size in full.parts:
            parts.append((part, sum(position in wanted for position in full.base[start : start + size])))
            start += size
        self.adopt(self.options, replace(arranged, base=base, parts=tuple(parts)))

    def all_changed(self) -> None:
        """Update the state of all papers; what is shown stays unless dismissed or muted."""
        arranged = self._lists.arrange(self.scope, self.options)
        for position in self._gone.keys() - arranged.gone.keys():
            self._set_gone(position, None)
        for position, reason in arranged.gone.items():
            self._set_gone(position, reason)
        self.hidden = dict(arranged.hidden)
        self.rows.forget()
        self._found = None

    def _take_state(self, position: int, entry: Entry) -> None:
        if self.options.everything:
            return
        dismissed = entry.reading.mark is Mark.DISMISSED
        if dismissed:
            self._set_gone(position, HiddenReason.DISMISSED)
        elif self._gone.get(position) is HiddenReason.DISMISSED:
            # Whether it is muted too, only the library knows.
            again = self._lists.arrange(self.scope, replace(self.options, filter="")).gone
            self._set_gone(position, again.get(position))

    def _set_gone(self, position: int, reason: HiddenReason | None) -> None:
        """Hide a paper for a reason, or with None show it again."""
        before = self._gone.pop(position, None)
        if before is not None:
            self._count_hidden(before, -1)
        if reason is not None:
            self._gone[position] = reason
            self._count_hidden(reason, 1)
        if (before is None) is (reason is None):
            return
        at = self._known_position(self.place)
        place = self.order.index_of(position) if reason is not None and at == position else None
        if reason is not None:
            self.order.remove(position)
        else:
            self.order.restore(position)
        self._found = None
        if place is not None:
            self._keep_place(place)

    def _count_hidden(self, reason: HiddenReason, change: int) -> None:
        count = self.hidden.get(reason, 0) + change
        self.hidden[reason] = count
        self.hidden = {reason: self.hidden[reason] for reason in HiddenReason if self.hidden.get(reason)}

    def _keep_place(self, before: int) -> None:
        """Move to the paper that took the current one's place if that is gone."""
        if not self.place or self.place_of(self.place, -1) >= 0:
            return
        count = len(self.order)
        self.place = self.rows[min(before, count - 1)].paper.id if before >= 0 and count else ""

    def _known_position(self, paper_id: str) -> int | None:
        return self.rows.position_of(paper_id) if paper_id else None

    # The papers that are shown

    @property
    def count(self) -> int:
        """How many papers are shown."""
        return len(self.order)

    @property
    def parts(self) -> tuple[ListPart, ...]:
        """Return the day's parts that have papers shown, in order; () if there are none."""
        if not self._parts:
            return ()
        order = self.order
        parts = [ListPart(DayPart.PICKED, 0, len(order.first))]
        place = 0
        for part, size in self._parts:
            start, end = order.shown_before(place), order.shown_before(place + size)
            parts.append(ListPart(part, len(order.first) + start, end - start))
            place += size
        shown = [part for part in parts if part.count]
        if order.reverse:
            end = len(order)
            shown = [replace(part, start=end - part.start - part.count) for part in reversed(shown)]
        return tuple(shown)

    def part_from(self, place: int, step: int) -> int | None:
        """Return where the next part begins; with a `step` of -1 this or the previous one."""
        starts = [part.start for part in self.parts]
        if step > 0:
            return next((start for start in starts if start > place), None)
        return next((start for start in reversed(starts) if start < place), None)

    def slice(self, start: int, stop: int) -> ChosenPapers:
        """The papers shown from one place to before another."""
        return ChosenPapers(self, range(self.count)[max(start, 0) : max(stop, 0)])

    def where(self, query: str) -> ChosenPapers:
        """The papers shown that a query finds, in their order."""
        return ChosenPapers(self, self._places_of(self._lists.matches(self.scope, query).positions))

    def rows_where(self, query: str) -> BlockRows:
        """The papers shown that a query finds, as rows that stay when the list changes."""
        found = self._lists.matches(self.scope, query).positions
        return self._rows(Order(array("i", (position for position in self.order if position in found))))

    def only(self, positions: array[int]) -> Listing:
        """Return a list of some of the papers, which stays when this one changes."""
        listing = Listing(
            self._lists, self.scope, self.options, picked=self.picked_rows, overlay=self._overlay
        )
        listing.order = Order(positions)
        listing.rows = self._rows(listing.order)
        return listing

    def has_undecided(self) -> bool:
        """Tell whether a paper shown has no mark; as a rule one that was read says so."""
        read = self.rows.entries_read().items()
        return any(
            entry.reading.mark is None and self.order.index_of(position) is not None
            for position, entry in read
        ) or bool(self.where("-is:marked"))

    def ids_at(self, places: Sequence[int]) -> tuple[str, ...]:
        """The ids with version of the papers at some places.

        A few are known without the library, so that they can be decided on while another program holds it.
        """
        if len(places) <= BLOCK_ROWS:
            papers = [self.rows[place].paper for place in places]
            if NOT_READ_YET.paper not in papers:
                return tuple(str(paper.arxiv_id) for paper in papers)
        return self._lists.ids(self.scope, [self.order[place] for place in places])

    def place_of(self, paper_id: str, otherwise: int = 0) -> int:
        """Return where a paper is in the list; `otherwise` when it is not shown."""
        position = self._known_position(paper_id)
        place = self.order.index_of(position) if position is not None else None
        return otherwise if place is None else place

    def unread_from(self, place: int, step: int) -> int | None:
        """Return the next unread paper, with a `step` of -1 the previous one, or None."""
        end = self.count if step > 0 else -1
        near = range(place + step, end, step)[:SMALL_LIST]
        for at in near:
            if not self.rows[at].reading.read:
                return at
        if len(near) < SMALL_LIST:
            return None
        unread = self._places_of(self._lists.matches(self.scope, "is:unread").positions)
        further = [at for at in unread if (at - place) * step > 0]
        return (further[0] if step > 0 else further[-1]) if further else None

    @property
    def picked(self) -> tuple[Entry, ...]:
        """The picked papers, the best first, with their reasons."""
        rows = self._lists.rows(self.scope, [row.position for row in self.picked_rows])
        pairs = zip(rows, self.picked_rows, strict=True)
        return tuple(replace(entry, reasons=row.reasons) for entry, row in pairs)

    def category_counts(self) -> Counter[str]:
        """Return how many papers of the list are in each category."""
        return self._lists.category_counts(self.scope)

    def author_counts(self) -> Counter[str]:
        """Return how many papers of the list each author has."""
        return self._lists.author_counts(self.scope)

    # Searching among them

    def search_for(self, query: str, *, typing: bool = False) -> None:
        """Search among the papers shown; an empty query searches for nothing any more.

        Raises:
            QueryError: the query is wrong; what was searched for before stays.
        """
        matches = self._lists.matches(self.scope, query, typing=typing) if query.strip() else None
        self.adopt_search(query, matches)

    def adopt_search(self, query: str, matches: Matches | None) -> None:
        """Adopt a query's results; None: nothing is searched for."""
        self.search = query.strip() if matches is not None else ""
        self._matches = matches or Matches(frozenset(), ())
        self._found = None

    def matches(self, query: str) -> Matches:
        """Return what a half-typed query finds; in a thread, interrupted by the next call."""
        return self._lists.matches(self.scope, query, typing=True, interruptible=True)

    @property
    def found(self) -> tuple[int, ...]:
        """The places of the papers that the search finds, in their order."""
        if self._found is None:
            self._found = tuple(self._places_of(self._matches.positions))
        return self._found

    def match_number(self, place: int) -> int:
        """Which match is at a place, from 1 on; 0 when there is none."""
        number = bisect_left(self.found, place)
        return number + 1 if number < len(self.found) and self.found[number] == place else 0

    def next_match(self, place: int, step: int) -> int | None:
        """The match after a place, or with a `step` of -1 before it; None: there is none."""
        if step > 0:
            number = bisect_right(self.found, place)
            return self.found[number] if number < len(self.found) else None
        number = bisect_left(self.found, place)
        return self.found[number - 1] if number else None

    @property
    def sought_words(self) -> tuple[str, ...]:
        """Return the folded words of the filter and of the search that found the papers."""
        return (*self.words, *self._filter_words, *self._matches.words)

    def _places_of(self, positions: Collection[int]) -> list[int]:
        if isinstance(self.order.base, range) and len(positions) * _LOOKUP_DIVISOR < len(self.order):
            places = map(self.order.index_of, positions)
            return sorted(place for place in places if place is not None)
        return list(compress(range(len(self.order)), map(positions.__contains__, self.order)))

    # Selecting

    def selection(self, cursor: int) -> Selection:
        """The selected papers, with those of the range that is being drawn to the cursor."""
        places = range(0)
        cursor = min(cursor, self.count - 1)  # it may be on the line below the papers
        if self.anchor and (start := self.place_of(self.anchor, -1)) >= 0:
            places = range(min(start, cursor), max(start, cursor) + 1)
        outside = sum(self.order.index_of(position) not in places for position in self._selected.values())
        count = len(places) + outside
        if self._inverted:
            count = self.count - outside
        return Selection(frozenset(self._selected), self._inverted, places, count)

    def selected(self, cursor: int) -> ChosenPapers:
        """The selected papers in their order."""
        selection = self.selection(cursor)
        listed = {self.order.index_of(position) for position in self._selected.values()}
        if self._inverted:
            places = [at for at in range(self.count) if at in selection.places or at not in listed]
        else:
            places = sorted({*selection.places, *(at for at in listed if at is not None)})
        return ChosenPapers(self, places)

    def toggle_selection(self, places: Sequence[int], cursor: int) -> None:
        """Select the papers at some places, or when all of them are selected, no longer."""
        self.keep_range(cursor)
        papers = [(self.rows[place].paper.id, self.order[place]) for place in places]
        off = all((paper_id in self._selected) is not self._inverted for paper_id, _ in papers)
        for paper_id, position in papers:
            if off is self._inverted:
                self._selected[paper_id] = position
            else:
                self._selected.pop(paper_id, None)

    def keep_range(self, cursor: int) -> None:
        """End the range that is being drawn; its papers are selected."""
        places = self.selection(cursor).places
        self.anchor = ""
        for place in places:
            paper_id, position = self.rows[place].paper.id, self.order[place]
            if self._inverted:
                self._selected.pop(paper_id, None)
            else:
                self._selected[paper_id] = position

    def toggle_all(self, cursor: int) -> None:
        """Select all papers shown, or when all are selected, none."""
        everything = self.selection(cursor).count == self.count
        self.clear_selection()
        self._inverted = not everything

    def clear_selection(self) -> None:
        """Select nothing."""
        self._selected.clear()
        self._inverted, self.anchor = False, ""


def toggle_kinds(options: ViewOptions, kinds: Collection[AnnounceType]) -> ViewOptions:
    """Return the options with these announce types toggled between shown and hidden."""
    shown = set(kinds) <= options.kinds
    return replace(options, kinds=options.kinds - set(kinds) if shown else options.kinds | set(kinds))
