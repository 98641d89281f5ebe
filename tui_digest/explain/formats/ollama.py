"""Ollama's chat API.

Protocol: https://github.com/ollama/ollama/blob/main/docs/api.md
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from tui_digest.entry import LENGTH_LIMIT
from tui_digest.explain.formats.base import (
    AnswerText,
    EndOfAnswer,
    ServedModel,
    StreamFailure,
    StreamFormat,
    StreamPart,
    TokenCounts,
    as_count,
    as_object,
    as_text,
    bearer,
    error_text,
    listed_names,
)
from tui_digest.explain.prompt import Prompt
from tui_digest.explain.providers import Service


class Ollama(StreamFormat):
    """A JSON object a line, the last with `done`; errors come with status 200."""

    framing: Literal["sse", "lines"] = "lines"

    def url(self, service: Service) -> str:
        """Return the address of the chat."""
        return f"{service.base_url}/api/chat"

    def headers(self, key: str) -> dict[str, str]:
        """Return the header with a key, which only a proxy before Ollama needs."""
        return bearer(key)

    def body(self, service: Service, prompt: Prompt) -> dict[str, object]:
        """Return the request."""
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
        """Yield a part of the text, or the end with its reason and counts."""
        if event.get("error"):
            yield StreamFailure(error_text(event["error"]))
            return
        if as_text(event.get("model")):
            yield ServedModel(event["model"])
        piece = as_text(as_object(event.get("message")).get("content"))
        if piece:
            yield AnswerText(piece)
        if event.get("done") is True:
            yield TokenCounts(as_count(event.get("prompt_eval_count")), as_count(event.get("eval_count")))
            reason = as_text(event.get("done_reason")) or "stop"
            stopped = {"stop": "", "length": LENGTH_LIMIT}
            yield EndOfAnswer(stopped.get(reason, f"the service stopped it ({reason})"))

    def models_url(self, service: Service) -> str:
        """Return the address of the list of pulled models."""
        return f"{service.base_url}/api/tags"

    def models(self, answer: Mapping[str, Any]) -> list[str]:
        """Return the names in the list."""
        return listed_names(answer.get("models"), "name")
