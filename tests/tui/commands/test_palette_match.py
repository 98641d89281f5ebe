"""The palette's search finds what Textual's finds, and does not go through millions of ways."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from textual.fuzzy import FuzzySearch, Matcher

from tui_digest.tui.commands import palette_match
from tui_digest.tui.commands.palette_match import MOST_PLACINGS, PaletteMatcher, PaletteSearch, placings

TITLES = (
    "Sort by title",
    "Show the whole text",
    "Search everything",
    "Rows of three, two or one line",
    "Thursday 19 November 2026",
)
LONG = "Bounds on the stable states of a thin layer that oscillates   Ada Example, Theo Sample, Eva Tester"


@pytest.mark.parametrize("title", TITLES)
def test_short_queries_find_what_textual_finds(title: str) -> None:
    chance = random.Random(title)
    ours, textuals = PaletteSearch(), FuzzySearch()
    for _ in range(60):
        query = "".join(chance.choices(title.lower() + "xq", k=chance.randrange(1, 4)))
        score, places = textuals.match(query, title)
        assert ours.match(query, title) == (score, list(places))
        if query not in title.lower():
            found = textuals._match(query, title)
            assert list(ours._match(query, title)) == [each for each in found if each[0]][:MOST_PLACINGS]


def test_all_placings_in_order() -> None:
    text = "abcabcab"
    for query in ("ab", "ba", "cab", "aaa", "bbbb", "d"):
        offsets = combinations(range(len(text)), len(query))
        expected = [list(each) for each in offsets if "".join(text[at] for at in each) == query]
        assert list(placings(query, text)) == expected


@pytest.mark.parametrize("query", ["t a e s o", "e e e e e e e e", "o s t a e " * 3])
def test_no_more_ways_than_are_compared_are_looked_at(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    scored: list[object] = []

    def score(search: PaletteSearch, text: str, places: object) -> float:
        scored.append(places)
        return 1.0

    monkeypatch.setattr(PaletteSearch, "score", score)
    PaletteMatcher(Matcher(query)).match(LONG * 9)
    assert 0 < len(scored) <= palette_match.MOST_PLACINGS
