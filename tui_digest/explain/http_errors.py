"""The meaning of a service's error statuses, and whether a retry can help."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime

import msgspec

from tui_digest.explain.api_keys import Key
from tui_digest.explain.errors import KeyRefused, ServiceBusy, ServiceError, ServiceRefused, in_seconds
from tui_digest.explain.formats.base import as_object, error_text, first_object
from tui_digest.explain.providers import Service
from tui_digest.text.retry import retry_after
from tui_digest.text.sanitise import one_line

_MONEY = re.compile(r"quota|credit|billing|balance|spend", re.IGNORECASE)
# Gemini sends the delay in the body.
_RETRY_DELAY = re.compile(r'"retryDelay":\s*"(\d{1,6}(?:\.\d{1,9})?)s"')
# How services say with 400 that a model's context is too short.
_TOO_LONG = re.compile(
    r"context[_ -](?:length|size|window)|prompt is too long|maximum context|too many (?:input )?tokens",
    re.IGNORECASE,
)
_MOST_QUOTED = 160
_LONGEST_TOLD_S = 86_400
"""A longer wait is told as `later`: nobody counts it in seconds."""


class Refusal(msgspec.Struct, frozen=True):
    """An error status: its message, and whether and when a retry can help.

    `body` is the body of the answer; it is searched and never shown.
    """

    error: ServiceError
    why: str
    again: bool = False
    retry_after: float | None = None
    body: str = ""


def explain_refusal(
    service: Service, status: int, headers: Mapping[str, str], body: str, key: Key | None, now: datetime
) -> Refusal:
    """Return the meaning of an error status with its body; `now` dates a Retry-After.

    The service's own message is quoted only without the key.
    """
    name = service.label
    said = quoted_message(_message(body), key)
    wait = _wait_asked_for(headers.get("retry-after", ""), body, now)
    why = f"{name} answered {status}"
    if status in (401, 403):
        return Refusal(KeyRefused(_about_key(service, status, key), why), why)
    if status == 402 or (status == 429 and _is_spent(service, body, wait)):
        sentence = (
            f"{name} says that its credit or quota is used up ({status}); nothing more was asked. Add credit"
            " there, or choose another provider with LLM_PROVIDER."
        )
        return Refusal(ServiceRefused(sentence, why), why)
    if status in (408, 429) or status >= 500:
        when = "later" if wait is None or wait > _LONGEST_TOLD_S else f"in {in_seconds(round(wait))}"
        sentence = f"{name} is too busy to answer ({status}{said}); nothing was lost. Ask again {when}."
        return Refusal(ServiceBusy(sentence, why), why, again=True, retry_after=wait)
    if status == 413 or (status == 400 and _TOO_LONG.search(body)):
        sentence = (
            f"{name} finds the question too long ({status}{said}); set LLM_MODEL to a model that reads more."
        )
        return Refusal(ServiceRefused(sentence, why), why)
    return Refusal(ServiceRefused(_about_request(service, status, said), why), why)


def _about_key(service: Service, status: int, key: Key | None) -> str:
    if key is None:
        return f"{service.label} wants a key ({status}); set LLM_API_KEY, or key_variable under [model]."
    if status == 401:
        return (
            f"{service.label} does not accept the key from {key.source} (401); check it, or make a new one."
        )
    return (
        f"{service.label} does not let the key from {key.source} use {service.model} (403);"
        " check the key's rights there, or set LLM_MODEL to another model."
    )


def _about_request(service: Service, status: int, said: str) -> str:
    name = service.label
    if status == 404:
        return (
            f"{name} knows no model {service.model!r} at {service.base_url} (404{said});"
            " set LLM_MODEL to one that it offers, or check LLM_BASE_URL."
        )
    if 300 <= status < 400:
        return (
            f"{name} sends us to another address ({status}), where the key must not go;"
            " set LLM_BASE_URL to the right address."
        )
    return f"{name} did not accept the question ({status}{said}); check LLM_MODEL and LLM_BASE_URL."


def _is_spent(service: Service, body: str, wait: float | None) -> bool:
    """Tell whether a 429 is about credit and not about the request rate.

    Messages about the rate mention billing too, so words count only without a Retry-After.
    """
    error = _error(body)
    code = f"{error.get('code', '')} {error.get('type', '')}".lower()
    if "insufficient_quota" in code or "billing" in code or "PerDay" in body:
        return True
    if wait is not None or ("rate_limit" in code and service.format != "anthropic"):
        return False
    return service.format == "anthropic" or bool(_MONEY.search(error_text(error)))


def quoted_message(words: str, key: Key | None) -> str:
    """Format the service's message as `: “…”`, short and without the key; "" if empty."""
    line = one_line(words)
    if key is not None:
        line = without_key(line, key)
    line = line[:_MOST_QUOTED].rstrip(" .")
    return f": “{line}”" if line else ""


def without_key(text: str, key: Key) -> str:
    """Return the text without the key and words that show its beginning or end."""
    value = key.reveal()
    text = text.replace(value, "…")
    ends = {value[:6], value[-4:]} if len(value) > 8 else {value}
    return " ".join("…" if any(end in word for end in ends) else word for word in text.split(" "))


def _message(body: str) -> str:
    decoded = _decoded(body)
    return error_text(decoded.get("error") or decoded.get("message") or decoded.get("detail"))


def _error(body: str) -> Mapping[str, object]:
    return as_object(_decoded(body).get("error"))


def _decoded(body: str) -> Mapping[str, object]:
    """Return the error object, which some services put into a list."""
    try:
        decoded = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return first_object(decoded) or as_object(decoded)


def _wait_asked_for(header: str, body: str, now: datetime) -> float | None:
    """Return the seconds of Retry-After, or of the delay in Gemini's body."""
    seconds = retry_after(header, now)
    delay = None if header else _RETRY_DELAY.search(body)
    return float(delay[1]) if delay else seconds
