"""What a model thinks aloud is no answer, in whatever form it comes."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui_digest.explain.reasoning_filter import ReasoningFilter

ANSWER = "### A\nText with 1 < 2 and $[0,1]$."
HARMONY = (
    "<|channel|>analysis<|message|>We need it.<|end|><|start|>assistant<|channel|>final<|message|>"
    f"{ANSWER}<|return|>"
)
CASES = [
    ("<think>\nLet me see 1 < 2.\n</think>\n\nThe answer.", "The answer."),
    ("  <think></think>The answer.", "The answer."),
    ("<Thinking>a</thinking><reasoning>b</reasoning>\n" + ANSWER, ANSWER),
    ("<thin air> is a tag.", "<thin air> is a tag."),
    ("The tag <think> is text here.", "The tag <think> is text here."),
    ("The tag `</think>` is code here.", "The tag `</think>` is code here."),
    ("<think>Never closed", ""),
    ("I ponder.\n\nOnce more.</think>\n\n" + ANSWER, ANSWER),
    ("[THINK]x[/THINK]" + ANSWER, ANSWER),
    ("◁think▷x◁/think▷" + ANSWER, ANSWER),
    (HARMONY, ANSWER),
    (
        "<|start|>assistant<|channel|>commentary to=x<|message|>hm<|end|>"
        "<|start|>assistant<|channel|>final<|message|>Yes",
        "Yes",
    ),
    ("<|channel|>analysis<|message|>Never ends", ""),
    ("<answer>" + ANSWER + "</answer>", ANSWER),
    ("<thi", "<thi"),
    ("", ""),
]


def filtered(text: str, size: int) -> str:
    reasoning = ReasoningFilter()
    shown: list[str] = []
    for place in range(0, len(text), size):
        piece = reasoning.feed(text[place : place + size])
        if reasoning.restarted:
            reasoning.restarted = False
            shown.clear()
        shown.append(piece)
    return "".join([*shown, reasoning.finish()])


@pytest.mark.parametrize("size", [1, 3, 7, 1000])
@pytest.mark.parametrize(("text", "answer"), CASES)
def test_only_the_answer_is_given_out(text: str, answer: str, size: int) -> None:
    assert filtered(text, size).strip() == answer


@pytest.mark.parametrize("text", ["<think>Never closed", "<|channel|>analysis<|message|>Never ends"])
def test_an_answer_of_reasoning_only_is_known_as_such(text: str) -> None:
    reasoning = ReasoningFilter()
    reasoning.feed(text)
    assert reasoning.finish() == ""
    assert reasoning.is_reasoning


signs = st.sampled_from(
    ["<", ">", "/", "think", "<think>", "</think>", "<|channel|>", "<|message|>", "final", "a", "`"]
)


@settings(deadline=None)
@given(st.lists(signs, max_size=12).map("".join))
@example("<|channel|>a<|message|><<think><|message|>b")
def test_how_a_stream_is_cut_makes_no_difference(text: str) -> None:
    assert filtered(text, 1) == filtered(text, 5) == filtered(text, 1000)
