"""A refusal, and an answer in another form than was asked for, are told as what they are."""

from __future__ import annotations

import pytest

from tui_digest.explain.response import REFUSAL, WITHOUT_HEADINGS, form_problem

HEADINGS = ("Intuition", "Guarantees")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("### Intuition\nFine.", ""),
        ("### Idee\nGut.", ""),
        ("**Intuition**\n\nFine.", ""),
        ("I'm sorry, but I can't help with that.", REFUSAL),
        ("I cannot assist with this request.", REFUSAL),
        ("As an AI language model, I do not read papers.", REFUSAL),
        ("Sorry! ### not a heading", REFUSAL),
        ("The paper is about graphs.", WITHOUT_HEADINGS),
        ("### Intuition\nUnfortunately the bound is weak.", ""),
    ],
)
def test_the_form_of_an_answer(text: str, problem: str) -> None:
    assert form_problem(text, HEADINGS) == problem


def test_a_kind_without_headings_needs_none() -> None:
    assert form_problem("- One.\n- Two.\n- Three.", ()) == ""
    assert form_problem("I am sorry, but no.", ()) == REFUSAL
