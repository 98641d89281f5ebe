"""Whole texts: what is between the formulas keeps its words, and TeX's prose becomes prose."""

from __future__ import annotations

import pytest

from tui_digest.latex import paragraphs, to_segments, to_unicode

ACCENTS = [
    (r"R\'enyi", "Rényi"),
    (r"(Polyak-)\L ojasiewicz, \L{}ojasiewicz", "(Polyak-)Łojasiewicz, Łojasiewicz"),
    (r"Podle\'s spheres", "Podleś spheres"),
    (r"and $A~$respectively, $n\,$th, $k$th", "and A respectively, nth, kth"),
    (r"PSL(2, Z)\H, which", r"PSL(2, Z)\H, which"),
    (r"Identifying Player\'s Strategies", "Identifying Player's Strategies"),
    (r"Jo\'se and Wie\'s", "Jośe and Wieś"),
    (r"Systems\rq\rq{} and \lq\lq{}x", "Systems” and “x"),
    (r"options. \rev{We are cut off.", "options. We are cut off."),
    (r"see \href{https://a.org/x}{Weights \& Biases", "see https://a.org/x Weights & Biases"),
    (r"S = {(x,y)\in [a] such that x+y=0}.", "S = {(x,y) ∈ [a] such that x+y=0}."),
    (r"$a$ = min{i: h_i=0} of {\it x = y}", "a = min{i: h_i=0} of x = y"),
    (r"measures on ${\bf R}", "measures on 𝐑"),
    (r"a_1t+b\log\left(\frac t\pi\right), e^{-n\tr V(M)}", "a_1t+b log(t/π), e^(-n tr V(M))"),
    (r"O(n\log_2 n), A\max_{i} B, (x)\cos y", "O(n log₂ n), A maxᵢ B, (x) cos y"),
    (r"24.33~dB~/~0.7912~SSIM at ac.jp/~harase", "24.33 dB / 0.7912 SSIM at ac.jp/~harase"),
    (r"in \ce{$n$H2O}, \ce{H2O} and \ce{CO2}-rich $x$", "in nH₂O, H₂O and CO₂-rich x"),
    (r"a 10$\,\mu$m grain, the algebra Lie$\,\mathfrak G$", "a 10 μm grain, the algebra Lie 𝔊"),
    (r"3$\,\times\,$10, ($\,x$) and 5 $\,x$", "3 × 10, (x) and 5 x"),
    (r"2\frac12, a\frac{b}{c}d, \frac12(x+y), {a \over b}|c|", "2 1/2, a b/c d, 1/2 (x+y), a/b |c|"),
    (r"max_{i} a_i, x_{1} y and 2\pi r", "maxᵢ a_i, x₁ y and 2πr"),
    (r"\la 10 kpc, z \ga 3, M\la 10^{12}", "≲ 10 kpc, z ≳ 3, M ≲ 10¹²"),
    (r"\begin{abstract} Suppose $p$ is", "Suppose p is"),
    (r"the trace u_{|\partial\Omega}=0 of", "the trace u|_(∂Ω)=0 of"),
    (r"y(t,x)_{\mid_{x=0^-}}, g_{|ab}", "y(t,x)|_(x=0^-), g_(|ab)"),
    (r"from \pmatrix m_3&\ast 0&m_1\endpmatrix to", "from (m₃ *; 0 m₁) to"),
    (r"it costs $5 in {\it all}", "it costs $5 in all"),
    (r"K\"ahler", "Kähler"),
    (r"Fr{\'e}chet", "Fréchet"),
    (r"Fr\'{e}chet", "Fréchet"),
    (r"Erd\H{o}s", "Erdős"),
    (r"\v{C}ech", "Čech"),
    (r"Na\"{\i}ve", "Naïve"),
    (r"na\"\i ve", "naïve"),
    (r"{\L}ojasiewicz", "Łojasiewicz"),
    (r"Gro{\ss}mann", "Großmann"),
    (r"S{\o}rensen and S\o rensen", "Sørensen and Sørensen"),
    (r"\AA ngstr\"om", "Ångström"),
    (r"Fran\c{c}ois, Fran\c cois", "François, François"),
    (r"Nystr\"{o}m", "Nyström"),
    (r"P\'olya--Szeg\H o", "Pólya–Szegő"),
    ("Schr{ö}dinger", "Schrödinger"),
    (r"Schr$\ddot{\mbox{o}}$dinger", "Schrödinger"),
    (r"Poincar\'e's", "Poincaré's"),
    (r"the ${\L}$ojasiewicz, a F$\o$lner and $\L f$", "the Łojasiewicz, a Følner and Lf"),
]

SIGNS = [
    (r"95\% of $n$ and 5% of $m$", "95% of n and 5% of m"),
    (r"R\&D of $x$, C\#", "R&D of x, C#"),
    (r"S&P 500 and $x$", "S&P 500 and x"),
    (r"a\_b and $x$", "a_b and x"),
    (r"50\,000 items\ and $x$", "50 000 items and x"),
    ("``double'' quotes", "“double” quotes"),
    ("(''cats'' or ''dogs'')", "(“cats” or “dogs”)"),
    ("``cats ''and 5'' long", "“cats ”and 5” long"),
    (r"10 \textmu s and 5 \textohm, \textregistered{} x", "10 µs and 5 Ω, ® x"),
    ("`single' quotes", "‘single’ quotes"),
    ("`don't do it' they said", "‘don't do it’ they said"),
    ("d'\\'etudes", "d'études"),
    ("pages 3--5 --- a range", "pages 3–5 — a range"),
    ("run `cmd --all' now --help", "run ‘cmd --all’ now --help"),
    ("well-known CIFAR-10", "well-known CIFAR-10"),
    (r"soft\-ware of $x$", "software of x"),
    (r"\ldots and \dots{} so", "… and … so"),
    (r"one\\two", "one\ntwo"),
]

TIES = [
    ("Fig.~3 of Smith et~al.", "Fig. 3 of Smith et al."),
    (r"a ~1.5$\times$ speedup", "a ~1.5× speedup"),
    ("over ~10 baselines", "over ~10 baselines"),
    ("(~5 times)", "(~5 times)"),
    ("at ac.jp/~harase now", "at ac.jp/~harase now"),
    ("see https://a.org/~b_c now", "see https://a.org/~b_c now"),
    ("Theorem ~\\ref{a}", "Theorem ~[a]"),
]

MONEY = [
    ("costs $5 and $10", "costs $5 and $10"),
    ("between $1,000 and $2,000", "between $1,000 and $2,000"),
    (r"costs \$5 million, not $3 million", "costs $5 million, not $3 million"),
    ("from $10/month to $20/month", "from $10/month to $20/month"),
    ("it costs $5", "it costs $5"),
    ("approx. $630K. With $x$ we get", "approx. $630K. With x we get"),
    ("$5$ and $10$", "5 and 10"),
]

DELIMITERS = [
    ("let $x$ be", "let x be"),
    (r"let \(x^2\) be", "let x² be"),
    (r"\[ E=mc^2 \]", "E = mc²"),
    ("so $$x^2$$ holds", "so x² holds"),
    (r"the set\[A=B\]holds", "the set A = B holds"),
    (r"\begin{equation}x^2\end{equation}", "x²"),
    (r"\begin{align*}a&=b\\c&=d\end{align*}", "a = b; c = d"),
    (r"an odd $ sign and \emph{x}", "an odd $ sign and x"),
    (r"$\text{if } x > 0$", "if x > 0"),
    (r"$SML, MED, LRG, MULTI$", "SML, MED, LRG, MULTI"),
    (r"Let $a$, $b$ and $c$.", "Let a, b and c."),
    ("$k$-means and $n$th", "k-means and nth"),
    ("$k-$means", "k-means"),
    ("$x\n+ y$", "x + y"),
]

MACROS = [
    (r"\emph{Emphasised} and {\bf bold}", "Emphasised and bold"),
    (r"\emph{$k$-list estimation} of $x$", "k-list estimation of x"),
    (r"\textbf{a {\em b} c}", "a b c"),
    (r"\textsc{Caps} of $x$", "Caps of x"),
    (r"as by \cite{Smith20}", "as by [Smith20]"),
    (r"see~\cite[p. 3]{Smith20}", "see [Smith20, p. 3]"),
    (r"\citep[see][p.~3]{B}", "[see B, p. 3]"),
    (r"\citep[see][]{B} and \citet*{A,C}", "[see B] and [A, C]"),
    (r"Title\thanks{Supported by $X$.}", "Title (Supported by X.)"),
    (r"\texorpdfstring{$\ell_1$}{l1} Loss", "ℓ₁ Loss"),
    (r"A \texorpdfstring{$\ell_1$}{$l$1} Loss", "A ℓ₁ Loss"),
    (r"\rev{analysis and} proof, \blue{new} text", "analysis and proof, new text"),
    (r"\foreignlanguage{french}{\'et\'e}", "été"),
    (r"{\color{red} x}, \fcolorbox{a}{b}{y}", "x, y"),
    (r"\textsuperscript{a note}", "^(a note)"),
    (r"end.\par Next", "end.\nNext"),
    (r"bound\footnote{Up to $c$.} tight", "bound (Up to c.) tight"),
    (r"code at \url{https://github.com/a_b/c-d}.", "code at https://github.com/a_b/c-d."),
    (r"our \href{https://x.org/p_1}{page}.", "our page (https://x.org/p_1)."),
    (r"\href{https://x.org}{https://x.org}", "https://x.org"),
    (r"our \ours{} method", "our ours method"),
    (r"\method\ wins", "method wins"),
    (r"\begin{itemize}\item one \item two\end{itemize}", "• one • two"),
    (r"1\textsuperscript{st} H\textsubscript{2}O", "1ˢᵗ H₂O"),
    (r"\textcolor{red}{red} text", "red text"),
    (r"\LaTeX{} and \TeX", "LaTeX and TeX"),
    (r"{\it all of it} $x$", "all of it x"),
    (r"\verb|a_b| code", "a_b code"),
    (r"\textquotedblleft a\textquotedblright", "“a”"),
    (r"\guillemotleft a\guillemotright", "«a»"),
    (r"an \ac{isac} system of \acp{uav}, \gls{rb}, \glspl{cnn}", "an isac system of uavs, rb, cnns"),
    (r"\Ac{ris} and \acrshort{x}-\textit{\gls{y}}", "ris and x-y"),
    (r"a non-\\linear equation", "a non-linear equation"),
    (r"on \LGO{s}, \mcn s and \foo{bar}, \ours{} x", "on LGOs, mcns and foo bar, ours x"),
    (r"the \newa{of Boolean functions and} theory", "the of Boolean functions and theory"),
    (r"our \method{two words}, \noi {It is} so", "our method two words, It is so"),
    (r"MuTSE\footnote{The code is open", "MuTSE (The code is open"),
    (r"the project\textquoteright s end, \rq and", "the project’s end, ’ and"),
    (
        r"\RED{However, existing methods fail on many} and \method{A Big Thing}",
        "However, existing methods fail on many and method A Big Thing",
    ),
    (r"(5000--9300 ~\AA) or 20 ~$\mu$m, n ~$5$ and 1\mum", "(5000–9300 Å) or 20 μm, n ~5 and 1μm"),
    (r"$x$ X --> C, A <-- B, CH_{0}(X)-->C and p--q", "x X --> C, A <-- B, CH₀(X)-->C and p–q"),
    (r"r(X_{1}^{\left(n\right)},\cdots)", "r(X₁^(n),⋯)"),
    (r"$x>0$\,, and \jump{$_k$}, 5\,m", "x > 0, and jumpₖ, 5 m"),
    (r"PP^{NP^NP}, x^{A_{ij}} and $x$", "PP^(NP^NP), x^(Aᵢⱼ) and x"),
    (r"\tmtextit{irregularity}, BCC (\textalpha-Ta) and \textOmega", "irregularity, BCC (α-Ta) and Ω"),
    (r"premises \footnote{Open.} and so", "premises (Open.) and so"),
]

FORMULAS_WITHOUT_DELIMITERS = [
    (r"\alpha*(2^n)/n", "α*(2^n)/n"),
    (r"O(\sqrt{n}) and \mathcal{O}(n)", "O(√n) and 𝒪(n)"),
    (r"\mathbb{R}^n", "ℝⁿ"),
    (r"10^{15} and H_{2}O", "10¹⁵ and H₂O"),
    (r"n^{O(1)} and $x$", "n^(O(1)) and x"),
    (r"x^{a+b} and $x$", "x^(a+b) and x"),
    (r"snake_case and x_train of $n$", "snake_case and x_train of n"),
    (r"x^2 and $y$", "x^2 and y"),
]

ARGUMENTS_WITHOUT_BRACES = [
    (r"H -> b\bar b decays", "H -> bb̄ decays"),
    (r"p\bar p\to t\bar t X", "pp̄ → tt̄ X"),
    (r"time \tilde O(n)", "time Õ(n)"),
    (r"a\not=b", "a ≠ b"),
    (r"for i\not\in I", "for i ∉ I"),
    (r"by \sqrt 2 and \sqrt[3]2", "by √2 and ∛2"),
    (r"a factor \tfrac12, \frac 1 2", "a factor 1/2, 1/2"),
    (r"{\cal O}(n) and {\cal N}=4", "𝒪(n) and 𝒩=4"),
    (r"over \mathbb R", "over ℝ"),
    (r"x \in \mathbb R^n", "x ∈ ℝⁿ"),
    (r"graded \mathbb Z_2-vector space", "graded ℤ₂-vector space"),
    (r"U_i{\cal R}_1U_i^{-1}", "Uᵢℛ₁Uᵢ⁻¹"),
    (r"the range-rate \dot\rho", "the range-rate ρ̇"),
    (r"The \widetilde\omega_\epsilon family", "The ω̃_ϵ family"),
    (r"\hat\beta_{ij} and \bar{\nu}_e, \bar\nu_e", "β̂ᵢⱼ and ν̄ₑ, ν̄ₑ"),
    (r"{\bf Q}_p-points of {\mathbb R}^n", "𝐐ₚ-points of ℝⁿ"),
    (r"{n \choose k} and {a \over b}", "(n choose k) and a/b"),
    (r"e^+e^-\to\mu^+\mu^-", "e^+e^- → μ^+μ^-"),
    (r"D^0-\bar D^0 mixing", "D⁰-D̄⁰ mixing"),
    (r"\vec v, \overline{AB}", "v⃗, A̅B̅"),
    (r"x^{\alpha+1}", "x^(α+1)"),
    (r"\left(\frac ab\right) and \left(x", "(a/b) and (x"),
    (r"\mathbf{x} and \mathbf{some words}", "𝐱 and some words"),
    (r"\frac{number of x}{y}", "(number of x)/y"),
    (r"\log_2 n and \log n", "log₂ n and log n"),
    (r"1/(1-\frac{1}{n-1}) and \lim_{\epsilon \to 0} f", "1/(1-1/(n-1)) and lim_(ϵ→0) f"),
    ("{}From general principles, a {}From, {} and x{}", "From general principles, a From, {} and x{}"),
    ("10{,}369 records, {,} 5{,} 6", "10,369 records, {,} 5{,} 6"),
    ('a ``pancake" object, 5" and ``x\'\' of "it"', 'a “pancake” object, 5" and “x” of "it"'),
]

SYMBOLS = [
    (r"360{\deg} Video at 28.8{\deg}, 400 {\deg}C, 30\deg C", "360° Video at 28.8°, 400 °C, 30° C"),
    (r"\deg f", "deg f"),
    (r"\S4 and \S~6, \P3", "§4 and § 6, ¶3"),
    (r"gradually\textemdash the network", "gradually—the network"),
    (r"{\alpha}-synuclein and 3{\times}4 grids in {\mu}m", "α-synuclein and 3×4 grids in μm"),
    (r"\Lambda-type, \mu m", "Λ-type, μ m"),
    (r"5{\AA}, 5\AA", "5Å, 5Å"),
    (r"A\cup B, 2\pi r, 5\times 10^{-3}", "A ∪ B, 2πr, 5 × 10⁻³"),
    (r"SU(2)\times U(1), Z_2\times Z_2", "SU(2) × U(1), Z_2 × Z_2"),
    (r"\langle x\rangle and \lfloor x \rfloor", "⟨x⟩ and ⌊x⌋"),
    (r"the \alpha's, ``\beta'' and \psi'", "the α's, “β” and ψ′"),
    (r"\chi^2, \chi ^2 and \ell _1", "χ², χ² and ℓ₁"),
    (r"\P(S_n>x) \leq c\P(Z>x), \P[A] and \P_x", "ℙ(S_n>x) ≤ cℙ(Z>x), ℙ[A] and ℙₓ"),
    (r"5\degr C, 20\textdegree C and 5\degr\ N", "5°C, 20°C and 5° N"),
    (r"a \dh type, M{\dh}al, h\ng x and \DH or\dh e", "a dh type, Mðal, hŋx and Ð orðe"),
    (r"Hold\'em, Player\'s, don\'t and N\'emeth", "Hold'em, Player's, don't and Németh"),
]

TWO_ACCENTS = [
    (r"10$^o$C, 5 $^{o}$, 20~$^oC$ and $5^o$", "10°C, 5 °, 20 °C and 5°"),
    (r"Th\'{\u{a}}ng Nguy\~{\^e}n Vi\d{\^e}t H\`{\^o}", "Thắng Nguyễn Việt Hồ"),
    (r"B\'{\^e}n and \.{\=o}", "Bến and ȱ"),
    (r"\'{\^{e}}, \'\^e, {\'{\^e}}", "ế, ế, ế"),
    (r"\'{\ae}, \'\ae", "ǽ, ǽ"),
    (r"\h{a}, \textcommabelow{s}", "ả, ș"),
]

QUOTATION_MARKS = [
    (",,Kritik'' der Vernunft, ,,x``", "„Kritik“ der Vernunft, „x“"),
    (r"\glqq x\grqq{} und \flqq y\frqq", "„x“ und «y»"),
    (r"\og y\fg{} et", "« y » et"),
    (r"\enquote{a \enquote{b} c} is", "“a ‘b’ c” is"),
    ('"`Kritik"\' und $x$', "„Kritik“ und x"),
    ("a,,b and ``c''", "a,,b and “c”"),
    (r"\lq a\rq", "‘a’"),
]

HTML = [
    ("R&amp;D", "R&D"),
    ("$a &lt; b$", "a < b"),
    ("x<sub>i</sub> and H<sub>2</sub>O, 10<sup>-3</sup>", "xᵢ and H₂O, 10⁻³"),
    ("$x<sub>i</sub>$", "xᵢ"),
    ("<i>in vivo</i> <E> and <n|A|n>", "in vivo <E> and <n|A|n>"),
    ("one<br/>two", "one\ntwo"),
    ("&eacute;t&eacute;, &#8730;2, &nbsp;AT&T; &c;", "été, √2,  AT&T; &c;"),
    ("&#27;[31m", "&#27;[31m"),
    ("a <b and c> d </ e", "a <b and c> d </ e"),
]

DEFINITIONS = [
    (r"$\newcommand{\norm}[1]{\left\lVert#1\right\rVert}\norm{x}^2$", "‖x‖²"),
    (r"$\def\E{\mathbb{E}}\E[X]$", "𝔼[X]"),
    (r"$\DeclareMathOperator{\Tr}{Tr}\Tr A$", "Tr A"),
    (r"\newcommand{\R}{\mathbb R}Let $x\in\R^n$ and \R", "Let x ∈ ℝⁿ and ℝ"),
    (r"$\newcommand{\p}[2][3]{#1+#2}$So $\p{b}$, $\p[c]{d}$", "So 3 + b, c + d"),
    (r"$\let\eps=\varepsilon$ $\eps$", "ε"),
    (r"\def\a{\b\b}\def\b{x}\a", "xx"),
]

ENVIRONMENTS = [
    (r"\begin{theorem}[Kolmogorov] Let $x$.\end{theorem}", "Theorem (Kolmogorov). Let x."),
    (r"\begin{lemma}A\end{lemma}", "Lemma. A"),
    (r"\begin{enumerate}\item one \item two\end{enumerate}", "1. one 2. two"),
    (
        r"\begin{enumerate}[(i)]\item a \item b\begin{enumerate}\item c\end{enumerate}\end{enumerate}",
        "(i) a (ii) b (a) c",
    ),
    (r"\begin{itemize}\item[a)] one\item two\end{itemize}", "a) one • two"),
    (r"\begin{description}\item[Foo] bar\end{description}", "Foo bar"),
    (r"a:\begin{tabular}{ll} a & b \\ $x$ & \emph{ccc} \end{tabular}", "a:\na │ b\nx │ ccc\n"),
    (
        r"a:\begin{tabular}{ll} $\hat\ell$ & b \\ 漢字 & c \\ xyzw & d\end{tabular}",
        "a:\nℓ̂    │ b\n漢字 │ c\nxyzw │ d\n",
    ),
    ("i.e.,% \\begin{equation*} a=b. \\end{equation*}% The 5% of", "i.e., a = b. The 5% of"),
    (r"model \bean y & = & X\beta, \eean where $\be^2$", "model y = Xβ, where β²"),
    (r"problem:\begin{equation*}\inf x\end{equation*}where", "problem: inf x where"),
    (r"from \pmatrix a&b\\c&d\endpmatrix \mapsto\chi", "from (a b; c d) ↦ χ"),
]

BRACES = [
    ("of {{ name }} and $x$", "of {{ name }} and x"),
    ("the set {1, 2} stays", "the set {1, 2} stays"),
    ("{CIFAR} of {BERT}", "CIFAR of BERT"),
    (r"the {BERT} of $x$", "the BERT of x"),
    (r"\{a\} of $x$", "{a} of x"),
    (r"an open { of $x$", "an open  of x"),
    (r"the generating set {e_{ij} \mid i \neq j} is", "the generating set {eᵢⱼ | i ≠ j} is"),
    (r"A(r) with {r} \subseteq A(r) \subseteq K", "A(r) with {r} ⊆ A(r) ⊆ K"),
    (r"{a, b} \cup B and x\in {1, 2, ..., n}", "{a, b} ∪ B and x ∈ {1, 2, ..., n}"),
    (r"the spectrum {k+n, n = 0, 1,...; k > 0}, \phi", "the spectrum {k+n, n = 0, 1,...; k > 0}, ϕ"),
    (r"p = sqrt{I_1 I_2}, p cos\phi", "p = sqrt{I_1 I_2}, p cosϕ"),
    (r"a set {\em of values} and {\cal A} \subseteq B", "a set of values and 𝒜 ⊆ B"),
]

TOPICS = {
    "accents": ACCENTS,
    "signs": SIGNS,
    "ties": TIES,
    "money": MONEY,
    "delimiters": DELIMITERS,
    "macros": MACROS,
    "formulas without delimiters": FORMULAS_WITHOUT_DELIMITERS,
    "braces": BRACES,
    "arguments without braces": ARGUMENTS_WITHOUT_BRACES,
    "symbols": SYMBOLS,
    "two accents": TWO_ACCENTS,
    "quotation marks": QUOTATION_MARKS,
    "html": HTML,
    "definitions": DEFINITIONS,
    "environments": ENVIRONMENTS,
}


@pytest.mark.parametrize(
    ("tex", "text"),
    [pytest.param(*case, id=f"{topic}: {case[0]}") for topic, cases in TOPICS.items() for case in cases],
)
def test_text(tex: str, text: str) -> None:
    assert to_unicode(tex) == text


PLAIN = [
    "",
    "A plain sentence, with 95% of C# & .NET (p<0.05), x_train, a/b and 10^5.",
    "snake_case names like x_train at https://a.org/b_c#d stay",
    "Rényi entropy of α-divergence, ∫ f dx ≤ ‖x‖₂, 数学, 😀\nand a second line",
    "it's 5' 3\" tall",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_comes_back_as_the_same_object(text: str) -> None:
    assert to_unicode(text) is text
    assert to_unicode(text, "ascii") is text


PARAGRAPHS = [
    ("One thing.\n  Another\nline.", ("One thing.", "Another line.")),
    ("  One\nthing.\n\nAnother.", ("One thing.", "Another.")),
    ("in the\n  middle of a sentence", ("in the middle of a sentence",)),
    ("so $$a = b.\n  C = d$$ holds.\n  $x$ is", ("so $$a = b. C = d$$ holds.", "$x$ is")),
    ("we show\n  - one\n  - two", ("we show", "- one", "- two")),
    ("there are\n  1) one\n  (ii) two", ("there are", "1) one", "(ii) two")),
    ("", ()),
    (" \n ", ()),
]


@pytest.mark.parametrize(("text", "found"), PARAGRAPHS)
def test_paragraphs(text: str, found: tuple[str, ...]) -> None:
    assert paragraphs(text) == found


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(ValueError, match="full, basic and ascii"):
        to_unicode("$x$", "fancy")  # type: ignore[arg-type]


LEVELS = [
    (r"$\mathcal{O}(1/\sqrt{T})$", "𝒪(1/√T)", "O(1/√T)", "O(1/sqrt(T))"),
    (r"$\mathbb{R}^d$", "ℝᵈ", "ℝ^d", "R^d"),
    (
        r"$\|x_i\|_2^2\le\varepsilon$",
        "‖xᵢ‖₂²  ≤ ε".replace("  ", " "),
        "‖x_i‖₂² ≤ ε",
        "||x_i||_2^2 <= epsilon",
    ),
    (r"$\alpha\beta x$", "αβx", "αβx", "alpha beta x"),
    (r"$\hat{y}$", "ŷ", "ŷ", "hat(y)"),
    (r"$x\in X\to Y$", "x ∈ X → Y", "x ∈ X → Y", "x in X -> Y"),
    (r"$\sum_{i=1}^n x_i$", "∑ᵢ₌₁ⁿ xᵢ", "∑_(i=1)^n x_i", "sum_(i=1)^n x_i"),
    (r"$f'$ and ``so''", "f′ and “so”", "f′ and “so”", 'f\' and "so"'),
    (r"$\sqrt[3]{x}$", "∛x", "∛x", "cbrt(x)"),
    (r"$\mathbf{x}$", "𝐱", "x", "x"),
    (r"$f*g$", "f ∗ g", "f ∗ g", "f * g"),
]


@pytest.mark.parametrize(("tex", "full", "basic", "plain"), LEVELS)
def test_levels_of_glyphs(tex: str, full: str, basic: str, plain: str) -> None:
    assert to_unicode(tex) == full
    assert to_unicode(tex, "basic") == basic
    assert to_unicode(tex, "ascii") == plain
    assert plain.isascii()


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"Schr\"odinger and Erd\H{o}s", "Schrödinger and Erdős"),
        (r"Poincar\'{e}'s $x$, Podle\'s and Jo\'se", "Poincaré's x, Podleś and Jośe"),
        (r"the player\'s 5\% of R\&D", "the player's 5% of R&D"),
        ("pages 1--10 of $n$--$m$ and so---on", "pages 1–10 of n–m and so—on"),
        ("a remark -- here -- and a --> b <-- c", "a remark – here – and a --> b <-- c"),
        ("run it with --all and --fast=$2$", "run it with --all and --fast=2"),
        ("see https://a.org/b--c_d for 1--2", "see https://a.org/b--c_d for 1–2"),
        (r"a line of ---- and Na\"{\i}ve", "a line of ---- and Naïve"),
    ],
)
def test_marks_are_read_alike_with_styles_and_without(text: str, read: str) -> None:
    assert to_unicode(text) == read
    assert "".join(segment.text for segment in to_segments(text)) == read
