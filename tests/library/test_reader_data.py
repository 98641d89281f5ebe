"""Follows and mutes, saved filters, explanations, places, and what the reader likes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.library.invented import DAY, make_paper
from tui_digest.entry import Explanation, Receipt
from tui_digest.errors import UsageError
from tui_digest.interests import Interest, InterestKind, Stance
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
