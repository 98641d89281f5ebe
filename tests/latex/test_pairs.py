"""Pairs of formulas of many fields: what means another thing reads another way, the same the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui_digest.latex import search_key, spoken, to_display, to_unicode

HERE = Path(__file__).parent
WAYS: dict[str, Callable[[str], str]] = {
    "one line": lambda tex: to_unicode(f"${tex}$"),
    "two dimensions": lambda tex: to_display(tex, 76),
    "words": lambda tex: spoken(f"${tex}$"),
    "key": lambda tex: search_key(f"${tex}$"),
}


def pairs(name: str) -> list[list[str]]:
    """The pairs of a file, whose lines are two formulas with a tab between them."""
    return [line.split("\t") for line in (HERE / name).read_text(encoding="utf-8").splitlines()]


def without_spaces(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("way", ["one line", "two dimensions", "words"])
def test_what_means_another_thing_reads_another_way(way: str) -> None:
    read = WAYS[way]
    found = pairs("different_pairs.txt")
    assert len(found) > 300
    alike = [pair for pair in found if len({without_spaces(read(tex)) for tex in pair}) == 1]
    assert alike == []


@pytest.mark.parametrize("way", list(WAYS))
def test_what_means_the_same_reads_the_same(way: str) -> None:
    read = WAYS[way]
    found = pairs("same_pairs.txt")
    assert len(found) > 50
    different = [pair for pair in found if len({without_spaces(read(tex)) for tex in pair}) > 1]
    assert different == []
