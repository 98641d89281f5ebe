"""Macros of siunitx, mhchem, physics, amscd, tikz-cd and xy-pic, and TeX's own boxes."""

from __future__ import annotations

import pytest

from tui_digest.latex.inline.layout import formula_to_unicode
from tui_digest.latex.symbols.glyphs import cells
from tui_digest.latex.symbols.packages import PACKAGE_SYMBOLS

UNITS = [
    (r"\SI{3.5}{\kilo\gram}", "3.5 kg"),
    (r"\qty{532}{\nano\metre}", "532 nm"),
    (r"\num{1617}", "1617"),
    (r"\num{1.5e-3}", "1.5 × 10⁻³"),
    (r"\num{e5}", "10⁵"),
    (r"\num{1.2(3)e4}", "1.2(3) × 10⁴"),
    (r"\num{1.2+-0.1}", "1.2 ± 0.1"),
    (r"\num{-4}", "−4"),
    (r"\ang{45}", "45°"),
    (r"\ang{1;2;3}", "1°2′3″"),
    (r"\SI{9.81}{\metre\per\second\squared}", "9.81 m s⁻²"),
    (r"\SI{9.81}{\metre\per\square\second}", "9.81 m s⁻²"),
    (r"\SI{20}{\celsius}", "20 °C"),
    (r"\SI{90}{\degree}", "90°"),
    (r"\SI[mode=text]{5}{\micro\metre}", "5 μm"),
    (r"\si{\kilo\gram\metre\per\square\second}", "kg m s⁻²"),
    (r"\unit{\giga\electronvolt}", "GeV"),
    (r"\SI{3}{m.s^{-2}}", "3 m s⁻²"),
    (r"\SI{3}{\GHz}", "3 GHz"),
    (r"\SIrange{1}{2}{\micro\metre}", "1 μm to 2 μm"),
    (r"\numrange{1}{2}", "1 to 2"),
    (r"\qtyrange[range-phrase = --, range-units = single]{4}{6}{\giga\hertz}", "4–6 GHz"),
    (r"\SIrange[range-units=single]{4}{6}{\giga\hertz}", "4 to 6 GHz"),
    (r"\SIrange[range-phrase={ and }]{4}{6}{\giga\hertz}", "4 GHz and 6 GHz"),
    (r"\qtylist{1;2;3}{\GHz}", "1 GHz, 2 GHz, 3 GHz"),
    (r"\SI{2}{\metre\tothe{4}}", "2 m⁴"),
    (r"\SI{10}{\per\cm}", "10 cm⁻¹"),
    (r"x=\SI{1}{\s}", "x = 1 s"),
]

CHEMISTRY = [
    (r"\ce{Li2CO3}", "Li₂CO₃"),
    (r"\ce{2H2 + O2 -> 2H2O}", "2H₂ + O₂ → 2H₂O"),
    (r"\ce{SO4^2-}", "SO₄²⁻"),
    (r"\ce{Fe^{3+}}", "Fe³⁺"),
    (r"\ce{Fe^3+}", "Fe³⁺"),
    (r"\ce{H+}", "H⁺"),
    (r"\ce{OH-}", "OH⁻"),
    (r"\ce{H+ + OH- <=> H2O}", "H⁺ + OH⁻ ⇌ H₂O"),
    (r"\ce{^{227}_{90}Th+}", "₉₀²²⁷Th⁺"),
    (r"\ce{A <- B}", "A ← B"),
    (r"\ce{A <-> B}", "A ↔ B"),
    (r"\ce{A ->[\Delta] B}", "A →^Δ B"),
    (r"\ce{CuSO4*5H2O}", "CuSO₄·5H₂O"),
    (r"\ce{KCr(SO4)2.12H2O}", "KCr(SO₄)₂·12H₂O"),
    (r"\ce{C=C-C#N}", "C=C−C≡N"),
    (r"\ce{CO3^2- (aq)}", "CO₃²⁻ (aq)"),
    (r"\ce{1/2H2O}", "1/2H₂O"),
    (r"\ce{LiNi_{x}Co_{1-x}O2}", "LiNiₓCo₁₋ₓO₂"),
    (r"\ce{NO_x}", "NOₓ"),
    (r"\ce{$n$H2O}", "nH₂O"),
    (r"\ce{CO2 ^}", "CO₂ ↑"),
    (r"\ce{BaSO4 v}", "BaSO₄ ↓"),
    (r"\mathrm{Sr_2RuO_4}", "Sr₂RuO₄"),
    (r"\rm CrFe_2Ge_2", "CrFe₂Ge₂"),
    (r"\mathrm{Ba(Fe_{1-x}Co_x)_2As_2}", "Ba(Fe₁₋ₓCoₓ)₂As₂"),
    (r"\mathrm{H_2O}", "H₂O"),
    (r"{\rm YBa_2Cu_3O_{7-\delta}}", "YBa₂Cu₃O_(7−δ)"),
]

PHYSICS = [
    (r"\pdv[2]{u}{t}", "∂²u/∂t²"),
    (r"\pdv{u}{t}", "∂u/∂t"),
    (r"\pdv{f}{x}{y}", "∂²f/(∂x∂y)"),
    (r"\pdv{f}{x,y}", "∂²f/(∂x∂y)"),
    (r"\pdv{x}", "∂/∂x"),
    (r"\dv{f}{x}", "df/dx"),
    (r"\dv[n]{f}{x}", "dⁿf/dxⁿ"),
    (r"\fdv{S}{\phi}", "δS/δϕ"),
    (r"\dd{x}", "dx"),
    (r"\dd[3]{x}", "d³x"),
    (r"\dd x", "dx"),
    (r"\comm{A}{B}", "[A, B]"),
    (r"\acomm{A}{B}", "{A, B}"),
    (r"\ket{\psi}", "|ψ⟩"),
    (r"\ket\psi", "|ψ⟩"),
    (r"\bra{\phi}", "⟨ϕ|"),
    (r"\braket{a}{b}", "⟨a|b⟩"),
    (r"\braket{a|b}", "⟨a|b⟩"),
    (r"\ketbra{0}{1}", "|0⟩⟨1|"),
    (r"\ketbra{0}", "|0⟩⟨0|"),
    (r"\expval{A}", "⟨A⟩"),
    (r"\expval{A}{\psi}", "⟨ψ|A|ψ⟩"),
    (r"\mel{a}{B}{c}", "⟨a|B|c⟩"),
    (r"\ip{u}{v}", "⟨u, v⟩"),
    (r"\vb{E}", "𝐄"),
    (r"\vb*{E}", "𝐄"),
    (r"\va{E}", "𝐄⃗"),
    (r"\vu{n}", "𝐧̂"),
    (r"\norm{x}", "‖x‖"),
    (r"\abs x", "|x|"),
    (r"\order{n^2}", "𝒪(n²)"),
    (r"\eval{f}_a^b", "f|ₐᵇ"),
    (r"\qty(\frac{a}{b})", "(a/b)"),
    (r"\pqty{a}", "(a)"),
    (r"\mqty(a & b \\ c & d)", "(a b; c d)"),
    (r"\pmqty{a & b \\ c & d}", "(a b; c d)"),
    (r"\laplacian u", "∇²u"),
    (r"\div u=0", "div u = 0"),
    (r"a\div b", "a ÷ b"),
    (r"u-\div(a\nabla u)", "u − div(a∇u)"),
    (r"\abs", "abs"),
]

DIAGRAMS = [
    (
        r"\begin{CD} A @>f>> B \\ @VgVV @AAhA \\ C @= D \end{CD}",
        "[diagram: A to B by f; A to C by g; D to B by h; C equals D]",
    ),
    (
        r"\begin{CD} A @>>> B @<j<< C \\ @VVV @. \\ D\end{CD}",
        "[diagram: A to B; C to B by j; A to D]",
    ),
    (
        r"""\begin{tikzcd} A \arrow[r, "f"] \arrow[d, "g"'] & B \arrow[d, "h", hook] \\ C \arrow[r, two heads]
        & D \end{tikzcd}""",
        "[diagram: A to B by f; A to C by g; B into D by h; C onto D]",
    ),
    (
        r"\xymatrix{A \ar[r]^f \ar[d]_{g} & B \ar[d]^h \\ C \ar@{->>}[r]_-k & D}",
        "[diagram: A to B by f; A to C by g; B to D by h; C onto D by k]",
    ),
    (r"\xymatrix@C=2pc{0 \ar[r] & M \ar@{-->}[r]^{\phi} & N}", "[diagram: 0 to M; M to N by ϕ (dashed)]"),
    (r"\begin{tikzcd}[sep=small] X \rar{f} \dar[swap]{g} & Y \\ Z & W \end{tikzcd}",
     "[diagram: X to Y by f; X to Z by g; W]"),
    (r"\begin{tikzcd}\end{tikzcd}", "[diagram]"),
]  # fmt: skip

BOXES = [
    (r"{\color[rgb]{1,0,0}\definecolor[named]{pgfstrokecolor}{rgb}{1,0,0}x+y}=z", "x + y = z"),
    (r"x\in X,\leavevmode\nobreak\ y", "x ∈ X, y"),
    (r"x\penalty10000 y", "xy"),
    (r"A\ignorespaces\ignorespaces", "A"),
    (r"\mathchoice{a}{b}{c}{d}", "a"),
    (r"\mathpalette\foo{x}", "x"),
    (r"\qopname\relax m{max}_x f", "maxₓ f"),
    (r"\raisebox{1pt}[2pt]{$x$}", "x"),
    (r"\lower2pt\hbox{$x$}", "x"),
    (r"\hbox to 3pt{a b}", "a b"),
    (r"\vbox{x}", "x"),
    (r"\halign{#\cr a\cr b\cr}", "a; b"),
    (r"\scalebox{1.2}{$x$}", "x"),
    (r"\resizebox{1cm}{!}{$x^2$}", "x²"),
    (r"\smash[b]{x}", "x"),
    (r"\rule{0pt}{2ex}x", "x"),
    (r"\rule{2mm}{2mm}", "■"),
    (r"\multicolumn{2}{c}{x}", "x"),
    (r"\hypertarget{a}{x^2}", "x²"),
    (r"\href{http://a.b}{x^2}", "x²"),
    (r"\texorpdfstring{$\ell_1$}{l1}", "ℓ₁"),
    (r"\lx@sectionsign", "§"),
    (r"\begin{array}[]{ll}a&b\\ c&d\end{array}", "a b; c d"),
    (r"\left[\begin{array}{cc|c}1&2&3\\4&5&6\end{array}\right]", "[1 2 | 3; 4 5 | 6]"),
    (r"6{\mathrm{\,Me\kern-1.00006ptV}}", "6 MeV"),
    (r"\bigl{(}x+\big{|}y\big{|}\bigr{)}^{2}", "(x + |y|)²"),
    ("\\left[\\log%\n p_{\\theta}(x)\\right]", "[log p_θ(x)]"),
    ("\\mathbf%\n{x}", "𝐱"),
    (r"95\%", "95%"),
    (r"a &lt; b", "a < b"),
    (r"\unhbox\voidb@x x", "x"),
    (r"\textcolor{red}{x}", "x"),
    (r"\boxed{x}", "x"),
]  # fmt: skip

PLAIN_TEX = [
    (r"\pmatrix{a&b\cr c&d}", "(a b; c d)"),
    (r"\left(\matrix{a&b\cr c&d}\right)", "(a b; c d)"),
    (r"\cases{x & if $x>0$\cr -x & otherwise}", "{x, if x > 0; −x, otherwise}"),
    (r"\eqalign{a&=b\cr c&=d}", "a = b; c = d"),
    (r"a\over b", "a/b"),
    (r"{n\choose k}", "(n choose k)"),
    (r"{n\brack k}", "[n atop k]"),
    (r"{n\brace k}", "{n atop k}"),
    (r"{a\overwithdelims() b}", "(a/b)"),
    (r"{a\above1pt b}", "a/b"),
    (r"\root 3\of x", "∛x"),
    (r"\sideset{}{'}\sum_n a_n", "∑′ₙ aₙ"),
    (r"\sideset{_a^b}{}\prod x", "ₐᵇ∏ x"),
    (r"\tensor{T}{^a_b}", "Tᵃ_b"),
    (r"\tensor{R}{^a_{bcd}}", "Rᵃ_bcd"),
    (r"T\indices{^a_b}", "Tᵃ_b"),
    (r"a\tensor b", "a ⊗ b"),
]

SYMBOLS = [
    (r"a\nequiv b, a\napprox b, A\nsubset B", "a ≢ b, a ≉ b, A ⊄ B"),
    (r"A\cupdot B, A\varotimes B, a\sslash b", "A ⊍ B, A ⊗ B, a ⫽ b"),
    (r"\upalpha\upphi\Upomega\Deltaup\upGamma", "αϕΩΔΓ"),
    (r"\oiiint_V f, \ointctrclockwise f", "∰_V f, ∳ f"),
    (r"\left\llparenthesis x\right\rrparenthesis, \lBrack x\rBrack", "⦇x⦈, ⟦x⟧"),
    (r"M_\earth, 10\lta z\gta 5", "M_♁, 10 ≲ z ≳ 5"),
    (r"\1_A, \mathbb 1_A", "𝟙_A, 𝟙_A"),
    (r"\scal{a}{b}, \Acal", "scal(a, b), 𝒜"),
]

MATHTOOLS = [
    (r"A\xrightharpoonup{f}B, A\xrightleftharpoons[k]{f}B", "A ⇀ᶠ B, A ⇌ₖᶠ B"),
    (r"\smashoperator[r]{\sum_{i=1}^{n}} x", "∑ᵢ₌₁ⁿ x"),
    (r"\adjustlimits\lim_{x}\sup_{y} f", "limₓ sup_y f"),
    (r"\cramped{x^2}\mathmakebox[2cm][c]{y}\clap{z}", "x²yz"),
    (r"\accentset{\star}{x}, \underaccent{\bar}{x}, \ring{x}", "x^(⋆ above), x̱, x̊"),
    (r"\underrightarrow{AB}, \wideparen{AB}", "AB_(→ below), (AB)̑"),
    (r"\leftidx{_a^b}{X}{^c}", "ₐᵇXᶜ"),
    (r"\begin{pNiceMatrix}a&b\\c&d\end{pNiceMatrix}", "(a b; c d)"),
    (r"\splitfrac{a+}{b}, \mathcolor{red}{x}\footnotemark", "a + b, x"),
    (r"\quantity(x), \variation{S}, \divergence u, \Trace A", "(x), δS, ∇⋅u, Tr A"),
    (r"\pb{f}{g}, \pderivative{f}{x}, \mdet{a&b\\c&d}", "{f, g}, ∂f/∂x, |a b; c d|"),
    (r"\int f\,\diff x, \diff{a+b}", "∫ f dx, a + b"),
]

TOPICS = {
    "symbols": SYMBOLS,
    "mathtools": MATHTOOLS,
    "units": UNITS,
    "chemistry": CHEMISTRY,
    "physics": PHYSICS,
    "diagrams": DIAGRAMS,
    "boxes": BOXES,
    "plain TeX": PLAIN_TEX,
}


@pytest.mark.parametrize(
    ("tex", "line"),
    [pytest.param(*case, id=f"{topic}: {case[0]}") for topic, cases in TOPICS.items() for case in cases],
)
def test_formula(tex: str, line: str) -> None:
    assert formula_to_unicode(tex) == line


def test_symbols_of_packages_are_one_cell_a_sign() -> None:
    for name, symbol in PACKAGE_SYMBOLS.items():
        signs = [sign for sign in symbol.text if sign != "\u0338"]
        assert cells(symbol.text) == len(signs), name
