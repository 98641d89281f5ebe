"""ArXiv's categories, and what someone meant who wrote another."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tui_digest.arxiv.feed import parse_daily
from tui_digest.arxiv.taxonomy import (
    ARCHIVES,
    CATEGORIES,
    TYPICAL_DAY,
    checked_categories,
    is_in_category,
    nearest_category,
)
from tui_digest.errors import UsageError


def test_all_categories_are_there() -> None:
    assert len(CATEGORIES) == 155
    assert len(ARCHIVES) == 20
    assert CATEGORIES["math.OC"] == "Optimization and Control"
    assert ARCHIVES["cs"] == "Computer Science"


def test_the_papers_of_a_day_are_known_of_all() -> None:
    assert set(TYPICAL_DAY) == {*CATEGORIES, *ARCHIVES}
    assert TYPICAL_DAY["cs"] > TYPICAL_DAY["cs.LG"] > TYPICAL_DAY["math.OC"] > 0


@pytest.mark.corpus
def test_the_papers_of_a_day_are_those_of_the_recorded_mailing(shared: Path) -> None:
    body = gzip.decompress((shared / "data/feeds/rss_new/all_archives_20241128.xml.gz").read_bytes())
    papers = parse_daily(body).papers
    for category, count in TYPICAL_DAY.items():
        assert (
            sum(any(is_in_category(each, category) for each in paper.categories) for paper in papers) == count
        )


@pytest.mark.parametrize(
    ("written", "meant"),
    [("cs.lg", "cs.LG"), ("math.oc", "math.OC"), ("statML", "stat.ML"), ("astroph", "astro-ph")],
)
def test_the_nearest_is_suggested(written: str, meant: str) -> None:
    assert nearest_category(written) == meant
    with pytest.raises(UsageError, match=f"'{written}' is not an arXiv category; did you mean {meant}"):
        checked_categories((written,))


def test_what_is_near_nothing() -> None:
    with pytest.raises(UsageError, match=r"see arxiv\.org/category_taxonomy"):
        checked_categories(("cs.LG", "0000"))


def test_categories_once_each_in_their_order() -> None:
    assert checked_categories(("stat.ML", "cs", "stat.ML", "hep-th")) == ("stat.ML", "cs", "hep-th")


def test_belonging() -> None:
    assert is_in_category("cs.LG", "cs.LG")
    assert is_in_category("cs.LG", "cs")
    assert is_in_category("hep-th", "hep-th")
    assert not is_in_category("math-ph", "math")
    assert not is_in_category("cs.LG", "cs.L")
