"""Whole papers that are kept in the library, and the reader's places in them."""

from __future__ import annotations

from datetime import UTC, datetime

from tui_digest.entry import StoredText
from tui_digest.library.library import Library
from tui_digest.library.texts import TextPosition
from tui_digest.paper import ArxivId

MOMENT = datetime(2026, 11, 20, 9, tzinfo=UTC)
FIRST = StoredText(ArxivId("2611.00001", 1), "aa", MOMENT, b"one")
SECOND = StoredText(ArxivId("2611.00001", 2), "bb", MOMENT, b"two")


def test_texts_are_kept_by_version(library: Library) -> None:
    library.texts.keep(FIRST)
    library.texts.keep(SECOND)
    assert library.texts.get(FIRST.paper) == FIRST
    assert library.texts.get(ArxivId("2611.00001")) == SECOND
    assert library.texts.get(ArxivId("2611.00001", 3)) is None
    assert library.texts.papers() == (FIRST.paper, SECOND.paper)


def test_another_conversion_takes_the_place_of_the_earlier(library: Library) -> None:
    library.texts.keep(FIRST)
    again = StoredText(FIRST.paper, "cc", MOMENT, b"again")
    library.texts.keep(again)
    assert library.texts.get(FIRST.paper) == again
    assert library.texts.papers() == (FIRST.paper,)


def test_the_place_in_a_text_is_remembered(library: Library) -> None:
    assert library.texts.position("2611.00001") is None
    position = TextPosition(2, "bb", 41, "§3.1", 4, finished=True)
    library.texts.remember("2611.00001", TextPosition(2, "bb", 3))
    library.texts.remember("2611.00001", position)
    assert library.texts.position("2611.00001") == position
    assert library.texts.positions(["2611.00001", "2611.00002"]) == {"2611.00001": position}


def test_texts_and_places_survive_a_restart(library: Library) -> None:
    library.texts.keep(FIRST)
    library.texts.remember("2611.00001", TextPosition(1, "aa", 7))
    library.close()
    with Library(library.file, str) as again:
        assert again.texts.get(FIRST.paper) == FIRST
        assert again.texts.position("2611.00001") == TextPosition(1, "aa", 7)
