"""A refusal, and an answer in another form than was asked for, are told as what they are."""

from __future__ import annotations

import pytest

from tui_digest.entry import REFUSAL
from tui_digest.explain.answer_form import NO_LIST, NO_TRANSLATION, WITHOUT_HEADINGS, form_problem

HEADINGS = ("Intuition", "Guarantees")

REFUSALS = [
    "I'm sorry, but I can't help with that.",
    "**I’m sorry**, but I can’t help.",
    "> Sorry, I can't.",
    "I cannot assist with this request.",
    "I'm not able to help with this request.",
    "I am unable to explain this paper.",
    "I have to decline.",
    "I'd rather not answer that.",
    "I don't have access to the full text.",
    "As an AI language model, I do not read papers.",
    "Thank you for your question. Unfortunately, no.",
    "Certainly! However, I can't help with that.",
    "This request violates our usage policies.",
    "Your request was flagged.",
    "Sorry! ### not a heading",
    "### Sorry\nI can't help with that.",
    "### Intuition\nI'm sorry, but I am not able to help.",
    "Es tut mir leid, aber dabei kann ich nicht helfen.",
    "Ich kann diese Anfrage nicht erfüllen.",
    "Je ne peux pas répondre à cette demande.",
    "Lo siento, pero no puedo ayudar con eso.",
    "Desculpe, mas não posso ajudar.",
    "Mi dispiace, ma non posso aiutarti.",
    "Het spijt me, maar ik kan je niet helpen.",
    "Przepraszam, ale nie mogę pomóc.",
    "Tyvärr kan jag inte hjälpa till med det.",
    "К сожалению, я не могу ответить.",
    "很抱歉，我无法提供帮助。",
    "我无法协助处理该请求。",
    "申し訳ありませんが、お手伝いできません。",
    "죄송합니다. 도와드릴 수 없습니다.",
    "عذرًا، لا أستطيع المساعدة في ذلك.",
]


@pytest.mark.parametrize("text", REFUSALS)
def test_a_refusal_is_known_whatever_was_asked_for(text: str) -> None:
    assert form_problem(text, HEADINGS) == REFUSAL
    assert form_problem(text, (), "three-lines") == REFUSAL
    assert form_problem(text, (), "translation", "We prove it. " * 60) == REFUSAL


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("### Intuition\nFine.", ""),
        ("### Idee\nGut.", ""),
        ("**Intuition**\n\nFine.", ""),
        ("The paper is about graphs.", WITHOUT_HEADINGS),
        ('{"error": "overloaded"}', WITHOUT_HEADINGS),
        ("### Intuition\nUnfortunately the bound is weak.", ""),
        ("### Idee\nLeider ist die Schranke schwach.", ""),
        ("### Setting\nThe value under the policy is bounded; one cannot provide more.", ""),
        ('Sorry that it is short: it converges. [abstract: "it converges to zero"]', WITHOUT_HEADINGS),
    ],
)
def test_the_form_of_an_answer(text: str, problem: str) -> None:
    assert form_problem(text, HEADINGS) == problem


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- One.\n- Two.\n- Three.", ""),
        ("1. The bound, unfortunately, is weak.\n2. Two.\n3. Three.", ""),
        ("One. [interpretation]\n\nTwo. [interpretation]", ""),
        ("No.", NO_LIST),
    ],
)
def test_three_lines_are_a_list(text: str, problem: str) -> None:
    assert form_problem(text, (), "three-lines") == problem


def test_a_translation_is_as_long_as_its_abstract_may_be() -> None:
    abstract = "We prove it. " * 60
    assert form_problem("### 標題\n我們證明這一點。" * 20, (), "translation", abstract) == ""
    assert form_problem("No.", (), "translation", abstract) == NO_TRANSLATION
