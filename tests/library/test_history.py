"""Undo and redo of everything, across restarts, over a history that only grows."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.library.invented import assert_index_agrees, counting_clock, fold, make_paper
from tui_digest.entry import Action, Mark
from tui_digest.interests import InterestKind, Stance
from tui_digest.library.library import Library

IDS = tuple(f"2611.{number:05}" for number in range(1, 5))


def test_with_nothing_done_there_is_nothing_to_undo_or_redo(library: Library) -> None:
    assert library.history.undo() is None
    assert library.history.redo() is None


def test_undo_and_redo_say_what_they_did(library: Library) -> None:
    library.mailings.store_papers([make_paper(1)])
    library.marks.mark(IDS[:1], Mark.TO_READ)
    undone = library.history.undo()
    assert undone is not None
    assert (undone.kind, undone.label, undone.papers) == ("undo", f"marked {IDS[0]} to read", (IDS[0],))
    redone = library.history.redo()
    assert redone is not None
    assert (redone.kind, redone.target, redone.papers) == ("redo", 1, (IDS[0],))
    assert library.history.recent() == (redone, undone, *library.history.recent()[2:])
    assert [action.step for action in library.history.recent(2)] == [3, 2]


def test_what_undo_and_redo_would_take_is_told_in_words(library: Library) -> None:
    assert library.undo_labels() == ("", "")
    library.filters.save("a", "is:unread")
    library.filters.save("b", "is:unread")
    assert library.undo_labels() == ("saved the filter b", "")
    library.history.undo()
    assert library.undo_labels() == ("saved the filter a", "saved the filter b")


def test_undo_goes_on_after_a_restart(library_file: Path) -> None:
    with Library(library_file, fold, counting_clock()) as before:
        before.mailings.store_papers([make_paper(1)])
        before.marks.mark(IDS[:1], Mark.TO_READ)
        before.marks.note(IDS[0], "a note")
    with Library(library_file, fold, counting_clock()) as after:
        assert after.history.undo() is not None
        assert after.history.undo() is not None
    with Library(library_file, fold, counting_clock()) as later:
        assert later.history.redo() is not None
        entry = later.entries([make_paper(1)])[0]
        assert (entry.reading.mark, entry.reading.note) == (Mark.TO_READ, "")


def test_an_action_after_undo_leaves_nothing_to_redo_and_forgets_nothing(library: Library) -> None:
    library.mailings.store_papers([make_paper(1)])
    library.marks.mark(IDS[:1], Mark.TO_READ)
    library.history.undo()
    library.marks.mark(IDS[:1], Mark.DONE)
    assert library.history.redo() is None
    assert [action.kind for action in library.history.recent()] == ["mark", "undo", "mark"]


def test_the_history_can_only_grow(library: Library, library_file: Path) -> None:
    library.filters.save("queue", "is:to-read")
    connection = sqlite3.connect(library_file)
    for statement in ("DELETE FROM history", "UPDATE history SET label = 'nothing'"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            connection.execute(statement)
    connection.close()


class Reader(RuleBasedStateMachine):
    """Random actions, undo, redo and restarts, against two plain lists of states."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.clock = counting_clock()
        self.library = Library(self.folder / "library.sqlite3", fold, self.clock)
        self.library.mailings.store_papers([make_paper(number) for number in range(1, 5)])
        self.past: list[object] = []
        self.future: list[object] = []
        self.now = self.seen()
        self.steps = 0

    def seen(self) -> object:
        """All that the reader decided, as it is read through the front door."""
        entries = self.library.entries([make_paper(number) for number in range(1, 5)])
        found = frozenset(entry.paper.id for entry in self.library.search.find("has:note remark").entries)
        return (
            tuple(entry.reading for entry in entries),
            self.library.following.all(),
            tuple(self.library.filters.all().items()),
            found,
        )

    def done(self, action: Action | None) -> None:
        before, self.now = self.now, self.seen()
        assert (action is None) == (self.now == before)
        if action is not None:
            self.past.append(before)
            self.future.clear()
            self.steps += 1

    @rule(ids=st.lists(st.sampled_from(IDS), min_size=1), mark=st.sampled_from([*Mark, None]))
    def mark(self, ids: list[str], mark: Mark | None) -> None:
        self.done(self.library.marks.mark(ids, mark))

    @rule(ids=st.lists(st.sampled_from(IDS), min_size=1), read=st.booleans())
    def read(self, ids: list[str], read: bool) -> None:
        self.done(self.library.marks.set_read(ids, read))

    @rule(paper=st.sampled_from(IDS), text=st.sampled_from(["", "a remark", "remark, $x<y$", "other"]))
    def note(self, paper: str, text: str) -> None:
        self.done(self.library.marks.note(paper, text))

    @rule(
        kind=st.sampled_from([InterestKind.AUTHOR, InterestKind.WORD]),
        text=st.sampled_from(["Doe", "dóe", "optimal transport"]),
        stance=st.sampled_from([*Stance, None]),
    )
    def interest(self, kind: InterestKind, text: str, stance: Stance | None) -> None:
        self.done(self.library.following.set(kind, text, stance))

    @rule(name=st.sampled_from(["a", "b"]), query=st.sampled_from(["is:unread", "cat:cs.LG", None]))
    def filter(self, name: str, query: str | None) -> None:
        if query is None:
            self.done(self.library.filters.delete(name))
        else:
            self.done(self.library.filters.save(name, query))

    @rule()
    def undo(self) -> None:
        action = self.library.history.undo()
        assert (action is None) == (not self.past)
        if self.past:
            self.future.append(self.now)
            self.now = self.past.pop()
            self.steps += 1

    @rule()
    def redo(self) -> None:
        action = self.library.history.redo()
        assert (action is None) == (not self.future)
        if self.future:
            self.past.append(self.now)
            self.now = self.future.pop()
            self.steps += 1

    @rule()
    def restart(self) -> None:
        self.library.close()
        self.library = Library(self.folder / "library.sqlite3", fold, self.clock)

    @invariant()
    def is_as_the_lists_say(self) -> None:
        if hasattr(self, "library"):
            assert self.seen() == self.now
            assert len(self.library.history.recent(10_000)) == self.steps

    def teardown(self) -> None:
        if hasattr(self, "library"):
            self.library.close()
            assert_index_agrees(self.folder / "library.sqlite3")
            shutil.rmtree(self.folder)


TestReader = Reader.TestCase
TestReader.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
