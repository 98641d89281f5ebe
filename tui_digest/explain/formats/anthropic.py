"""Anthropic's Messages API.

Protocol: https://platform.claude.com/docs/en/build-with-claude/streaming
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from tui_digest.entry import LENGTH_LIMIT
from tui_digest.explain.formats.base import (
    REFUSED,
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
    error_text,
    listed_names,
)
from tui_digest.explain.prompt import Prompt
from tui_digest.explain.providers import Service

_VERSION = "2023-06-01"
_STOPPED = {
    "end_turn": "",
    "stop_sequence": "",
    "max_tokens": LENGTH_LIMIT,
    "model_context_window_exceeded": LENGTH_LIMIT,
    "refusal": REFUSED,
}


class Anthropic(StreamFormat):
    """Server-sent events; the answer is in text blocks, thinking in others."""

    framing: Literal["sse", "lines"] = "sse"

    def url(self, service: Service) -> str:
        """Return the address of messages, below a base with or without `/v1`."""
        return f"{service.base_url.removesuffix('/v1')}/v1/messages"

    def headers(self, key: str) -> dict[str, str]:
        """Return Anthropic's own header with the key."""
        headers = {"anthropic-version": _VERSION}
        return {**headers, "x-api-key": key} if key else headers

    def body(self, service: Service, prompt: Prompt) -> dict[str, object]:
        """Return the request; a limit is required."""
        return {
            "model": service.model,
            "stream": True,
            "max_tokens": prompt.limit or prompt.ample,
            "system": prompt.system,
            "messages": [{"role": "user", "content": prompt.user}],
        }

    def parts(self, event: Mapping[str, Any]) -> Iterator[StreamPart]:
        """Yield the text of text blocks, the model, the counts and the end."""
        kind = event.get("type")
        if kind == "error":
            yield StreamFailure(error_text(event.get("error")))
        elif kind == "message_start":
            message = as_object(event.get("message"))
            if as_text(message.get("model")):
                yield ServedModel(message["model"])
            yield TokenCounts(tokens_in=_tokens_in(as_object(message.get("usage"))))
        elif kind == "content_block_delta":
            delta = as_object(event.get("delta"))
            if delta.get("type") == "text_delta" and as_text(delta.get("text")):
                yield AnswerText(delta["text"])
        elif kind == "message_delta":
            yield TokenCounts(tokens_out=as_count(as_object(event.get("usage")).get("output_tokens")))
            reason = as_text(as_object(event.get("delta")).get("stop_reason"))
            if reason:
                yield EndOfAnswer(_STOPPED.get(reason, f"the service stopped it ({reason})"))

    def models_url(self, service: Service) -> str:
        """Return the address of the list of models."""
        return f"{service.base_url.removesuffix('/v1')}/v1/models?limit=1000"

    def models(self, answer: Mapping[str, Any]) -> list[str]:
        """Return the names in the list."""
        return listed_names(answer.get("data"), "id")


def _tokens_in(usage: Mapping[str, Any]) -> int | None:
    """Return the tokens read, those from the service's cache included."""
    fresh = as_count(usage.get("input_tokens"))
    if fresh is None:
        return None
    cached = ("cache_creation_input_tokens", "cache_read_input_tokens")
    return fresh + sum(as_count(usage.get(name)) or 0 for name in cached)
