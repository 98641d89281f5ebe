"""Tags as words: the completion of a line of changes."""

from __future__ import annotations

import pytest

from tui_digest.tags import TagCompletion, checked_tag

COUNTS = {"later": 9, "reading-group": 2, "reading": 5, "seminar": 1}


@pytest.mark.parametrize(
    ("line", "candidates"),
    [
        ("", ["+later", "+reading", "+reading-group"]),
        ("+re", ["+reading", "+reading-group"]),
        ("RE", ["+reading", "+reading-group"]),
        ("+reading", ["+reading-group"]),
        ("-", ["-seminar"]),
        ("+later -s", ["-seminar"]),
        ("+later ", ["+reading", "+reading-group"]),
        ("+x", []),
    ],
)
def test_what_a_word_may_become(line: str, candidates: list[str]) -> None:
    assert TagCompletion(COUNTS, ("seminar",)).candidates(line) == candidates


def test_completing_again_goes_round_the_candidates() -> None:
    completion = TagCompletion(COUNTS, ())
    lines = ["-x +re"]
    for _ in range(3):
        lines.append(completion.complete(lines[-1]))
    assert lines == ["-x +re", "-x +reading", "-x +reading-group", "-x +reading"]
    assert completion.complete("+nothing") == "+nothing"
    assert completion.complete("") == "+later"


def test_the_sign_before_a_tag_is_not_a_part_of_it() -> None:
    assert checked_tag("#Seminar") == "seminar"
