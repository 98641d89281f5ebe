"""The language models, as the reader is handed them: the desk of `explain`."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from functools import cached_property
from typing import TYPE_CHECKING

from tui_digest.cli.container import Parts
from tui_digest.core.services import Patience, Provider, Tried
from tui_digest.entry import Explanation
from tui_digest.paper import Paper
from tui_digest.settings import ExplanationKind, ModelSettings

if TYPE_CHECKING:
    from tui_digest.explain.explainer import Explainer
    from tui_digest.explain.request_queue import RequestQueue


class ReaderModels:
    """Explanations for the reader. Nothing of this is imported before the first is asked for."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._started = False
        self._settings: ModelSettings | None = None
        self._earlier: list[Explainer] = []

    @cached_property
    def _explainer(self) -> Explainer:
        return self._parts.make_explainer(self._settings or self._parts.settings.model)

    @cached_property
    def _desk(self) -> RequestQueue:
        from tui_digest.explain.request_queue import RequestQueue

        self._started = True
        return RequestQueue(self._explainer)

    @cached_property
    def _not_ready(self) -> str:
        return self._explainer.ready()

    def ready(self) -> str:
        """Empty when a model can be asked, else the sentence that says how to set one up."""
        return self._not_ready

    def name(self) -> str:
        """The provider and the model that would be asked."""
        return self._explainer.model()

    async def prepare(self) -> None:
        """Import ahead what a question takes; nothing is asked."""
        await self._explainer.prepare()

    def providers(self) -> tuple[Provider, ...]:
        """The services that can be chosen; the demo has its sample and no other."""
        from tui_digest.explain.diagnostics import offers

        if self._parts.demo:
            return ()
        return tuple(
            Provider(offer.name, offer.model, offer.key, offer.asks_address) for offer in offers(os.environ)
        )

    def set_up(self, settings: ModelSettings) -> None:
        """Have the model of these settings asked from now on; what is under way goes on."""
        self._earlier.append(self._explainer)
        self._settings = settings
        del self._explainer
        vars(self).pop("_not_ready", None)
        if self._started:
            self._desk.turn_to(self._explainer)

    async def try_out(self) -> Tried:
        """Ask the service for its list of models, which costs nothing."""
        trial = await self._explainer.try_out()
        return Tried(trial.sentence, trial.models)

    def about(self) -> str:
        """The model that is set up and where its key would come from, never the key."""
        from tui_digest.explain.diagnostics import diagnose

        if self._parts.demo:
            return "the demo's sample, made up"
        setup = diagnose(self._settings or self._parts.settings.model, os.environ)
        return f"{setup.provider} · {setup.model}, key {setup.key}" if setup.provider else "none is set up"

    def start(self, paper: Paper, *, again: bool, kind: ExplanationKind | None = None) -> None:
        """Ask for the explanation of a paper, unless that is under way already."""
        self._desk.start(paper, again=again, kind=kind)

    def under_way(self, paper_id: str) -> bool:
        """Whether an explanation of the paper is being made."""
        return self._started and self._desk.under_way(paper_id)

    def outdated(self, explanation: Explanation, paper: Paper) -> str:
        """In a sentence, what an explanation is older than: the paper's version, or the question."""
        from tui_digest.explain.staleness import is_of_older

        return is_of_older(explanation, paper)

    def knows(self, paper_id: str) -> bool:
        """Whether there is something to follow: an explanation in the making, or what came of the last."""
        return self._started and self._desk.knows(paper_id)

    async def follow(self, paper_id: str) -> AsyncIterator[str | Patience | Explanation]:
        """What comes of the paper's request from its beginning."""
        from tui_digest.explain.events import Finished, Waiting

        async for event in self._desk.follow(paper_id):
            if isinstance(event, Finished):
                yield event.explanation
            elif isinstance(event, Waiting):
                yield Patience(event.sentence)
            else:
                yield event.text

    async def cancel(self, paper_id: str) -> None:
        """Stop the paper's request; nothing of it is kept."""
        await self._desk.cancel(paper_id)

    async def close(self) -> None:
        """Stop all requests."""
        if self._started:
            await self._desk.close()
        made = [vars(self)["_explainer"]] if "_explainer" in vars(self) else []
        for explainer in (*self._earlier, *made):
            await explainer.aclose()
