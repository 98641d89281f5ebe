"""The parts of a streamed answer, and the protocol of a stream format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, Protocol

import msgspec

from tui_digest.explain.prompt import Prompt
from tui_digest.explain.providers import Service

REFUSED = "the service's content filter stopped it"


class AnswerText(msgspec.Struct, frozen=True):
    """A part of the answer's text."""

    text: str


class ServedModel(msgspec.Struct, frozen=True):
    """The answering model, as the service names it."""

    model: str


class TokenCounts(msgspec.Struct, frozen=True):
    """The tokens so far, as far as the service sends them."""

    tokens_in: int | None = None
    tokens_out: int | None = None


class EndOfAnswer(msgspec.Struct, frozen=True):
    """The service's end marker; `stopped` is empty if the answer is complete."""

    stopped: str = ""


class StreamFailure(msgspec.Struct, frozen=True):
    """An error that the service reports inside a stream."""

    said: str


StreamPart = AnswerText | ServedModel | TokenCounts | EndOfAnswer | StreamFailure


class StreamFormat(Protocol):
    """A format of requests and of streamed answers; each format inherits from it."""

    framing: Literal["sse", "lines"]

    def url(self, service: Service) -> str:
        """Return the address of a request."""

    def headers(self, key: str) -> dict[str, str]:
        """Return the headers, with the key ("" for none)."""

    def body(self, service: Service, prompt: Prompt) -> dict[str, object]:
        """Return the request for a streamed answer, within the prompt's limit if any."""

    def adapted(self, body: dict[str, Any], status: int, refusal: str) -> dict[str, Any] | None:
        """Return a refused request without what was objected to; None if that is unknown.

        None by default: every field of a request is needed or the user's.
        """
        return None

    def parts(self, event: Mapping[str, Any]) -> Iterator[StreamPart]:
        """Yield the parts of one event; an unknown one has none."""

    def models_url(self, service: Service) -> str:
        """Return the address of the list of models, which costs nothing."""

    def models(self, answer: Mapping[str, Any]) -> list[str]:
        """Return the names in that list, as requests use them."""


def bearer(key: str) -> dict[str, str]:
    """Return the header with a key as a bearer token, none without a key."""
    return {"Authorization": f"Bearer {key}"} if key else {}


def as_object(value: object) -> Mapping[str, Any]:
    """Return the value if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def first_object(value: object) -> Mapping[str, Any]:
    """Return the first JSON object of a list, else an empty one."""
    return as_object(value[0]) if isinstance(value, list) and value else {}


def listed_names(rows: object, field: str) -> list[str]:
    """Return the texts in a field of a list's objects."""
    found = [as_text(as_object(row).get(field)) for row in (rows if isinstance(rows, list) else [])]
    return [name for name in found if name]


def as_text(value: object) -> str:
    """Return the value if it is text, else an empty text."""
    return value if isinstance(value, str) else ""


def as_count(value: object) -> int | None:
    """Return the value if it is a number of tokens, else None."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def error_text(error: object) -> str:
    """Return the message of an error object, in any of the services' shapes."""
    if isinstance(error, str):
        return error
    message = as_object(error).get("message")
    return message if isinstance(message, str) else error_text(message) if message else ""
