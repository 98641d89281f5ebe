"""ArXiv's categories, and what someone meant who wrote another."""

from __future__ import annotations

import pytest

from tui_digest.arxiv.taxonomy import ARCHIVES, CATEGORIES, belongs, checked, nearest
from tui_digest.errors import UsageError


def test_all_categories_are_there() -> None:
    assert len(CATEGORIES) == 155
    assert len(ARCHIVES) == 20
    assert CATEGORIES["math.OC"] == "Optimization and Control"
    assert ARCHIVES["cs"] == "Computer Science"


@pytest.mark.parametrize(
    ("written", "meant"),
    [("cs.lg", "cs.LG"), ("math.oc", "math.OC"), ("statML", "stat.ML"), ("astroph", "astro-ph")],
)
def test_the_nearest_is_suggested(written: str, meant: str) -> None:
    assert nearest(written) == meant
    with pytest.raises(UsageError, match=f"'{written}' is not an arXiv category; did you mean {meant}"):
        checked((written,))


def test_what_is_near_nothing() -> None:
    with pytest.raises(UsageError, match=r"see arxiv\.org/category_taxonomy"):
        checked(("cs.LG", "0000"))


def test_categories_once_each_in_their_order() -> None:
    assert checked(("stat.ML", "cs", "stat.ML", "hep-th")) == ("stat.ML", "cs", "hep-th")


def test_belonging() -> None:
    assert belongs("cs.LG", "cs.LG")
    assert belongs("cs.LG", "cs")
    assert belongs("hep-th", "hep-th")
    assert not belongs("math-ph", "math")
    assert not belongs("cs.LG", "cs.L")
