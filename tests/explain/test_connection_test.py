"""Trying a service out: its list of models is asked for and nothing else."""

from __future__ import annotations

import pytest

from tests.servers.explaining import ADDRESSES, KEY, MakeExplainer
from tests.servers.models import ModelServer
from tui_digest.errors import ModelError
from tui_digest.explain.connection_test import judge_models
from tui_digest.explain.diagnostics import available_providers
from tui_digest.explain.explainer import Explainer
from tui_digest.explain.providers import PRESETS, choose
from tui_digest.settings import ModelSettings


@pytest.mark.parametrize("provider", ADDRESSES)
async def test_only_the_list_of_models_is_asked_for(provider: str, make_explainer: MakeExplainer) -> None:
    async with ModelServer() as server:
        trial = await make_explainer(server, provider).try_out()
        assert "answers and offers asked." in trial.sentence
        assert "Nothing was paid." in trial.sentence
        assert [name.removesuffix(":latest") for name in trial.models] == ["asked", "another"]
        (request,) = server.asked
        assert request.raw == ""
        assert KEY in " ".join(request.headers.values())
        assert KEY not in request.path + trial.sentence


async def test_a_model_that_is_not_listed_is_said_with_those_that_are(make_explainer: MakeExplainer) -> None:
    async with ModelServer() as server:
        server.models = [f"m{number}" for number in range(9)]
        trial = await make_explainer(server).try_out()
        assert "asked is not among the models it lists (m0, m1, m2, m3, m4, m5 and 3 more)" in trial.sentence
        server.models = []
        assert "offers no model yet" in (await make_explainer(server).try_out()).sentence


@pytest.mark.parametrize("fault", ["404", "405", "501"])
async def test_a_service_without_a_list_is_no_failure(fault: str, make_explainer: MakeExplainer) -> None:
    async with ModelServer(fault=fault) as server:
        assert "lists no models" in (await make_explainer(server).try_out()).sentence


@pytest.mark.parametrize(
    ("fault", "words"),
    [("401", "does not accept the key from LLM_API_KEY"), ("500", "too busy"), ("html", "web page")],
)
async def test_a_failure_says_what_to_do(fault: str, words: str, make_explainer: MakeExplainer) -> None:
    async with ModelServer(fault=fault) as server:
        server.echo_key = True
        with pytest.raises(ModelError, match=words) as failure:
            await make_explainer(server).try_out()
        assert KEY not in str(failure.value)
        assert len(server.asked) == 1


async def test_nobody_listens() -> None:
    settings = ModelSettings(provider="compatible", base_url="http://127.0.0.1:9/v1", model="m")
    explainer = Explainer(settings, {})
    with pytest.raises(ModelError, match="cannot be reached"):
        await explainer.try_out()
    await explainer.aclose()


def test_of_a_list_that_is_open_to_all_nothing_is_said_of_the_key() -> None:
    open_to_all = choose(ModelSettings(provider="openrouter"), {})
    assert "It takes the key" not in judge_models(open_to_all, [open_to_all.model]).sentence
    for_customers = choose(ModelSettings(provider="groq"), {})
    assert "It takes the key" in judge_models(for_customers, [for_customers.model]).sentence


def test_names_from_a_service_are_sanitised() -> None:
    service = choose(ModelSettings(provider="groq", model="wanted"), {})
    trial = judge_models(service, ["evil\x1b[31m\u202ename", "x" * 500])
    assert trial.models == ("evilname", "x" * 100)
    assert "\x1b" not in trial.sentence


def test_every_service_is_offered_with_what_of_its_key_is_there() -> None:
    found = {offer.name: offer for offer in available_providers({"OPENAI_API_KEY": KEY})}
    assert set(found) == set(PRESETS)
    assert found["openai"].key == "OPENAI_API_KEY is set"
    assert found["gemini"].key == "neither GEMINI_API_KEY nor GOOGLE_API_KEY is set"
    assert found["ollama"].key == "needs no key"
    assert [offer.name for offer in found.values() if offer.asks_address] == ["compatible"]
    assert KEY not in str(found)
