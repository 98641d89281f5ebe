"""A paper, and explainers that ask a stand-in on loopback without ever waiting."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.servers.explaining import ADDRESSES, KEY, NOW, MakeExplainer, Pauses, Shelf
from tests.servers.models import ModelServer
from tui_digest.explain.explainer import Explainer
from tui_digest.paper import Paper
from tui_digest.settings import ModelSettings


@pytest.fixture
def paper() -> Paper:
    return Paper(
        id="2611.01234",
        version=2,
        title=r"Momentum with Restarts: an $\mathcal{O}(1/T^2)$ Bound",
        authors=("Ada Sample", "Bo Example"),
        abstract=(
            r"We minimise a smooth convex function $f$ over $x \in \mathbb{R}^d$ and prove that restarts give"
            r" $\|\nabla f(x_T)\|_2 \le \epsilon$ after $O(\epsilon^{-1/2})$ steps, with 95\% probability."
        ),
        categories=("math.OC", "cs.LG"),
        primary="math.OC",
    )


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest_asyncio.fixture
async def make_explainer(shelf: Shelf, pauses: Pauses) -> AsyncIterator[MakeExplainer]:
    made: list[Explainer] = []

    def make(server: ModelServer, provider: str = "compatible", **settings: object) -> Explainer:
        values: dict[str, Any] = {
            "provider": provider,
            "model": "asked",
            "base_url": server.url + ADDRESSES[provider],
            **settings,
        }
        explainer = Explainer(
            ModelSettings(**values),
            {"LLM_API_KEY": KEY},
            keeper=shelf,
            now=lambda: NOW,
            sleep=pauses,
            chance=lambda: 0.5,
        )
        made.append(explainer)
        return explainer

    yield make
    for explainer in made:
        await explainer.aclose()
