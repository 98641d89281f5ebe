"""Ollama's chat.

Protocol: https://github.com/ollama/ollama/blob/main/docs/api.md
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from tui_digest.entry import LENGTH_LIMIT
from tui_digest.explain.formats.base import (
    Counts,
    End,
    Failure,
    Served,
    StreamPart,
    TextPart,
    count_of,
    names_in,
    said_by,
    table,
    text_of,
)
from tui_digest.explain.prompt import Prompt
from tui_digest.explain.providers import Service


class Ollama:
    """A JSON object a line, the last with `done`; an error is a line of its own under status 200."""

    framing: Literal["sse", "lines"] = "lines"
    optional = ()

    def url(self, service: Service) -> str:
        """The chat below the base address."""
        return f"{service.base_url}/api/chat"

    def headers(self, key: str) -> dict[str, str]:
        """A key is only for an Ollama behind a proxy."""
        return {"Authorization": f"Bearer {key}"} if key else {}

    def body(self, service: Service, prompt: Prompt) -> dict[str, object]:
        """The request."""
        options = {"options": {"num_predict": prompt.limit}} if prompt.limit else {}
        return {
            "model": service.model,
            "stream": True,
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ],
            **options,
        }

    def parts(self, event: Mapping[str, Any]) -> Iterator[StreamPart]:
        """A piece of text, or the end with its reason and counts."""
        if event.get("error"):
            yield Failure(said_by(event["error"]))
            return
        if text_of(event.get("model")):
            yield Served(event["model"])
        piece = text_of(table(event.get("message")).get("content"))
        if piece:
            yield TextPart(piece)
        if event.get("done") is True:
            yield Counts(count_of(event.get("prompt_eval_count")), count_of(event.get("eval_count")))
            reason = text_of(event.get("done_reason")) or "stop"
            stopped = {"stop": "", "length": LENGTH_LIMIT}
            yield End(stopped.get(reason, f"the service stopped it ({reason})"))

    def models_url(self, service: Service) -> str:
        """The models that were pulled."""
        return f"{service.base_url}/api/tags"

    def models(self, answer: Mapping[str, Any]) -> list[str]:
        """The names in it."""
        return names_in(answer.get("models"), "name")
