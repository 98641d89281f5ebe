"""Formulas that mean different things are never one sentence; spellings of one formula are."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from tui_digest.latex import spoken


def _groups(name: str) -> dict[str, list[str]]:
    """The groups of formulas in a file: a line has the group's name and its formulas, ` | ` between them."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    named = (line.split(": ", 1) for line in lines)
    return {title: [f"${tex.strip()}$" for tex in formulas.split(" | ")] for title, formulas in named}


DIFFERENT = _groups("different.txt")
SAME = _groups("same.txt")


def test_there_are_many_pairs() -> None:
    assert sum(len(list(combinations(group, 2))) for group in DIFFERENT.values()) > 1000
    assert sum(len(group) - 1 for group in SAME.values()) > 100


@pytest.mark.parametrize("group", DIFFERENT.values(), ids=DIFFERENT.keys())
def test_different_formulas_are_different_sentences(group: list[str]) -> None:
    said = {tex: spoken(tex) for tex in group}
    assert not [(one, other) for one, other in combinations(group, 2) if said[one] == said[other]]


@pytest.mark.parametrize("group", SAME.values(), ids=SAME.keys())
def test_spellings_of_a_formula_are_one_sentence(group: list[str]) -> None:
    words = spoken(group[0])
    assert [(tex, spoken(tex)) for tex in group if spoken(tex) != words] == [], words
