"""Request explanations, stream them, check them, and store them with receipts."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tui_digest.entry import Explanation
from tui_digest.errors import TuiDigestError
from tui_digest.explain.api_keys import HiddenEnvironment, Key, find_key, key_problem
from tui_digest.explain.budget import RequestBudget, Usage
from tui_digest.explain.connection_test import judge_models
from tui_digest.explain.errors import KeyRefused, NotSetUp, ServiceError
from tui_digest.explain.formats.base import AnswerText
from tui_digest.explain.prompt import PromptFile, explanation_key, make_prompt, read_prompt_file
from tui_digest.explain.providers import Service, choose
from tui_digest.explain.response import AnswerBuilder
from tui_digest.explain.shown_text import ShownText
from tui_digest.model_service import (
    ConnectionTest,
    Event,
    Finished,
    NewText,
    Restarted,
    RetryNotice,
    model_name,
)
from tui_digest.paper import Paper
from tui_digest.settings import ExplanationKind, ModelSettings

if TYPE_CHECKING:
    import httpx

    from tui_digest.explain.client import ModelClient


RunInThread = Callable[[Callable[[], TuiDigestError | None]], Awaitable[TuiDigestError | None]]
"""Runs something in a thread while the event loop goes on."""


def _local_time() -> datetime:
    return datetime.now().astimezone()


class ExplanationStore(Protocol):
    """Stores complete explanations, so that none is paid for twice."""

    def explanation(self, key: str) -> Explanation | None:
        """Return the explanation stored under a key."""

    def keep(self, key: str, explanation: Explanation) -> None:
        """Store a complete explanation under a key, replacing an earlier one."""


class Explainer:
    """Requests explanations from the model of the settings.

    `state` is the folder where the day's requests are counted (None: in memory, for this run);
    `transport` replaces the network; `in_thread` runs what stores an explanation, which was paid for:
    where somebody may quit meanwhile, it runs that to its end. The rest are the clocks and the chance
    of a run. All questions are asked in one event loop.
    """

    def __init__(
        self,
        settings: ModelSettings,
        environment: Mapping[str, str],
        *,
        state: Path | None = None,
        keeper: ExplanationStore | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
        now: Callable[[], datetime] = _local_time,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        chance: Callable[[], float] = random.random,
        in_thread: RunInThread = asyncio.to_thread,
    ) -> None:
        """Create an explainer; import, read and request nothing yet."""
        self._settings = settings
        self._environment = HiddenEnvironment(environment)
        self._keeper = keeper
        self._transport = transport
        self._now = now
        self._clock = clock
        self._sleep = sleep
        self._chance = chance
        self._in_thread = in_thread
        self._budget = RequestBudget(state, settings.daily_limit, settings.prices, now)
        self._opening = asyncio.Lock()
        self._client: ModelClient | None = None
        self._key: Key | None = None

    def ready(self) -> str:
        """Say how to set up a model, or "" if one is set up."""
        try:
            service = self._service()
        except NotSetUp as problem:
            return str(problem)
        try:
            read_prompt_file(self._settings)
        except NotSetUp as problem:
            return str(problem)
        return key_problem(service, self._settings, self._environment)

    def model(self) -> str:
        """Return provider and model, as in `openai · NAME`; "" if none is set up.

        Of a model named by its path, that is the last part.
        """
        try:
            service = self._service()
        except NotSetUp:
            return ""
        return f"{service.label} · {model_name(service.model)}"

    def spent(self) -> Usage:
        """Return today's usage, of this run and of others."""
        return self._budget.spent()

    async def explain(
        self,
        paper: Paper,
        *,
        again: bool = False,
        kind: ExplanationKind | None = None,
        shown: ShownText | None = None,
    ) -> AsyncGenerator[Event, None]:
        """Yield the explanation: its text, then one `Finished`; a stored one at once.

        `kind` is the kind of explanation, that of the settings by default; `shown` are parts of the
        paper's text, where the model is shown more than the record. Only a complete explanation is
        kept. Closing the generator, or cancelling the task that iterates it, closes the connection.

        Raises:
            ModelError: no word of an explanation came; the sentence says what to do. A failure
                after the first word ends in a `Finished` whose receipt says why it is not complete.
        """
        service = self._service()
        asked = kind or self._settings.kind
        own = self._own_prompt(asked)
        name = explanation_key(paper, service, self._settings, asked, own, shown)
        keeper = None if again else self._keeper
        kept = None if keeper is None else await asyncio.to_thread(keeper.explanation, name)
        if kept is not None and kept.receipt.complete:
            yield Finished(kept)
            return
        client, key = await self._open(service)
        self._budget.take()
        started = self._clock()
        answer = AnswerBuilder(paper, service, self._now(), asked, own, shown)
        prompt = make_prompt(paper, self._settings, asked, own, shown)
        try:
            async with aclosing(client.ask(prompt, key)) as parts:
                async for part in parts:
                    if isinstance(part, RetryNotice):
                        yield part
                        continue
                    text = answer.take(part)
                    if answer.take_restart():
                        yield Restarted()
                    if text:
                        yield NewText(text)
        except ServiceError as error:
            if isinstance(error, KeyRefused):
                self._key = None
            if not answer.has_text:
                raise
            answer.fail(error)
        if text := answer.rest():
            yield NewText(text)
        if not answer.has_text:
            raise answer.empty_answer()
        seconds = self._clock() - started
        explanation = await asyncio.to_thread(answer.explanation, seconds)
        problem = await self._in_thread(partial(self._put_away, name, explanation, service))
        yield Finished(explanation)
        if problem is not None:
            raise problem

    def unfinished(
        self,
        paper: Paper,
        text: str,
        kind: ExplanationKind | None = None,
        shown: ShownText | None = None,
    ) -> Explanation:
        """Return the explanation that the user stopped, checked, with its receipt."""
        asked = kind or self._settings.kind
        own = self._own_prompt(asked)
        answer = AnswerBuilder(paper, self._service(), self._now(), asked, own, shown)
        answer.take(AnswerText(text))
        answer.rest()
        answer.stop()
        return answer.explanation(None)

    async def try_out(self) -> ConnectionTest:
        """Test the connection by the service's list of models, which costs nothing.

        Raises:
            ModelError: none is set up, or the service cannot be reached or refuses; the sentence
                says what to do.
        """
        service = self._service()
        client, key = await self._open(service)
        try:
            return judge_models(service, await client.models(key))
        except KeyRefused:
            self._key = None
            raise

    async def prepare(self) -> None:
        """Import and create what the first request needs; send nothing."""
        if not self.ready():
            async with self._opening:
                await self._connect(self._service())

    async def aclose(self) -> None:
        """Close the connections."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    def _own_prompt(self, asked: ExplanationKind) -> PromptFile:
        """Return the user's prompt for the kind of the settings; others have none."""
        return read_prompt_file(self._settings) if asked == self._settings.kind else PromptFile()

    def _service(self) -> Service:
        return choose(self._settings, self._environment)

    async def _open(self, service: Service) -> tuple[ModelClient, Key | None]:
        """Return the connection and the key; both may take a while the first time."""
        async with self._opening:
            if self._key is None:
                self._key = await find_key(service, self._settings, self._environment)
            return await self._connect(service), self._key

    async def _connect(self, service: Service) -> ModelClient:
        if self._client is None:
            self._client = await asyncio.to_thread(self._make_client, service)
        return self._client

    def _make_client(self, service: Service) -> ModelClient:
        from tui_digest.explain.client import ModelClient, RequestLimits

        patience = RequestLimits(
            deadline=self._settings.deadline,
            silence=self._settings.silence,
            sleep=self._sleep,
            chance=self._chance,
            now=self._now,
        )
        return ModelClient(service, patience, self._transport)

    def _put_away(self, name: str, explanation: Explanation, service: Service) -> TuiDigestError | None:
        """Store a complete explanation and its tokens; return the error, if any.

        The reader is shown what was paid for, even if it could not be stored.
        """
        receipt = explanation.receipt
        try:
            self._budget.record((receipt.model, service.model), receipt.tokens_in, receipt.tokens_out)
            if self._keeper is not None and receipt.complete:
                self._keeper.keep(name, explanation)
        except TuiDigestError as problem:
            return problem
        return None
