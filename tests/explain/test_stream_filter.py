"""A streamed answer is cleaned as it arrives: terminal escapes, thoughts in tags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_digest.explain.stream_filter import StreamCleaner, SurrogateJoiner, WrappingFence
from tui_digest.text.sanitise import sanitise

signs = st.sampled_from(
    [
        "\x1b",
        "[",
        "]",
        "31",
        "m",
        "\x07",
        "\x9b",
        "\x9d",
        "\x90",
        "\\",
        "\n",
        "text",
        ";",
        "\x9c",
        " ",
        "é",
        "\u202e",
        "\x00",
        "0",
        "!",
    ]
)
pieces = st.lists(st.lists(signs, max_size=8).map("".join), max_size=12)


@given(pieces)
def test_a_stream_is_cleaned_as_a_whole(pieces: list[str]) -> None:
    cleaner = StreamCleaner()
    shown = [cleaner.feed(piece) for piece in pieces]
    assert "".join([*shown, cleaner.finish()]) == sanitise("".join(pieces))


@given(pieces)
def test_what_was_shown_never_has_to_be_taken_back(pieces: list[str]) -> None:
    cleaner = StreamCleaner()
    shown = ""
    whole = sanitise("".join(pieces))
    for piece in pieces:
        shown += cleaner.feed(piece)
        assert whole.startswith(shown)


def test_plain_text_is_shown_at_once() -> None:
    cleaner = StreamCleaner()
    assert [cleaner.feed(piece) for piece in ("Let ", "$x", "$.\n")] == ["Let ", "$x", "$.\n"]


def test_an_unclosed_sequence_does_not_hold_the_text_back_for_ever() -> None:
    cleaner = StreamCleaner()
    assert cleaner.feed("\x1b]" + "a" * 4000) == ""
    assert cleaner.feed("b" * 200).endswith("b" * 200)


@pytest.mark.parametrize("size", [1, 2, 3])
def test_the_halves_of_a_character_are_joined(size: int) -> None:
    joiner = SurrogateJoiner()
    text = "a\ud835\udd4f b \ud83d\ude00"
    pieces = [joiner.feed(text[place : place + size]) for place in range(0, len(text), size)]
    assert "".join(pieces) == "a𝕏 b 😀"


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("```markdown\n### A\nText", "### A\nText"),
        ("\n```md\n### A", "\n### A"),
        ("Here it is:\n\n~~~\n\n### A\nText\n~~~\n", "Here it is:\n\n\n### A\nText\n"),
        ("```md\n### A\n```py\nx\n```\nText\n```", "### A\n```py\nx\n```\nText\n"),
        ("```md\n### A\n```\n\nLet me know!", "### A\n\nLet me know!"),
        ("```text\nA line.\n```\n", "```text\nA line.\n```\n"),
        ("```python\nx = 1\n```\n### A", "```python\nx = 1\n```\n### A"),
        ("### A\n```\n# x\n```\n", "### A\n```\n# x\n```\n"),
        ("``x`` is code", "``x`` is code"),
        ("### A", "### A"),
        ("``", "``"),
        ("", ""),
    ],
)
def test_a_fence_around_an_answer_is_not_shown(text: str, shown: str, size: int) -> None:
    fence = WrappingFence()
    pieces = [fence.feed(text[place : place + size]) for place in range(0, len(text), size)]
    assert "".join([*pieces, fence.finish()]) == shown


lines = st.sampled_from(["```", "~~~", "```md", "```py", "### A", "text", "\n", "\n", " ", "`", "# x"])


@given(st.lists(lines, max_size=14).map("".join))
def test_how_a_fence_is_cut_makes_no_difference(text: str) -> None:
    found = set()
    for size in (1, 4, 1000):
        fence = WrappingFence()
        pieces = [fence.feed(text[place : place + size]) for place in range(0, len(text), size)]
        found.add("".join([*pieces, fence.finish()]))
    assert len(found) == 1
