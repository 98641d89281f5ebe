"""Papers' texts in the cache."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.servers.arxiv_home import Clock
from tui_digest.arxiv.cache import AnswerCache
from tui_digest.arxiv.text_store import TextStore, hash_of
from tui_digest.paper import ArxivId

PAPER = ArxivId("2611.00001", 2)
MOMENT = datetime(2026, 11, 20, 9, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> TextStore:
    return TextStore(AnswerCache(tmp_path / "cache", now=clock.now))


def test_a_text_comes_back_with_its_page(store: TextStore) -> None:
    store.keep(PAPER, b"<html>page</html>", b"blocks", MOMENT)
    kept = store.get(PAPER)
    assert kept is not None
    assert (kept.blocks, kept.fetched_at, kept.body_hash) == (
        b"blocks",
        MOMENT,
        hash_of(b"<html>page</html>"),
    )
    assert store.page(PAPER) == (b"<html>page</html>", MOMENT)


def test_versions_are_texts_of_their_own(store: TextStore) -> None:
    store.keep(PAPER, b"two", b"2", MOMENT)
    store.keep(ArxivId("2611.00001", 1), b"one", b"1", MOMENT)
    assert store.papers() == (ArxivId("2611.00001", 1), PAPER)
    assert store.get(ArxivId("2611.00001", 3)) is None


def test_another_conversion_of_the_version_takes_the_place_of_the_earlier(
    store: TextStore, tmp_path: Path
) -> None:
    first = store.keep(PAPER, b"first", b"1", MOMENT)
    second = store.keep(PAPER, b"second", b"2", MOMENT + timedelta(days=1))
    assert first.body_hash != second.body_hash
    kept = store.get(PAPER)
    assert kept is not None
    assert kept.blocks == b"2"
    assert store.papers() == (PAPER,)


def test_texts_stay_longer_than_answers(store: TextStore, clock: Clock) -> None:
    store.keep(PAPER, b"page", b"blocks", MOMENT)
    clock.moment += timedelta(days=400)
    assert store.get(PAPER) is not None


def test_a_cache_that_cannot_be_used_holds_nothing(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "cache").write_text("a file")
    store = TextStore(AnswerCache(tmp_path / "cache", now=clock.now))
    store.keep(PAPER, b"page", b"blocks", MOMENT)
    assert store.get(PAPER) is None
    assert store.page(PAPER) is None
    assert store.papers() == ()


def test_pictures_are_stored_with_their_conversion_and_go_with_it(store: TextStore) -> None:
    assert store.picture(PAPER, "x1.png") is None
    store.keep_picture(PAPER, "x1.png", b"lost: there is no page")
    store.keep(PAPER, b"<p>one</p>", b"blocks", MOMENT)
    assert store.picture(PAPER, "x1.png") is None
    store.keep_picture(PAPER, "x1.png", b"picture")
    assert store.picture(PAPER, "x1.png") == b"picture"
    assert store.papers() == (PAPER,)
    store.keep(PAPER, b"<p>two</p>", b"blocks", MOMENT)
    assert store.picture(PAPER, "x1.png") is None
    assert store.get(PAPER) is not None
