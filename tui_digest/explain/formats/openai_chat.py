"""OpenAI's chat completions, which most services and local servers speak too.

Protocol: https://platform.openai.com/docs/api-reference/chat-streaming
"""

from __future__ import annotations

import re
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
    bearer,
    error_text,
    first_object,
    listed_names,
)
from tui_digest.explain.prompt import Prompt
from tui_digest.explain.providers import Service

# Finish reasons of OpenAI, and of servers and proxies that pass on a model's or another format's.
_STOPPED = {
    **dict.fromkeys(("stop", "eos", "eos_token", "end_turn", "stop_sequence", "complete"), ""),
    **dict.fromkeys(("length", "max_tokens", "max_length", "model_length"), LENGTH_LIMIT),
    **dict.fromkeys(("content_filter", "safety", "refusal"), REFUSED),
}

# Fields of the request that some services do not know, with the words by which they name them.
_OPTIONAL = {
    "stream_options": ("stream_options", "stream options", "include_usage"),
    "max_tokens": ("max_tokens", "max tokens"),
    "max_completion_tokens": ("max_completion_tokens",),
}
# Gemma's template has no such role, which llama.cpp and vLLM answer with an error.
_SYSTEM_ROLE = re.compile(
    r"\bsystem[ -](?:role|messages?|prompt)|\broles?\b[^.]{0,40}\bsystem\b|must alternate"
)


class OpenAIChat(StreamFormat):
    """Server-sent events, ended by a finish reason and then `[DONE]`."""

    framing: Literal["sse", "lines"] = "sse"

    def url(self, service: Service) -> str:
        """Return the address of the completions."""
        return f"{service.base_url}/chat/completions"

    def headers(self, key: str) -> dict[str, str]:
        """Return the header with the key as a bearer token."""
        return bearer(key)

    def body(self, service: Service, prompt: Prompt) -> dict[str, object]:
        """Return the request, with a limit only if the user sets one: its name varies."""
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

    def adapted(self, body: dict[str, Any], status: int, refusal: str) -> dict[str, Any] | None:
        """Return a refused request without what was objected to; None if that is unknown.

        Servers name the field, or its value, or only say that the request is a bad one.
        """
        said = refusal.lower()
        if "max_tokens" in body and "max_completion_tokens" in said:
            return {**_without(body, "max_tokens"), "max_completion_tokens": body["max_tokens"]}
        for field, names in _OPTIONAL.items():
            if field in body and any(name in said for name in names):
                return _without(body, field)
        rules, *rest = body["messages"]
        if rest and _SYSTEM_ROLE.search(said):
            text = f"{rules['content']}\n\n{rest[0]['content']}"
            return {**body, "messages": [{"role": "user", "content": text}]}
        if status in (400, 422) and any(field in body for field in _OPTIONAL):
            return _without(body, *_OPTIONAL)
        return None

    def parts(self, event: Mapping[str, Any]) -> Iterator[StreamPart]:
        """Yield text, the end, counts (in a last event without choices) and errors."""
        if event.get("error"):
            yield StreamFailure(error_text(event["error"]))
            return
        if as_text(event.get("model")):
            yield ServedModel(event["model"])
        choice = first_object(event.get("choices"))
        message = as_object(choice.get("delta")) or as_object(choice.get("message"))
        yield from map(AnswerText, _texts(message.get("content") or message.get("refusal")))
        usage = as_object(event.get("usage"))
        if usage:
            yield TokenCounts(as_count(usage.get("prompt_tokens")), as_count(usage.get("completion_tokens")))
        reason = as_text(choice.get("finish_reason"))
        if reason == "error":
            yield StreamFailure("the model failed")
        elif reason:
            yield EndOfAnswer(_STOPPED.get(reason.lower(), f"the service stopped it ({reason})"))

    def models_url(self, service: Service) -> str:
        """Return the address of the list of models."""
        return f"{service.base_url}/models"

    def models(self, answer: Mapping[str, Any]) -> list[str]:
        """Return the names in the list."""
        return listed_names(answer.get("data"), "id")


def _without(body: dict[str, Any], *fields: str) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name not in fields}


def _texts(content: object) -> Iterator[str]:
    """Yield the texts of a message: one, or parts of which some are reasoning."""
    if isinstance(content, list):
        for part in map(as_object, content):
            if part.get("type", "text") in ("text", "output_text") and as_text(part.get("text")):
                yield part["text"]
    elif text := as_text(content):
        yield text
