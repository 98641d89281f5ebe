"""What is typed finds what is on the screen; the card lists formulas and symbols once each."""

from __future__ import annotations

import pytest

from tui_digest.latex import notation, paper_notation, search_key

FOUND = [
    ("l2", r"the $\ell_2$-norm"),
    ("ell_2", r"the $\ell_2$-norm"),
    ("ℓ₂", r"the $\ell_2$-norm"),
    ("epsilon", r"an $\varepsilon$-greedy policy"),
    ("epsilon-greedy", r"an $\epsilon$-greedy policy"),
    ("ε", "an epsilon net"),
    ("O(1/sqrt T)", r"rate $\mathcal{O}(1/\sqrt{T})$"),
    ("O(1/sqrt(T))", r"rate $\mathcal{O}(1/\sqrt{T})$"),
    (r"\mathcal{O}(1/\sqrt{T})", "rate 𝒪(1/√T)"),
    ("renyi", r"R\'enyi entropy"),
    ("Rényi", "renyi entropy"),
    ("schrodinger", "Schr{ö}dinger"),
    ("x_i", "$x_i$"),
    ("R^d", r"$\mathbb{R}^d$"),
    ("L^infty", r"$L^\infty$"),
    ("self attention", "Self-Attention"),
    ("k-means", "$k$-means"),
    ("x<=5", r"$x \le 5$"),
    ("x != 0", r"$x\neq 0$"),
    ("x≠0", r"$x\not=0$"),
    ("2.5%", "only 2.5\\% of $x$"),
    ("beta-VAE", r"$\beta$-VAE"),
    ("n log n", r"$O(n\log n)$"),
    ("phi^4", r"$\phi^4$ theory"),
    ("c++", "in C++ and Rust"),
    ("straße", "STRASSE"),
    ("lojasiewicz", r"Kurdyka-{\L}ojasiewicz inequality"),
    ("orsted", r"{\O}rsted"),
    ("hawaii", "Hawaiʻi"),
    ("isik", "Işık"),
    ("dorde", "Đorđe"),
    ("oeuvre", "Œuvre"),
    ("aether", "Æther"),
    ("thorn", "Þorn"),
    ("lhopital", "l’Hôpital"),
    ("l'hopital", "l’Hôpital"),
    ("oneills", "O‘Neill’s"),
    ("kritik der", "„Kritik“ der"),
    ("学习", "深度学习模型"),
    ("深度学习", "AI与深度学习"),
    ("ガウス", "ガウス過程"),
    ("학습", "기계학습 모델"),
    ("hawaii", "Hawai`i"),
    ("hawai`i", "Hawaiʻi"),
    ("memmedov", "Məmmədov"),
    ("1/2", "½ of it"),
    ("5%", "5 \\% more"),
    ("5 %", "5\\% more"),
    ("データ", "ﾃﾞｰﾀ分析"),
    ("gpt模型", "GPT模型"),
    ("360", r"$360^{\circ}$"),
    ("360°", r"360\textdegree"),
    ("360", "360° Video"),
    ("360°", "360{\\deg} Video"),
    ("360°", "360 images"),
]


@pytest.mark.parametrize(("query", "text"), FOUND)
def test_a_query_finds(query: str, text: str) -> None:
    assert search_key(query) in search_key(text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("x^2", "$x_1$"),
        ("alpha", r"$\beta$"),
        ("sqrt n", r"$\log n$"),
        ("习学", "深度学习"),
        ("x=0", r"$x\ne 0$"),
    ],
)
def test_a_query_does_not_find_something_else(query: str, text: str) -> None:
    assert search_key(query) not in search_key(text)


def test_the_key_of_a_key_is_that_key() -> None:
    for query, text in FOUND:
        for written in (query, text):
            assert search_key(search_key(written)) == search_key(written)


def test_notation_lists_formulas_and_their_symbols_in_order() -> None:
    card = notation(
        r"Let $f:\mathbb{R}^d\to\mathbb{R}$ and $\hat{x}_i\le\varepsilon$ with $\varepsilon$, $f$."
    )
    assert [(line.text, line.tex, line.is_symbol, line.occurrences) for line in card] == [
        ("f: ℝᵈ → ℝ", r"f:\mathbb{R}^d\to\mathbb{R}", False, 1),
        ("f", "f", True, 2),
        ("ℝ", r"\mathbb{R}", True, 2),
        ("d", "d", True, 1),
        ("x̂ᵢ ≤ ε", r"\hat{x}_i\le\varepsilon", False, 1),
        ("x̂", r"\hat{x}", True, 1),
        ("i", "i", True, 1),
        ("ε", r"\varepsilon", True, 2),
    ]


CARDS = [
    (r"$\boldsymbol{\theta}\in\Theta$", [("𝛉", r"\boldsymbol{\theta}"), ("Θ", r"\Theta")]),
    (r"$\bm x+{\bf y}$", [("𝐱", r"\bm x"), ("𝐲", r"{\bf y}")]),
    (r"${\cal K}_\lambda$, ${\cal K}$", [("𝒦", r"{\cal K}"), ("λ", r"\lambda")]),
    (r"$\mathcal{NP}^A$, $\mathbb{RP}^2$", [("𝒩𝒫", r"\mathcal{NP}"), ("A", "A"), ("ℝℙ", r"\mathbb{RP}")]),
    ("$\\mathcal\nF(x)$", [("ℱ", r"\mathcal F"), ("x", "x")]),
    (r"$SO_+(p)$, $sl_n$", [("SO", "SO"), ("p", "p"), ("sl", "sl"), ("n", "n")]),
    (
        r"$\mathfrak{sl}_2$, $so(x)$, $sox$",
        [("𝔰𝔩", r"\mathfrak{sl}"), ("so", "so"), ("x", "x"), ("s", "s"), ("o", "o")],
    ),
    (r"$Ext^i(F)$, $Der(L)$", [("Ext", "Ext"), ("i", "i"), ("F", "F"), ("Der", "Der"), ("L", "L")]),
    (r"Ca$_n$ and $^A$, $x_n$", [("x", "x"), ("n", "n")]),
    (r"$\mathbf{AB}$", [("𝐀", r"\mathbf{A}"), ("𝐁", r"\mathbf{B}")]),
    (r"$\R^n$", [("ℝ", r"\R"), ("n", "n")]),
    (r"$\mathbb R$ and $\mathbb{R}$", [("ℝ", r"\mathbb R")]),
    (r"$n_{cr}>0$", [("n_cr", "n_{cr}")]),
    (r"$n_{max}$, $T_{\min}$", [("n_max", "n_{max}"), ("T_min", "T_{min}")]),
    (r"$h\cdot x_g=x_{hg}$", [("h", "h"), ("x", "x"), ("g", "g")]),
    (r"$n log m$", [("n", "n"), ("m", "m")]),
    (r"$QAP(A,B)$", [("QAP", "QAP"), ("A", "A"), ("B", "B")]),
    (r"$ABC=A$, $B$, $C$", [("A", "A"), ("B", "B"), ("C", "C")]),
    (r"$MSE_n$, $M$", [("MSE", "MSE"), ("M", "M"), ("n", "n")]),
    (r"$AB$", [("AB", "AB")]),
    (r"$HG_n(R)$, $VC\subset VC'$", [("HG", "HG"), ("n", "n"), ("R", "R"), ("VC", "VC")]),
    (r"$HG_n$, $G$, $\textbf{Co}$, $E=5\ TeV$", [("H", "H"), ("G", "G"), ("n", "n"), ("E", "E")]),
    (r"$k_\mathrm{L}x$, $yk_{\rm L}$", [("k_L", r"k_{\mathrm{L}}"), ("x", "x"), ("y", "y")]),
    (
        r"$\mathrm{ErTe}_3$, $\mathrm{Pd}_{0.01}x$, $\mathsf{Enc}_k$",
        [("x", "x"), ("Enc", r"\mathsf{Enc}"), ("k", "k")],
    ),
    (r"$et\,al.$, $\BR^2\subset\BC$", [("ℝ", r"{\BR}"), ("ℂ", r"\BC")]),
    (
        r"$Ham(S)$, $Diff_0(M)$, $Sc$, $Axy$",
        [
            ("Ham", "Ham"),
            ("S", "S"),
            ("Diff", "Diff"),
            ("M", "M"),
            ("Sc", "Sc"),
            ("A", "A"),
            ("x", "x"),
            ("y", "y"),
        ],
    ),
    (r"$\R^{d\times d}_{sym}$, $V_{var}$", [("ℝ_sym", r"\R_{sym}"), ("d", "d"), ("V_var", "V_{var}")]),
    (r"$F1=0.9$, $E8\subset E$", [("F1", "F1"), ("E", "E")]),
    (r"$AB$, $A$", [("A", "A"), ("B", "B")]),
    (r"$BV$, $u\in BV$, $u$", [("BV", "BV"), ("u", "u")]),
    (r"$XYXZ$, $ZYX$, $Y$", [("XYXZ", "XYXZ"), ("Y", "Y"), ("ZYX", "ZYX")]),
    (r"$K3$, $X\to K3$", [("X", "X")]),
    (r"$K3$, $K$", [("K", "K")]),
    (
        r"$M_W/M_Z$, $m_{\tilde g}$, $m_t\sim5\GeV$",
        [("M_W", "M_W"), ("M_Z", "M_Z"), ("m", "m"), ("mₜ", "m_t"), ("g̃", r"\tilde g")],
    ),
    (r"$\overline{MS}$, $\overline{AB}$", [("M̅S̅", r"\overline{MS}"), ("A", "A"), ("B", "B")]),
    (r"$dY_t=AY_tdt+dX_t$", [("Y", "Y"), ("t", "t"), ("A", "A"), ("X", "X")]),
    (
        r"$model.west$, $abcd$",
        [("model", "model"), ("west", "west"), ("a", "a"), ("b", "b"), ("c", "c"), ("d", "d")],
    ),
    (r"$T_{\rm eff}=T_{\text{max}}$", [("T_eff", r"T_{\mathrm{eff}}"), ("T_max", r"T_{\text{max}}")]),
    (r"$x_{ij}$", [("x", "x"), ("i", "i"), ("j", "j")]),
    (r"$R_{abcd}$", [("R", "R"), ("a", "a"), ("b", "b"), ("c", "c"), ("d", "d")]),
    (r"$\hat x$, $\widehat{x}_i$", [("x̂", r"\hat x"), ("i", "i")]),
    (r"$k^{th}$ and $SL(2)$", [("k", "k"), ("SL", "SL")]),
    (r"$10^{-3}$, $95\%$, $\sim$, $2\times3$, $=$", []),
    (r"$\vec{\boldsymbol{v}}$", [("𝐯⃗", r"\vec{\boldsymbol{v}}")]),
    (r"$\text{if $\alpha$}$", [("α", r"\alpha")]),
    (r"$\mathrm{d}x$", [("x", "x")]),
    (r"$\int_0^1f\,dx$, $df/dt$, $\frac{d^2y}{dx^2}$", [("f", "f"), ("x", "x"), ("t", "t"), ("y", "y")]),
    (r"$\R^d$, $\mathrm{d}$, $d(x,y)$", [("ℝ", r"\R"), ("d", "d"), ("x", "x"), ("y", "y")]),
    (r"$XXZ$, $NP$, $AB=BA$", [("XXZ", "XXZ"), ("NP", "NP"), ("A", "A"), ("B", "B")]),
    (r"$Ha_{opt}$, $Ha=3$, $F=Ma$", [("Ha", "Ha"), ("F", "F"), ("M", "M"), ("a", "a")]),
    (r"$S_-S_+=I$, $X_1Y_1$", [("S", "S"), ("I", "I"), ("X", "X"), ("Y", "Y")]),
    (r"$(i)$ a $v_1$, $(ii)$ a $2d$ and a $3D$ $w_2$", []),
    (r"$\bm{z}_{Lt}+L\,t$", [("𝐳", r"\bm{z}"), ("L", "L"), ("t", "t")]),
    (
        r"$\mathcal{L}_{rec}+r\,e\,c$",
        [("ℒ_rec", r"\mathcal{L}_{rec}"), ("r", "r"), ("e", "e"), ("c", "c")],
    ),
    (r"$Cl_{4,1}$, $a+{g}$", [("Cl", "Cl"), ("a", "a"), ("g", "g")]),
    (r"$e^TPe\le1$, $2Pr$", [("e", "e"), ("P", "P"), ("r", "r")]),
    (r"$Pr=1$ and $Pe\sim10^3$", [("Pr", "Pr"), ("Pe", "Pe")]),
    (r"$(a)$ is no item, $f(i)$", [("a", "a"), ("f", "f"), ("i", "i")]),
    (r"$23^o$, $\theta=23^{\rm o}$, $x^o$", [("θ", r"\theta"), ("x", "x"), ("o", "o")]),
    (r"$L^2$, $C^*$, $A\in C^*$", [("A", "A")]),
    (r"$L^2$, $L^p$", [("L", "L"), ("p", "p")]),
    (r"$T_c>T$, $P_c$, $\Lambda_b$", [("T", "T"), ("T_c", "T_c")]),
    (
        r"$T_c>c$, $x_i$, $b_{hg}$, $a_g$",
        [("T", "T"), ("c", "c"), ("x", "x"), ("i", "i"), ("b_hg", "b_{hg}")],
    ),
    (
        r"$x\stackrel{\scriptstyle def}{=}y$, $X\xrightarrow{d}Y$, $A\xrightarrow{f}B$",
        [("x", "x"), ("y", "y"), ("X", "X"), ("Y", "Y"), ("A", "A"), ("f", "f"), ("B", "B")],
    ),
    (
        r"$A^{\mathsf{\scriptscriptstyle T}}A$, $B^TB$, $C^H$",
        [("A", "A"), ("B", "B"), ("C", "C"), ("H", "H")],
    ),
    (r"$\Ledger[P]$, $\work(p)$", [("Ledger", r"\Ledger"), ("P", "P"), ("work", r"\work"), ("p", "p")]),
    (
        r"$\mathsf{Enc}_k(m)$, $\operatorname{VaR}(X)$, $\sin(x)$, $5\,\mathrm{km}$, $\mathrm{if}(y)$",
        [
            ("Enc", r"\mathsf{Enc}"),
            ("k", "k"),
            ("m", "m"),
            ("VaR", r"\operatorname{VaR}"),
            ("X", "X"),
            ("x", "x"),
            ("y", "y"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "symbols"), CARDS)
def test_symbols_of_the_notation(text: str, symbols: list[tuple[str, str]]) -> None:
    assert [(line.text, line.tex) for line in notation(text) if line.is_symbol] == symbols


def test_a_formula_has_no_punctuation_of_its_sentence() -> None:
    text = r"for $k,$ and $x=1.$ and $a+b\,$, $R-$matrix, Ca$_2(z)$, $$\label{a} y=2.$$"
    assert [line.tex for line in notation(text)] == [
        "k", "x=1", "x", "a+b", "a", "b", "R", "(z)", "z", "y=2", "y",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        (r"$l=0,1,2,...$", r"l=0,1,2,..."),
        (r"$\sup J=+\infty\ .$", r"\sup J=+\infty"),
        (r"(all $\Pi_{a+1})$", r"\Pi_{a+1}"),
        (r"(all $(\Pi_{a+1}$)", r"\Pi_{a+1}"),
        (r"$x\in(0,1]$", r"x\in(0,1]"),
        (r"$\left\{\begin{array}{l}x\end{array}\right.$", r"\left\{\begin{array}{l}x\end{array}\right."),
        (r"$\left(x+y\right)$", r"\left(x+y\right)"),
        (r"\begin{align*} x=y+1, \end{align*}", r"\begin{align*} x=y+1 \end{align*}"),
        (
            r"$\left\{\begin{aligned}x&=1,\\y&=2.\end{aligned}\right.$",
            r"\left\{\begin{aligned}x&=1,\\y&=2\end{aligned}\right.",
        ),
    ],
)
def test_a_formula_is_without_the_marks_of_its_sentence(text: str, formula: str) -> None:
    assert notation(text)[0].tex == formula


def test_words_of_the_sentence_have_no_line() -> None:
    assert notation(r"the $\textit{Mathematica}$ package $\texttt{ROC2.wl}$ and $\textbf{PolyNet}$") == ()
    assert [line.text for line in notation(r"$\textbf{x}$, $\mathrm{poly}$")] == ["𝐱", "poly"]


def test_bare_numbers_and_signs_have_no_line() -> None:
    assert notation(r"$10^{-3}$, $95\%$, $\sim$, $2\times3$, $=$, $\pm1.5$") == ()


def test_the_symbols_of_a_paper_with_their_places() -> None:
    lines = paper_notation(
        [("Introduction", r"x\in\mathbb{R}^d"), ("(1)", r"\boldsymbol{\theta}=x"), ("(2)", "x^2")]
    )
    assert [(line.text, line.place, line.occurrences) for line in lines] == [
        ("x", "Introduction", 3),
        ("ℝ", "Introduction", 1),
        ("d", "Introduction", 1),
        ("𝛉", "(1)", 1),
    ]


def test_notation_of_prose_is_empty() -> None:
    assert notation("it costs $5 and no formula stands here") == ()
