"""Feeds, queries, settings and sync files gone wrong by chance: each is read, or refused in a sentence.

Some here; thousands by `tests/benchmarks/hostile.py`.
"""

from __future__ import annotations

from pathlib import Path

from tests.hostile_input import Outcomes, read_feeds, read_operations, read_queries, read_settings

SEED = 20261127


def assert_answered(outcomes: Outcomes, count: int) -> None:
    assert not outcomes.faults
    assert sum(outcomes.counts.values()) == count
    assert outcomes.counts["read"] < count  # some were wrong
    assert outcomes.counts["read"] > 0


def test_mutated_feeds() -> None:
    assert_answered(read_feeds(60, SEED), 60)


def test_odd_queries() -> None:
    assert_answered(read_queries(400, SEED), 400)


def test_mutated_settings(tmp_path: Path) -> None:
    assert_answered(read_settings(60, SEED, tmp_path), 60)


def test_odd_operations_of_another_machine(tmp_path: Path) -> None:
    outcomes = read_operations(12, SEED, tmp_path)
    assert not outcomes.faults
    assert outcomes.counts["TuiDigestError"] > 6  # some were refused, and the rest was applied
