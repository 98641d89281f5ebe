"""Follows and mutes, saved filters, explanations, places, and what the reader likes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.library.invented import DAY, make_digest, make_paper
from tui_digest.entry import Explanation, Mark, Receipt
from tui_digest.errors import UsageError
from tui_digest.interests import Interest, InterestKind, Stance
from tui_digest.library.interest_terms import weight
from tui_digest.library.library import Library
from tui_digest.library.query.parser import QueryError


def interest(kind: str, text: str, stance: str) -> Interest:
    return Interest(kind=InterestKind(kind), text=text, stance=Stance(stance))


def explanation(text: str, *, complete: bool = True, paper_id: str = "2611.00001") -> Explanation:
    receipt = Receipt(
        provider="compatible",
        model="stand-in",
        asked_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
        prompt_version="1",
        paper_version=1,
        complete=complete,
        stopped="" if complete else "the connection was closed",
    )
    return Explanation(paper_id=paper_id, text=text, receipt=receipt)


def test_authors_and_words_are_followed_and_muted(library: Library) -> None:
    followed = library.following.set(InterestKind.AUTHOR, "Zoë  Müller", Stance.FOLLOW)
    assert followed is not None
    assert followed.label == "followed the author Zoë Müller"
    library.following.set(InterestKind.WORD, "optimal transport", Stance.FOLLOW)
    library.following.set(InterestKind.CATEGORY, "cs.CV", Stance.MUTE)
    assert library.following.all() == (
        interest("author", "Zoë Müller", "follow"),
        interest("category", "cs.CV", "mute"),
        interest("word", "optimal transport", "follow"),
    )


def test_another_spelling_is_the_same_interest(library: Library) -> None:
    library.following.set(InterestKind.AUTHOR, "Zoë Müller", Stance.FOLLOW)
    muted = library.following.set(InterestKind.AUTHOR, "zoe muller", Stance.MUTE)
    assert muted is not None
    assert library.following.all() == (interest("author", "zoe muller", "mute"),)
    library.history.undo()
    assert library.following.all() == (interest("author", "Zoë Müller", "follow"),)
    library.following.set(InterestKind.AUTHOR, "ZOE MULLER", None)
    assert library.following.all() == ()


def test_what_cannot_be_followed_is_told(library: Library) -> None:
    with pytest.raises(UsageError, match="no letter or digit"):
        library.following.set(InterestKind.WORD, "$", Stance.FOLLOW)
    with pytest.raises(UsageError, match="Categories cannot be followed"):
        library.following.set(InterestKind.CATEGORY, "cs.LG", Stance.FOLLOW)
    assert library.history.recent() == ()


def test_filters_are_saved_replaced_and_deleted(library: Library) -> None:
    library.filters.save("queue", "is:to-read")
    library.filters.save("Bounds", "ti:bound or ti:rate")
    library.filters.save("queue", "is:to-read -is:read")
    assert list(library.filters.all().items()) == [
        ("Bounds", "ti:bound or ti:rate"),
        ("queue", "is:to-read -is:read"),
    ]
    deleted = library.filters.delete("queue")
    assert deleted is not None
    assert deleted.label == "deleted the filter queue"
    assert library.filters.delete("queue") is None


def test_a_wrong_filter_is_not_saved(library: Library) -> None:
    with pytest.raises(QueryError):
        library.filters.save("wrong", "is:unred")
    with pytest.raises(UsageError, match="needs a name"):
        library.filters.save(" ", "is:unread")
    assert library.filters.all() == {}


def test_a_complete_explanation_is_kept_for_good(library: Library) -> None:
    library.explanations.keep("key", explanation("first"))
    library.explanations.keep("key", explanation("cut", complete=False))
    assert library.explanations.explanation("key") == explanation("first")
    library.explanations.keep("key", explanation("second"))
    assert library.explanations.explanation("key") == explanation("second")
    assert [kept.text for kept in library.explanations.all("2611.00001")] == ["second", "first"]


def test_an_incomplete_explanation_is_kept_until_the_next_and_never_given_as_the_answer(
    library: Library,
) -> None:
    library.explanations.keep("key", explanation("cut", complete=False))
    assert library.explanations.explanation("key") is None
    assert library.explanations.latest("2611.00001") is None
    assert library.explanations.all("2611.00001") == (explanation("cut", complete=False),)
    library.explanations.keep("key", explanation("cut again", complete=False))
    assert [kept.text for kept in library.explanations.all("2611.00001")] == ["cut again"]


def test_entries_carry_the_last_complete_explanation(library: Library) -> None:
    library.mailings.store_papers([make_paper(1), make_paper(2)])
    library.explanations.keep("one model", explanation("first"))
    library.explanations.keep("another model", explanation("second"))
    library.explanations.keep("a third", explanation("cut", complete=False))
    first, second = library.entries([make_paper(1), make_paper(2)])
    assert first.explanation == explanation("second")
    assert second.explanation is None


def test_the_place_in_each_day_is_remembered_and_not_undone(library: Library) -> None:
    assert library.positions.last_day() is None
    assert library.positions.paper(DAY) is None
    library.positions.remember(DAY, "2611.00001")
    library.positions.remember(date(2026, 11, 24), "2611.00002")
    library.positions.remember(DAY, "2611.00003")
    assert library.history.undo() is None
    assert library.positions.last_day() == DAY
    assert library.positions.paper(DAY) == "2611.00003"
    assert library.positions.paper(date(2026, 11, 24)) == "2611.00002"


def marked_library(library: Library) -> Library:
    """Ninety papers on plain things, four on Lyapunov functions, two on wombats."""
    plain = [make_paper(number, title="Plain", abstract="We study things.") for number in range(101, 191)]
    liked = [
        make_paper(number, title="Stability", abstract="We study Lyapunov functions.")
        for number in range(21, 25)
    ]
    disliked = [make_paper(number, title="Wombats", abstract="We study wombats.") for number in (25, 26)]
    library.mailings.store_digest(make_digest(*plain, *liked, *disliked))
    library.marks.mark([paper.id for paper in (*liked, plain[0])], Mark.TO_READ)
    library.marks.mark([paper.id for paper in disliked], Mark.DISMISSED)
    return library


def test_terms_frequent_in_marked_papers_and_rare_elsewhere_are_liked(library: Library) -> None:
    taste = marked_library(library).liking.taste()
    liked = {word: term.papers for word, term in taste.terms.items() if term.weight > 0}
    assert liked == {"lyapunov": 4, "functions": 4, "stability": 4}
    assert taste.terms["wombats"].weight < 0
    assert "study" not in taste.terms


def test_one_marked_paper_is_no_taste_yet(library: Library) -> None:
    library.mailings.store_papers(make_paper(number) for number in range(1, 9))
    library.mailings.store_papers([make_paper(9, abstract="We study Lyapunov functions.")])
    library.marks.mark(["2611.00009"], Mark.TO_READ)
    assert library.liking.taste().terms == {}


def test_the_taste_is_remembered_until_something_changes(library: Library) -> None:
    marked_library(library)
    assert library.liking.remembered().terms == {}
    taste = library.liking.taste()
    assert library.liking.remembered() == taste == library.liking.taste()
    library.following.set(InterestKind.AUTHOR, "Ada Example", Stance.FOLLOW)
    assert library.liking.remembered().interests == (interest("author", "Ada Example", "follow"),)
    library.marks.mark(["2611.00021", "2611.00022", "2611.00023", "2611.00024"], None)
    assert "lyapunov" not in library.liking.taste().terms


def test_a_term_weighs_more_the_oftener_it_is_marked_and_the_rarer_it_is() -> None:
    assert weight(5, 10, 20, 1000) > weight(3, 10, 20, 1000)
    assert weight(5, 10, 20, 1000) > weight(5, 10, 200, 1000)
    assert weight(1, 10, 100, 1000) == pytest.approx(0, abs=0.2)
