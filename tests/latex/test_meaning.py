"""Two formulas that mean different things never read alike; one formula reads alike however TeX spells it.

The formulas are made of every construct around every kind of part, so that what binds to what is tried
in each place: as a numerator, an exponent, an argument, under a bar.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import pytest

from tui_digest.latex.display import to_display
from tui_digest.latex.inline.layout import formula_to_unicode
from tui_digest.latex.symbols.alphabets import ACCENTS

_PARTS = r"""
x xy x+y x-y -x x_1 x^2 x_1^2 x' x_{ab} x^{ab} (x) |x| \|x\| \{x\} f(x) g(x,y) \log{x} x! x,y x=y x\in{y}
\alpha \alpha\beta \bar{x} \overline{xy} \hat{xy} \frac{x}{y} \frac{x+y}{z} \frac{x}{yz} \sqrt{x} \sqrt{xy}
\binom{x}{y} \sum_{i}x \int{x}dt \underbrace{xy}_{k} \overset{k}{x} \underset{k}{x} \left.x\right|_{0}
\mathbf{x} \mathbb{X} \langle{x}\rangle \cancel{x} \vec{xy} \text{if}
"""
PARTS = _PARTS.split()
_CONTEXTS = r"""
% \frac{%}{c} \frac{c}{%} \sqrt{%} \sqrt[3]{%} \sqrt[n]{%} c^{%} c_{%} {%}^{m} {%}_{m} \left(%\right)_{q}
\overline{%} \underline{%} \widehat{%} \vec{%} \tilde{%} \dot{%} \binom{%}{c} \binom{c}{%} \sin{%} h(%) c+%
%+c -% c\cdot{%} \sum_{%}c \sum^{%}c \max_{%}c \partial{%} \overset{%}{c} \underset{%}{c} \overset{%}{=}
\xrightarrow{%} \underbrace{%}_{n} \overbrace{%}^{n} \left.%\right|_{m} \{%\} [%]
\begin{pmatrix}%&c\\d&e\end{pmatrix} {}^{%}c c^{%}d c_{%}d c_{%}^{2} c'^{%} {%\atop{c}}
"""
CONTEXTS = _CONTEXTS.split()
# The same thing in two spellings.
ALIKE = (
    {r"\bar{x}", r"\overline{x}"},
    {r"\hat{xy}", r"\widehat{xy}"},
)


def _alike(read: Callable[[str], str]) -> list[list[str]]:
    read_by_form: dict[str, list[str]] = defaultdict(list)
    for context in CONTEXTS:
        for part in PARTS:
            tex = context.replace("%", part)
            form = "\n".join(line.rstrip() for line in read(tex).split("\n"))
            read_by_form[form].append(tex)
    return [alike for alike in read_by_form.values() if len(set(alike)) > 1 and set(alike) not in ALIKE]


def test_on_one_line() -> None:
    assert _alike(formula_to_unicode) == []


def test_in_two_dimensions() -> None:
    assert _alike(to_display) == []


# Macros that take an argument, each before a letter, a Greek letter and a digit without braces.
_TAKING = """
mathbb mathcal mathscr mathfrak mathbf boldsymbol bm mathrm mathsf mathit sqrt cancel slashed operatorname
underbrace overbrace abs norm ket bra vb boxed mathord mathrel mathbin mathop text mbox textbf substack
"""
TAKING = [*_TAKING.split(), *ACCENTS]


@pytest.mark.parametrize("macro", TAKING)
@pytest.mark.parametrize("argument", ["x", "X", r"\alpha", "2", r"\ell"])
def test_an_argument_needs_no_braces(macro: str, argument: str) -> None:
    if argument[0] == "\\" and macro in ("text", "mbox", "textbf"):
        return
    braced = rf"a\{macro}{{{argument}}}b"
    for read in (formula_to_unicode, to_display):
        assert read(rf"a\{macro} {argument} b") == read(braced)
        if not argument.isalpha():
            assert read(rf"a\{macro}{argument} b") == read(braced)


@pytest.mark.parametrize("macro", ["frac", "dfrac", "tfrac", "binom", "overset", "underset", "stackrel"])
@pytest.mark.parametrize("pair", [("1", "2"), ("a", "b"), (r"\alpha", "2"), (r"\pi", r"\beta")])
def test_two_arguments_need_no_braces(macro: str, pair: tuple[str, str]) -> None:
    first, second = pair
    for read in (formula_to_unicode, to_display):
        assert read(rf"c\{macro} {first} {second} d") == read(rf"c\{macro}{{{first}}}{{{second}}}d")


@pytest.mark.parametrize("name", ACCENTS)
def test_an_accent_over_two_letters_differs_from_one_over_each(name: str) -> None:
    for read in (formula_to_unicode, to_display):
        together, apart = read(rf"\{name}{{XY}}"), read(rf"\{name} X\,\{name} Y")
        assert "".join(together.split()) != "".join(apart.split())
        assert read(rf"\{name}{{X}}Y") != read(rf"X\{name}{{Y}}")


@pytest.mark.parametrize("line", ["overline", "underline"])
def test_two_lines_do_not_become_one(line: str) -> None:
    apart, together = rf"\{line}{{AB}}\,\{line}{{CD}}", rf"\{line}{{ABCD}}"
    assert formula_to_unicode(apart).replace(" ", "") != formula_to_unicode(together)


BINDING = [
    (r"{x^2}^3", "(x²)³"),
    (r"{a^b}^c", "(aᵇ)ᶜ"),
    (r"{x_1}_2", "(x₁)₂"),
    (r"{f'}'", "(f′)′"),
    (r"{x_i}^2", "xᵢ²"),
    (r"{x^2}_i", "xᵢ²"),
    (r"{ab^2}^3", "(ab²)³"),
    (r"a/\frac{b}{c}", "a/(b/c)"),
    (r"1/\frac1n", "1/(1/n)"),
    (r"\frac{2d{+}2}{d}", "(2d+2)/d"),
    (r"\frac{a}{b}/c", "(a/b)/c"),
    (r"\frac ab/\frac cd", "(a/b)/(c/d)"),
    (r"a\div\frac bc", "a ÷ (b/c)"),
    (r"\frac{a}{b}!", "(a/b)!"),
    (r"\sqrt{a}!", "(√a)!"),
    (r"\nabla\frac{a}{b}", "∇(a/b)"),
    (r"\partial_t\frac{a}{b}", "∂ₜ(a/b)"),
    (r"\left.f+g\right|_{x=0}", "(f + g)|ₓ₌₀"),
    (r"\left.f\right|_{x=0}", "f|ₓ₌₀"),
    (r"f|_{x=0}", "f|ₓ₌₀"),
    (r"\tau \vert_{\partial \Omega} = 0", "τ|_(∂Ω) = 0"),
    (r"\Order{d^2+d}\log n", "Order(d² + d) log n"),
    (r"\rev{a+b}", "a + b"),
    (r"r^{\prime 2}", "r′²"),
    (r"r^{\prime\prime}", "r″"),
    (r"A^{-\top}", "A⁻ᵀ"),
    (r"A^{-T}", "A⁻ᵀ"),
    (r"A^{-*}", "A⁻*"),
    (r"\Lambda{\rm CDM}", "ΛCDM"),
    (r"\Lambda\mathrm{CDM}", "ΛCDM"),
    (r"\mu\mathrm{m}", "μm"),
    (r"X/\sim", "X/∼"),
    (r"(LM)/\!\sim_F", "(LM)/∼_F"),
    (r"x_{(i,j)}", "x_((i,j))"),
    (r"x_{i,j}", "x_(i,j)"),
    (r"x^{(k)}", "x⁽ᵏ⁾"),
    (r"h^{(\ell)}", "h^(ℓ)"),
    (r"\overset{\circ}{A}", "Å"),
    (r"\overset{n}{X}", "X^(n above)"),
    (r"\underset{n}{X}", "X_(n below)"),
    (r"\underset{x}{\max}f", "maxₓ f"),
    (r"\overline{\lim}_n a_n", "lim supₙ aₙ"),
    (r"\underline{\lim}\limits_{n\to\infty} a_n", "lim inf_(n→∞) aₙ"),
    (r"\overline{\dim}_M A", "d̅i̅m̅_M A"),
    (r"\left[ a & b \right]", "[a, b]"),
    (r"\left[ a & b \\ c & d \right]", "[a b; c d]"),
    (r"\left[ -1 & 1 \\ 0 & -1 \right]", "[−1 1; 0 −1]"),
    (r"\left( x & = 1 \right)", "(x = 1)"),
    (r"\left( a + b \\ & + c \right)", "(a + b; +c)"),
    (r"\left\{\begin{array}{ll} a, & x>0\\ b, & x<0\end{array}\right.", "{a, x > 0; b, x < 0}"),
    (r"\left\{\begin{array}{rcl} x&=&1\\ y&=&2\end{array}\right.", "{x = 1; y = 2}"),
    (r"\begin{cases} x &= 1\\ y &= 2.\end{cases}", "{x = 1; y = 2}."),
    (r"\left\{\begin{array}{c} x=1,\\ y=2,\end{array}\right.", "{x = 1; y = 2},"),
    (r"\{d(j, i, :)\}", "{d(j, i, :)}"),
    (r"\begin{pmatrix} a & \\ & b \end{pmatrix}", "(a ⋅; ⋅ b)"),
    (r"\begin{pmatrix} 1 & 0 & \\ 0 & 1 & \end{pmatrix}", "(1 0; 0 1)"),
    (r"KL[p(y|u)||q(y|u)]", "KL[p(y|u)‖q(y|u)]"),
    (r"||x|-|y||", "||x| − |y||"),
    (r"\{M(z|T) | x\}", "{M(z|T) | x}"),
    (r"\{x : f(a:b) > 0\}", "{x : f(a : b) > 0}"),
    (r"S_n<\delta^2>^{n-1}", "Sₙ<δ²>ⁿ⁻¹"),
    (r"a < b > c", "a < b > c"),
    (r"\{|S'\rangle, |D'\rangle\}", "{|S′⟩, |D′⟩}"),
    (r"F: \{0,1\}^n\to\{0,1\}^n : b\mapsto b'", "F: {0, 1}ⁿ → {0, 1}ⁿ: b ↦ b′"),
    (r"\cal F\binom{n}{k}, {\cal Hom}, {\cal o}, \mathcal{a}", "ℱ(n choose k), ℋom, ℴ, 𝒶"),
    (r"2\frac1n, 2\frac12, x\frac1n, 2\frac an", "2(1/n), 2 1/2, x 1/n, 2 a/n"),
    (r"\sinh{(x+y)}, f{(x)}, a{(b)}c", "sinh(x + y), f(x), a(b)c"),
    (r"\bigcup_{t\in(0,t_0]}X_t", "⋃_(t ∈ (0, t₀]) Xₜ"),
    (r"x_{t\in[0,t_0]}, x_{(0,1]}", "x_(t∈[0,t₀]), x_((0,1])"),
]


@pytest.mark.parametrize("read", [formula_to_unicode, to_display])
def test_a_comment_is_no_part_of_a_formula(read: Callable[[str], str]) -> None:
    for place in ("% a comment\n", "%\n", "%%% \\frac{a}{b}\n  "):
        assert read(f"\\Lambda{place}\\ge x{place}+y") == read(r"\Lambda\ge x+y")
    assert "%" in read("95% of\n x")


# Names of functions that authors spell in letters, which TeX sets as a product.
SPELLED = [
    (r"O(n log n)", "O(n log n)"),
    (r"O(nlogn)", "O(n log n)"),
    (r"O(log^2 n)", "O(log² n)"),
    (r"O(n^4log(n))", "O(n⁴ log(n))"),
    (r"Tr F (-1)^F", "Tr F(−1)^F"),
    (r"tan\beta", "tan β"),
    (r"x_{max} = x_{\max} = x_{\rm max} = x_{\mathrm{max}}", "x_max = x_max = x_max = x_max"),
    (r"a mod b", "a mod b"),
    (r"catalog, blogger, \xlog n, amino", "catalog, blogger, xlog n, amino"),
    (r"{\rm log}\,n, \mathrm{log} n", "log n, log n"),
]


@pytest.mark.parametrize(("tex", "line"), SPELLED)
def test_names_spelled_in_letters(tex: str, line: str) -> None:
    assert formula_to_unicode(tex) == line


@pytest.mark.parametrize(("tex", "line"), BINDING)
def test_what_binds_together(tex: str, line: str) -> None:
    assert formula_to_unicode(tex) == line
