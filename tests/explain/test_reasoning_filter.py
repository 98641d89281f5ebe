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
    ("Well.\n<think>Or not.</think>\n" + ANSWER, f"Well.\n\n{ANSWER}"),
    (f"{ANSWER}\n\n<think>Once more: </think>### B\nText.", f"{ANSWER}\n\n### B\nText."),
    (f"{ANSWER}\n<think>Never closed", ANSWER),
    ("<reasoning_content>x</reasoning_content>" + ANSWER, ANSWER),
    ("< think >x</ think >" + ANSWER, ANSWER),
    (
        "<|START_OF_TURN_TOKEN|><|CHATBOT_TOKEN|><|START_THINKING|>x<|END_THINKING|>"
        f"<|START_RESPONSE|>{ANSWER}<|END_RESPONSE|><|END_OF_TURN_TOKEN|>",
        ANSWER,
    ),
    (f"<|begin_of_thought|>x<|end_of_thought|>\n<|begin_of_solution|>{ANSWER}<|end_of_solution|>", ANSWER),
    (f"<|inner_prefix|>x<|inner_suffix|>{ANSWER}", ANSWER),
    (f"<unused94>thought\nx<unused95>{ANSWER}", ANSWER),
    (f"<|channel>thought\nx<channel|>{ANSWER}", ANSWER),
    (f'<details type="reasoning" done="true">\n> </think>x\n</details>\n{ANSWER}', ANSWER),
    (f"{ANSWER}\n<details>\nMore.\n</details>", f"{ANSWER}\n<details>\nMore.\n</details>"),
    (f"<think>x</think><|begin_of_box|>{ANSWER}<|end_of_box|>", ANSWER),
    (f"{ANSWER}<|im_end|>", ANSWER),
    (f"<s>{ANSWER}</s>", ANSWER),
    (f"{ANSWER}<end_of_turn><eos>", ANSWER),
    (f"{ANSWER}<｜end▁of▁sentence｜>", ANSWER),
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
    [
        *(
            "<",
            ">",
            "/",
            "think",
            "<think>",
            "</think>",
            "<|channel|>",
            "<|message|>",
            "final",
            "a",
            "`",
            "\n",
        ),
        *(
            "<|channel>thought",
            "<channel|>",
            '<details type="reasoning">',
            "</details>",
            "<|im_end|>",
            "</s>",
            " ",
        ),
    ]
)


@settings(deadline=None)
@given(st.lists(signs, max_size=12).map("".join))
@example("<|channel|>a<|message|><<think><|message|>b")
def test_how_a_stream_is_cut_makes_no_difference(text: str) -> None:
    assert filtered(text, 1) == filtered(text, 5) == filtered(text, 1000)
