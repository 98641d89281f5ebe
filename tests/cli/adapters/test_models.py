"""The models that the reader is handed: another one is set up while the reader is open."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from tests.servers.models import ModelServer
from tests.tui.fakes import make_paper
from tui_digest.cli.adapters.models import ReaderModels
from tui_digest.cli.container import Parts
from tui_digest.entry import Explanation
from tui_digest.library.explanations import Explanations
from tui_digest.model_service import Finished
from tui_digest.settings import ModelSettings
from tui_digest.tui.tasks.thread_pools import wait_for_writing

COMPLETE = "### Intuition\nIt was paid for. [interpretation]"


def settings(server: ModelServer) -> ModelSettings:
    return ModelSettings(provider="compatible", base_url=f"{server.url}/v1", model="asked")


async def test_another_model_is_asked_from_then_on_and_what_is_under_way_ends_where_it_was_asked(
    tmp_path: Path,
) -> None:
    first, second = make_paper(1), make_paper(2)
    async with ModelServer("By the earlier.") as earlier, ModelServer("By the later.") as later:
        with Parts(home=tmp_path) as parts:
            parts.settings = parts.settings.__class__(model=settings(earlier))
            parts.library.mailings.store_papers([first, second])
            models = ReaderModels(parts)
            earlier.hold_at = 1
            models.start(first, again=False)
            await earlier.held.wait()
            models.set_up(settings(later))
            assert models.ready() == ""
            models.start(second, again=False)
            earlier.go_on.set()
            for paper, words in ((first, "By the earlier."), (second, "By the later.")):
                said = [said async for said in models.follow(paper.id)]
                assert isinstance(said[-1], Finished)
                assert said[-1].explanation.text == words
            assert "answers and offers asked" in (await models.try_out()).sentence
            await models.close()
        assert [request.path for request in later.asked] == ["/v1/chat/completions", "/v1/models"]


async def test_the_demo_has_its_sample_and_no_other(tmp_path: Path) -> None:
    with Parts(home=tmp_path, demo=True) as parts:
        models = ReaderModels(parts)
        assert models.providers() == ()
        assert "made up" in models.about()
        await models.close()


async def test_storing_an_explanation_holds_up_nothing_and_outlives_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock that another program holds is waited for in a thread, which quitting waits for."""
    paper, storing, unlocked = make_paper(1), threading.Event(), threading.Event()
    keep = Explanations.keep

    def wait_for_lock(self: Explanations, key: str, explanation: Explanation) -> None:
        storing.set()
        assert unlocked.wait(20), "the event loop waited for the lock"
        keep(self, key, explanation)

    monkeypatch.setattr(Explanations, "keep", wait_for_lock)
    async with ModelServer(COMPLETE) as server:
        with Parts(home=tmp_path) as parts:
            parts.settings = parts.settings.__class__(model=settings(server))
            parts.library.mailings.store_papers([paper])
            models = ReaderModels(parts)
            models.start(paper, again=False)
            assert await asyncio.to_thread(storing.wait, 20)
            await models.close()  # the reader is left
            assert parts.library.explanations.complete(paper.id) == ()
            unlocked.set()
            await asyncio.to_thread(wait_for_writing)
            (kept,) = parts.library.explanations.complete(paper.id)
    assert kept.text == COMPLETE
