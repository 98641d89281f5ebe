"""Followed and muted authors, words and categories are found in the papers that have them."""

from __future__ import annotations

import pytest

from tests.library.invented import fold, make_paper
from tui_digest.interests import Interest, InterestKind, Stance
from tui_digest.picking.interest_match import Interests


def interest(kind: str, text: str, stance: Stance = Stance.FOLLOW) -> Interest:
    return Interest(kind=InterestKind(kind), text=text, stance=stance)


@pytest.mark.parametrize(
    ("followed", "author", "same"),
    [
        ("Jane Doe", "Jane Doe", True),
        ("Doe", "Jane Doe", True),
        ("J. Doe", "Jane Doe", True),
        ("Jane Doe", "J. Doe", True),
        ("Doe, Jane", "Jane Q. Doe", True),
        ("Jane Q. Doe", "Jane Doe", False),
        ("Zoe Muller", "Zoë Müller", True),
        ("van der Berg", "Piet van der Berg", True),
        ("Berg", "Piet van der Berg", True),
        ("K. Doe", "Jane Doe", False),
        ("Jane", "Jane Doe", False),
        ("Doe", "Jane Does", False),
        ("Jan Doe", "Jane Doe", False),
        ("Jane Doe", "Jane Doe (Some Lab)", True),
        ("Some Collaboration", "Jane Doe (for the Some Collaboration)", True),
        ("Jane Doe", "Jane Doe Jr.", True),
        ("Jane Doe Jr.", "Jane Doe, Jr.", True),
        ("Jean-Luc Doe", "J. -L. Doe", True),
    ],
)
def test_an_author_is_known_by_family_name_and_what_is_given_of_the_rest(
    followed: str, author: str, same: bool
) -> None:
    paper = make_paper(authors=("Somebody Else", author))
    wanted = interest("author", followed)
    assert Interests([wanted], fold).followed(paper) == ((wanted,) if same else ())


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("convergence", True),
        ("Convergence of method", True),
        ("rate", True),
        ("sharp rates", True),
        ("method convergence", False),
        ("converge", False),
        ("7 sharp", False),
    ],
)
def test_a_word_or_phrase_is_found_in_title_or_abstract(text: str, found: bool) -> None:
    paper = make_paper(title="On the convergence of method 7", abstract="Sharp rates.")
    assert bool(Interests([interest("word", text)], fold).followed(paper)) == found


def test_a_category_stands_for_itself_and_an_archive_for_all_of_its_own() -> None:
    paper = make_paper(categories=("cs.CV",))
    muted = [interest("category", name, Stance.MUTE) for name in ("cs.CV", "cs", "cs.C", "math")]
    assert [found.text for found in Interests(muted, fold).muted(paper)] == ["cs.CV", "cs"]


def test_a_paper_that_was_completed_is_looked_at_again() -> None:
    interests = Interests([interest("author", "Doe")], fold)
    assert interests.followed(make_paper(authors=("J. D.",))) == ()
    assert interests.followed(make_paper(authors=("Jane Doe",))) != ()


def test_followed_and_muted_are_apart() -> None:
    follow, mute = interest("author", "Example"), interest("word", "method", Stance.MUTE)
    interests = Interests([follow, mute], fold)
    assert interests.followed(make_paper()) == (follow,)
    assert interests.muted(make_paper()) == (mute,)
