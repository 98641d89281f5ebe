"""Decisions are written one after the other, and whoever decides does not wait for the disk."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from functools import partial

import pytest

from tui_digest.core.decisions import DecisionWriter, Outcome
from tui_digest.errors import LibraryError


def test_a_decision_that_is_quick_is_told_at_once() -> None:
    delivered: list[Callable[[], None]] = []
    writer = DecisionWriter(delivered.append, grace=30.0)
    told: list[Outcome[int]] = []
    assert writer.submit(["a"], lambda: 1, told.append)
    writer.close()
    for tell in delivered:
        tell()
    assert [outcome.result for outcome in told] == [1]
    assert writer.is_idle
    assert not writer.pending


def test_where_there_is_no_thread_to_have_nothing_is_queued(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    told: list[Outcome[int]] = []
    writer = DecisionWriter(lambda tell: tell(), grace=30.0)
    with monkeypatch.context() as without_threads:
        without_threads.setattr(threading.Thread, "start", fail)
        with pytest.raises(LibraryError, match="not enough memory"):
            writer.submit(["a"], lambda: 1, told.append)
    assert writer.is_idle
    assert not writer.pending
    writer.submit(["a"], lambda: 2, told.append)
    writer.close()
    assert [outcome.result for outcome in told] == [2]


def test_decisions_wait_in_order_behind_one_that_takes_long() -> None:
    delivered: queue.Queue[Callable[[], None]] = queue.Queue()
    writer = DecisionWriter(delivered.put, grace=0.0)
    locked, done, told = threading.Event(), [], []

    def act(number: int) -> Callable[[], int]:
        def write() -> int:
            locked.wait()
            done.append(number)
            return number

        return write

    for number in range(5):
        assert not writer.submit([f"paper {number % 2}"], act(number), lambda out: told.append(out.result))
    assert writer.pending == {"paper 0": 3, "paper 1": 2}
    assert not writer.wait(0.0)
    locked.set()
    assert writer.wait()
    for _ in range(5):
        delivered.get()()
    assert done == told == [0, 1, 2, 3, 4]
    assert not writer.pending
    writer.close()


def test_one_that_fails_says_so_and_the_next_is_written() -> None:
    writer = DecisionWriter(lambda tell: None, grace=30.0)
    told: list[Outcome[int]] = []

    def fail() -> int:
        raise OSError("The disk is full.")

    writer.submit(["a"], fail, told.append)
    writer.submit(["b"], lambda: 2, told.append)
    assert [str(outcome.error) for outcome in told] == ["The disk is full.", "None"]
    assert not writer.pending
    writer.close()


def test_what_failed_is_told_of_once_also_where_nothing_is_delivered_any_more() -> None:
    writer = DecisionWriter(lambda tell: None, grace=0.0)
    told: list[Outcome[int]] = []

    def fail() -> int:
        raise OSError("The disk is full.")

    writer.submit(["a"], fail, told.append)
    writer.close()
    assert told == []
    writer.tell_failures()
    writer.tell_failures()
    assert [str(outcome.error) for outcome in told] == ["The disk is full."]
    assert not writer.pending


def test_closing_writes_what_is_pending() -> None:
    writer = DecisionWriter(lambda tell: None, grace=0.0)
    done: list[int] = []
    for number in range(50):
        writer.submit([], partial(done.append, number), lambda outcome: None)
    writer.close()
    assert done == list(range(50))
