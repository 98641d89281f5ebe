"""The prompt, and the key under which its answer is stored."""

from __future__ import annotations

import json
import re

import msgspec

from tui_digest.explain.prompt import explanation_key, make_prompt
from tui_digest.explain.providers import choose
from tui_digest.paper import Paper
from tui_digest.settings import ModelSettings


def key(paper: Paper, **settings: object) -> str:
    chosen = ModelSettings(**{"provider": "openai", "model": "m", **settings})  # type: ignore[arg-type]
    return explanation_key(paper, choose(chosen, {}), chosen)


def test_the_key_depends_on_all_that_the_answer_depends_on(paper: Paper) -> None:
    change = msgspec.structs.replace
    others = [
        key(change(paper, version=3)),
        key(change(paper, id="2611.01235")),
        key(change(paper, abstract="Another.")),
        key(change(paper, title="Another.")),
        key(paper, model="n"),
        key(paper, provider="mistral"),
        key(paper, base_url="https://relay.example/v1"),
        key(paper, language="German"),
        key(paper, words=100),
    ]
    assert re.fullmatch("[0-9a-f]{64}", key(paper))
    assert len({key(paper), *others}) == len(others) + 1
    assert key(change(paper, comment="8 pages"), daily_limit=1, automatic=True, key_variable="MINE") == key(
        paper
    )


def test_the_prompt_is_the_rules_and_the_paper_as_data(paper: Paper) -> None:
    prompt = make_prompt(paper, ModelSettings(language="Deutsch", words=300))
    assert "Deutsch" in prompt.system
    assert "300 words" in prompt.system
    assert "LANGUAGE" not in prompt.system
    assert json.loads(prompt.user) == {
        "title": paper.title,
        "authors": list(paper.authors),
        "categories": list(paper.categories),
        "abstract": paper.abstract,
    }
