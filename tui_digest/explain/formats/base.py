"""What every stream format is turned into, and what a format has to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Literal, Protocol, cast

import msgspec

from tui_digest.explain.prompt import Prompt
from tui_digest.explain.providers import Service

REFUSED = "the service's content filter stopped it"


class TextPart(msgspec.Struct, frozen=True):
    """A piece of the answer, as it came."""

    text: str


class Served(msgspec.Struct, frozen=True):
    """The model that answers, as the service names it."""

    model: str


class Counts(msgspec.Struct, frozen=True):
    """Tokens so far, where the service told them."""

    tokens_in: int | None = None
    tokens_out: int | None = None


class End(msgspec.Struct, frozen=True):
    """The service's own end marker; `stopped` is empty when the answer is complete."""

    stopped: str = ""


class Failure(msgspec.Struct, frozen=True):
    """An error that the service reports inside a stream, in its own words."""

    said: str


StreamPart = TextPart | Served | Counts | End | Failure


class StreamFormat(Protocol):
    """One way of asking a model and of reading its stream."""

    framing: Literal["sse", "lines"]
    optional: tuple[str, ...]
    """Fields of the request that some services refuse, and that can be left out."""

    def url(self, service: Service) -> str:
        """Where the request goes."""

    def headers(self, key: str) -> dict[str, str]:
        """The headers of the format, with the key ("" for none) in its place."""

    def body(self, service: Service, prompt: Prompt) -> dict[str, object]:
        """The request: a streamed answer to the prompt, within its limit where it has one."""

    def parts(self, event: Mapping[str, Any]) -> Iterator[StreamPart]:
        """What one event of the stream says. Unknown events say nothing."""

    def models_url(self, service: Service) -> str:
        """Where the service lists its models. Asking there costs nothing."""

    def models(self, answer: Mapping[str, Any]) -> list[str]:
        """The names in that list, as they are asked for."""


_MODULES = {
    "openai-chat": ("openai_chat", "OpenAIChat"),
    "anthropic": ("anthropic", "Anthropic"),
    "gemini": ("gemini", "Gemini"),
    "ollama": ("ollama", "Ollama"),
}


def format_named(name: str) -> StreamFormat:
    """The format of this name, its module imported only now."""
    module, class_name = _MODULES[name]
    made = getattr(import_module(f"tui_digest.explain.formats.{module}"), class_name)()
    return cast(StreamFormat, made)


def table(value: object) -> Mapping[str, Any]:
    """The value if it is a JSON object, or an empty one: events are read from strangers."""
    return value if isinstance(value, dict) else {}


def first(value: object) -> Mapping[str, Any]:
    """The first JSON object of a list, or an empty one."""
    return table(value[0]) if isinstance(value, list) and value else {}


def names_in(rows: object, field: str) -> list[str]:
    """The texts that the objects of a list have in a field."""
    found = [text_of(table(row).get(field)) for row in (rows if isinstance(rows, list) else [])]
    return [name for name in found if name]


def text_of(value: object) -> str:
    """The value if it is text, or nothing."""
    return value if isinstance(value, str) else ""


def count_of(value: object) -> int | None:
    """The value if it is a count of tokens."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def said_by(error: object) -> str:
    """What an error object says, in whatever shape services write it."""
    if isinstance(error, str):
        return error
    message = table(error).get("message")
    return message if isinstance(message, str) else said_by(message) if message else ""
