"""Words inside formulas: accents, quotes, formulas in them, at any depth of braces."""

from __future__ import annotations

import pytest

from tui_digest.latex.inline.layout import formula_to_unicode

TEXTS = [
    (r"\text{if $x$ is odd}", "if x is odd"),
    (r"\text{if \(x\) is odd}", "if x is odd"),
    (r"\text{a $\text{b $c$ d}$ e}", "a b c d e"),
    (r"\text{Erd\H{o}s}", "Erdős"),
    (r"\text{R\'enyi}", "Rényi"),
    (r"\mbox{Th\'{\u{a}}ng}", "Thắng"),
    (r"\text{Nguy\~{\^e}n}", "Nguyễn"),
    (r"\text{na\"{\i}ve}", "naïve"),
    (r"\text{Gro\ss mann}", "Großmann"),
    (r"\text{``a''--b~c}", "“a”–b c"),
    (r"\text{\bf bold \emph{words}}", "bold words"),
    (r"\text{5\% of \$3 \& more}", "5% of $3 & more"),
    (r"\text{\textcolor{red}{w}ord}", "word"),
    (r"\text{a\ b\,c}", "a b c"),
    (r"\text{by \eqref{a}}", "by [a]"),
    (r"\text{\alpha-stable}", "α-stable"),
    (r"\text{\mathbb R-valued}", "ℝ-valued"),
    (r"\text{CO_{2} rich}", "CO₂ rich"),
    (r"\text{unclosed $x", "unclosed x"),
    (r"\text{\url{http://a.b/c_d}}", "http://a.b/c_d"),
    (r"\textbf{0.93}", "𝟎.𝟗𝟑"),
]


@pytest.mark.parametrize(("tex", "line"), TEXTS)
def test_text(tex: str, line: str) -> None:
    assert formula_to_unicode(tex) == line


def test_texts_and_formulas_nested_too_deep_are_read_all_the_same() -> None:
    assert "x" in formula_to_unicode(r"\text{$" * 400 + "x")
