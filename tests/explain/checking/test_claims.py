"""Kinds of claims, each true and altered: evidence, a contradiction, or nothing that the words carry.

The abstracts are made up.
"""

from __future__ import annotations

import pytest

from tui_digest.entry import Statement, StatementState
from tui_digest.explain.checking import assess
from tui_digest.paper import Paper

EVIDENCE, NONE, FLAGGED = StatementState.EVIDENCE, StatementState.NONE, StatementState.FLAGGED


def stated(said: str, quoted: str, abstract: str) -> Statement:
    paper = Paper(
        id="2611.00002",
        version=1,
        title="A sample of sentences",
        authors=("Ada Sample",),
        abstract=abstract,
        categories=(),
        primary="math.OC",
    )
    (statement,) = assess(f'{said} [abstract: "{quoted}"].', paper).statements
    return statement


@pytest.mark.parametrize(
    ("said", "quoted", "abstract"),
    [
        # The same term in another form.
        (
            r"There are $2^{N-k-1}(1+\frac{1}{2^k-1})$ of them",
            r"number is $2^{N-(k+1)}(1 + 1/(2^k-1))$",
            r"The number is $2^{N-(k+1)}(1 + 1/(2^k-1))$.",
        ),
        (
            r"It decays like $\|A\|^{-1/2}$",
            r"it is of order $1/\sqrt{\|A\|}$",
            r"It is of order $1/\sqrt{\|A\|}$.",
        ),
        (r"The error is $O(N^{-p})$", r"a term of order $1/N^p$", r"The error is a term of order $1/N^p$."),
        (
            r"An $\ell^2$ penalty is derived",
            r"derive a new $\ell_2$ penalty",
            r"We derive a new $\ell_2$ penalty.",
        ),
        (
            r"A learner needs $\Omega(\log^*d)$",
            r"requires $\Omega(\log^*(d))$ examples",
            r"It requires $\Omega(\log^*(d))$ examples.",
        ),
        (
            r"The bound is $\frac kn\log\frac pk$",
            r"scales as $(k/n)\log(p/k)$",
            r"The bound scales as $(k/n)\log(p/k)$.",
        ),
        (
            r"$M=O(\epsilon^{-p}\log N)$ samples suffice",
            "suffices to use M= O(1/eps^p log N) samples",
            "It suffices to use M= O(1/eps^p log N) samples.",
        ),
        (
            r"Changes of $O(\log n/\log\log n)$ nodes are handled",
            r"changes of O($\frac{\log n}{\log\log n}$) nodes",
            r"We handle changes of O($\frac{\log n}{\log\log n}$) nodes.",
        ),
        (
            "Some $100\\,000$ parameters are used",
            "a model with $10^5$ parameters",
            "We use a model with $10^5$ parameters.",
        ),
        # Words for formulas, formulas for words.
        (
            r"The maps live on $[0,1]$",
            "two maps on the unit interval",
            "We study two maps on the unit interval.",
        ),
        (
            r"Subfields of $\mathbb{R}$ are used",
            "over subfields of the real numbers",
            "It holds over subfields of the real numbers.",
        ),
        (r"The factor is bounded, $F \le 3$", "the factor is at most $3$", "The factor is at most $3$."),
        (
            r"Both $\alpha$ and $\beta$ are learned",
            "with learnable alpha, beta parameters",
            "A net with learnable alpha, beta parameters.",
        ),
        (
            "The bound is for four thousand words",
            "the 4K model has a bound",
            "For words the 4K model has a bound.",
        ),
        (
            "A seven-dimensional black hole is meant",
            "of a 7d black hole",
            "We study the horizon of a 7d black hole.",
        ),
        (
            "In three dimensions fields are free",
            "are free in 1+2 dimensions",
            "The fields are free in 1+2 dimensions.",
        ),
        (
            "It starts in two dimensions",
            "transition at dimension $d=2$",
            "There is a transition at dimension $d=2$.",
        ),
        (
            "The two-sphere is kept",
            "particle on the 2-sphere is",
            "A particle on the 2-sphere is integrable.",
        ),
        # Names and short forms.
        (
            "The tool is MHD",
            "compressible magnetohydrodynamic simulations are used",
            "Here compressible magnetohydrodynamic simulations are used.",
        ),
        (r"A mild Itô formula is used", r"use the mild It\^o formula", r"We use the mild It\^o formula."),
        (
            "The equation is of Laplacian type",
            "of an infinity Laplace type equation",
            "It is a solution of an infinity Laplace type equation.",
        ),
        (
            "In the model the Continuum Hypothesis holds",
            "the Continuum Hypothesis holds and spaces are sequential",
            "In it the Continuum Hypothesis holds and spaces are sequential.",
        ),
        # Negations that turn nothing.
        (
            "Nets with and without noise are compared",
            "we compare nets and noise-aware nets",
            "Here we compare nets and noise-aware nets.",
        ),
        (
            "A function, convex or not, is taken",
            "a (convex or nonconvex) function",
            "Take a (convex or nonconvex) function.",
        ),
        (
            "Non-elliptic theory is used",
            "recent non elliptic theory is used",
            "Here recent non elliptic theory is used.",
        ),
        (
            "Not every sequence is unavoidable",
            "exhibit some avoidable sequences here",
            "We exhibit some avoidable sequences here.",
        ),
        (
            "There are no more parameters than before",
            "with the same number of parameters",
            "It works with the same number of parameters.",
        ),
        (
            "It grows faster than exponentially",
            "the space scales superexponentially with nodes",
            "The space scales superexponentially with nodes.",
        ),
        (
            "Only the slope is bounded below",
            r"there is $c$ with $f \ge c$ only",
            r"There is $c$ with $f \ge c$ only.",
        ),
    ],
)
def test_what_says_the_same_in_another_way_is_evidence(said: str, quoted: str, abstract: str) -> None:
    statement = stated(said, quoted, abstract)
    assert (statement.state, statement.why) == (EVIDENCE, "")


@pytest.mark.parametrize(
    ("said", "quoted", "abstract", "why"),
    [
        (
            r"It needs $\Omega(n)$ queries",
            r"needs $O(n)$ queries in total",
            r"It needs $O(n)$ queries in total.",
            "O(n)",
        ),
        (
            r"Asymmetric ones exist for $m>0$",
            "asymmetric ones exist when m < 0",
            "The asymmetric ones exist when m < 0.",
            "<",
        ),
        (
            r"High energy means $E \le 1$ TeV",
            r"high ($E \ge 1 \, TeV$) energy",
            r"We consider high ($E \ge 1 \, TeV$) energy.",
            "≥",
        ),
        (
            "It improves by at most a factor of two",
            "at least a factor of 2 is gained",
            "Here at least a factor of 2 is gained.",
            "≥",
        ),
        (
            r"The distance is $0.66\pm0.02$ Mpc",
            r"distance of 0.66 $\pm$ 0.02 kpc",
            r"It has a distance of 0.66 $\pm$ 0.02 kpc.",
            "kpc",
        ),
        (
            "It is computationally more expensive than the other",
            "is computationally cheaper than the other",
            "This variant is computationally cheaper than the other.",
            "cheaper",
        ),
        (
            "Both classes are scale-free",
            "neither of which is scale-free",
            "There are two classes, neither of which is scale-free.",
            "neither",
        ),
        (
            "The heuristics come without guarantees",
            "for all norms with guarantees",
            "We give heuristics for all norms with guarantees.",
            "with",
        ),
        ("Speed grows on most data sets", "faster on all data sets", "It is faster on all data sets.", "all"),
        (
            "The solution is known at all times",
            "evaluated at a fixed time here",
            "The solution is evaluated at a fixed time here.",
            "fixed",
        ),
        (
            "Every graph, connected or not, has one",
            "every graph that is connected",
            "We show that every graph that is connected has one.",
            "connected",
        ),
        (
            "A sequence has it if and only if it is periodic",
            "every periodic sequence has it",
            "We show that every periodic sequence has it.",
            "if and only if",
        ),
        (
            "It is proved that a singlet exists",
            "generally assumed that a singlet exists",
            "It is generally assumed that a singlet exists.",
            "assumed",
        ),
        (
            "The result needs convex functions",
            "operators applied to general functions",
            "We treat operators applied to general functions, that is not only convex ones.",
            "convex",
        ),
        (
            "It satisfies both laws",
            "it satisfies the first law",
            "It satisfies the first law but not the second one.",
            "but not",
        ),
        (
            "It is found for every point",
            "recovery holds for all points",
            "Then recovery holds for all points, except those on a line.",
            "except",
        ),
        (
            "It is driven by complexity rather than by its strategy",
            "driven by its strategy rather than its complexity",
            "It is driven by its strategy rather than its complexity.",
            "other way",
        ),
        (
            "The flaw is its static nature, not stabilization",
            "flaw is stabilization, not its static nature",
            "The flaw is stabilization, not its static nature.",
            "other way",
        ),
        (
            "Collocation is superior to integration",
            "superiority of integration over collocation",
            "We show the superiority of integration over collocation.",
            "other way",
        ),
        (
            "The generator is dominated by the Laplacian",
            "the Laplacian is dominated by the generator",
            "We show that the Laplacian is dominated by the generator.",
            "other way",
        ),
        (
            "It goes from 0.29 to 0.57",
            "reduces it from 0.57 to 0.29",
            "The method reduces it from 0.57 to 0.29.",
            "from 0.57",
        ),
        (
            "The liver has 10.42% and the lungs have 13.39%",
            "$13.39\\%$ for the liver and $10.42\\%$ for the lungs",
            "We find $13.39\\%$ for the liver and $10.42\\%$ for the lungs.",
            "other way",
        ),
        (
            "It uses sweeps of another type",
            "sweeps of another type are used",
            "Here iterations rather than sweeps of another type are used.",
            "rather than",
        ),
        (
            "Deeper nets are easier to prune",
            "deeper nets are easier to prune",
            "The belief that deeper nets are easier to prune was refuted.",
            "refuted",
        ),
        ("It takes 6 MW", "a power of 5 MW is needed", "Here a power of 5 MW is needed.", "6 MW"),
        ("The gap is 3 MeV", "the gap is 3 meV wide", "Here the gap is 3 meV wide.", "3 meV"),
        ("A pulse lasts 12 ps", "The pulse lasts 12 fs", "The pulse lasts 12 fs at the focus.", "fs"),
        ("It need not hold", "it must hold in space", "We show that it must hold in space.", "must"),
        (
            "They agree where they differ by more than $p$",
            "agree where they differ by less than p places",
            "They agree where they differ by less than p places.",
            "<",
        ),
        (
            "The parameter $c$ is positive",
            "the parameter $c<0$ is",
            "Here the parameter $c<0$ is small.",
            "<",
        ),
        (
            "A number $n$ of cases far exceeds the number $p$",
            "the number $p$ far exceeds the number $n$",
            "Here the number $p$ far exceeds the number $n$ of cases.",
            "other way",
        ),
        (
            "Weekly visits are forecast",
            "forecast daily visits to clinics",
            "We forecast daily visits to clinics.",
            "daily",
        ),
    ],
)
def test_what_says_the_contrary_is_flagged(said: str, quoted: str, abstract: str, why: str) -> None:
    statement = stated(said, quoted, abstract)
    assert statement.state is FLAGGED, statement.why
    assert why in statement.why


@pytest.mark.parametrize(
    ("said", "quoted", "abstract", "why"),
    [
        (
            r"The step size is $\eta_k$",
            r"with step size $\frac12$ and",
            r"We run it with step size $\frac12$ and stop.",
            "η",
        ),
        (
            r"The size scales as $N^{2/3}$",
            r"size scales as $N^{1/3}$",
            r"The size scales as $N^{1/3}$, the time as $N^{2/3}$.",
            "N^(1/3)",
        ),
        (
            "It gives an advantage for images",
            "that preclude an advantage for images",
            "It needs measurements that preclude an advantage for images.",
            "preclude",
        ),
        (
            "It holds for all times",
            "the estimate holds on compact sets",
            "The estimate holds on compact sets.",
            "all",
        ),
        (
            "Only a lower bound is given",
            "upper and lower bounds are given",
            "Here upper and lower bounds are given.",
            "only",
        ),
        (
            "It works for arbitrary charge",
            "for an arbitrary number of flavors and with zero charge",
            "It works for an arbitrary number of flavors and with zero charge.",
            "arbitrary",
        ),
        (
            "The question stays open",
            "achieves it in every case",
            "The method achieves it in every case.",
            "open",
        ),
        (
            "Its scaling is proved",
            "experiments show a sign of scaling",
            "Numerical experiments show a sign of scaling.",
            "experiments",
        ),
        (
            "Distances are shown to be so",
            "showing that distances are so",
            "Some preliminary results towards showing that distances are so.",
            "preliminary",
        ),
        (
            "The set must be small and also abundant",
            "when it is small or abundant",
            "It holds when it is small or abundant.",
            "or",
        ),
        (
            "The gain is largest for high parameters",
            "discard more variables than before",
            "We discard more variables than before, particularly for low parameters.",
            "low",
        ),
        (
            "Results are strongly nonlocal",
            "the results are nonlocal in time",
            "The results are nonlocal in time.",
            "strongly",
        ),
        ("It takes 150 seconds", "found to be 150 sweeps", "The time is found to be 150 sweeps.", "sweeps"),
        (
            "It reduces to the Gerstenhaber complex",
            "it reduces to the Yetter complex",
            "It reduces to the Yetter complex. The Gerstenhaber complex is another one.",
            "Yetter",
        ),
        ("Gains of 2% are seen", "the gain is reduced by 2", "The gain is reduced by 2.", "2%"),
        (
            "Three cases fit in",
            "the ball or the disc fits in",
            "We show that the ball or the disc fits in.",
            "Three",
        ),
        (
            "The forms have a local part",
            "which may possess local parts",
            "We treat forms which may possess local parts.",
            "may",
        ),
    ],
)
def test_what_the_words_do_not_carry_is_without_evidence(
    said: str, quoted: str, abstract: str, why: str
) -> None:
    statement = stated(said, quoted, abstract)
    assert statement.state is NONE, statement.why
    assert why in statement.why


@pytest.mark.parametrize(
    ("quoted", "abstract"),
    [
        ("$(u,v)$ denotes the null pair", "Here, $(u,v)$ denotes the null pair."),
        (
            "improvement of REP over EP and PEP",
            "We see improvement of REP over EP and PEP--in terms of accuracy.",
        ),
        (
            r"The sampler mixes \ldots in polynomial time",
            "The sampler mixes, above the critical one, in polynomial time.",
        ),
        ("The corpus holds 10,000 sentences", "The corpus holds $10{,}000$ sentences."),
        (r"the function exp(-cR^4) bounds it", "Here the function exp(-cR^4) bounds it."),
        (r"a rate of $10^{-11}M_\odot$ is", r"Here a rate of 10$^{-11}M_\odot$ is found."),
    ],
)
def test_a_quotation_is_found_however_the_paper_is_typed(quoted: str, abstract: str) -> None:
    assert stated("It is so", quoted, abstract).why == ""
