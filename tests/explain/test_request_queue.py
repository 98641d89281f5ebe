"""Explanations in the background: two at once, followed, left, cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import msgspec
import pytest

from tests.servers.explaining import MakeExplainer, Shelf, shown
from tests.servers.models import ModelServer
from tui_digest.explain.errors import ExplanationCancelled, KeyRefused
from tui_digest.explain.request_queue import RequestQueue
from tui_digest.model_service import Event, Finished, NewText, Restarted
from tui_digest.paper import Paper

TEXT = "### Intuition\nIt contracts. [interpretation]"


def named(paper: Paper, number: int) -> Paper:
    return msgspec.structs.replace(paper, id=f"2611.0000{number}")


async def gathered(events: AsyncIterator[Event]) -> list[Event]:
    return [event async for event in events]


async def test_several_follow_one_request_from_its_beginning(
    make_explainer: MakeExplainer, paper: Paper
) -> None:
    async with ModelServer(TEXT) as server:
        server.hold_at = 4
        desk = RequestQueue(make_explainer(server))
        desk.start(paper)
        early = asyncio.create_task(gathered(desk.follow(paper.id)))
        await server.held.wait()
        late = asyncio.create_task(gathered(desk.follow(paper.id)))
        desk.start(paper)
        server.go_on.set()
        first, second = await early, await late
        await desk.close()
    assert first == second
    assert shown(first) == TEXT
    assert len(server.asked) == 1


async def test_who_stops_following_does_not_stop_the_request(
    make_explainer: MakeExplainer, paper: Paper, shelf: Shelf
) -> None:
    async with ModelServer(TEXT) as server:
        server.hold_at = 4
        desk = RequestQueue(make_explainer(server))
        desk.start(paper)
        async for event in desk.follow(paper.id):
            assert isinstance(event, NewText)
            break
        other = named(paper, 9)
        assert not desk.knows(other.id)
        assert await gathered(desk.follow(other.id)) == []
        server.go_on.set()
        events = await gathered(desk.follow(paper.id))
        assert not desk.under_way(paper.id)
        outcome = await gathered(desk.follow(paper.id))
        await desk.close()
    assert isinstance(events[-1], Finished)
    assert outcome == events[-1:]
    assert len(shelf.kept) == 1


async def test_only_two_are_asked_at_once(make_explainer: MakeExplainer, paper: Paper) -> None:
    papers = [named(paper, number) for number in range(5)]
    async with ModelServer(TEXT) as server:
        server.hold_at = 3
        desk = RequestQueue(make_explainer(server))
        for each in papers:
            desk.start(each)
        followed = [asyncio.create_task(gathered(desk.follow(each.id))) for each in papers]
        await server.held.wait()
        server.go_on.set()
        outcomes = [(await events)[-1] for events in followed]
        await desk.close()
    assert server.most_at_once == 2
    assert [o.explanation.paper_id for o in outcomes if isinstance(o, Finished)] == [p.id for p in papers]


async def test_what_came_before_it_was_cancelled_is_remembered_and_not_stored(
    make_explainer: MakeExplainer, paper: Paper, shelf: Shelf
) -> None:
    async with ModelServer(TEXT) as server:
        server.hold_at = 4
        desk = RequestQueue(make_explainer(server))
        desk.start(paper)
        following = asyncio.create_task(gathered(desk.follow(paper.id)))
        await server.held.wait()
        await desk.cancel(paper.id)
        events = await following
        assert isinstance(events[-1], Finished)
        receipt = events[-1].explanation.receipt
        assert (receipt.complete, receipt.stopped) == (False, "stopped early")
        assert TEXT.startswith(events[-1].explanation.text)
        await asyncio.wait_for(server.closed.wait(), 60)
        assert shelf.kept == {}
        server.hold_at = None
        desk.start(paper)
        events = await gathered(desk.follow(paper.id))
        await desk.close()
    assert isinstance(events[-1], Finished)


async def test_reasoning_is_no_part_of_what_came_before_it_was_cancelled(
    make_explainer: MakeExplainer, paper: Paper
) -> None:
    async with ModelServer(f"I ponder.</think>{TEXT}") as server:
        server.hold_at = 7
        desk = RequestQueue(make_explainer(server))
        desk.start(paper)
        following = asyncio.create_task(gathered(desk.follow(paper.id)))
        async for event in desk.follow(paper.id):
            if isinstance(event, Restarted):
                break
        await desk.cancel(paper.id)
        events = await following
        await desk.close()
    assert isinstance(events[-1], Finished)
    assert TEXT.startswith(events[-1].explanation.text)


async def test_one_that_is_cancelled_before_it_began_ends_too(
    make_explainer: MakeExplainer, paper: Paper
) -> None:
    async with ModelServer(TEXT) as server:
        desk = RequestQueue(make_explainer(server))
        desk.start(paper)
        await desk.cancel(paper.id)
        with pytest.raises(ExplanationCancelled):
            await gathered(desk.follow(paper.id))
        desk.start(paper)
        await desk.close()
    assert server.asked == []


async def test_one_that_waits_for_its_turn_can_be_cancelled_unasked(
    make_explainer: MakeExplainer, paper: Paper
) -> None:
    papers = [named(paper, number) for number in range(3)]
    async with ModelServer(TEXT) as server:
        server.hold_at = 3
        desk = RequestQueue(make_explainer(server))
        for each in papers:
            desk.start(each)
        await server.held.wait()
        await desk.cancel(papers[2].id)
        server.go_on.set()
        for each in papers[:2]:
            await gathered(desk.follow(each.id))
        await desk.close()
    assert len(server.asked) == 2


async def test_closing_in_mid_stream_keeps_nothing_half(
    make_explainer: MakeExplainer, paper: Paper, shelf: Shelf
) -> None:
    async with ModelServer(TEXT) as server:
        server.hold_at = 4
        desk = RequestQueue(make_explainer(server))
        desk.start(paper)
        await server.held.wait()
        await desk.close()
        await asyncio.wait_for(server.closed.wait(), 60)
    assert shelf.kept == {}
    assert not desk.under_way(paper.id)


async def test_a_failure_reaches_who_follows(make_explainer: MakeExplainer, paper: Paper) -> None:
    async with ModelServer(fault="401") as server:
        desk = RequestQueue(make_explainer(server))
        desk.start(paper)
        for _ in range(2):
            with pytest.raises(KeyRefused):
                await gathered(desk.follow(paper.id))
        await desk.close()


async def test_only_the_last_outcomes_are_remembered(
    make_explainer: MakeExplainer, paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_digest.explain.request_queue.REMEMBERED", 2)
    papers = [named(paper, number) for number in range(4)]
    async with ModelServer(TEXT) as server:
        desk = RequestQueue(make_explainer(server))
        for each in papers:
            desk.start(each)
            await gathered(desk.follow(each.id))
        known = [desk.knows(each.id) for each in papers]
        await desk.close()
    assert known == [False, False, True, True]
