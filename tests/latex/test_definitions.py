"""Macros that a formula defines for itself are applied, and never printed."""

from __future__ import annotations

import pytest

from tui_digest.latex.definitions import apply_definitions
from tui_digest.latex.inline.layout import formula_to_unicode

DEFINITIONS = [
    (r"\newcommand{\norm}[1]{\left\lVert#1\right\rVert}\norm{x}^2", "‖x‖²"),
    (r"\newcommand\norm[1]{\|#1\|}\norm x", "‖x‖"),
    (r"\renewcommand{\vec}[1]{\mathbf{#1}}\vec{x}", "𝐱"),
    (r"\providecommand{\E}{\mathbb{E}}\E X", "𝔼X"),
    (r"\def\E{\mathbb{E}}\E[X]", "𝔼[X]"),
    (r"\def\pair#1#2{\langle #1,#2\rangle}\pair xy", "⟨x, y⟩"),
    (r"\DeclareMathOperator{\Tr}{Tr}\Tr A", "Tr A"),
    (r"\DeclareMathOperator*{\argmax}{arg\,max}\argmax_x f", "arg maxₓ f"),
    (r"\newcommand{\d}[1][x]{\mathrm{d}#1}\d+\d[y]", "dx + dy"),
    (r"\let\e=\varepsilon \e>0", "ε > 0"),
    (r"\let\e\varepsilon\e", "ε"),
    (r"\newcommand{\a}{\b}\newcommand{\b}{x}\a", "x"),
    (r"\newcommand{\R}{\mathbb{R}}", ""),
    (r"\def\x{\alpha}\x y", "αy"),
    (r"\gdef\x{z}\x", "z"),
]

# AMS-TeX names the ends of its environments; one that is not ended is no environment.
AMSTEX = [
    (r"\left(\matrix 1&2\\3&4\endmatrix\right)", "(1 2; 3 4)"),
    (r"\pmatrix a&b\\c&d\endpmatrix", "(a b; c d)"),
    (r"\cases 0, & x<0\\1, & x\ge 0\endcases", "{0, x < 0; 1, x ≥ 0}"),
    (r"\aligned a&=b\\c&=d\endaligned", "a = b; c = d"),
    (r"\matrix{1&2\cr 3&4}", "1 2; 3 4"),
]

# A comment sign whose line's end was lost is none of the formula's; one behind a number is per cent.
COMMENT_SIGNS = [
    (r"% g_{0}+1", "g₀ + 1"),
    (r"x=% \big(y\big)", "x = (y)"),
    (r"{\rho}%_{0}", "ρ₀"),
    (r"\tau_{\mathrm{SE}% }", "τ_SE"),
    (r"%\label{a} x", "x"),
    ("x % the loss", "x%theloss"),
    ("70%", "70%"),
    (r"> 5 % \pm 1\%", "> 5% ± 1%"),
    (r"\% x", "%x"),
    ("%", "%"),
]


@pytest.mark.parametrize(("tex", "line"), [*DEFINITIONS, *AMSTEX, *COMMENT_SIGNS])
def test_definition(tex: str, line: str) -> None:
    assert formula_to_unicode(tex) == line


@pytest.mark.parametrize(
    "endless",
    [
        r"\def\a{\a}\a",
        r"\def\a{\b}\def\b{\a}\a x",
        r"\newcommand{\a}{\a\a}\a",
        r"\def\a#1{\a{#1#1}}\a{x}",
        r"\def\a",
        r"\newcommand",
        r"\newcommand{\a}[9]{#9}\a",
        r"\let\a\a\a",
        r"\def\a{" * 300,
    ],
)
def test_what_defines_itself_ends(endless: str) -> None:
    assert len(apply_definitions(endless)) < 50_000
    formula_to_unicode(endless)


def test_a_text_without_definitions_is_the_same_object() -> None:
    text = r"the \emph{definition} of $\alpha$"
    assert apply_definitions(text) is text
