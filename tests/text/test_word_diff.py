"""The word diff between two versions of a text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui_digest.text.word_diff import DiffKind, DiffPart, word_changes


def test_a_changed_word_is_removed_and_added() -> None:
    assert word_changes("We prove a bound.", "We prove a sharp bound.") == (
        DiffPart(DiffKind.SAME, "We prove a"),
        DiffPart(DiffKind.ADDED, " sharp"),
        DiffPart(DiffKind.SAME, " bound."),
    )


def test_a_formula_changes_as_a_whole() -> None:
    assert word_changes("a rate of $O(1 / k)$ holds", "a rate of $O(1 / k^2)$ holds") == (
        DiffPart(DiffKind.SAME, "a rate of"),
        DiffPart(DiffKind.REMOVED, " $O(1 / k)$"),
        DiffPart(DiffKind.ADDED, " $O(1 / k^2)$"),
        DiffPart(DiffKind.SAME, " holds"),
    )


def test_prices_are_no_formula_and_an_equation_is_one() -> None:
    changes = word_changes("from $5 to $6 a month", "from $5 to $7 a month")
    assert [piece.text for piece in changes if piece.kind is not DiffKind.SAME] == [" $6", " $7"]
    old, new = (rf"so \begin{{equation}} a = {end} \end{{equation}} holds" for end in "bc")
    changed = [piece.text for piece in word_changes(old, new) if piece.kind is not DiffKind.SAME]
    assert changed == [rf" \begin{{equation}} a = {end} \end{{equation}}" for end in "bc"]


def test_an_escaped_dollar_begins_no_formula() -> None:
    changes = word_changes(r"costs \$5 and more", r"costs \$6 and more")
    assert [piece.text for piece in changes if piece.kind is not DiffKind.SAME] == [r" \$5", r" \$6"]


def test_line_breaks_are_no_change() -> None:
    assert {piece.kind for piece in word_changes("one two\nthree", "one\ntwo  three ")} == {DiffKind.SAME}


def test_nothing_and_something() -> None:
    assert word_changes("", "") == ()
    assert word_changes("", "12 pages") == (DiffPart(DiffKind.ADDED, "12 pages"),)
    assert word_changes("12 pages", "") == (DiffPart(DiffKind.REMOVED, "12 pages"),)


TEXT = st.text(alphabet="ab$\\ ()[]{}^\n", max_size=60)


@given(TEXT, TEXT)
def test_both_texts_can_be_put_together_again(older: str, newer: str) -> None:
    pieces = word_changes(older, newer)

    def joined(without: DiffKind) -> list[str]:
        return "".join(piece.text for piece in pieces if piece.kind is not without).split()

    assert joined(DiffKind.REMOVED) == newer.split()
    if " " not in older + newer and "\n" not in older + newer:
        assert joined(DiffKind.ADDED) == older.split()
