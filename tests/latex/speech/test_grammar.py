"""What is said of a formula can be turned back into the formula."""

from __future__ import annotations

import gzip
import html
import json
import random
import re

import pytest

from tests.corpus import SHARED
from tests.latex.speech.folding import fold
from tests.latex.speech.spoken_reader import NotSpoken, read
from tui_digest.latex import to_segments
from tui_digest.latex.formula.parse import parse
from tui_digest.latex.segment import Style
from tui_digest.latex.speech.formula import in_words

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
    r"X \not\perp\!\!\!\perp Y, X \perp\!\!\!\perp Y, a \not\sim b",
]


@pytest.mark.parametrize("tex", FORMULAS)
def test_words_are_turned_back_into_the_formula(tex: str) -> None:
    tree = parse(tex)
    assert read(in_words(tree.items)) == fold(tree)


def _is_read_back(tex: str) -> bool:
    tree = parse(tex)
    try:
        return read(in_words(tree.items)) == fold(tree)
    except NotSpoken:
        return False


def _share_read_back(formulas: set[str], count: int) -> float:
    """The share of formulas that are read back, of so many without unknown macros, in percent."""
    shuffled = sorted(formulas)
    random.Random(1).shuffle(shuffled)
    known = [tex for tex in shuffled if "Unknown(" not in repr(parse(tex))][:count]
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
