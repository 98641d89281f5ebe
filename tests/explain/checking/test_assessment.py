"""Every statement gets its state: what the quoted words carry, and what they do not."""

from __future__ import annotations

import gzip
import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.corpus import SHARED
from tests.latex.hostile_tex import hostile_tex
from tui_digest.entry import Statement, StatementState
from tui_digest.explain.answer_cleanup import tidy
from tui_digest.explain.checking import assess
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
    r" step size $\frac12$. On 10,000 problems of CUTEst the method is up to three times faster than"
    r" Nesterov's, and the Robbins-Monro theorem gives almost sure convergence under the"
    r" Polyak--{\L}ojasiewicz condition. It does not need a line search. We conjecture that the bound is"
    r" tight for all $d \geq 3$. In dimension two the iterates converge linearly; the memory grows"
    r" sublinearly and takes at most 4 GB.",
    "Ada Sample",
    "Bo Example",
)
SHELLS = made(
    "Blow-up in thin shells",
    r"Let $0<\alpha\leq 2$. We study $\partial_t u + (-\Delta)^{\alpha/2} u = u^p$ in unbounded"
    r" shells and show that some solutions with $p < 1 + \alpha/N$ blow up, while solutions with"
    r" infinitely many bumps need not exist. Numerical evidence suggests that the upper bound is"
    r" sharp. Our scheme performs comparably to finite elements in three dimensions.",
    "J. Dœ",
)

FAITHFUL = [
    (RESTARTS, "The function is smooth and convex", "an $L$-smooth convex function $f$"),
    (RESTARTS, "Few steps are enough", r"after $\mathcal O(\varepsilon^{-1/2})$ steps"),
    (
        RESTARTS,
        r"After $O(1/\sqrt\epsilon)$ steps the gradient is small",
        "‖∇f(x_T)‖₂ ≤ ε after O(ε^{-1/2}) steps",
    ),
    (RESTARTS, "It is up to 3 times as fast", "the method is up to three times faster"),
    (RESTARTS, "There were 10000 problems", "On 10,000 problems of CUTEst the method"),
    (RESTARTS, "The probability is 0.95", "steps, with 95% probability and step size"),
    (
        RESTARTS,
        "By Robbins–Monro it converges almost surely",
        "the Robbins-Monro theorem gives almost sure convergence",
    ),
    (RESTARTS, "No line search is used", "It does not need a line search"),
    (RESTARTS, "A line search can be avoided", "It does not need a line search"),
    (RESTARTS, "Tightness is conjectured", "We conjecture that the bound is tight"),
    (RESTARTS, "In the plane convergence is linear", "In dimension two the iterates converge linearly"),
    (RESTARTS, "Memory stays below 4 GB", "sublinearly and takes at most 4 GB"),
    (RESTARTS, "Two quotations", r'two restarts give", "step size $\frac12$'),
    (RESTARTS, "$$\n\\|\\nabla f(x_T)\\|_2 \\leq \\varepsilon\n$$", r"$\|\nabla f(x_T)\|_2 \le \epsilon$"),
    (SHELLS, r"The order is in $(0,2]$, that is $\alpha\in(0,2]$", r"Let $0<\alpha\leq 2$"),
    (SHELLS, r"Below $1+\frac{\alpha}{N}$ some blow up", r"some solutions with $p < 1 + \alpha/N$ blow up"),
    (
        SHELLS,
        "Solutions with infinitely many bumps may fail to exist",
        "solutions with infinitely many bumps need not exist",
    ),
    (
        SHELLS,
        "Sharpness is suggested by numerics",
        "Numerical evidence suggests that the upper bound is sharp",
    ),
]

LIES = [
    (RESTARTS, r"It needs $O(\epsilon^{-2})$ steps", r"after $O(\epsilon^{-1/2})$ steps", "no rate"),
    (
        RESTARTS,
        r"The gradient is large, $\|\nabla f(x_T)\|_2\ge\epsilon$",
        r"two restarts give $\|\nabla f(x_T)\|_2 \le \epsilon$",
        "≤",
    ),
    (RESTARTS, "It is four times faster", "the method is up to three times faster", "three"),
    (RESTARTS, "It is at least three times faster", "the method is up to three times faster", "≤"),
    (RESTARTS, "It ran on 20,000 problems", "On 10,000 problems of CUTEst the method", "10,000"),
    (RESTARTS, "The probability rises by 95 percentage points", "steps, with 95% probability and step", "%"),
    (RESTARTS, "A line search is needed", "It does not need a line search", "not"),
    (RESTARTS, "The bound is proved to be tight", "We conjecture that the bound is tight", "conjecture"),
    (RESTARTS, "The bound is tight", "We conjecture that the bound is tight", "conjecture"),
    (
        RESTARTS,
        "In dimension three the iterates converge linearly",
        "In dimension two the iterates converge linearly",
        "dimension 2",
    ),
    (RESTARTS, "Memory grows linearly", "the memory grows sublinearly and takes", "sublinearly"),
    (RESTARTS, "It takes at most 4 MB", "sublinearly and takes at most 4 GB", "GB"),
    (
        RESTARTS,
        "By the Johnson–Lindenstrauss lemma it converges",
        "the Robbins-Monro theorem gives almost sure convergence",
        "Johnson",
    ),
    (RESTARTS, "Experiments on MNIST confirm it", "On 10,000 problems of CUTEst the method", "MNIST"),
    (RESTARTS, "By Theorem 3.1 two restarts suffice", "and prove that two restarts give", "Theorem 3.1"),
    (RESTARTS, "The function is analytic", "an $L$-smooth convex function $f$", "analytic"),
    (
        RESTARTS,
        r"The bound is tight for $d\le3$, as conjectured",
        r"We conjecture that the bound is tight for all $d \geq 3$",
        "≥",
    ),
    (SHELLS, "The shells are bounded", "$u^p$ in unbounded shells and show that", "unbounded"),
    (SHELLS, "All solutions blow up", r"some solutions with $p < 1 + \alpha/N$ blow up", "some"),
    (
        SHELLS,
        "Solutions with infinitely many bumps exist",
        "solutions with infinitely many bumps need not exist",
        "need not",
    ),
    (
        SHELLS,
        "The lower bound is suggested to be sharp",
        "evidence suggests that the upper bound is sharp",
        "upper",
    ),
    (
        SHELLS,
        "The scheme outperforms finite elements",
        "Our scheme performs comparably to finite elements",
        "comparably",
    ),
    (
        SHELLS,
        r"The equation is $\partial_t u + (-\Delta)^{\alpha/2} u = u^{p+1}$",
        r"$\partial_t u + (-\Delta)^{\alpha/2} u = u^p$",
        "u^p",
    ),
]

WITHOUT_EVIDENCE = [
    ("The method converges.", "no mark"),
    ("The method converges [abstract].", "no words are quoted"),
    ('The method converges [abstract: "…"].', "no words are quoted"),
    ('The method converges [abstract: "almost sure"].', "too few words are quoted"),
    ('The rate is fast [abstract: "$d$"].', "too few words are quoted"),
    ("I'm sorry, but I can't help with that.", "no mark"),
]


def only(paper: Paper, text: str) -> Statement:
    (statement,) = assess(text, paper).statements
    return statement


@pytest.mark.parametrize(("paper", "said", "quoted"), FAITHFUL)
def test_what_the_quoted_words_carry_is_evidence(paper: Paper, said: str, quoted: str) -> None:
    statement = only(paper, f'{said} [abstract: "{quoted}"].')
    assert (statement.state, statement.why) == (StatementState.EVIDENCE, "")


@pytest.mark.parametrize(("paper", "said", "quoted", "why"), LIES)
def test_what_the_quoted_words_do_not_say_is_flagged_with_what_they_say(
    paper: Paper, said: str, quoted: str, why: str
) -> None:
    statement = only(paper, f'{said} [abstract: "{quoted}"].')
    assert statement.state is StatementState.FLAGGED
    assert why in statement.why


@pytest.mark.parametrize(("text", "why"), WITHOUT_EVIDENCE)
def test_what_quotes_nothing_is_without_evidence(text: str, why: str) -> None:
    statement = only(RESTARTS, text)
    assert (statement.state, statement.why) == (StatementState.NONE, why)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Restarts forget a wrong momentum [interpretation].", StatementState.INTERPRETATION),
        (
            "By Banach's theorem and with $\\eta=17$ it contracts [interpretation].",
            StatementState.INTERPRETATION,
        ),
        ("This is Theorem 2 of the paper [interpretation].", StatementState.FLAGGED),
    ],
)
def test_an_interpretation_may_say_more_but_invents_no_theorem(text: str, state: StatementState) -> None:
    assert only(RESTARTS, text).state is state


def test_the_words_that_differ_and_those_that_are_quoted_are_told_by_their_places() -> None:
    text = 'Fine. Memory grows linearly [abstract: "the memory grows sublinearly and takes"].'
    statement = assess(text, RESTARTS).statements[1]
    assert text[statement.start : statement.end] == statement.text
    assert [statement.text[start:end] for start, end in statement.words] == ["linearly"]
    assert statement.place == "abstract"
    assert statement.quoted is not None
    start, end = statement.quoted
    assert RESTARTS.abstract[start:end] == "the memory grows sublinearly and takes"


def test_the_counts_are_of_all_statements() -> None:
    text = "\n".join(
        [
            "### Guarantees",
            '- It is small [abstract: "two restarts give $\\|\\nabla f(x_T)\\|_2 \\le \\epsilon$"].',
            "- It forgets [interpretation].",
            "- It is best.",
            '- It needs a line search [abstract: "It does not need a line search"].',
        ]
    )
    counts = assess(text, RESTARTS).counts
    assert (counts.evidence, counts.interpretation, counts.none, counts.flagged) == (1, 1, 1, 1)
    assert counts.total == 4


PLACES = {
    "§3": "We first recall the setting.",
    "§3.1": "Every restart halves the error, as the numbers of the table confirm.",
    "§4.2": "The constant is universal and does not depend on the dimension at all.",
    "Theorem 2.1": r"Let $f$ be convex. Then $f(x_T) \le 4/T^2$ for all $T$.",
    "(5)": r"x_{k+1} = x_k - \eta \nabla f(x_k)",
}


@pytest.mark.parametrize(
    ("text", "state", "why"),
    [
        ('Errors are halved [§3.1: "Every restart halves the error"].', StatementState.EVIDENCE, ""),
        ('Errors are halved [Section 3.1: "Every restart halves the error"].', StatementState.EVIDENCE, ""),
        ('Errors are halved [§3: "Every restart halves the error"].', StatementState.EVIDENCE, ""),
        (r'It is fast [Thm. 2.1: "$f(x_T) \le 4/T^2$ for all $T$"].', StatementState.EVIDENCE, ""),
        (r'A step [(5): "$x_{k+1}=x_k-\eta\nabla f(x_k)$"].', StatementState.EVIDENCE, ""),
        ('By Theorem 2.1 it is fast [§3.1: "Every restart halves the error"].', StatementState.EVIDENCE, ""),
        (
            'It is universal [§3.1: "The constant is universal and"].',
            StatementState.FLAGGED,
            "elsewhere: §4.2",
        ),
        (
            'It is small [§3.1: "The constant is always very small"].',
            StatementState.FLAGGED,
            "the quoted words are not in the paper",
        ),
        ('It is so [§9: "The constant is universal and"].', StatementState.FLAGGED, "the text has no §9"),
        ('It is smooth [abstract: "an $L$-smooth convex function $f$"].', StatementState.EVIDENCE, ""),
    ],
)
def test_a_mark_is_checked_within_the_place_that_it_names(text: str, state: StatementState, why: str) -> None:
    (statement,) = assess(text, RESTARTS, PLACES).statements
    assert (statement.state, statement.why) == (state, why)
    if why.startswith("elsewhere"):
        assert statement.place == "§4.2"
        assert statement.quoted is not None


def test_words_from_elsewhere_are_found_in_the_smallest_place_that_has_them() -> None:
    words = "the step-size shrinks with every round of the method"
    places = {"§1": "Nothing.", "§2": f"Before. {words}. After.", "§2.1": f"{words}.", "Lemma 3": "Round."}
    (statement,) = assess(f'It shrinks [§1: "{words}"].', RESTARTS, places).statements
    assert statement.why == "elsewhere: §2.1"


def test_a_statement_in_another_language_is_held_to_its_quotation_and_numbers() -> None:
    fine = 'Die Methode ist auf 10000 Problemen dreimal schneller [abstract: "the method is up to three"].'
    wrong = 'Auf 20000 Problemen wurde die Methode stets geprüft [abstract: "On 10,000 problems of CUTEst"].'
    assert only(RESTARTS, fine).state is StatementState.EVIDENCE
    assert only(RESTARTS, wrong).state is StatementState.FLAGGED


signs = st.sampled_from(
    [*"$`\n|x){}^_é …", "17", "$$", "\\(", "\\)", "\\[", "\\]", "```", "\n\n", "- ", ". ", "O(", "### ", "> "]
) | st.sampled_from(['[abstract: "', '"]', "word", "\\frac", "[interpretation]", "[§3"])


@settings(deadline=None)
@given(st.lists(signs, max_size=40).map("".join))
def test_any_text_is_taken_apart_in_order(text: str) -> None:
    place = 0
    for statement in assess(text, RESTARTS, PLACES).statements:
        assert place <= statement.start < statement.end <= len(text)
        assert text[statement.start : statement.end] == statement.text
        place = statement.end


@settings(deadline=None)
@given(hostile_tex)
@example("g_{,j}")
def test_any_formula_is_compared(tex: str) -> None:
    assert assess(f'The rate is ${tex}$ [abstract: "On 10,000 problems of CUTEst"].', RESTARTS).statements


OPENINGS = (
    *'$`“[{1.A*"',
    *("$$", "\\[", "\\(", "```\n", "](", "[abstract:", '[abstract:"', '[abstract: "a" ', "| ", "O(", "_{"),
    *("{\\cal ", "\\sqrt", "1,111", "(1)", ") ", "A. ", "Aaa ", "Aaa theorem ", "- a\n", "<a", "linear "),
    *("x^", "a < ", "\\alpha ", "**a", "[§3.1", "not "),
)


@pytest.mark.parametrize("opened", OPENINGS)
def test_what_is_opened_and_never_closed_is_read_in_one_pass(opened: str) -> None:
    # A reading that takes the square of the length would not end in a lifetime of tests.
    text = opened * (20_000 // len(opened))
    assert assess(tidy(text), RESTARTS).statements is not None


def corpus(name: str) -> str:
    file = SHARED / name
    if not file.exists():
        pytest.skip(f"{file} is missing")
    if file.suffix == ".gz":
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            return lines.read()
    return file.read_text(encoding="utf-8")


@pytest.mark.corpus
def test_real_faithful_statements_pass_and_planted_lies_do_not() -> None:
    claims = json.loads(corpus("explain/claims.json"))
    faithful = flagged = bare = lies = caught = 0
    for one in claims["papers"]:
        paper = made(one["title"], one["abstract"])
        for text in one["faithful"]:
            states = {statement.state for statement in assess(text, paper).statements}
            faithful += 1
            flagged += StatementState.FLAGGED in states
            bare += StatementState.NONE in states
        lies += 1
        states = {statement.state for statement in assess(one["lie"]["statement"], paper).statements}
        caught += bool(states & {StatementState.FLAGGED, StatementState.NONE})
    assert flagged <= faithful * 0.02
    assert bare <= faithful * 0.1
    assert caught >= lies * 0.85
    for one in claims["quotes"]:
        states = {
            statement.state for statement in assess(one["statement"], made("", one["abstract"])).statements
        }
        assert bool(states & {StatementState.FLAGGED, StatementState.NONE}) == one["flag"], one["name"]


@pytest.mark.corpus
def test_real_abstracts_that_quote_themselves_are_not_flagged() -> None:
    records = [json.loads(line) for line in corpus("data/abstracts.jsonl.gz").splitlines()[::60]]
    sentences = flagged = missed = changed = 0
    for record in records:
        paper = made(record["title"], record["abstract"], *record["authors"])
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", " ".join(record["abstract"].split())):
            if len(sentence.split()) >= 6 and len(sentence) < 600:
                sentences += 1
                states = [
                    one.state for one in assess(f'{sentence} [abstract: "{sentence[:-1]}"]', paper).statements
                ]
                flagged += StatementState.FLAGGED in states
        words = re.findall(r"[a-z]{4,}", record["abstract"])[:4]
        if len(words) == 4:
            changed += 1
            spliced = assess(f'So. [abstract: "{" nowise ".join(words)}"]', paper).statements
            missed += spliced[-1].state is not StatementState.FLAGGED
    assert sentences > 1500
    assert flagged <= sentences / 200
    assert changed > 300
    assert missed == 0
