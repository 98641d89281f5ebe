"""Orders: a range or an array of positions, the pick first, without what is gone."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_digest.lists import Order


def test_a_day_as_it_is() -> None:
    order = Order(range(5))
    assert list(order) == [0, 1, 2, 3, 4]
    assert len(order) == 5


def test_the_pick_comes_first_and_nothing_twice() -> None:
    order = Order(range(6), first=(4, 1), gone=(2,))
    assert list(order) == [4, 1, 0, 3, 5]
    assert [order.index_of(position) for position in range(6)] == [2, 1, None, 3, 0, 4]


def test_removed_and_restored_where_it_was() -> None:
    order = Order(array("i", [7, 3, 5, 1]), first=(5,))
    order.remove(3)
    order.remove(5)
    assert list(order) == [7, 1]
    assert order.nearest(3) == 1
    order.restore(5)
    order.restore(3)
    assert list(order) == [5, 7, 3, 1]


def test_an_index_beyond_the_end_is_refused() -> None:
    with pytest.raises(IndexError):
        Order(range(3), gone=(1,))[2]


def test_a_million_rows_cost_what_is_gone() -> None:
    order = Order(range(1_000_000), first=(999_999,), gone=range(0, 100, 2))
    assert len(order) == 999_950
    assert (order[0], order[1], order[50], order[51], order[-1]) == (999_999, 1, 99, 100, 999_998)
    assert order.index_of(100) == 51


@given(
    base=st.lists(st.integers(0, 40), unique=True),
    first=st.lists(st.integers(0, 40), unique=True, max_size=6),
    gone=st.sets(st.integers(0, 40)),
    changes=st.lists(st.tuples(st.booleans(), st.integers(0, 40))),
    reverse=st.booleans(),
)
def test_it_is_the_list_that_it_stands_for(
    base: list[int], first: list[int], gone: set[int], changes: list[tuple[bool, int]], reverse: bool
) -> None:
    order = Order(array("i", base), first, gone, reverse=reverse)
    hidden = set(gone)
    for remove, position in changes:
        (order.remove if remove else order.restore)(position)
        (hidden.add if remove else hidden.discard)(position)
    picked = [position for position in first if position in base]
    listed = [p for p in [*picked, *(p for p in base if p not in picked)] if p not in hidden]
    if reverse:
        listed.reverse()
    assert list(order) == listed
    assert order[:] == listed
    assert [order.index_of(position) for position in listed] == list(range(len(listed)))
    assert all(order.index_of(position) is None for position in hidden)
