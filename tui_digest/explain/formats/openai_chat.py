"""OpenAI's chat completions, which most services and local servers speak too.

Protocol: https://platform.openai.com/docs/api-reference/chat-streaming
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
    first,
    names_in,
    said_by,
    table,
    text_of,
)
from tui_digest.explain.prompt import Prompt
from tui_digest.explain.providers import Service

_STOPPED = {"stop": "", "eos": "", "length": LENGTH_LIMIT, "content_filter": REFUSED}


class OpenAIChat:
    """Server-sent events, ended by a finish reason and then `[DONE]`."""

    framing: Literal["sse", "lines"] = "sse"
    optional = ("stream_options", "max_tokens")

    def url(self, service: Service) -> str:
        """The completions below the base address."""
        return f"{service.base_url}/chat/completions"

    def headers(self, key: str) -> dict[str, str]:
        """The key as a bearer token."""
        return {"Authorization": f"Bearer {key}"} if key else {}

    def body(self, service: Service, prompt: Prompt) -> dict[str, object]:
        """The request. A limit only if the user sets one: services disagree on its name."""
        body: dict[str, object] = {
            "model": service.model,
            "stream": True,
            "messages": [
                {"role": "system", "content": prompt.system},
                {"role": "user", "content": prompt.user},
            ],
        }
        if prompt.limit:
            body["max_tokens"] = prompt.limit
        if service.counts_on_request:
            body["stream_options"] = {"include_usage": True}
        return body

    def parts(self, event: Mapping[str, Any]) -> Iterator[StreamPart]:
        """Text, the reason for the end, counts (in a last event without choices), errors."""
        if event.get("error"):
            yield Failure(said_by(event["error"]))
            return
        if text_of(event.get("model")):
            yield Served(event["model"])
        choice = first(event.get("choices"))
        message = table(choice.get("delta")) or table(choice.get("message"))
        yield from map(TextPart, _texts(message.get("content") or message.get("refusal")))
        usage = table(event.get("usage"))
        if usage:
            yield Counts(count_of(usage.get("prompt_tokens")), count_of(usage.get("completion_tokens")))
        reason = text_of(choice.get("finish_reason"))
        if reason == "error":
            yield Failure("the model failed")
        elif reason:
            yield End(_STOPPED.get(reason, f"the service stopped it ({reason})"))

    def models_url(self, service: Service) -> str:
        """The list below the base address."""
        return f"{service.base_url}/models"

    def models(self, answer: Mapping[str, Any]) -> list[str]:
        """The names in it."""
        return names_in(answer.get("data"), "id")


def _texts(content: object) -> Iterator[str]:
    """The texts of a message: one, or a list of parts of which some are reasoning, as Mistral's."""
    if isinstance(content, list):
        for part in map(table, content):
            if part.get("type", "text") in ("text", "output_text") and text_of(part.get("text")):
                yield part["text"]
    elif text := text_of(content):
        yield text
