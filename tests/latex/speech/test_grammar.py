"""What is said of a formula can be turned back into the formula."""

from __future__ import annotations

import gzip
import html
import json
import random
import re

import pytest

from tests.corpus import SHARED
from tests.latex.speech.folding import fold, whole
from tests.latex.speech.spoken_reader import NotSpoken, read
from tui_digest.latex import to_segments
from tui_digest.latex.formula.parse import parse_formula
from tui_digest.latex.segment import Style
from tui_digest.latex.speech.formula import row_in_words

FORMULAS = [
    r"\frac{\frac ab}c",
    r"\frac a{\frac bc}",
    r"a/\frac{b}{c} + a/b/c",
    r"\frac{a/b}{c}",
    r"\frac1\gamma x + \frac{1}{\gamma x} + 1/\gamma x",
    r"e^{a/b} + \frac{e^a}{b} + e^a/b",
    r"\sqrt a b + \sqrt{ab} + \sqrt{\sqrt{a} + b}",
    r"\log(x)y + \log(xy) + \log x + \log_2 n + \log^2(n+1)",
    r"x_{i_j} + x_{i_{j'}} + x_{i,j}' + x_{i'} + x_i' + x_{\max} + x_{ij} + x_i j",
    r"{x^2}^3 + x^{2^3} + x^{-1} + x^{-n} + x^{n+1} + x^{(k)} + x^{(k+1)} + x^+ + x^{*} + x^\top",
    r"f(f(x)) + f(x)^2 + f(x^2) + f'(x) + f^{-1}(x) + f_{n}(x, y) + n(n+1)",
    r"|x|y + |xy| + \|x\|_2^2 + \|x_2^2\| + \lfloor x \rfloor + \lceil n/2 \rceil",
    r"\langle x, y\rangle + \langle x \rangle + \langle\psi|H|\phi\rangle + |\psi\rangle\langle\phi|",
    r"[0,1] \cup (0,1] \cup [0,1) \cup (0,\infty) \cup [n] \cup (a,b)",
    r"\{x \in \mathbb{R} : x > 0\} \cup \{1,\dots,n\}^d",
    r"\sum_{i=1}^n a_i + \int_0^1 f(x)\,dx + \prod_p \frac{1}{1-p^{-s}} + \lim_{n\to\infty} a_n",
    r"\min_{x \in X} \max_y f(x, y) + \max\{a, b\} + \max(a, b, c) + \sup_x |f(x)|",
    r"\bar{x} + \overline{xy} + \overline{x_i} + \vec{v} + \vec{AB} + \hat{\vec{v}} + \vec{\hat{v}}",
    r"\bar{h} + \hbar + \tilde{f}(x) + \dot{x} \cdot y",
    r"\binom{n}{k} + \binom{2n}{n} + x \binom nk",
    r"\nabla\cdot u + \nabla\times u + a\cdot b + a\times b + 3\times10^5 + \mathbb{R}^{m\times n}",
    r"X\sim\mathcal{N}(0,1), \tilde X, \sim 10, f \sim g",
    r"a \mid b, P(A \mid B), \left.\frac{df}{dx}\right|_{x=0}, f|_U",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}^{-1}",
    r"f(x) = \begin{cases} x, & x>0 \\ 0 & \text{otherwise}\end{cases}",
    r"\left\{\begin{aligned} a &= b, \\ c &= d \end{aligned}\right.",
    r"\underbrace{a+b}_{n} + \overset{d}{=} + X \xrightarrow[n]{d} Y",
    r"\mathbf{x} + \mathbb{R} + \mathcal{L} + \mathfrak{g} + \Gamma + \gamma + \phi + \varphi + \ell",
    r"x \text{ with probability at least } 1 - \delta \text{ for all } y",
    r"a \equiv b \pmod{2n}, a \bmod n",
    r"{}_2F_1(a,b;c;z)",
    r"(f\circ g)(x) + (a\circ b)(x+y) + (a+b)(x)",
    r"X \not\perp\!\!\!\perp Y, X \perp\!\!\!\perp Y, a \not\sim b",
]


@pytest.mark.parametrize("tex", FORMULAS)
def test_words_are_turned_back_into_the_formula(tex: str) -> None:
    tree = parse_formula(tex)
    assert read(row_in_words(tree.items)) == whole(fold(tree))


def _is_read_back(tex: str) -> bool:
    tree = parse_formula(tex)
    try:
        return read(row_in_words(tree.items)) == whole(fold(tree))
    except NotSpoken:
        return False


def _share_read_back(formulas: set[str], count: int) -> float:
    """The share of formulas that are read back, of `count` without unknown macros, in percent."""
    shuffled = sorted(formulas)
    random.Random(1).shuffle(shuffled)
    known = [tex for tex in shuffled if "Unknown(" not in repr(parse_formula(tex))][:count]
    lost = [tex for tex in known if not _is_read_back(tex)]
    print(f"\n{len(known)} formulas, {len(lost)} not read back", *lost[:20], sep="\n    ")
    return 100 * (1 - len(lost) / len(known))


@pytest.mark.corpus
@pytest.mark.skipif(not (SHARED / "data").exists(), reason=f"there are no papers at {SHARED}")
def test_formulas_of_abstracts_are_read_back() -> None:
    formulas: set[str] = set()
    with gzip.open(SHARED / "data" / "abstracts.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            segments = to_segments(json.loads(line)["abstract"])
            formulas.update(one.tex for one in segments if Style.FORMULA in one.style and one.tex)
    assert _share_read_back(formulas, 2500) >= 99.5


@pytest.mark.corpus
@pytest.mark.skipif(not (SHARED / "data").exists(), reason=f"there are no papers at {SHARED}")
def test_formulas_of_whole_papers_are_read_back() -> None:
    formulas: set[str] = set()
    for path in (SHARED / "data" / "html").glob("*.html.gz"):
        page = gzip.decompress(path.read_bytes()).decode(errors="replace")
        formulas.update(map(html.unescape, re.findall(r'<math\b[^>]*?alttext="([^"]*)"', page)))
    assert _share_read_back(formulas, 2500) >= 99.5


_LETTERS: tuple[str, ...] = (
    *"abcfgnxyPEd12",
    "10",
    r"\alpha",
    r"\pi",
    r"\Gamma",
    r"\infty",
    r"\mathbf{v}",
    r"\mathcal{O}",
    r"\mathbb{R}",
    r"\partial",
)
_SHAPES = [
    r"\frac{%s}{%s}",
    r"\frac12%s",
    r"{%s}_{%s}",
    r"{%s}^{%s}",
    r"{%s}_{%s}^{%s}",
    r"\sqrt{%s}",
    r"\sqrt[3]{%s}",
    r"\left(%s\right)",
    r"f(%s)",
    r"f(%s,%s)",
    r"\log{%s}",
    r"\log(%s)",
    r"\dim{%s}",
    r"\dim(%s)",
    r"\sin^{%s}{%s}",
    r"\log_{%s}{%s}",
    r"\text{Irr}(%s)",
    r"O(%s)",
    r"k[%s]",
    r"\mathbb{E}[%s]",
    r"\Pr[%s]",
    r"P(%s\mid{%s})",
    r"%s\mid{%s}",
    r"|%s|",
    r"\|%s\|",
    r"\|%s\|_{%s}",
    r"\lfloor{%s}\rfloor",
    r"\langle{%s},%s\rangle",
    r"\{%s\}",
    r"[%s,%s]",
    r"[0,%s)",
    r"(%s,%s)",
    r"%s|_{%s}",
    r"\sum_{%s}{%s}",
    r"\sum_{%s}^{%s}{%s}",
    r"\int_{%s}^{%s}{%s}",
    r"\lim_{%s\to{%s}}{%s}",
    r"\max(%s,%s)",
    r"\max_{%s}{%s}",
    r"\min\{%s,%s\}",
    r"\arg\min_{%s}{%s}",
    r"\hat{%s}",
    r"\overline{%s}",
    r"\vec{%s}",
    r"%s'",
    r"{%s}^*",
    r"{%s}^\top",
    r"{%s}^{-1}",
    r"{%s}^{-%s}",
    r"{%s}^{(%s)}",
    r"\binom{%s}{%s}",
    r"%s+{%s}",
    r"%s-{%s}",
    r"-{%s}",
    r"%s={%s}",
    r"%s{%s}",
    r"%s{%s}{%s}",
    r"%s/{%s}",
    r"%s\cdot{%s}",
    r"%s\times{%s}",
    r"%s\in{%s}",
    r"%s\to{%s}",
    r"%s\sim{%s}",
    r"%s,{%s}",
    r"%s;{%s}",
    r"%s!",
    r"\nabla\cdot{%s}",
    r"%s\wedge{%s}",
    r"%s\pmod{%s}",
    r"%s\xrightarrow{%s}{%s}",
    r"\underbrace{%s}_{%s}",
    r"\begin{pmatrix}%s&%s\\%s&%s\end{pmatrix}",
    r"\begin{cases}%s&%s\\%s\end{cases}",
    r"{}_{%s}F_{%s}",
    r"\text{if~}{%s}",
]


def _made_up(chance: random.Random, depth: int) -> str:
    if not depth or chance.random() < 0.2:
        return chance.choice(_LETTERS)
    shape = chance.choice(_SHAPES)
    for _ in range(shape.count("%s")):
        shape = shape.replace("%s", _made_up(chance, depth - 1), 1)
    return shape


@pytest.mark.parametrize("seed", range(8))
def test_formulas_made_up_of_everything_are_read_back(seed: int) -> None:
    chance = random.Random(seed)
    formulas = {_made_up(chance, depth) for depth in (1, 2, 3) for _ in range(100)}
    assert [tex for tex in sorted(formulas) if not _is_read_back(tex)] == []
