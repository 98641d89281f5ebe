"""TeX and Unicode normalise to one form."""

from __future__ import annotations

import pytest

from tui_digest.explain.checking.normalise import fold_mathematics


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
