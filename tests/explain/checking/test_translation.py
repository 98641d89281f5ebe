"""A translation keeps the formulas and the numbers of title and abstract."""

from __future__ import annotations

import pytest

from tui_digest.entry import StatementState
from tui_digest.explain.checking import assess_translation
from tui_digest.paper import Paper

PAPER = Paper(
    id="2611.00003",
    version=1,
    title=r"Restarts for $L$-smooth functions",
    authors=(),
    abstract=r"We prove $f(x_T)-f^\star \le 4/T^2$ on 300 problems. The rate $O(T^{-2})$ is optimal.",
    categories=(),
    primary="math.OC",
)
TITLE = "### Neustarts für $L$-glatte Funktionen\n\n"
GOOD = r"Wir zeigen $f(x_T)-f^\star\leq 4/T^2$ an 300 Problemen. Die Rate $O(T^{-2})$ ist optimal."


def whys(text: str) -> list[str]:
    return [one.why for one in assess_translation(text, PAPER).statements]


def test_a_true_translation_is_the_models_own_rendering() -> None:
    states = {one.state for one in assess_translation(TITLE + GOOD, PAPER).statements}
    assert states == {StatementState.INTERPRETATION}


@pytest.mark.parametrize(
    ("said", "instead", "why"),
    [
        (r"\leq 4/T^2", r"\leq 4/T", "no f(x_T)-f^\\star\\leq 4/T in the abstract"),
        ("300", "3000", "no 3000 in the abstract"),
        ("Die Rate $O(T^{-2})$ ist optimal.", "Das ist optimal.", "the formula O(T^(-2)) is missing"),
    ],
)
def test_what_was_changed_is_flagged(said: str, instead: str, why: str) -> None:
    assert why in whys(TITLE + GOOD.replace(said, instead))


def test_all_that_is_wrong_with_the_last_sentence_is_said() -> None:
    *_, why = whys(TITLE + GOOD.replace("$O(T^{-2})$", "$O(T^{-3})$"))
    assert why == "no O(T^{-3}) in the abstract; the formula O(T^(-2)) is missing"
