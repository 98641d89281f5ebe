"""Days are stored with what was asked for, and answer what they can answer."""

from __future__ import annotations

from datetime import date

import pytest

from tests.library.invented import DAY, make_digest, make_paper
from tui_digest.entry import Mark, StoredDay
from tui_digest.library.library import Library
from tui_digest.paper import AnnounceType, Completeness, CompletenessState

LATER = date(2026, 11, 24)
BOTH = ("cs.LG", "math.OC")


def known(state: CompletenessState, shown: int) -> Completeness:
    return Completeness(state=state, shown=shown)


def test_a_digest_comes_back_as_it_was_stored(library: Library) -> None:
    digest = make_digest(make_paper(3), make_paper(1), make_paper(2, announce_type=AnnounceType.CROSS))
    library.mailings.store_digest(digest)
    assert library.mailings.digest(DAY, BOTH) == digest
    assert library.mailings.digest(None, BOTH) == digest


def test_a_day_without_papers_is_a_day(library: Library) -> None:
    digest = make_digest(completeness=known(CompletenessState.QUIET, 0))
    library.mailings.store_digest(digest)
    assert library.mailings.digest(DAY, BOTH) == digest


def test_nothing_is_given_for_what_was_not_asked(library: Library) -> None:
    library.mailings.store_digest(make_digest(make_paper()))
    assert library.mailings.digest(LATER, BOTH) is None
    assert library.mailings.digest(DAY, ("cs.LG", "hep-th")) is None


def test_no_day_means_the_newest(library: Library) -> None:
    library.mailings.store_digest(make_digest(make_paper(2), date=LATER))
    library.mailings.store_digest(make_digest(make_paper(1)))
    newest = library.mailings.digest(None, BOTH)
    assert newest is not None
    assert newest.date == LATER


def test_fewer_categories_are_answered_as_arxiv_would_announce_them(library: Library) -> None:
    learning = make_paper(1, categories=("cs.LG",), primary="cs.LG")
    crossed = make_paper(2, categories=("cs.LG", "math.OC"), primary="cs.LG")
    optimal = make_paper(3, categories=("math.OC",), primary="math.OC")
    replaced = make_paper(
        4, categories=("cs.LG", "math.OC"), primary="cs.LG", announce_type=AnnounceType.REPLACE
    )
    library.mailings.store_digest(make_digest(learning, crossed, optimal, replaced))
    digest = library.mailings.digest(DAY, ("math.OC",))
    assert digest is not None
    assert [(paper.id[-1], paper.announce_type) for paper in digest.papers] == [
        ("2", AnnounceType.CROSS),
        ("3", AnnounceType.NEW),
        ("4", AnnounceType.REPLACE_CROSS),
    ]
    assert digest.completeness == Completeness(
        state=CompletenessState.COMPLETE,
        shown=3,
        announced=3,
        counts={"new": 1, "cross": 1, "replace-cross": 1},
    )


def test_an_archive_answers_for_its_categories(library: Library) -> None:
    library.mailings.store_digest(make_digest(make_paper(1), make_paper(2), categories=("cs", "math")))
    assert library.mailings.digest(DAY, ("cs.LG",)) is not None
    assert library.mailings.digest(DAY, ("stat.ML",)) is None


def test_the_digest_of_just_these_categories_is_preferred(library: Library) -> None:
    library.mailings.store_digest(make_digest(make_paper(1), make_paper(2)))
    exact = make_digest(make_paper(2), categories=("cs.LG",))
    library.mailings.store_digest(exact)
    assert library.mailings.digest(DAY, ("cs.LG",)) == exact


COMPLETE, PARTIAL = CompletenessState.COMPLETE, CompletenessState.PARTIAL
STALE, GUESSED = CompletenessState.STALE, CompletenessState.BY_SUBMISSION_DATE


@pytest.mark.parametrize(
    ("before", "after", "replaced"),
    [
        ((COMPLETE, "12"), (PARTIAL, "1"), False),
        ((PARTIAL, "1"), (COMPLETE, "12"), True),
        ((PARTIAL, "12"), (PARTIAL, "1"), False),
        ((PARTIAL, "1"), (PARTIAL, "23"), True),
        ((COMPLETE, "12"), (COMPLETE, "1"), False),
        ((COMPLETE, "12"), (COMPLETE, "13"), True),
        ((COMPLETE, "12"), (STALE, "12"), True),
        ((COMPLETE, "12"), (STALE, "34"), False),
        ((STALE, "12"), (PARTIAL, "3"), True),
        ((GUESSED, "12"), (PARTIAL, "3"), True),
        ((PARTIAL, "1"), (GUESSED, "12"), False),
        ((GUESSED, "1"), (GUESSED, "12"), True),
    ],
)
def test_a_digest_gives_way_only_to_one_that_knows_as_much(
    library: Library,
    before: tuple[CompletenessState, str],
    after: tuple[CompletenessState, str],
    replaced: bool,
) -> None:
    for state, numbers in (before, after):
        papers = tuple(make_paper(int(number)) for number in numbers)
        library.mailings.store_digest(make_digest(*papers, completeness=known(state, len(papers))))
    digest = library.mailings.digest(DAY, BOTH)
    assert digest is not None
    shown = (digest.completeness.state, "".join(paper.id[-1] for paper in digest.papers))
    assert shown == (after if replaced else before)
    assert all(library.mailings.paper(f"2611.{int(number):05}") for number in before[1] + after[1])


def test_what_was_announced_before_a_day_is_known_by_version(library: Library) -> None:
    library.mailings.store_digest(make_digest(make_paper(1), make_paper(2, version=2)))
    ids = ["2611.00001v1", "2611.00001v2", "2611.00002v2", "2611.00003v1"]
    assert library.mailings.announced_before(LATER, ids) == {"2611.00001v1", "2611.00002v2"}
    assert library.mailings.announced_before(DAY, ids) == set()


def test_a_day_put_together_by_submission_date_announced_nothing(library: Library) -> None:
    guess = make_digest(
        make_paper(announced=None, announce_type=None),
        completeness=known(CompletenessState.BY_SUBMISSION_DATE, 1),
    )
    library.mailings.store_digest(guess)
    assert library.mailings.announced_before(LATER, ["2611.00001v1"]) == set()
    assert library.mailings.digest(DAY, BOTH) == guess


def test_the_calendar_counts_what_is_left_to_do(library: Library) -> None:
    library.mailings.store_digest(make_digest(*(make_paper(number) for number in range(1, 6))))
    library.mailings.store_digest(make_digest(make_paper(9, categories=("math.OC",)), date=LATER))
    library.marks.mark(["2611.00001", "2611.00002"], Mark.TO_READ)
    library.marks.mark(["2611.00003"], Mark.DISMISSED)
    library.marks.set_read(["2611.00001"])
    first = StoredDay(date=DAY, state=CompletenessState.COMPLETE, total=5, unread=3, to_read=2)
    second = StoredDay(date=LATER, state=CompletenessState.COMPLETE, total=1, unread=1, to_read=0)
    assert library.mailings.days(BOTH) == (second, first)
    assert library.mailings.days(BOTH, until=DAY) == (first,)
    assert [day.total for day in library.mailings.days(("cs.LG",))] == [0, 5]
    assert library.mailings.days(("hep-th",)) == ()
