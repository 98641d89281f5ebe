"""The pick of a day is stored with it by digest, and computed again when something was decided."""

from __future__ import annotations

from datetime import date

import pytest

from tests.library.invented import DAY, fold, make_digest, make_paper
from tui_digest.entry import Mark
from tui_digest.interests import InterestKind, Stance
from tui_digest.library.library import Library
from tui_digest.lists import DayScope, PickedRow
from tui_digest.settings import PickSettings

CATEGORIES = ("cs.LG", "math.OC")
RULES = PickSettings()
LIKED = ["2611.00101", "2611.00102", "2611.00103"]


@pytest.fixture
def scope(library: Library) -> DayScope:
    """A day of forty papers, two on Lyapunov functions; the day before three were marked of that kind."""
    before = [make_paper(100 + n, title="Plain", abstract=f"We study thing{n}.") for n in range(4, 64)]
    before += [
        make_paper(100 + n, title="Stability", abstract=f"Called Lyapunov functions {n}.") for n in (1, 2, 3)
    ]
    library.mailings.store_digest(make_digest(*before, date=date(2026, 11, 19)))
    today = [
        make_paper(
            n, title="Plain", abstract="Lyapunov stability." if n in (20, 30) else f"We study thing{n} here."
        )
        for n in range(1, 41)
    ]
    library.mailings.store_digest(make_digest(*today))
    digest = library.lists.digest(DAY, CATEGORIES)
    assert digest is not None
    return digest.scope


def positions(rows: tuple[PickedRow, ...]) -> list[int]:
    return [row.position for row in rows]


def test_nothing_is_picked_before_anything_is_known(library: Library, scope: DayScope) -> None:
    assert library.picks.stored(scope, "default") == ()
    library.picks.update(scope, "default", RULES)
    assert library.picks.stored(scope, "default") == ()


def test_marks_of_other_days_are_learned_from(library: Library, scope: DayScope) -> None:
    library.marks.mark(LIKED, Mark.TO_READ)
    assert library.picks.update(scope, "default", RULES)
    rows = library.picks.stored(scope, "default")
    assert positions(rows)[:2] == [19, 29]
    assert rows[0].reasons == ("stability, Lyapunov as in 3 papers you marked",)
    assert rows[0].score >= rows[1].score > 0


def test_papers_of_the_day_itself_are_learned_from_when_there_are_no_others(
    library: Library, scope: DayScope
) -> None:
    today = [make_paper(n, title="Plain", abstract=f"We study thing{n} here.") for n in range(1, 41)]
    today += [make_paper(n, title="Lyapunov", abstract="Stability.") for n in (41, 42, 43)]
    library.mailings.store_digest(make_digest(*today, date=date(2026, 11, 23)))
    digest = library.lists.digest(date(2026, 11, 23), CATEGORIES)
    assert digest is not None
    library.marks.mark(["2611.00041", "2611.00043"], Mark.TO_READ)
    rows = library.picks.compute(digest.scope, RULES, 9)
    assert positions(rows)[:1] == [41]
    assert not {40, 42} & set(positions(rows))


def test_few_marks_pick_something_though_the_day_itself_is_what_they_are_set_apart_from(
    library: Library,
) -> None:
    texts = ["Proximal steps", "Gradient steps", "Random walks", "Quantum gates", "Trees"]
    today = [
        make_paper(n, title=texts[n % 5], abstract=f"We study {texts[n % 5]} and thing{n}.")
        for n in range(60)
    ]
    library.mailings.store_digest(make_digest(*today))
    digest = library.lists.digest(DAY, CATEGORIES)
    assert digest is not None
    library.marks.mark(["2611.00000", "2611.00005"], Mark.TO_READ)
    rows = library.picks.compute(digest.scope, RULES, 3)
    assert [row.position % 5 for row in rows] == [0, 0, 0]
    assert not {0, 5} & set(positions(rows))


def test_it_is_computed_again_only_when_something_was_decided(library: Library, scope: DayScope) -> None:
    library.marks.mark(LIKED, Mark.TO_READ)
    assert library.picks.update(scope, "default", RULES)
    assert not library.picks.update(scope, "default", RULES)
    library.marks.note("2611.00001", "a note")
    assert not library.picks.update(scope, "default", RULES)
    library.marks.mark(["2611.00020"], Mark.DISMISSED)
    assert library.picks.update(scope, "default", RULES)
    assert 19 not in positions(library.picks.stored(scope, "default"))
    library.history.undo()
    assert library.picks.update(scope, "default", RULES)
    assert 19 in positions(library.picks.stored(scope, "default"))
    library.following.set(InterestKind.WORD, "Lyapunov", Stance.MUTE)
    assert library.picks.update(scope, "default", RULES)
    assert library.picks.stored(scope, "default") == ()


def test_each_digest_has_its_own(library: Library, scope: DayScope) -> None:
    words = PickSettings(words={"thing7": 1.0})
    assert library.picks.update(scope, "default", words)
    assert library.picks.update(scope, "seminar", PickSettings(words={"thing9": 1.0}))
    assert positions(library.picks.stored(scope, "default")) == [6]
    assert positions(library.picks.stored(scope, "seminar")) == [8]
    assert library.picks.update(scope, "default", PickSettings(words={"thing8": 1.0}))


def test_a_mailing_that_is_replaced_takes_its_pick_with_it(library: Library, scope: DayScope) -> None:
    library.picks.update(scope, "default", PickSettings(words={"thing7": 1.0}))
    library.mailings.store_digest(make_digest(*(make_paper(n) for n in range(1, 50))))
    digest = library.lists.digest(DAY, CATEGORIES)
    assert digest is not None
    assert library.picks.stored(digest.scope, "default") == ()
    assert not library.picks.update(scope, "default", PickSettings(words={"thing7": 1.0}))


def test_a_part_of_a_mailing_is_picked_from_alone(library: Library, scope: DayScope) -> None:
    library.mailings.store_digest(
        make_digest(make_paper(1, categories=("math.OC",)), make_paper(2), date=date(2026, 11, 21))
    )
    digest = library.lists.digest(date(2026, 11, 21), ("cs.LG",))
    assert digest is not None
    rules = PickSettings(words={"method": 1.0})
    library.picks.update(digest.scope, "default", rules)
    assert positions(library.picks.stored(digest.scope, "default")) == [1]
    assert positions(library.picks.compute(digest.scope, rules, 9)) == [1]


def test_papers_that_were_stored_before_terms_were_counted_are_learned_from(
    library: Library, scope: DayScope
) -> None:
    library.marks.mark(LIKED, Mark.TO_READ)
    counted = library.picks.compute(scope, RULES, 5)
    with library._database.writing() as connection:
        connection.execute("UPDATE folded SET terms = NULL")
    assert library.picks.compute(scope, RULES, 5) == counted


def test_the_pick_of_any_list(library: Library, scope: DayScope) -> None:
    papers = library.lists.papers(["2611.00003", "2611.00007"])
    assert positions(library.picks.compute(papers, PickSettings(words={"thing7": 1.0}), 5)) == [1]
    assert fold("Thing7") == "thing7"
