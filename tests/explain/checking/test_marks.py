"""A mark is read in the shapes in which models write it, and holds for its own statement alone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tui_digest.entry import StatementState
from tui_digest.explain.answer_cleanup import tidy
from tui_digest.explain.checking import assess
from tui_digest.explain.checking.marks import find_marks
from tui_digest.paper import Paper

PAPER = Paper(
    id="2611.00001",
    version=1,
    title="Gradient descent with momentum",
    authors=("Ada Sample",),
    abstract=r"The iterates converge at the rate $O(1/k^2)$ for every step size $\eta \le 1/L$.",
    categories=(),
    primary="math.OC",
)
QUOTED = "the iterates converge at the rate $O(1/k^2)$"
SAID = "The iterates converge at the rate $O(1/k^2)$"
LIE = "The iterates converge at the rate $O(1/k^3)$"

SHAPES = [
    '{said} [abstract: "{quoted}"].',
    '{said}. [abstract: "{quoted}"]',
    '{said} [Abstract "{quoted}"].',
    '{said} [ABSTRACT, "{quoted}"].',
    "{said} [abstract: “{quoted}”].",
    "{said} [abstract: '{quoted}'].",
    "{said} [abstract: „{quoted}“].",
    "{said} [abstract: « {quoted} »].",
    "{said} [abstract: »{quoted}«].",
    "{said} [abstract: 「{quoted}」].",
    "{said} [abstract: ``{quoted}''].",
    "{said} [abstract: {quoted}].",
    '{said} **[abstract: "{quoted}"]**.',
    '{said} [**abstract:** "{quoted}"].',
    '{said} [abstract: *"{quoted}"*].',
    '{said} (abstract: "{quoted}").',
    '{said} ([abstract: "{quoted}"]).',
    '{said} [[abstract: "{quoted}"]].',
    '{said} 【abstract: "{quoted}"】.',
    '{said} ［abstract： "{quoted}"］.',
    '{said} \\[abstract: "{quoted}"\\].',
    '{said} [abstract]: "{quoted}".',
    '{said} [abstract] "{quoted}".',
    '{said} [from the abstract: "{quoted}"].',
    '{said} [the abstract says: "{quoted}"].',
    '{said} [quote from abstract: "{quoted}"].',
    '{said} [quote: "{quoted}"].',
    '{said} ["{quoted}"].',
    '{said} [source: abstract, "{quoted}"].',
    '{said} [abstract, sentence 1: "{quoted}"].',
    '{said} [abstract = "{quoted}"].',
    '{said} [Zusammenfassung: "{quoted}"].',
    "{said} [résumé : « {quoted} »].",
    '{said} [resumen: "{quoted}"].',
    "{said}[摘要: “{quoted}”]。",
    "{said} [abstract: &quot;{quoted}&quot;].",
    '{said} `[abstract: "{quoted}"]`.',
    '{said}<sup>[abstract: "{quoted}"]</sup>.',
    '{said} [abstract: "{quoted}"](https://arxiv.org/abs/2611.00001).',
    '{said}.\n[abstract: "{quoted}"]',
    '{said}.\n\n[abstract: "{quoted}"]',
    '- {said}.\n  - [abstract: "{quoted}"]',
    '1) {said}. [abstract: "{quoted}"]',
    '> {said}. [abstract: "{quoted}"]',
    '| claim | source |\n|---|---|\n| {said} | [abstract: "{quoted}"] |',
    '[abstract: "{quoted}"] {said}.',
    '- **[abstract: "{quoted}"]** {said}.',
    '- **Rate:** [abstract: "{quoted}"] {said}.',
]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_mark_is_read_in_every_shape(shape: str) -> None:
    faithful = assess(tidy(shape.format(said=SAID, quoted=QUOTED)), PAPER).statements
    assert [statement.state for statement in faithful] == [StatementState.EVIDENCE]
    lie = assess(tidy(shape.format(said=LIE, quoted=QUOTED)), PAPER).statements
    assert [statement.state for statement in lie] == [StatementState.FLAGGED]


@pytest.mark.parametrize(
    "prose",
    [
        "An (abstract) group acts.",
        '(in "Lyapunov" sense "here")',
        'the set ["a", "b"]',
        "(per Theorem 2.1) and [see Theorem 2.1]",
        '[abstraction: "x y z w"]',
        r"\[abstract nonsense\]",
        "the third (interpretation) of it",
        '$[abs(x): "y"]$',
    ],
)
def test_brackets_in_prose_are_no_marks(prose: str) -> None:
    assert list(find_marks(prose)) == []


@pytest.mark.parametrize("shape", ['["{}"]', '[quote: "{}"]', '[§3.1]: "{}"', '(Section 3.1: "{}")'])
def test_a_quotation_of_the_text_may_name_its_place_or_not(shape: str) -> None:
    quoted = "the iterates converge linearly when $f$ is strongly convex"
    places = {"§3": f"We set it up. We show that {quoted}.", "§3.1": f"We show that {quoted}."}
    (statement,) = assess(f"It converges linearly {shape.format(quoted)}.", PAPER, places).statements
    assert (statement.state, statement.place) == (StatementState.EVIDENCE, "§3.1")


def test_what_the_text_does_not_have_is_not_said_of_the_abstract() -> None:
    places = {"Theorem 2.1": "We show that the iterates converge at the rate $O(1/k^2)$."}
    (statement,) = assess(f'{LIE} [Theorem 2.1: "{QUOTED}"].', PAPER, places).statements
    assert statement.why == "no rate O(1/k^3) in the text"


@pytest.mark.parametrize(
    ("mark", "source"), [("§2", "§2"), ("abstract", "the abstract"), ("Theorem 2.1", "Theorem 2.1")]
)
@pytest.mark.parametrize(
    ("quoted", "said", "why"),
    [
        ("SVRG is faster than Adam on convex tasks", "Adam is faster than SVRG", "compares them the other"),
        ("the map is injective on every leaf", "The map is surjective on every leaf", "says 'injective'"),
        ("the width goes from 3 to 9 in our tests", "The width goes from 9 to 3", "says from 3 to 9"),
    ],
)
def test_a_reason_names_the_place_of_the_quoted_words(
    mark: str, source: str, quoted: str, said: str, why: str
) -> None:
    places = {"§2": f"Here {quoted}.", "Theorem 2.1": f"Then {quoted}."}
    paper = replace(PAPER, abstract=f"We show that {quoted}.")
    (statement,) = assess(f'{said} [{mark}: "{quoted}"].', paper, places).statements
    assert statement.state is StatementState.FLAGGED
    assert statement.why.startswith(f"{source} {why}")


def states(text: str) -> list[tuple[str, str]]:
    return [(one.text, one.state.value) for one in assess(text, PAPER).statements]


def test_marks_before_sentences_hold_for_these() -> None:
    text = f'[interpretation] It is fast. [abstract: "{QUOTED}"] {SAID}. Nothing is said of this.'
    assert states(text) == [
        ("[interpretation] It is fast.", "interpretation"),
        (f'[abstract: "{QUOTED}"] {SAID}.', "evidence"),
        ("Nothing is said of this.", "none"),
    ]


def test_a_mark_in_a_paragraph_of_its_own_is_no_statement_of_its_own() -> None:
    text = f'It is fast. [interpretation]\n\n{SAID}.\n\n[abstract: "{QUOTED}"]'
    assert [state for _, state in states(text)] == ["interpretation", "evidence"]


def test_a_quotation_alone_is_a_statement_in_the_words_of_the_abstract() -> None:
    text = f'- [abstract: "{QUOTED}"]\n- [abstract: "for every step size $\\eta \\le 1/L$"]'
    assert [state for _, state in states(text)] == ["evidence", "evidence"]


@pytest.mark.parametrize(
    "text",
    [
        "**The method is optimal.**",
        "**It converges for every step size**",
        "#### It always converges quadratically\n\nA reading. [interpretation]",
        "`it converges at the rate O(1/k^3)`",
        "[The rate is optimal among all methods.]",
        "Not stated in the abstract: the rate is $O(1/k^3)$ and it is optimal.",
        "The constant of the rate, which is optimal: not stated.",
    ],
)
def test_what_claims_something_without_a_mark_is_without_evidence(text: str) -> None:
    assert states(tidy(text))[0][1] == "none"


@pytest.mark.parametrize(
    "text",
    [
        "**Key idea.**",
        "**Main result of the paper**",
        "### What is shown",
        "### Why it holds\n",
        "`momentum_sgd`",
        "Not stated in the abstract: whether it is optimal.",
        "Constants: not stated.",
    ],
)
def test_names_of_sections_and_what_is_not_stated_are_no_statements(text: str) -> None:
    assert states(text) == []
