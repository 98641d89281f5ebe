"""Markdown with mathematics as plain text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_digest.render.plain_markdown import markdown_text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# Title $x^2$\n\nText", "Title x²\n========\n\nText"),
        ("### Key *method*\nText", "Key method\n----------\nText"),
        ("- one\n- two\n  with more", "• one\n• two with more"),
        ("1. first\n\n   second part", "1. first\n\n   second part"),
        ("> quoted", "│ quoted"),
        ("a [page](https://arxiv.org/abs)", "a page (https://arxiv.org/abs)"),
        ("<https://arxiv.org>", "https://arxiv.org"),
        ("```python\nx = 1\n```", "    x = 1"),
        ("---", "-" * 40),
        ("| a | $b^2$ |\n|---|---|\n| long cell | c |", "a          b²\n---------  --\nlong cell  c"),
        (r"$$\frac{a}{b}$$", "     a\n    ───\n     b"),
        ("- so\n\n  $$\\frac{a}{b}$$", "• so\n\n       a\n      ───\n       b"),
        ("", ""),
    ],
)
def test_blocks(text: str, shown: str) -> None:
    assert markdown_text(text, 40) == shown


def test_lines_break_between_words_and_never_in_one() -> None:
    lines = markdown_text("- " + "state-of-the-art " * 6 + "x" * 50, 30).splitlines()
    assert lines[0] == "• state-of-the-art"
    assert all(line.startswith(("• ", "  ")) for line in lines)
    assert lines[-1] == "  " + "x" * 50


@given(st.text(alphabet="ab $\\{}[]()<>#*_-|`\n\t\x1b\x9b\u202e!1.^", max_size=200), st.integers(1, 60))
@settings(max_examples=150, deadline=None)
def test_nothing_raises_and_nothing_reaches_the_terminal(text: str, width: int) -> None:
    shown = markdown_text(text, width)
    assert not set(shown) & {"\x1b", "\x9b", "\u202e", "\t"}
