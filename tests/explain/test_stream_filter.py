"""What becomes of a model's text on its way in: cleaned, tidied, folded; and the question's own text."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_digest.entry import Explanation, Receipt
from tui_digest.explain.checking.cleanup import tidy
from tui_digest.explain.checking.normalise import fold_mathematics
from tui_digest.explain.checking.rates import find_rates
from tui_digest.explain.prompt import PROMPT_VERSION, explanation_key, make_prompt
from tui_digest.explain.providers import choose
from tui_digest.explain.staleness import is_of_older
from tui_digest.explain.stream_filter import StreamCleaner, ThoughtFilter
from tui_digest.paper import Paper
from tui_digest.render.receipt import receipt_line
from tui_digest.settings import ModelSettings
from tui_digest.text.sanitise import sanitise

signs = st.sampled_from(
    [
        "\x1b",
        "[",
        "]",
        "31",
        "m",
        "\x07",
        "\x9b",
        "\x9d",
        "\x90",
        "\\",
        "\n",
        "text",
        ";",
        "\x9c",
        " ",
        "é",
        "\u202e",
        "\x00",
        "0",
        "!",
    ]
)
pieces = st.lists(st.lists(signs, max_size=8).map("".join), max_size=12)


@given(pieces)
def test_a_stream_is_cleaned_as_a_whole(pieces: list[str]) -> None:
    cleaner = StreamCleaner()
    shown = [cleaner.feed(piece) for piece in pieces]
    assert "".join([*shown, cleaner.finish()]) == sanitise("".join(pieces))


@given(pieces)
def test_what_was_shown_never_has_to_be_taken_back(pieces: list[str]) -> None:
    cleaner = StreamCleaner()
    shown = ""
    whole = sanitise("".join(pieces))
    for piece in pieces:
        shown += cleaner.feed(piece)
        assert whole.startswith(shown)


def test_plain_text_is_shown_at_once() -> None:
    cleaner = StreamCleaner()
    assert [cleaner.feed(piece) for piece in ("Let ", "$x", "$.\n")] == ["Let ", "$x", "$.\n"]


def test_an_unclosed_sequence_does_not_hold_the_text_back_for_ever() -> None:
    cleaner = StreamCleaner()
    assert cleaner.feed("\x1b]" + "a" * 4000) == ""
    assert cleaner.feed("b" * 200).endswith("b" * 200)


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<think>\nLet me see 1 < 2.\n</think>\n\nThe answer.", "The answer."),
        ("  <think></think>The answer.", "The answer."),
        ("<thin air> is a tag.", "<thin air> is a tag."),
        ("The tag <think> is text here.", "The tag <think> is text here."),
        ("<think>Never closed", ""),
        ("<thi", "<thi"),
        ("", ""),
    ],
)
def test_thoughts_in_tags_are_no_answer(text: str, shown: str, size: int) -> None:
    thoughts = ThoughtFilter()
    pieces = [thoughts.feed(text[place : place + size]) for place in range(0, len(text), size)]
    assert "".join([*pieces, thoughts.finish()]).strip() == shown


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("### A\nText.\n\n### B\n\n### C\nMore.", "### A\nText.\n\n### C\nMore."),
        ("### A\nText.\n\n### B\nN/A", "### A\nText."),
        ("Sure! Here is the explanation:\n\n### A\nText.", "### A\nText."),
        ("First, words.\n\n### A\nText.", "First, words.\n\n### A\nText."),
        ("## A\n### B\nText.", "## A\n### B\nText."),
        (
            "### A\nText.\n\n### Guarantees\nNot stated in the abstract.\n",
            "### A\nText.\n\nNot stated in the abstract: Guarantees.",
        ),
        (
            "### Bounds\n- Not stated in the abstract. [interpretation]\n\n### Key idea\n*Not specified.*",
            "Not stated in the abstract: Bounds, Key idea.",
        ),
        ("### A\nNot stated in the abstract: constants.", "### A\nNot stated in the abstract: constants."),
        ("```\n### A\n```\n### B\nText.", "```\n### A\n```\n### B\nText."),
        ("![alt](https://a.example/b.png)", "[alt](https://a.example/b.png)"),
        ("[x](javascript:alert(1)) [y](mailto:a@b) [z](/etc)", "x y z"),
        ("$n![x](y)$ and `![x](y)`", "$n![x](y)$ and `![x](y)`"),
    ],
)
def test_only_content_is_kept(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


@pytest.mark.parametrize(
    ("tex", "plain"),
    [
        (r"$\ell_2$-norm", "ℓ₂ norm"),
        (r"$\varepsilon \le \epsilon$", "ε ≤ ϵ"),
        (r"Schr\"odinger, Polyak--{\L}ojasiewicz, \v{S}id\'ak", "Schrödinger, Polyak–Łojasiewicz, Šidák"),
        (r"$\mathcal{O}(\log n)$", "𝒪(log n)"),
        (r"$\|\nabla f(x_k)\|^2$", "‖∇f(xₖ)‖²"),
        (r"$x\in\mathbb{R}^d$", "X ∈ ℝᵈ"),
        (r"$x\in\R^d\setminus B$", r"x ∈ ℝᵈ\B"),
    ],
)
def test_tex_and_unicode_fold_to_one_form(tex: str, plain: str) -> None:
    assert fold_mathematics(tex) == fold_mathematics(plain) != ""


@pytest.mark.parametrize(
    "same",
    [
        [
            r"$\mathcal{O}(1/\sqrt{T})$",
            r"$O(T^{-1/2})$",
            "O(1/√T)",
            "O(T⁻¹ᐟ²)",
            r"$O\big(\frac1{\sqrt T}\big)$",
            "O(T^-1/2)",
        ],
        [r"$\tilde{O}(d/\varepsilon^2)$", r"$\widetilde{\mathcal{O}}(d\,\epsilon^{-2})$"],
        [r"$O(n\log n)$", "O(n log n)", r"${\cal O}(\log(n)\cdot n)$"],
        [r"$O(n^2 + m)$", r"$\mathcal O( n^{2}+m )$"],
        [r"$\Omega(k)$", "Ω(k)"],
    ],
)
def test_a_rate_has_one_form(same: list[str]) -> None:
    forms = [find_rates(text) for text in same]
    assert forms == [forms[0]] * len(same)
    assert len(forms[0]) == 1


def test_different_rates_have_different_forms() -> None:
    rates = [
        r"O(1/T)",
        r"O(1/\sqrt{T})",
        r"O(1/T^2)",
        r"\tilde{O}(1/T)",
        r"o(1/T)",
        r"\Omega(1/T)",
        r"O(1/k)",
        "O(1)",
    ]
    assert len({find_rates(rate)[0] for rate in rates}) == len(rates)


@given(st.text(alphabet=r"\O()T{}^_/-12 logsqrtfac+$", max_size=30))
def test_any_rate_can_be_read(text: str) -> None:
    find_rates(f"O({text})")


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


RECEIPT = Receipt(
    provider="openai",
    model="m-1",
    asked_at=datetime(2026, 11, 20, 9, 12, tzinfo=UTC),
    prompt_version=PROMPT_VERSION,
    paper_version=1,
    tokens_in=412,
    tokens_out=903,
    seconds=12.34,
    complete=True,
    unsupported=1,
)


def test_a_receipt_is_told_on_one_line() -> None:
    assert receipt_line(RECEIPT) == (
        f"m-1 (openai) · 2026-11-20 09:12 UTC · prompt {PROMPT_VERSION} · title and abstract only, version 1"
        " · 412 → 903 tokens · 12.3 s · complete · 1 statement not in the abstract"
    )
    broken = msgspec.structs.replace(
        RECEIPT,
        complete=False,
        stopped="the connection broke",
        unsupported=0,
        tokens_in=None,
        tokens_out=None,
    )
    assert receipt_line(broken).endswith("version 1 · 12.3 s · incomplete: the connection broke")


def test_an_explanation_of_something_older_says_so(paper: Paper) -> None:
    explanation = Explanation(paper_id=paper.id, text="", receipt=RECEIPT)
    assert "version 1; the paper is at version 2" in is_of_older(explanation, paper)
    assert is_of_older(explanation, msgspec.structs.replace(paper, version=1)) == ""
    other = msgspec.structs.replace(RECEIPT, prompt_version="0", paper_version=2)
    assert "earlier form" in is_of_older(Explanation(paper_id=paper.id, text="", receipt=other), paper)


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
