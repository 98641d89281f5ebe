"""Gemini's streamGenerateContent.

Protocol: https://ai.google.dev/api/generate-content
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal
from urllib.parse import quote

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
    first_object,
    listed_names,
)
from tui_digest.explain.prompt import Prompt
from tui_digest.explain.providers import Service

_STOPPED = {
    "STOP": "",
    "MAX_TOKENS": LENGTH_LIMIT,
    **dict.fromkeys(("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"), REFUSED),
}


class Gemini(StreamFormat):
    """Server-sent events, each an answer object with the next parts."""

    framing: Literal["sse", "lines"] = "sse"

    def url(self, service: Service) -> str:
        """Return the model's address, without the key."""
        model = quote(service.model.removeprefix("models/"), safe="")
        return f"{service.base_url}/models/{model}:streamGenerateContent?alt=sse"

    def headers(self, key: str) -> dict[str, str]:
        """Return Google's own header with the key."""
        return {"x-goog-api-key": key} if key else {}

    def body(self, service: Service, prompt: Prompt) -> dict[str, object]:
        """Return the request, with a limit only if the user sets one: thinking counts too."""
        limit = {"generationConfig": {"maxOutputTokens": prompt.limit}} if prompt.limit else {}
        return {
            "systemInstruction": {"parts": [{"text": prompt.system}]},
            "contents": [{"role": "user", "parts": [{"text": prompt.user}]}],
            **limit,
        }

    def parts(self, event: Mapping[str, Any]) -> Iterator[StreamPart]:
        """Yield the text of the first candidate without thoughts, counts and the end."""
        if event.get("error"):
            yield StreamFailure(error_text(event["error"]))
            return
        if as_text(event.get("modelVersion")):
            yield ServedModel(event["modelVersion"])
        candidate = first_object(event.get("candidates"))
        pieces = as_object(candidate.get("content")).get("parts")
        for piece in map(as_object, pieces if isinstance(pieces, list) else []):
            if as_text(piece.get("text")) and not piece.get("thought"):
                yield AnswerText(piece["text"])
        usage = as_object(event.get("usageMetadata"))
        if usage:
            yield TokenCounts(as_count(usage.get("promptTokenCount")), _tokens_out(usage))
        reason = as_text(candidate.get("finishReason"))
        if reason:
            yield EndOfAnswer(_STOPPED.get(reason, f"the service stopped it ({reason})"))
        elif as_object(event.get("promptFeedback")).get("blockReason"):
            yield EndOfAnswer(REFUSED)

    def models_url(self, service: Service) -> str:
        """Return the address of the list of models."""
        return f"{service.base_url}/models?pageSize=1000"

    def models(self, answer: Mapping[str, Any]) -> list[str]:
        """Return the names in the list."""
        return [name.removeprefix("models/") for name in listed_names(answer.get("models"), "name")]


def _tokens_out(usage: Mapping[str, Any]) -> int | None:
    """Return the tokens written, those of thoughts included."""
    answer = as_count(usage.get("candidatesTokenCount"))
    return None if answer is None else answer + (as_count(usage.get("thoughtsTokenCount")) or 0)
