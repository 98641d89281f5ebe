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

_STOPPED = {
    "STOP": "",
    "MAX_TOKENS": LENGTH_LIMIT,
    **dict.fromkeys(("SAFETY", "RECITATION", "BLOCKLIST", "PROHIBITED_CONTENT", "SPII"), REFUSED),
}


class Gemini:
    """Server-sent events, each a whole answer object with the next parts in it."""

    framing: Literal["sse", "lines"] = "sse"
    optional = ()

    def url(self, service: Service) -> str:
        """The model's own address; the key is never part of it."""
        model = quote(service.model.removeprefix("models/"), safe="")
        return f"{service.base_url}/models/{model}:streamGenerateContent?alt=sse"

    def headers(self, key: str) -> dict[str, str]:
        """The key in Google's own header."""
        return {"x-goog-api-key": key} if key else {}

    def body(self, service: Service, prompt: Prompt) -> dict[str, object]:
        """The request. A limit only if the user sets one: thinking counts against it."""
        limit = {"generationConfig": {"maxOutputTokens": prompt.limit}} if prompt.limit else {}
        return {
            "systemInstruction": {"parts": [{"text": prompt.system}]},
            "contents": [{"role": "user", "parts": [{"text": prompt.user}]}],
            **limit,
        }

    def parts(self, event: Mapping[str, Any]) -> Iterator[StreamPart]:
        """The text of the first candidate, without its thoughts; counts; the reason for the end."""
        if event.get("error"):
            yield Failure(said_by(event["error"]))
            return
        if text_of(event.get("modelVersion")):
            yield Served(event["modelVersion"])
        candidate = first(event.get("candidates"))
        pieces = table(candidate.get("content")).get("parts")
        for piece in map(table, pieces if isinstance(pieces, list) else []):
            if text_of(piece.get("text")) and not piece.get("thought"):
                yield TextPart(piece["text"])
        usage = table(event.get("usageMetadata"))
        if usage:
            yield Counts(count_of(usage.get("promptTokenCount")), _tokens_out(usage))
        reason = text_of(candidate.get("finishReason"))
        if reason:
            yield End(_STOPPED.get(reason, f"the service stopped it ({reason})"))
        elif table(event.get("promptFeedback")).get("blockReason"):
            yield End(REFUSED)

    def models_url(self, service: Service) -> str:
        """The whole list below the base address."""
        return f"{service.base_url}/models?pageSize=1000"

    def models(self, answer: Mapping[str, Any]) -> list[str]:
        """The names in it."""
        return [name.removeprefix("models/") for name in names_in(answer.get("models"), "name")]


def _tokens_out(usage: Mapping[str, Any]) -> int | None:
    """All tokens that were written and are paid for: the answer's and those of its thoughts."""
    answer = count_of(usage.get("candidatesTokenCount"))
    return None if answer is None else answer + (count_of(usage.get("thoughtsTokenCount")) or 0)
