"""What an error status means, as real services word it."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from tests.servers.explaining import KEY
from tui_digest.explain.api_keys import Key
from tui_digest.explain.http_errors import Refusal, explain_refusal
from tui_digest.explain.providers import choose
from tui_digest.settings import ModelSettings

NOW = datetime(2026, 11, 20, 9, 12, tzinfo=UTC)


def refusal(
    provider: str, status: int, error: object, headers: dict[str, str] | None = None, key: str = KEY
) -> Refusal:
    service = choose(ModelSettings(provider=provider), {})
    body = error if isinstance(error, str) else json.dumps(error)
    return explain_refusal(service, status, headers or {}, body, Key(key, "MY_KEY"), NOW)


def test_haste_is_not_mistaken_for_debt() -> None:
    hasty = {
        "error": {
            "message": "Rate limit reached. Upgrade at https://console.example/settings/billing",
            "type": "tokens",
            "code": "rate_limit_exceeded",
        }
    }
    assert refusal("groq", 429, hasty).again
    assert "in 7 seconds" in str(refusal("groq", 429, hasty, {"retry-after": "7"}).error)
    assert "Ask again later." in str(refusal("groq", 429, hasty, {"retry-after": "999999999"}).error)
    assert refusal("groq", 429, hasty, {"retry-after": "7"}).retry_after == 7
    assert refusal("anthropic", 429, {"error": {"type": "rate_limit_error"}}, {"retry-after": "2"}).again


def test_debt_is_not_mistaken_for_haste() -> None:
    spent = {"error": {"message": "You exceeded your current quota.", "code": "insufficient_quota"}}
    assert not refusal("openai", 429, spent).again
    assert not refusal("openai", 429, spent, {"retry-after": "1"}).again
    assert not refusal("anthropic", 429, {"error": {"type": "rate_limit_error"}}).again
    assert not refusal("openrouter", 402, {"error": {"message": "Insufficient credits", "code": 402}}).again


def test_geminis_limit_of_a_minute_is_waited_for_and_that_of_a_day_is_not() -> None:
    def limit(quota: str, *more: dict[str, str]) -> list[dict[str, object]]:
        details = [{"violations": [{"quotaId": quota}]}, *more]
        message = "You exceeded your current quota, please check your plan and billing details."
        return [
            {"error": {"code": 429, "message": message, "status": "RESOURCE_EXHAUSTED", "details": details}}
        ]

    minute = refusal("gemini", 429, limit("GenerateRequestsPerMinute-FreeTier", {"retryDelay": "13s"}))
    assert (minute.again, minute.retry_after) == (True, 13)
    assert not refusal("gemini", 429, limit("GenerateRequestsPerDay-FreeTier", {"retryDelay": "13s"})).again


def test_the_header_goes_before_the_delay_in_the_body() -> None:
    body = {"error": {"details": [{"retryDelay": "13s"}]}}
    assert refusal("gemini", 503, body, {"retry-after": "5"}).retry_after == 5
    assert refusal("gemini", 503, body, {"retry-after": "soon"}).retry_after is None
    assert refusal("gemini", 503, body).retry_after == 13


@pytest.mark.parametrize("status", [408, 500, 502, 503, 504, 520, 529])
def test_a_failing_service_is_asked_again(status: int) -> None:
    assert refusal("openai", status, "<html>Bad gateway</html>").again


@pytest.mark.parametrize("status", [301, 307, 400, 401, 403, 404, 413, 422])
def test_what_will_not_change_is_not_asked_again(status: int) -> None:
    refused = refusal("openai", status, {"detail": [{"msg": "no"}]})
    assert not refused.again
    assert str(status) in str(refused.error)
    assert "\n" not in str(refused.error)


@pytest.mark.parametrize(
    "said",
    [
        f"Incorrect API key provided: {KEY}.",
        f"Incorrect API key provided: {KEY[:8]}******{KEY[-4:]}.",
        f"Bearer {KEY} is unknown",
        f"\x1b[31m{KEY}\x1b[0m",
    ],
)
def test_the_services_own_words_are_told_without_the_key(said: str) -> None:
    sentence = str(refusal("openai", 400, {"error": {"message": said}}).error)
    assert "“" in sentence
    for part in (KEY, KEY[:6], KEY[-4:], "\x1b"):
        assert part not in sentence


@pytest.mark.parametrize(
    "body", ["", "[", "null", "[]", '{"error": null}', '{"error": {"message": {"a": 1}}}', "[" * 99_999]
)
def test_a_body_of_any_shape_is_survived(body: str) -> None:
    assert "400" in str(refusal("openai", 400, body).error)


@pytest.mark.parametrize(
    "said",
    [
        "This model's maximum context length is 2048 tokens.",
        "prompt is too long: 210000 tokens > 200000 maximum",
        "the request exceeds the available context size, try increasing it",
    ],
)
def test_a_question_that_is_too_long_is_told_as_that(said: str) -> None:
    told = str(refusal("openai", 400, {"error": {"message": said}}).error)
    assert "question too long (400" in told
    assert "LLM_MODEL" in told
