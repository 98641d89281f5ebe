"""What is said stays speech: at most 1.3 times the words that version 0.1.0 said, in the median.

Version 0.1.0 said fewer end words, so that formulas of different meanings were one sentence.
"""

from __future__ import annotations

import statistics

from tui_digest.latex import spoken

MOST_IN_THE_MEDIAN = 1.3
MOST_OF_ONE = 2.0

# Formulas, and how many words 0.1.0 said for each.
WORDS_OF_FIRST_VERSION = [
    (r"$x_i^2$", 4),
    (r"$10^{-3}$", 5),
    (r"$f(x_0)$", 5),
    (r"$O(n \log n)$", 6),
    (r"$\mathbb{R}^d$", 4),
    (r"$x_{n+1} = x_n - \eta \nabla f(x_n)$", 19),
    (r"$A \subseteq B \cup C$", 11),
    (r"$\frac{a+b}{c}$", 7),
    (r"$\frac{1}{n} \sum_{i=1}^n X_i$", 16),
    (r"$\frac{\partial u}{\partial t} = \Delta u$", 9),
    (r"$\sqrt{n \log n}$", 7),
    (r"$e^{-\lambda t}$", 6),
    (r"$\sum_{k=0}^{\infty} a_k z^k$", 16),
    (r"$\int_0^1 f(t)\,dt$", 12),
    (r"$\lim_{n \to \infty} a_n = 0$", 13),
    (r"$\max_{1 \le i \le n} |x_i|$", 20),
    (r"$\|x - y\|_2 \leq \varepsilon$", 12),
    (r"$|z - w| < 1$", 14),
    (r"$\hat{\theta}_n$", 4),
    (r"$\mathcal{L}(\theta) + \lambda \|\theta\|^2$", 11),
    (r"$p(x \mid y) \propto p(y \mid x) p(x)$", 16),
    (r"$\nabla \cdot u = 0$", 5),
    (r"$-\Delta u + u^3 = f$", 9),
    (r"$u \colon \Omega \to \mathbb{R}$", 6),
    (r"$(A + B)^{-1}$", 8),
    (r"$\langle u, v \rangle = 0$", 9),
    (r"$\binom{n}{k} p^k (1-p)^{n-k}$", 21),
    (r"$G = (V, E)$", 6),
    (r"$\{1, \dots, n\}$", 7),
    (r"$H^1(\Omega) \hookrightarrow L^2(\Omega)$", 14),
    (r"$T_c \approx 90\,\mathrm{K}$", 7),
    (r"$\mathrm{SU}(3) \times \mathrm{U}(1)$", 7),
    (r"$x \sim \mathcal{N}(0, 1)$", 7),
    (r"$\mathbb{E}[X^2] < \infty$", 8),
    (r"$2^{n/2}$", 6),
    (r"$f'(x) > 0$", 8),
    (r"$\sqrt{s} = 13\,\mathrm{TeV}$", 8),
    (r"$\gamma \to \mu^+ \mu^-$", 6),
    (r"$\overline{X \cap Y}$", 8),
    (r"$[0, T] \times \mathbb{T}^3$", 9),
    (r"$\frac{\sigma^2}{2(1-\rho)}$", 12),
    (r"$\det(A - \lambda I) = 0$", 13),
]


def words_now_and_before() -> dict[str, float]:
    """The words of each formula now, for each word before."""
    return {formula: len(spoken(formula).split()) / words for formula, words in WORDS_OF_FIRST_VERSION}


def test_the_median_formula_is_little_longer_than_in_the_first_version() -> None:
    assert statistics.median(words_now_and_before().values()) <= MOST_IN_THE_MEDIAN


def test_no_formula_is_twice_as_long_as_in_the_first_version() -> None:
    assert {each: times for each, times in words_now_and_before().items() if times > MOST_OF_ONE} == {}
