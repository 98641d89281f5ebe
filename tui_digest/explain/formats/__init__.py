"""Request and stream formats of model services, a module for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from tui_digest.explain.formats.base import StreamFormat
    from tui_digest.explain.providers import FormatName


def format_named(name: FormatName) -> StreamFormat:
    """Return the format with a name; only its module is imported."""
    match name:
        case "anthropic":
            from tui_digest.explain.formats.anthropic import Anthropic

            return Anthropic()
        case "gemini":
            from tui_digest.explain.formats.gemini import Gemini

            return Gemini()
        case "ollama":
            from tui_digest.explain.formats.ollama import Ollama

            return Ollama()
        case "openai-chat":
            from tui_digest.explain.formats.openai_chat import OpenAIChat

            return OpenAIChat()
        case _:
            assert_never(name)
