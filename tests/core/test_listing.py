"""What a list shows after its papers, its options or what is muted changed: without a screen."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.tui.fakes import make_paper
from tui_digest.core import listing as listing_module
from tui_digest.core.entry_rows import NOT_READ_YET
from tui_digest.core.listing import Listing
from tui_digest.entry import Entry, Mark, Reading
from tui_digest.errors import LibraryError
from tui_digest.lists import (
    Arranged,
    DayScope,
    HiddenReason,
    KeyScope,
    Matches,
    PickedRow,
    Scope,
    View,
    ViewOptions,
)
from tui_digest.paper import AnnounceType
from tui_digest.settings import Sort


@dataclass
class ListsInMemory:
    """Answers what lists ask by looking at every entry. A query is found in titles; `is:` is known."""

    entries: list[Entry]
    muted: set[int] = field(default_factory=set)
    read: list[tuple[int, ...]] = field(default_factory=list)
    locked: bool = False

    @property
    def scope(self) -> DayScope:
        return DayScope(mailing=1, size=len(self.entries))

    def queue(self, mark: Mark = Mark.TO_READ) -> KeyScope:
        raise NotImplementedError

    def tagged(self, tag: str) -> KeyScope:
        raise NotImplementedError

    def papers(self, ids: Iterable[str]) -> KeyScope:
        raise NotImplementedError

    def arrange(self, scope: Scope, options: ViewOptions, *, interruptible: bool = False) -> Arranged:
        gone: dict[int, HiddenReason] = {}
        hidden: Counter[HiddenReason] = Counter()
        found = self.matches(scope, options.filter).positions
        base = []
        for position, entry in enumerate(self.entries):
            if not options.everything and entry.reading.mark is Mark.DISMISSED:
                gone[position] = HiddenReason.DISMISSED
            elif not options.everything and position in self.muted:
                gone[position] = HiddenReason.MUTED
            kind = entry.paper.announce_type
            if position in gone:
                hidden[gone[position]] += 1
            elif kind not in options.kinds:
                hidden[HiddenReason.TYPE] += 1
            elif position not in found:
                hidden[HiddenReason.FILTER] += 1
            if kind in options.kinds and position in found and self._in_view(entry, options.view):
                base.append(position)
        if options.sort == "title":
            base.sort(key=lambda position: self.entries[position].paper.title)
        return Arranged(array("i", base), gone, {key: hidden[key] for key in hidden}, len(self.entries))

    def _in_view(self, entry: Entry, view: View) -> bool:
        if view is View.UNREAD:
            return not entry.reading.read
        return view is View.ALL or entry.reading.mark is Mark.TO_READ

    def matches(
        self, scope: Scope, query: str, *, typing: bool = False, interruptible: bool = False
    ) -> Matches:
        def found(entry: Entry) -> bool:
            if query == "is:unread":
                return not entry.reading.read
            if query == "-is:marked":
                return entry.reading.mark is None
            return query in entry.paper.title

        return Matches(frozenset(n for n, entry in enumerate(self.entries) if found(entry)), ())

    def rows(
        self, scope: Scope, positions: Sequence[int], *, patience: float | None = None
    ) -> tuple[Entry, ...]:
        if self.locked and patience is not None:
            raise LibraryError("The library is locked by another program.")
        self.read.append(tuple(positions))
        return tuple(self.entries[position] for position in positions)

    def ids(self, scope: Scope, positions: Sequence[int]) -> tuple[str, ...]:
        return tuple(str(self.entries[position].paper.arxiv_id) for position in positions)

    def positions(self, scope: Scope, ids: Collection[str]) -> dict[str, int]:
        return {e.paper.id: n for n, e in enumerate(self.entries) if e.paper.id in ids}

    def category_counts(self, scope: Scope) -> Counter[str]:
        raise NotImplementedError

    def author_counts(self, scope: Scope) -> Counter[str]:
        raise NotImplementedError

    def set(self, position: int, **reading: object) -> str:
        """Decide on a paper; gives its id."""
        entry = self.entries[position]
        self.entries[position] = replace(entry, reading=replace(entry.reading, **reading))
        return entry.paper.id


marks = st.sampled_from([None, *Mark])
stores = st.lists(st.builds(Reading, mark=marks, read=st.booleans()), max_size=25).map(
    lambda readings: ListsInMemory(
        [Entry(paper=make_paper(n), reading=reading) for n, reading in enumerate(readings)]
    )
)
sorts: st.SearchStrategy[Sort] = st.sampled_from(["pick", "announced", "title"])
wanted = st.builds(
    ViewOptions,
    view=st.sampled_from(View),
    kinds=st.frozensets(st.sampled_from(AnnounceType)),
    sort=sorts,
    reverse=st.booleans(),
    everything=st.booleans(),
    filter=st.sampled_from(["", "1", "number 7"]),
)


def arranged(store: ListsInMemory, options: ViewOptions = ViewOptions(), **known: object) -> Listing:  # noqa: B008
    listing = Listing(store, store.scope, options, **known)  # type: ignore[arg-type]
    listing.arrange()
    return listing


def plain(count: int) -> ListsInMemory:
    return ListsInMemory([Entry(paper=make_paper(number)) for number in range(count)])


def shown(listing: Listing) -> list[int]:
    return [int(entry.paper.id[-4:]) for entry in listing.slice(0, listing.count)]


@given(stores, wanted)
def test_every_paper_is_shown_or_hidden_or_outside_the_view(
    store: ListsInMemory, options: ViewOptions
) -> None:
    listing = arranged(store, options)
    numbers = shown(listing)
    assert len(set(numbers)) == len(numbers) == listing.count
    outside = listing.total - len(numbers) - sum(listing.hidden.values())
    assert outside == 0 or options.view is not View.ALL
    assert outside >= 0


@given(stores, wanted)
def test_turning_the_order_round_twice_changes_nothing(store: ListsInMemory, options: ViewOptions) -> None:
    listing = arranged(store, options)
    before = shown(listing)
    listing.arrange(replace(options, reverse=not options.reverse))
    assert shown(listing) == before[::-1]


@given(stores, wanted, st.sets(st.integers(0, 24)))
def test_no_paper_leaves_the_list_for_being_read(
    store: ListsInMemory, options: ViewOptions, read: set[int]
) -> None:
    listing = arranged(store, options)
    before = shown(listing)
    listing.papers_changed([store.set(n, read=True) for n in read if n < len(store.entries)])
    assert shown(listing) == before
    assert all(
        entry.reading.read for entry in listing.slice(0, listing.count) if int(entry.paper.id[-4:]) in read
    )


@given(stores, wanted, st.lists(st.tuples(st.integers(0, 24), marks), max_size=8), st.booleans())
def test_what_is_dismissed_leaves_and_what_is_taken_back_returns(
    store: ListsInMemory, options: ViewOptions, changes: list[tuple[int, Mark | None]], at_once: bool
) -> None:
    listing = arranged(store, options)
    before = set(listing.order.base)
    place = listing.rows[listing.count // 2].paper.id if listing.count else ""
    listing.place = place
    ids = []
    for position, mark in changes:
        if position < len(store.entries):
            ids.append(store.set(position, mark=mark))
            if not at_once:
                listing.papers_changed(ids[-1:])
    if at_once:
        listing.papers_changed(ids)
    expected = {
        n for n in before if options.everything or store.entries[n].reading.mark is not Mark.DISMISSED
    }
    now = set(listing.order)
    assert expected <= now  # what belongs to the list only now has come in
    assert options.everything or all(store.entries[n].reading.mark is not Mark.DISMISSED for n in now)
    assert set(arranged(store, options).order) <= now
    assert listing.place_of(listing.place, -1) >= 0 or not place or not now
    again = arranged(store, replace(options, view=View.ALL))
    assert listing.hidden == again.hidden


@given(stores, wanted, st.sets(st.integers(0, 24)), st.sets(st.integers(0, 24)))
def test_what_is_muted_leaves_and_returns_where_it_was(
    store: ListsInMemory, options: ViewOptions, first: set[int], second: set[int]
) -> None:
    store.muted = first & set(range(len(store.entries)))
    listing = arranged(store, options)
    store.muted = second & set(range(len(store.entries)))
    listing.all_changed()
    again = arranged(store, options)
    assert shown(listing) == shown(again)
    assert listing.hidden == again.hidden


def test_a_paper_that_leaves_gives_its_place_to_the_next_and_at_the_end_to_the_one_before() -> None:
    store = plain(3)
    listing = arranged(store, place="0612.90001")
    listing.papers_changed([store.set(1, mark=Mark.DISMISSED)])
    assert listing.place == "0612.90002"
    listing.papers_changed([store.set(2, mark=Mark.DISMISSED)])
    assert listing.place == "0612.90000"
    listing.papers_changed([store.set(0, mark=Mark.DISMISSED)])
    assert listing.place == ""


def test_the_pick_keeps_its_own_order_and_its_reasons() -> None:
    picked = [PickedRow(3, 2.0, ("reason 3",)), PickedRow(1, 1.0, ("reason 1",))]
    listing = arranged(plain(4), ViewOptions(sort="pick"), picked=picked)
    assert shown(listing) == [3, 1, 0, 2]
    assert [entry.reasons for entry in listing.slice(0, 3)] == [("reason 3",), ("reason 1",), ()]
    assert [entry.paper.id[-1] for entry in listing.picked] == ["3", "1"]
    listing.arrange(ViewOptions(sort="announced"))
    assert shown(listing) == [0, 1, 2, 3]
    assert listing.rows[1].reasons == ("reason 1",)


def test_a_mark_reads_one_row_and_a_move_none() -> None:
    store = plain(1000)
    listing = arranged(store)
    for place in (0, 1, 2, 500):
        assert listing.rows[place].paper.id
    assert [len(positions) for positions in store.read] == [64, 64]
    store.read.clear()
    listing.papers_changed([store.set(1, read=True)])
    assert listing.rows[1].reading.read
    assert store.read == [(1,)]


def test_another_order_reads_no_paper_again_unless_it_changed() -> None:
    store = plain(100)
    listing = arranged(store)
    assert [entry.reading.read for entry in listing.slice(0, 100)] == [False] * 100
    store.read.clear()
    listing.papers_changed([store.set(1, read=True)])
    listing.arrange(ViewOptions(reverse=True))
    assert [entry.reading.read for entry in listing.slice(97, 100)] == [False, True, False]
    listing.all_changed()
    assert listing.rows[0].paper.id
    assert [len(positions) for positions in store.read] == [1, 36]


def test_only_the_latest_blocks_are_kept() -> None:
    store = plain(64 * 30)
    listing = arranged(store)
    for place in range(0, 64 * 30, 64):
        assert listing.rows[place].paper.id
    store.read.clear()
    assert listing.rows[64 * 29].paper.id
    assert store.read == []
    assert listing.rows[0].paper.id
    assert len(store.read) == 1


def test_rows_that_cannot_be_read_at_once_are_read_aside() -> None:
    store = plain(100)
    listing = Listing(store, store.scope)
    reading: list[Callable[[], None]] = []
    listing.on_missing = reading.append
    listing.arrange()
    store.locked = True
    assert [listing.rows[place] for place in (0, 1)] == [NOT_READ_YET, NOT_READ_YET]
    assert len(reading) == 1
    reading[0]()
    assert listing.rows[1].paper.id == "0612.90001"


def test_selecting() -> None:
    listing = arranged(plain(6))
    listing.toggle_selection(range(4, 5), 4)
    listing.anchor = "0612.90002"
    selection = listing.selection(0)
    assert selection.count == 4
    assert [selection.has(place, f"0612.9{place:04}") for place in range(6)] == [
        True,
        True,
        True,
        False,
        True,
        False,
    ]
    assert [entry.paper.id[-1] for entry in listing.selected(0)] == ["0", "1", "2", "4"]
    listing.keep_range(0)
    listing.toggle_selection(range(0, 1), 0)
    assert [entry.paper.id[-1] for entry in listing.selected(0)] == ["1", "2", "4"]
    assert listing.selected(0).ids() == ("0612.90001v2", "0612.90002v3", "0612.90004v2")
    listing.clear_selection()
    assert listing.selection(3).count == 0


def test_all_but_some_are_selected_without_reading_them() -> None:
    store = plain(500)
    listing = arranged(store)
    listing.toggle_all(0)
    assert listing.selection(0).count == 500
    listing.toggle_selection(range(3, 4), 3)
    assert listing.selection(3).count == 499
    assert not listing.selection(3).has(3, "0612.90003")
    assert len(listing.selected(3)) == len(listing.selected(3).ids()) == 499
    assert len(store.read) == 1
    listing.toggle_selection(range(3, 4), 3)
    listing.toggle_all(0)
    assert listing.selection(0).count == 0


def test_searching_goes_from_match_to_match() -> None:
    listing = arranged(plain(30), ViewOptions(reverse=True))
    listing.search_for("number 1")
    assert listing.found == (10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 28)
    assert [listing.match_number(place) for place in (9, 10, 28, 29)] == [0, 1, 11, 0]
    assert [listing.next_match(at, 1) for at in (-1, 10, 19, 28)] == [10, 11, 28, None]
    assert [listing.next_match(at, -1) for at in (10, 11, 29)] == [None, 10, 28]
    listing.search_for(" ")
    assert not listing.search
    assert len(listing.found) == 0


def test_it_is_known_whether_all_papers_shown_are_decided_on() -> None:
    store = plain(70)
    for position in range(69):
        store.set(position, mark=Mark.TO_READ)
    listing = arranged(store)
    assert listing.rows[0].reading.mark is Mark.TO_READ
    assert listing.has_undecided()  # a row that was not read
    listing.papers_changed([store.set(69, mark=Mark.DISMISSED)])
    assert not listing.has_undecided()


def test_rows_of_a_query_are_read_in_blocks_and_stay() -> None:
    store = plain(200)
    store.set(1, mark=Mark.TO_READ)
    listing = arranged(store)
    rows = listing.rows_where("-is:marked")
    assert not store.read
    assert [rows[place].paper.id for place in (0, 1)] == [store.entries[place].paper.id for place in (0, 2)]
    assert sum(map(len, store.read)) < len(rows) == 199
    listing.papers_changed([store.set(0, mark=Mark.DISMISSED)])
    assert rows[1].paper.id == store.entries[2].paper.id


@pytest.mark.parametrize("limit", [2, 100])
def test_the_next_unread_paper_is_found_near_and_far(monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    monkeypatch.setattr(listing_module, "SMALL_LIST", limit)
    store = plain(20)
    for position in range(20):
        store.set(position, read=position not in (2, 15))
    listing = arranged(store)
    assert [listing.unread_from(at, 1) for at in (-1, 2, 15)] == [2, 15, None]
    assert [listing.unread_from(at, -1) for at in (19, 15, 2)] == [15, 2, None]
