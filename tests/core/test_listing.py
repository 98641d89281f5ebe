"""Which papers a list shows, in what order, and how many it hides: without a screen."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from msgspec.structs import replace

from tests.tui.fakes import make_paper
from tui_digest.core.listing import Hiding, Listing, Question, View, Wish
from tui_digest.entry import Entry, Mark, Reading
from tui_digest.paper import AnnounceType
from tui_digest.settings import Sort

marks = st.sampled_from([None, *Mark])
readings = st.builds(Reading, mark=marks, read=st.booleans())
entries = st.builds(
    lambda number, reading: Entry(paper=make_paper(number), reading=reading),
    st.integers(0, 200),
    readings,
)
lists = st.lists(entries, max_size=25, unique_by=lambda entry: entry.paper.id).map(tuple)
sorts: st.SearchStrategy[Sort] = st.sampled_from(["pick", "number", "title", "author", "announced"])
wishes = st.builds(
    Wish,
    view=st.sampled_from(View),
    kinds=st.frozensets(st.sampled_from(AnnounceType)),
    sort=sorts,
    reverse=st.booleans(),
    everything=st.booleans(),
    question=st.sampled_from([None, Question(lambda entry: "7" in entry.paper.title)]),
)


def listed(*numbers: int) -> tuple[Entry, ...]:
    return tuple(Entry(paper=make_paper(number)) for number in numbers)


def with_mark(entry: Entry, mark: Mark | None) -> Entry:
    return structs.replace(entry, reading=Reading(mark=mark))


@given(lists, wishes)
def test_every_paper_is_shown_or_hidden_or_outside_the_view(papers: tuple[Entry, ...], wish: Wish) -> None:
    listing = Listing(papers, wish)
    shown = {entry.paper.id for entry in listing.shown}
    assert len(shown) == len(listing.shown)
    outside = len(papers) - len(shown) - sum(listing.hidden.values())
    assert outside == 0 or wish.view is not View.ALL
    assert outside >= 0


@given(lists, wishes)
def test_turning_the_order_round_twice_changes_nothing(papers: tuple[Entry, ...], wish: Wish) -> None:
    listing = Listing(papers, wish)
    before = listing.shown
    listing.want(replace(wish, reverse=not wish.reverse))
    assert listing.shown == before[::-1]


@given(lists, wishes, st.data())
def test_no_paper_leaves_the_list_for_being_read(
    papers: tuple[Entry, ...], wish: Wish, data: st.DataObject
) -> None:
    listing = Listing(papers, wish)
    before = [entry.paper.id for entry in listing.shown]
    read = data.draw(st.sets(st.sampled_from([entry.paper.id for entry in papers]))) if papers else set()
    listing.take(
        [
            structs.replace(entry, reading=structs.replace(entry.reading, read=True))
            if entry.paper.id in read
            else entry
            for entry in papers
        ]
    )
    assert [entry.paper.id for entry in listing.shown] == before


@given(lists, wishes, st.lists(st.booleans(), min_size=25, max_size=25))
def test_the_place_is_always_that_of_a_paper_shown(
    papers: tuple[Entry, ...], wish: Wish, dismissed: list[bool]
) -> None:
    listing = Listing(papers, wish)
    if not listing.shown:
        return
    listing.place = listing.shown[len(listing.shown) // 2].paper.id
    listing.take(
        [
            with_mark(entry, Mark.DISMISSED) if gone else entry
            for entry, gone in zip(papers, dismissed, strict=False)
        ]
    )
    shown = {entry.paper.id for entry in listing.shown}
    assert listing.place in shown or (not shown and not listing.place)


def test_a_paper_that_leaves_gives_its_place_to_the_next_and_at_the_end_to_the_one_before() -> None:
    papers = listed(0, 1, 2)
    listing = Listing(papers, place="0612.90001")
    papers = (papers[0], with_mark(papers[1], Mark.DISMISSED), papers[2])
    listing.take(papers)
    assert listing.place == "0612.90002"
    listing.take((papers[0], papers[1], with_mark(papers[2], Mark.DISMISSED)))
    assert listing.place == "0612.90000"


def test_what_hides_a_paper_is_counted_once_by_the_first_reason() -> None:
    first, *others = listed(*range(8))
    papers = (with_mark(first, Mark.DISMISSED), *others)
    listing = Listing(
        papers,
        Wish(kinds=frozenset({AnnounceType.NEW}), question=Question(lambda entry: False)),
        muted=lambda entry: entry.paper.id in ("0612.90000", "0612.90001"),
    )
    assert listing.hidden == {Hiding.DISMISSED: 1, Hiding.MUTED: 1, Hiding.TYPE: 5, Hiding.FILTER: 1}


def test_the_pick_keeps_its_own_order_and_its_reasons() -> None:
    papers = listed(0, 1, 2, 3)
    listing = Listing(papers, Wish(sort="pick"))
    listing.pick([structs.replace(papers[n], reasons=(f"reason {n}",)) for n in (3, 1)])
    assert [entry.paper.id[-1] for entry in listing.shown] == ["3", "1", "0", "2"]
    assert listing.shown[0].reasons == ("reason 3",)
    listing.take(papers)
    assert listing.shown[0].reasons == ("reason 3",)


def test_a_range_is_drawn_from_its_anchor_to_the_cursor() -> None:
    listing = Listing(listed(0, 1, 2, 3, 4), selected=frozenset({"0612.90004"}), anchor="0612.90002")
    assert {name[-1] for name in listing.selection(0)} == {"0", "1", "2", "4"}
    listing.clear_selection()
    assert listing.selection(3) == frozenset()
