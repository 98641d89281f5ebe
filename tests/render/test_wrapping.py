"""Where lines break: no line is wider than asked, whatever the words and the indentation."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tui_digest.latex.symbols.glyphs import cells
from tui_digest.render.wrapping import line_starts

words = st.lists(st.text("ab/-é漢", min_size=1, max_size=60), min_size=1, max_size=8)


def lines_of(text: str, width: int, hang: int) -> list[str]:
    edges = [0, *line_starts(text, width, cells, hang=hang), len(text)]
    return [
        " " * (hang if number else 0) + text[a:b].rstrip() for number, (a, b) in enumerate(pairwise(edges))
    ]


@given(words, st.integers(8, 40), st.sampled_from((0, 2, 4)))
def test_no_line_is_wider_than_asked_and_nothing_is_lost(said: list[str], width: int, hang: int) -> None:
    text = " ".join(said)
    lines = lines_of(text, width, hang)
    assert max(map(cells, lines)) <= width
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_long_word_is_folded_to_the_room_behind_the_indentation() -> None:
    assert lines_of("a" * 25, 10, 2) == ["a" * 10, "  " + "a" * 8, "  " + "a" * 7]
