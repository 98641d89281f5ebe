"""Flagging what is not in the abstract, and nothing else."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus import SHARED
from tui_digest.explain.checking.checker import FLAG, check
from tui_digest.explain.checking.cleanup import tidy
from tui_digest.explain.checking.normalise import fold_mathematics
from tui_digest.explain.checking.spans import find_spans
from tui_digest.paper import Paper


def made(title: str, abstract: str, *authors: str) -> Paper:
    return Paper(
        id="2611.00001",
        version=1,
        title=title,
        authors=authors,
        abstract=abstract,
        categories=(),
        primary="math.OC",
    )


RESTARTS = made(
    r"Momentum with Restarts: an $\mathcal{O}(1/T^2)$ Bound",
    r"We minimise an $L$-smooth convex function $f$ over $x \in \mathbb{R}^d$ and prove that two restarts"
    r" give $\|\nabla f(x_T)\|_2 \le \epsilon$ after $O(\epsilon^{-1/2})$ steps, with 95\% probability and"
    r" step size $\frac12$. On 10,000 problems of CUTEst the method is three times faster than"
    r" Nesterov's, and the Robbins-Monro theorem gives almost sure convergence under the"
    r" Polyak--{\L}ojasiewicz condition."
    "\nIt converges\nlinearly if $f$ is strongly convex; the sample\ncomplexity is"
    r" $\tilde{O}(d/\varepsilon^2)$.",
    "Ada Sample",
    "Bo Example",
)
HEAT = made(
    "Blow-up for the fractional heat equation",
    r"Let $0<\alpha\leq 2$ and $N \geq 3$. We study $\partial_t u + (-\Delta)^{\alpha/2} u = u^p$ in"
    r" $H^s(\mathbb{R}^N)$ and show that every solution with $p < 1 + \alpha/N$ blows up. For the"
    r" Schr\"odinger case, see Fujita's classical work of 1966; we say in \cite{F66} that"
    r" ``the critical exponent is sharp''.",
    "J. Dœ",
)

# Statements about the first paper, and then the second, as a model might write them.
SUPPORTED = [
    (
        RESTARTS,
        r"The function $f$ is smooth. [abstract: \"an $L$-smooth convex function\"]".replace('\\"', '"'),
    ),
    (RESTARTS, 'It needs few steps. [abstract: "after O(ε^{-1/2}) steps"]'),
    (RESTARTS, 'The gradient is small. [abstract: "‖∇f(x_T)‖₂ ≤ ε"]'),
    (RESTARTS, 'It is fast. [abstract: "three times FASTER than Nesterov’s"]'),
    (RESTARTS, 'All of it. [abstract: "We minimise … over $x \\in \\mathbb{R}^d$ ... with 95% probability"]'),
    (RESTARTS, 'A note. [abstract: "the [restart] method is three times faster"]'),
    (RESTARTS, 'Two quotes. [abstract: "two restarts", "strongly convex"]'),
    (RESTARTS, 'Broken lines. [abstract: "It converges linearly if"]'),
    (RESTARTS, "The method holds with probability 95 %, i.e. 0.95."),
    (RESTARTS, "It was run on 10000 problems, that is 10k problems, 3 times faster, with 2 restarts."),
    (RESTARTS, r"The step size is $1/2$, so $0.5$."),
    (RESTARTS, r"The bound is $\mathcal{O}\left(\frac{1}{T^2}\right)$, also written $O(T^{-2})$ or O(1/T²)."),
    (RESTARTS, r"Complexity $\widetilde{\mathcal{O}}(d\,\epsilon^{-2})$ in the sample."),
    (RESTARTS, r"After $O(1/\sqrt{\varepsilon})$ steps $\lVert\nabla f(x_T)\rVert_2\leq\varepsilon$."),
    (RESTARTS, "By the Robbins–Monro theorem it converges; see also the Polyak-Łojasiewicz condition."),
    (RESTARTS, "The main theorem and the key inequality are not named. Convergence theorems are asymptotic."),
    (RESTARTS, "It converges linearly for strongly convex functions; the rate is linear."),
    (RESTARTS, r"Write $g$ for the gradient and $\mu$ for its norm. [interpretation]"),
    (RESTARTS, r"Here $\min_{x} f(x)$ is sought in $\mathbb{R}^d$."),
    (RESTARTS, "Not stated in the abstract."),
    (RESTARTS, "There are two ideas: (1) momentum and (2) restarts."),
    (RESTARTS, "A so-called “free lunch” it is not."),
    (RESTARTS, "Sample and Example et al. say so."),
    (RESTARTS, "See [the page](https://arxiv.org/abs/2611.99999) for it."),
    (RESTARTS, "**Step 1.** Take a step. **Step 2.** Restart; this is stage 3."),
    (RESTARTS, r"The gradient norm decays at the rate $\mathcal{O}(\epsilon)$."),
    (RESTARTS, "Метод сходится. Он быстр, на 10,000 задачах."),
    (RESTARTS, "Code like `x = 17 * y` is no statement."),
    (HEAT, r"The order satisfies $0<\alpha\le2$ in dimension $N\ge3$."),
    (HEAT, r"The equation is $u_t + (-\Delta)^{\alpha/2}u = u^{p}$."),
    (HEAT, r"Below $1+\frac{\alpha}{N}$ all solutions blow up, as in Fujita's theorem of 1966."),
    (HEAT, 'Its sharpness is claimed: "the critical exponent is sharp".'),
    (HEAT, 'So the paper says. [abstract: "classical work of 1966; we say in that"]'),
    (HEAT, "The Schrödinger case is classical; the space is Hˢ(ℝᴺ)."),
]
UNSUPPORTED = [
    (RESTARTS, 'It is so. [abstract: "three times slower than Nesterov"]'),
    (RESTARTS, 'Out of order. [abstract: "strongly convex … two restarts"]'),
    (RESTARTS, 'The authors say "the method is always the best one".'),
    (RESTARTS, "The authors say “the method is always the best one” [interpretation]."),
    (RESTARTS, "It was run on 20,000 problems."),
    (RESTARTS, "It holds with 99% probability. [interpretation]"),
    (RESTARTS, "It is 3.7 times faster."),
    (RESTARTS, "It took 5 GPU hours on an A100."),
    (RESTARTS, r"The step size is $\eta = \frac{3}{4}$. [interpretation]"),
    (RESTARTS, r"The rate is $\mathcal{O}(1/T)$."),
    (RESTARTS, r"The rate is $O(\epsilon^{-7/4})$. [interpretation]"),
    (RESTARTS, r"The sample complexity is $O(d/\epsilon^2)$, without logarithms."),
    (RESTARTS, r"It needs $\Omega(\sqrt{T})$ memory. [interpretation]"),
    (RESTARTS, "It converges superlinearly near the solution."),
    (RESTARTS, "The rate of convergence is exponential, a quadratic rate in fact."),
    (RESTARTS, r"Let $\mu$ be the modulus of convexity."),
    (RESTARTS, r"Momentum adds $\beta_k (x_k - x_{k-1})$. [abstract: \"two restarts\"]".replace('\\"', '"')),
    (RESTARTS, "By the Johnson–Lindenstrauss lemma it embeds. [interpretation]"),
    (RESTARTS, "Jensen's inequality closes the proof."),
    (RESTARTS, "The proof uses the Banach fixed-point theorem."),
    (RESTARTS, "See Theorem 2 of the paper."),
    (RESTARTS, "This improves Nemirovski et al. in every way."),
    (RESTARTS, "Earlier work [17] was slower."),
    (RESTARTS, "它在500个问题上很快。"),
    (RESTARTS, "The sample complexity is polynomial, with polynomial rates."),
    (HEAT, r"The dimension is $N \geq 4$."),
    (HEAT, r"The critical exponent is $1 + 5/N$."),
    (HEAT, "Fujita showed it in 1967."),
    (HEAT, "The parameter λ decides."),
]


def flags(paper: Paper, text: str) -> str:
    checked = check(text, paper, fold_mathematics)
    assert checked.unsupported == checked.text.count(FLAG)
    return checked.text


@pytest.mark.parametrize(("paper", "statement"), SUPPORTED)
def test_what_the_abstract_says_is_not_flagged(paper: Paper, statement: str) -> None:
    assert flags(paper, statement) == statement


@pytest.mark.parametrize(("paper", "statement"), UNSUPPORTED)
def test_what_the_abstract_does_not_say_is_flagged(paper: Paper, statement: str) -> None:
    assert flags(paper, statement) == f"{statement} {FLAG}"


@pytest.mark.parametrize(
    ("text", "flagged"),
    [
        ("- It took 17 hours.\n- It is fine.", f"- It took 17 hours. {FLAG}\n- It is fine."),
        ("1. First, $17$.\n2. Two.", f"1. First, $17$. {FLAG}\n2. Two."),
        ("It took 17 hours. It is fine.", f"It took 17 hours. {FLAG} It is fine."),
        ("It took 17 hours, i.e. Long. Fine.", f"It took 17 hours, i.e. Long. {FLAG} Fine."),
        ("| a | b |\n|---|---|\n| $17$ | fine |", f"| a | b |\n|---|---|\n| $17$ {FLAG} | fine |"),
        ("$$ f = 17 $$", f"$$ f = 17 $$\n\n{FLAG}"),
        ("$$ f = 17 $$\n\nFine.", f"$$ f = 17 $$\n\n{FLAG}\n\nFine."),
        ("$$ f = 17 $$\nwhere it is.", f"$$ f = 17 $$\n\n{FLAG}\n\nwhere it is."),
        ("$$\nf = 17\n$$.\n", f"$$\nf = 17\n$$.\n\n{FLAG}\n"),
        ("- Then\n\n  \\[ f = 17 \\]\n\n- Fine.", f"- Then\n\n  \\[ f = 17 \\]\n\n  {FLAG}\n\n- Fine."),
        ("> $$ f = 17 $$\n> fine", f"> $$ f = 17 $$\n>\n> {FLAG}\n>\n> fine"),
        ("它用了17步。很快。", f"它用了17步。 {FLAG}很快。"),
        ("$$ f = 17 $$\n\n[interpretation]\nFine.", f"$$ f = 17 $$\n\n[interpretation] {FLAG}\nFine."),
        ('$$ f $$ [abstract: "nothing like it"].', f'$$ f $$ [abstract: "nothing like it"]. {FLAG}'),
        ("It costs $17. Or so.", f"It costs $17. {FLAG} Or so."),
        ("### 17 things\nFine.", "### 17 things\nFine."),
        ("```\nx = 17\n```\nFine.", "```\nx = 17\n```\nFine."),
        ("**It took 17 hours.** Fine.", f"**It took 17 hours.** {FLAG} Fine."),
        ("", ""),
    ],
)
def test_a_flag_stands_behind_its_statement(text: str, flagged: str) -> None:
    assert flags(RESTARTS, text) == flagged


@pytest.mark.parametrize(
    "text",
    [
        "Let $g$ be a map. It is onto. [interpretation]",
        "Consider [interpretation]\n\n$$ g = h $$",
        "Consider\n\n$$ g = h $$\n\nwhere $h$ is any map. [interpretation]",
        "$$ g = h $$ [interpretation]",
        "$$ g = h $$\n[interpretation]",
        "Let $g$ be a map, and\n\n$$ g = h. $$\n\n[interpretation]",
    ],
)
def test_a_mark_holds_for_what_it_closes(text: str) -> None:
    assert flags(RESTARTS, text) == text


def test_a_mark_does_not_reach_into_another_item() -> None:
    text = "- Let $g$ be a map.\n- Let $h$ be one. [interpretation]"
    assert flags(RESTARTS, text) == f"- Let $g$ be a map. {FLAG}\n- Let $h$ be one. [interpretation]"


signs = st.sampled_from(
    [
        "17",
        "$",
        "$$",
        "\\(",
        "\\)",
        "\\[",
        "\\]",
        "`",
        "```",
        "\n",
        "\n\n",
        "- ",
        "|",
        '[abstract: "',
        '"]',
        ". ",
    ]
) | st.sampled_from(
    ["x", "O(", ")", "### ", "word", "> ", "{", "}", "^", "_", "\\frac", "[interpretation]", "…", "é", " "]
)
markdown = st.lists(signs, max_size=40).map("".join)


@given(markdown)
def test_a_flag_adds_to_a_text_and_never_breaks_a_formula(text: str) -> None:
    checked = check(text, RESTARTS, fold_mathematics)
    before = [text[span.start : span.end] for span in find_spans(text)]
    after = [checked.text[span.start : span.end] for span in find_spans(checked.text)]
    assert after == before
    assert re.sub(r"[\s>]", "", checked.text.replace(FLAG, "")) == re.sub(r"[\s>]", "", text)


OPENINGS = (
    *(
        "$",
        "$$",
        "\\[",
        "\\(",
        "`",
        "```\n",
        '"',
        "“",
        "[",
        "](",
        "[abstract:",
        '[abstract:"',
        "| ",
        "O(",
        "{",
        "_{",
    ),
    *(
        "{\\cal ",
        "\\sqrt",
        "1,111",
        "1",
        "(1)",
        ".",
        ") ",
        "A. ",
        "Aaa ",
        "A",
        "Aaa theorem ",
        "- a\n",
        "<a",
        "linear ",
    ),
)


@pytest.mark.parametrize("opened", OPENINGS)
def test_what_is_opened_and_never_closed_is_read_in_one_pass(opened: str) -> None:
    # A reading that takes the square of the length would not end in a lifetime of tests.
    text = opened * (40_000 // len(opened))
    assert (
        check(tidy(text), RESTARTS, fold_mathematics).text.replace(FLAG, "").strip()[:1] == text.strip()[:1]
    )


@pytest.mark.corpus
def test_real_abstracts_hardly_ever_contradict_themselves() -> None:
    file = SHARED / "data" / "abstracts.jsonl.gz"
    if not file.exists():
        pytest.skip(f"{file} is missing")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines][::20]
    sentences = flagged = missed = changed = 0
    for record in records:
        paper = made(record["title"], record["abstract"], *record["authors"])
        text = "\n".join(
            f"- {part}" for part in re.split(r"(?<=[.!?])\s+(?=[A-Z])", " ".join(record["abstract"].split()))
        )
        sentences += text.count("\n") + 1
        flagged += check(text, paper, fold_mathematics).unsupported
        words = re.findall(r"[a-z]{4,}", record["abstract"])[:4]
        if len(words) == 4:
            changed += 1
            missed += not check(
                f'So. [abstract: "{" nowise ".join(words)}"]', paper, fold_mathematics
            ).unsupported
    assert flagged <= sentences / 1000
    assert changed > 900
    assert missed == 0
