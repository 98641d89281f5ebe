"""Esc and a letter typed at once are two keys; sequences of the terminal are what they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from tui_digest.tui.key_parser import KeyParser

SEQUENCES = {
    "\x1b[A": ["up"],
    "\x1bOP": ["f1"],
    "\x1b[1;3C": ["alt+right"],
    "\x1b[106;3u": ["alt+j"],
    "\x1bb": ["ctrl+left"],
    "\x1b[1;5D": ["ctrl+left"],
    "\x1b\x7f": ["ctrl+w"],
}


def keys(*reads: str) -> list[str]:
    """The keys that come of some reads, each soon after the one before."""
    parser = KeyParser()
    return [each.key for text in reads for each in parser.feed(text) if isinstance(each, events.Key)]


@pytest.mark.parametrize("following", ["j", "m", "7j", "/", " ", "é", "f", "\r"])
@pytest.mark.parametrize("at_once", [True, False])
def test_esc_and_a_character_are_two_keys(following: str, at_once: bool) -> None:
    typed = f"\x1b{following}"
    if following == "f" and at_once:
        assert keys(typed) == ["ctrl+right"]  # as terminals send Alt with an arrow
    else:
        assert keys(*([typed] if at_once else typed)) == ["escape", *keys(following)]


def test_an_enter_typed_before_the_start_is_one() -> None:
    assert keys("j\nm") == ["j", "enter", "m"]


def test_esc_twice_and_a_character_are_three_keys() -> None:
    assert keys("\x1b\x1bj") == ["escape", "escape", "j"]


@pytest.mark.parametrize("bracket", ["[", "]", "O"])
def test_esc_and_what_begins_a_sequence_are_two_keys_if_none_comes(
    bracket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("textual.constants.ESCAPE_DELAY", 0.0)
    parser = KeyParser()
    assert not list(parser.feed(f"\x1b{bracket}"))
    come = [*parser.tick(), *parser.feed("j"), *parser.tick()]
    assert [each.key for each in come if isinstance(each, events.Key)] == ["escape", *keys(bracket), "j"]


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_sequences_are_keys(sequence: str) -> None:
    assert keys(sequence) == SEQUENCES[sequence]
    assert keys("\x1b", sequence) == ["escape", *SEQUENCES[sequence]]


@given(st.lists(st.sampled_from(["j", "\x1b", "m7", *SEQUENCES]), max_size=8))
def test_no_letter_is_lost(parts: list[str]) -> None:
    expected = [key for part in parts for key in SEQUENCES.get(part, part.replace("\x1b", ""))]
    found = [key for key in keys(*parts) if key != "escape"]
    assert found == expected
