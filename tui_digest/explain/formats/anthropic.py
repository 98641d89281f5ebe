"""Anthropic's messages.

Protocol: https://platform.claude.com/docs/en/build-with-claude/streaming
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from tui_digest.entry import LENGTH_LIMIT
from tui_digest.explain.formats.base import (
    REFUSED,
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

_VERSION = "2023-06-01"
_STOPPED = {
    "end_turn": "",
    "stop_sequence": "",
    "max_tokens": LENGTH_LIMIT,
    "model_context_window_exceeded": LENGTH_LIMIT,
    "refusal": REFUSED,
}


class Anthropic:
    """Server-sent events; the answer is in text blocks, thinking is in blocks that are not shown."""

    framing: Literal["sse", "lines"] = "sse"
    optional = ()

    def url(self, service: Service) -> str:
        """The messages below the base address, with or without its `/v1`."""
        return f"{service.base_url.removesuffix('/v1')}/v1/messages"

    def headers(self, key: str) -> dict[str, str]:
        """The key in Anthropic's own header."""
        headers = {"anthropic-version": _VERSION}
        return {**headers, "x-api-key": key} if key else headers

    def body(self, service: Service, prompt: Prompt) -> dict[str, object]:
        """The request; the limit is required here."""
        return {
            "model": service.model,
            "stream": True,
            "max_tokens": prompt.limit or prompt.ample,
            "system": prompt.system,
            "messages": [{"role": "user", "content": prompt.user}],
        }

    def parts(self, event: Mapping[str, Any]) -> Iterator[StreamPart]:
        """The text of text blocks, and what the message's first and last events say of it."""
        kind = event.get("type")
        if kind == "error":
            yield Failure(said_by(event.get("error")))
        elif kind == "message_start":
            message = table(event.get("message"))
            if text_of(message.get("model")):
                yield Served(message["model"])
            yield Counts(tokens_in=_tokens_in(table(message.get("usage"))))
        elif kind == "content_block_delta":
            delta = table(event.get("delta"))
            if delta.get("type") == "text_delta" and text_of(delta.get("text")):
                yield TextPart(delta["text"])
        elif kind == "message_delta":
            yield Counts(tokens_out=count_of(table(event.get("usage")).get("output_tokens")))
            reason = text_of(table(event.get("delta")).get("stop_reason"))
            if reason:
                yield End(_STOPPED.get(reason, f"the service stopped it ({reason})"))

    def models_url(self, service: Service) -> str:
        """The whole list below the base address."""
        return f"{service.base_url.removesuffix('/v1')}/v1/models?limit=1000"

    def models(self, answer: Mapping[str, Any]) -> list[str]:
        """The names in it."""
        return names_in(answer.get("data"), "id")


def _tokens_in(usage: Mapping[str, Any]) -> int | None:
    """All tokens that were read: the new ones and those that came from the service's own cache."""
    fresh = count_of(usage.get("input_tokens"))
    if fresh is None:
        return None
    cached = ("cache_creation_input_tokens", "cache_read_input_tokens")
    return fresh + sum(count_of(usage.get(name)) or 0 for name in cached)
