"""Hits of a search at arXiv: in the library as long as they are looked at, and for good once used."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.library.invented import assert_index_agrees, fold, make_digest, make_paper
from tui_digest.entry import Mark
from tui_digest.library import integrity
from tui_digest.library.library import Library
from tui_digest.tags import TagChanges

HITS = tuple(make_paper(80000 + number, title=f"Hit {number}") for number in range(5))
IDS = [paper.id for paper in HITS]


class Clock:
    now = datetime(2026, 11, 20, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def library(tmp_path: Path, clock: Clock) -> Library:
    return Library(tmp_path / "library.sqlite3", fold, clock)


def kept(library: Library) -> list[str]:
    return [paper_id for paper_id in IDS if library.mailings.paper(paper_id) is not None]


def test_what_nothing_was_done_with_leaves_no_trace(library: Library) -> None:
    with library:
        library.mailings.store_papers(HITS[:1])
        library.passing.store(HITS)
        assert kept(library) == IDS
        assert len(library.search.find("hit").entries) == 5
        library.passing.forget(IDS)
        assert kept(library) == IDS[:1]
        assert [entry.paper.id for entry in library.search.find("hit").entries] == IDS[:1]
        library.passing.store(HITS)
        assert kept(library) == IDS
    assert_index_agrees(library.file)
    assert [finding.found for finding in integrity.check(library.file) if not finding.well] == []


def test_what_was_marked_tagged_noted_or_read_stays_also_when_that_was_undone(library: Library) -> None:
    with library:
        library.passing.store(HITS)
        library.marks.mark(IDS[:1], Mark.TO_READ)
        library.tags.change(IDS[1:2], TagChanges(("seminar",)))
        library.marks.note(IDS[2], "a note")
        library.marks.set_read(IDS[3:4])
        for _ in range(3):
            library.history.undo()
        library.passing.forget(IDS)
        assert kept(library) == IDS[:4]
        assert library.history.redo() is not None
        library.passing.forget(IDS)
        assert kept(library) == IDS[:4]


def test_what_a_mailing_brings_meanwhile_stays(library: Library) -> None:
    with library:
        library.passing.store(HITS)
        library.mailings.store_digest(make_digest(*HITS[:2]))
        library.passing.forget(IDS)
        assert kept(library) == IDS[:2]


def test_hits_that_a_killed_reader_left_are_taken_away_after_a_day(library: Library, clock: Clock) -> None:
    with library:
        library.passing.store(HITS)
        clock.now += timedelta(hours=23)
        library.passing.forget_left_behind()
        assert kept(library) == IDS
        clock.now += timedelta(hours=2)
        library.passing.forget_left_behind()
        assert kept(library) == []
