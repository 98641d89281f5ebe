"""Language models for the reader."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from functools import cached_property
from typing import TYPE_CHECKING

from tui_digest.cli.container import Parts
from tui_digest.entry import Explanation
from tui_digest.paper import Paper
from tui_digest.settings import ExplanationKind, ModelSettings

if TYPE_CHECKING:
    from tui_digest.core.texts import PaperText
    from tui_digest.explain.explainer import Explainer
    from tui_digest.explain.request_queue import RequestQueue
    from tui_digest.fulltext.blocks import Place
    from tui_digest.model_service import ConnectionTest, Event, Provider


class ReaderModels:
    """Explanations for the reader; `explain` is imported with the first request."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._started = False
        self._settings: ModelSettings | None = None
        self._earlier: list[Explainer] = []

    @cached_property
    def _explainer(self) -> Explainer:
        from tui_digest.tui.tasks.thread_pools import run_to_end

        return self._parts.make_explainer(self._settings or self._parts.settings.model, run_to_end)

    @cached_property
    def _queue(self) -> RequestQueue:
        from tui_digest.explain.request_queue import RequestQueue

        self._started = True
        return RequestQueue(self._explainer)

    @cached_property
    def _not_ready(self) -> str:
        return self._explainer.ready()

    def ready(self) -> str:
        """Return an empty text if a model is set up, else how to set one up."""
        return self._not_ready

    def name(self) -> str:
        """Return the provider and the model that are set up."""
        return self._explainer.model()

    async def prepare(self) -> None:
        """Import what a request needs; no request is sent."""
        await self._explainer.prepare()

    def providers(self) -> tuple[Provider, ...]:
        """Return the services that can be chosen; none in the demo."""
        from tui_digest.explain.diagnostics import available_providers

        if self._parts.demo:
            return ()
        return available_providers(os.environ)

    def set_up(self, settings: ModelSettings) -> None:
        """Use the model of these settings for later requests; running ones continue."""
        self._earlier.append(self._explainer)
        self._settings = settings
        del self._explainer
        vars(self).pop("_not_ready", None)
        if self._started:
            self._queue.turn_to(self._explainer)

    async def try_out(self) -> ConnectionTest:
        """Request the service's list of models, which costs nothing."""
        return await self._explainer.try_out()

    def about(self) -> str:
        """Describe the model and the source of its key, never the key."""
        from tui_digest.explain.diagnostics import diagnose

        if self._parts.demo:
            return "the demo's sample, made up"
        setup = diagnose(self._settings or self._parts.settings.model, os.environ)
        return f"{setup.provider} · {setup.model}, key {setup.key}" if setup.provider else "none is set up"

    def start(self, paper: Paper, *, again: bool, kind: ExplanationKind | None = None) -> None:
        """Request the explanation of a paper, unless one is running."""
        self._queue.start(paper, again=again, kind=kind)

    async def start_from_text(
        self, paper: Paper, text: PaperText, place: Place | None, *, again: bool
    ) -> None:
        """Request an explanation from a paper's text, or from one place, unless one runs."""
        from tui_digest.explain.shown_text import choose_shown_text

        shown = await asyncio.to_thread(choose_shown_text, text.document, place)
        kind: ExplanationKind | None = None
        if (self._settings or self._parts.settings.model).kind == "translation":
            kind = "mathematics"  # translated are title and abstract alone
        self._queue.start(paper, again=again, kind=kind, shown=shown)

    def under_way(self, paper_id: str) -> bool:
        """Tell whether a request for the paper is running."""
        return self._started and self._queue.under_way(paper_id)

    def outdated(self, explanation: Explanation, paper: Paper) -> str:
        """Say how an explanation is outdated: by the paper's version, or the prompt's."""
        from tui_digest.explain.prompt import outdated_reason

        return outdated_reason(explanation, paper)

    def knows(self, paper_id: str) -> bool:
        """Tell whether there is a request to follow, running or finished."""
        return self._started and self._queue.knows(paper_id)

    def follow(self, paper_id: str) -> AsyncIterator[Event]:
        """Yield the events of the paper's request from its beginning."""
        return self._queue.follow(paper_id)

    async def cancel(self, paper_id: str) -> None:
        """Cancel the paper's request; nothing of it is stored."""
        await self._queue.cancel(paper_id)

    async def close(self) -> None:
        """Cancel all requests."""
        if self._started:
            await self._queue.close()
        made = [vars(self)["_explainer"]] if "_explainer" in vars(self) else []
        for explainer in (*self._earlier, *made):
            await explainer.aclose()
