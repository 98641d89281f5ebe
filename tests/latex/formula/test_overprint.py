"""A stroke stays a stroke, whatever moves it; signs printed over each other are the sign they make."""

from __future__ import annotations

import itertools

import pytest

from tui_digest.latex.inline.layout import formula_to_unicode

NEGATED = [
    ("=", "≠"), (r"\in", "∉"), (r"\ni", "∌"), (r"\subset", "⊄"), (r"\subseteq", "⊈"), (r"\supset", "⊅"),
    ("<", "≮"),
    (">", "≯"), (r"\leq", "≰"), (r"\geq", "≱"), (r"\equiv", "≢"), (r"\sim", "≁"), (r"\approx", "≉"),
    (r"\cong", "≇"), (r"\simeq", "≄"), (r"\to", "↛"), (r"\rightarrow", "↛"), (r"\Rightarrow", "⇏"),
    (r"\Leftrightarrow", "⇎"), (r"\mid", "∤"), ("|", "∤"), (r"\parallel", "∦"), (r"\vdash", "⊬"),
    (r"\models", "⊭"), (r"\perp", "⊥̸"), (r"\prec", "⊀"), (r"\preceq", "⋠"), (r"\ll", "≪̸"), (r"\propto", "∝̸"),
]  # fmt: skip
LESS_OR_SIMILAR = [
    r"\lesssim",
    r"\ltsima",
    r"\stackrel{<}{\sim}",
    r"\stackrel{<}{_\sim}",
    r"\stackrel{\textstyle <}{_{\sim}}",
    r"\stackrel{<}{{}_\sim}",
    r"\overset{<}{\sim}",
    r"\underset{\sim}{<}",
    r"\buildrel < \over \sim",
    r"\buildrel < \over {_\sim}",
    r"\lower.5ex\hbox{$\; \buildrel < \over \sim \;$}",
    r"{}^<_\sim",
    r"{_<\atop^\sim}",
    r"\mathrel{\hbox{\rlap{\hbox{\lower4pt\hbox{$\sim$}}}\hbox{$<$}}}",
    r"\mathrel{\rlap{\lower4truept\hbox{\hskip1pt$\sim$}}\raise1pt\hbox{$<$}}",
    r"\mathrel{\raise.3ex\hbox{$<$\kern-.75em\lower1ex\hbox{$\sim$}}}",
]
BETWEEN = [
    "",
    " ",
    r"\!",
    r"\,",
    r"\;",
    r"\:",
    r"\ ",
    "~",
    "{}",
    r"\!\!",
    r"\kern-2pt",
    r"\mkern-3mu ",
    r"\hspace{-1mm}",
]


@pytest.mark.parametrize("built", LESS_OR_SIMILAR)
def test_a_comparison_built_of_two_signs(built: str) -> None:
    assert formula_to_unicode(f"x {built} y") == "x ≲ y"
    assert (
        formula_to_unicode(f"x {built} y".replace("<", ">").replace("lt", "gt").replace("less", "gtr"))
        == "x ≳ y"
    )


def test_what_only_looks_like_a_comparison() -> None:
    assert formula_to_unicode(r"x^<_y") == "x_y^<"
    assert formula_to_unicode(r"\buildrel d \over = X") == "=ᵈ X"
    assert formula_to_unicode(r"\buildrel \rm def \over = X") == "=ᵈᵉᶠ X"


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize(("relation", "sign"), NEGATED)
def test_not_before_a_relation(relation: str, sign: str, between: str) -> None:
    assert formula_to_unicode(rf"a\not{between}{relation} b") == f"a {sign} b"
    assert formula_to_unicode(rf"a\not{between}{{{relation}}} b") == f"a {sign} b"


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize(
    ("letter", "shown"),
    [
        ("D", "D̸"),
        (r"\partial", "∂̸"),
        ("p", "p̸"),
        (r"\nabla", "∇̸"),
        ("{k}", "k̸"),
        (r"\mathcal{E}", "ℰ̸"),
        ("E_T", "E̸_T"),
    ],
)
def test_not_before_a_letter(letter: str, shown: str, between: str) -> None:
    assert formula_to_unicode(rf"\not{between} {letter}") == shown


STROKES = [
    (r"\slashed{D}\psi", "D̸ψ"),
    (r"\slashed D", "D̸"),
    (r"\slashed\partial", "∂̸"),
    (r"\cancel{x}+y", "x̸ + y"),
    (r"\cancel x+y", "x̸ + y"),
    (r"\bcancel{ab}", "a̸b̸"),
    (r"\xcancel{x}", "x̸"),
    (r"\cancelto{0}{x}", "x̸^(→0)"),
    (r"D\!\!\!\!/\psi", "D̸ψ"),
    (r"p\!\!\!/", "p̸"),
    (r"E\!\!\!\!/_T", "E̸_T"),
    (r"D\kern-6pt/", "D̸"),
    (r"D\hspace{-2.5mm}/\,\psi", "D̸ ψ"),
    (r"/\!\!\!p", "p̸"),
    (r"\exists\!\!\!/", "∄"),
    (r"a\in\!\!\!\!\!/ B", "a ∉ B"),
    (r"\ooalign{$\subset$\cr$/$}", "⊄"),
    (r"\not", "not"),
    (r"X/\!\!\!/G", "X//G"),
    (r"G/\!H", "G/H"),
]


@pytest.mark.parametrize(("tex", "line"), STROKES)
def test_stroke(tex: str, line: str) -> None:
    assert formula_to_unicode(tex) == line


SAME = [
    [
        r"X\perp\!\!\!\perp Y",
        r"X\perp\!\!\perp Y",
        r"X\mathrel{\perp\!\!\!\perp}Y",
        r"X\indep Y",
        r"X\independent Y",
    ],
    [
        r"X\not\!\perp\!\!\!\perp Y",
        r"X\not\perp\!\!\!\perp Y",
        r"X\not\indep Y",
        r"X\not\mathrel{\perp\!\!\!\perp}Y",
    ],
    [
        r"a:=b",
        r"a\coloneqq b",
        r"a:\!=b",
        r"a\mathrel{\mathop:}=b",
        r"a\mathrel{\mathop{:}}=b",
        "a≔b",
        r"a\defeq b",
    ],
    [r"\mathbb{R}^n", r"{\rm I\!R}^n", r"I\!\!R^n", r"\mathrm{I\!R}^n", r"\R^n", r"\IR^n", r"\bbR^n"],
    [r"\mathbb{1}", r"1\!\!1", r"{\rm 1\!l}", r"{\rm 1\!I}"],
    [r"a\ne b", r"a\neq b", r"a\not= b", r"a\not =b", r"a\not\,=b", "a≠b"],
    [r"\slashed{p}", r"\not p", r"\not\!p", r"\not{p}", r"p\!\!\!/", r"\cancel{p}"],
    [r"\mathrm{MeV}", r"\mathrm{Me\kern-1.00006ptV}", r"{\rm Me\!V}", r"\mathrm{MeV}"],
]


@pytest.mark.parametrize(("first", "other"), [(group[0], other) for group in SAME for other in group[1:]])
def test_spelled_differently(first: str, other: str) -> None:
    assert formula_to_unicode(other) == formula_to_unicode(first)


def test_different_groups_read_differently() -> None:
    for one, other in itertools.combinations(SAME, 2):
        assert formula_to_unicode(one[0]) != formula_to_unicode(other[0])
