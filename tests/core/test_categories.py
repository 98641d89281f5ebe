"""Categories, found as people call them."""

from __future__ import annotations

import pytest

from tui_digest.arxiv import taxonomy
from tui_digest.core.categories import CategoryTable

TABLE = CategoryTable(
    taxonomy.CATEGORIES | {"math": "Mathematics: all of it"},
    taxonomy.TYPICAL_DAY,
    taxonomy.TYPICAL_DAY_MEASURED,
    {"math.OC": 111},
)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("optimization", ("math.OC",)),
        ("Optimisation", ("math.OC",)),
        ("machine learning", ("cs.LG", "stat.ML")),
        ("learning machine", ("cs.LG", "stat.ML")),
        ("math.o", ("math.OC", "math.OA")),
        ("math", ("math",)),
        ("quantum phys", ("quant-ph",)),
        ("no such thing", ()),
    ],
)
def test_a_category_is_found_by_name_and_title(text: str, first: tuple[str, ...]) -> None:
    assert TABLE.find(text)[: len(first) or 1] == first


def test_without_words_it_is_all_in_arxivs_order() -> None:
    assert TABLE.find("  ") == tuple(TABLE.titles)


def test_counted_papers_go_before_recorded_ones() -> None:
    assert TABLE.papers_a_day("math.OC") == 111
    assert TABLE.papers_a_day("cs.LG") == taxonomy.TYPICAL_DAY["cs.LG"]
    assert TABLE.papers_a_day("not.there") == 0
    assert TABLE.most_a_day(("math.OC", "cs.LG")) == 111 + taxonomy.TYPICAL_DAY["cs.LG"]
