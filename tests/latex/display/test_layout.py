"""Display formulas: what they look like, how they are broken, and that nothing of them is lost."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.corpus import SHARED
from tui_digest.latex import to_display
from tui_digest.latex.display import layout
from tui_digest.latex.symbols.glyphs import Level, cells

HERE = Path(__file__).parent


def drawings() -> list[tuple[str, str]]:
    """The formulas of `drawings.txt` with their drawings: `% TeX`, the drawing, an empty line."""
    text = re.sub(r"(?m)^#.*\n\n?", "", (HERE / "drawings.txt").read_text(encoding="utf-8"))
    pairs = [block.split("\n", 1) for block in text.split("% ")[1:]]
    return [(tex, drawing.rstrip("\n")) for tex, drawing in pairs]


@pytest.mark.parametrize(("tex", "drawing"), drawings())
def test_drawing(tex: str, drawing: str) -> None:
    assert to_display(tex, 76) == drawing


def rows(*lines: str) -> str:
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("tex", "width", "expected"),
    [
        (
            r"f(x) = aaaaaaaa + bbbbbbbb = cccccccc",
            30,
            rows("f(x) = aaaaaaaa + bbbbbbbb", "    = cccccccc"),
        ),
        (
            r"f = aaaaaaaaaaaaaaaaaaaa + bbbbbbbbbbbb",
            30,
            rows("f = aaaaaaaaaaaaaaaaaaaa", "    + bbbbbbbbbbbb"),
        ),
        (
            r"\begin{aligned} f(a, b) &= aaaaaaaaaaaaa \\ &+ bbbbbbbbbbbbbb \\ g &= c \end{aligned}",
            20,
            rows("f(a, b)", "    = aaaaaaaaaaaaa", "    + bbbbbbbbbbbbbb", "g = c"),
        ),
        (r"f = aa \cdot bb + cc \cdot ddd", 20, rows("f = aa ⋅ bb", "    + cc ⋅ ddd")),
        (
            r"f = \left[ aaaaaaaaaaaaaa \right] p(x, y, z)",
            24,
            rows("f = [aaaaaaaaaaaaaa]", "    p(x, y, z)"),
        ),
        (
            r"f = aaaaaaaaaaaaa + \log\left(bbbbbbbb + cccccccccc\right)",
            25,
            rows("f = aaaaaaaaaaaaa", "    + log(bbbbbbbb", "    + cccccccccc)"),
        ),
        (
            r"x = aaaaaaaaaa, \quad y = bbbbbbbbbb = c",
            30,
            rows("x = aaaaaaaaaa,", "    y = bbbbbbbbbb = c"),
        ),
        (
            r"g(aaaaaaaa + bbbbbb) + h(cccccccc + d)",
            30,
            rows("g(aaaaaaaa + bbbbbb)", "    + h(cccccccc + d)"),
        ),
        (
            r"S = \left[ \frac{a}{b} + \frac{ccccccc}{d} + \frac{eeeeeeeee}{f} \right]",
            24,
            rows(
                "    ⎡ a     ccccccc",
                "S = ⎢─── + ─────────",
                "    ⎣ b        d",
                "",
                "       eeeeeeeee ⎤",
                "    + ───────────⎥",
                "           f     ⎦",
            ),
        ),
        (
            r"y = \begin{cases} \text{a long story about } x & x > 0 \\ 0 & \text{else} \end{cases}",
            20,
            rows("y =", "", "⎧ a long story", "⎨     about x x > 0", "⎪", "⎩ 0 else"),
        ),
        (
            r"\begin{aligned} aaaaaaaaaa &= bbbbbbbbbbbb + cccccccc \\ &= d \end{aligned}",
            24,
            rows("aaaaaaaaaa", "    = bbbbbbbbbbbb", "    + cccccccc", "", "    = d"),
        ),
        (
            r"\text{words that are far too long for one line of text}",
            20,
            rows("words that are far", "    too long for one", "    line of text"),
        ),
        (
            r"T = \begin{pmatrix} m_{11}-c_{11}s & \xi\,m_{12} \\ m_{12} & \xi\,m_{23} \end{pmatrix}^{-1}",
            24,
            rows("T = (m₁₁−c₁₁s, ξ m₁₂;", "    m₁₂, ξ m₂₃)⁻¹"),
        ),
    ],
)
def test_breaking(tex: str, width: int, expected: str) -> None:
    assert to_display(tex, width) == expected


EVERY_SIGN = (
    r"\mathcal{O} \le \left( \frac{\mathbf{x}_i}{\alpha} \right)^2 + \sum_{i=1}^n \sqrt{\frac{a}{b}}"
    r" \begin{cases} 1 & \mathbb{R} \\ 0 & \|x\| \end{cases}"
)


@pytest.mark.parametrize(
    ("glyphs", "expected"),
    [
        (
            "full",
            rows(
                "                   ┌───",
                "    ⎛ 𝐱ᵢ ⎞²    n   │ a ⎧ 1  ℝ",
                "𝒪 ≤ ⎜────⎟  +  ∑   │───⎨",
                "    ⎝ α  ⎠    i=1 √│ b ⎩ 0  ‖x‖",
            ),
        ),
        (
            "basic",
            rows(
                "                    ┌───",
                "    ⎛ x_i ⎞²    n   │ a ⎧ 1  ℝ",
                "O ≤ ⎜─────⎟  +  ∑   │───⎨",
                "    ⎝  α  ⎠    i=1 √│ b ⎩ 0  ‖x‖",
            ),
        ),
        (
            "ascii",
            rows(
                "                         ___",
                "     /  x_i  \\^2    n   | a / 1  R",
                "O <= |-------|   + sum  |---<",
                "     \\ alpha /     i=1 \\| b \\ 0  ||x||",
            ),
        ),
    ],
)
def test_glyphs(glyphs: Level, expected: str) -> None:
    assert to_display(EVERY_SIGN, 76, glyphs) == expected


def test_unknown_glyphs_are_an_error() -> None:
    with pytest.raises(ValueError, match="glyphs"):
        to_display("x", 76, "fancy")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("tex", "baseline", "height"),
    [
        ("x", 0, 1),
        (r"\frac{a}{b}", 1, 3),
        (r"\sum_{i=1}^n x_i", 1, 3),
        (r"\sum_{i=1} x_i", 0, 2),
        (r"x_{i,j}", 0, 2),
        (r"e^{x_i}", 1, 2),
        (r"\frac{a}{\frac{b}{c}}", 1, 5),
        (r"\begin{pmatrix} a \\ b \\ c \end{pmatrix}", 1, 3),
        (r"\sqrt{\frac{a}{b}}", 2, 4),
    ],
)
def test_a_box_knows_the_row_that_stands_beside_text(tex: str, baseline: int, height: int) -> None:
    box = layout(tex)
    assert (box.baseline, box.height) == (baseline, height)
    assert {cells(row) for row in box.rows} == {box.width}


def test_east_asian_characters_take_two_cells() -> None:
    assert to_display(r"\frac{\text{数学}}{x}") == rows(" 数学", "──────", "  x")


@pytest.mark.parametrize("tex", ["", " ", "{}", r"\left.\right.", r"\begin{cases}\end{cases}", "&", r"\\"])
def test_nothing_is_drawn_as_nothing(tex: str) -> None:
    assert to_display(tex).strip("⎧⎨⎩{") == ""


PIECES = st.sampled_from(
    [
        *("a", "x", "12", "+", "-", "=", "<", ",", "(", ")", "|", "[", "]", " ", "&", r"\\", "'", "~", "数"),
        *(
            "^",
            "_",
            "{",
            "}",
            "^{i,j}",
            "_{n+1}",
            "_{x_i}",
            r"\frac",
            r"\frac{a}{b}",
            r"\sqrt",
            r"\sqrt[3]{x}",
        ),
        *(
            r"\sum_{i=1}^n",
            r"\int_0^{x_i}",
            r"\lim_{n\to\infty}",
            r"\max",
            r"\log",
            r"\hat",
            r"\overline{xy}",
        ),
        *(r"\left(", r"\right)", r"\left\{", r"\right.", r"\middle|", r"\text{ if }", r"\quad", r"\binom nk"),
        *(r"\begin{pmatrix}", r"\end{pmatrix}", r"\begin{cases}", r"\end{cases}", r"\begin{aligned}"),
        *(
            r"\end{aligned}",
            r"\underbrace{a+b}_{c}",
            r"\overset",
            r"\xrightarrow{f}",
            r"\unknown",
            r"\mathbf",
        ),
    ]
)
FORMULAS = st.lists(PIECES, max_size=25).map("".join)
LEVELS: st.SearchStrategy[Level] = st.sampled_from(["full", "basic", "ascii"])


@settings(max_examples=500, deadline=None)
@given(FORMULAS, st.integers(8, 80), LEVELS)
def test_no_line_is_wider_than_asked(tex: str, width: int, glyphs: Level) -> None:
    drawing = to_display(tex, width, glyphs)
    assert all(cells(line) <= width for line in drawing.split("\n"))


@settings(max_examples=500, deadline=None)
@given(FORMULAS, LEVELS)
def test_a_drawing_is_a_rectangle_with_a_baseline(tex: str, glyphs: Level) -> None:
    box = layout(tex, 60, glyphs)
    assert {cells(row) for row in box.rows} == {box.width}
    assert 0 <= box.baseline < box.height


def signs_of(text: str) -> Counter[str]:
    """The letters of a text, whatever alphabet or place they are drawn in."""
    folded = unicodedata.normalize("NFKD", text)
    return Counter(character for character in folded if character.isascii() and character.isalpha())


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(list("abcdxyz")), max_size=12), st.data())
def test_no_letter_is_lost_however_it_is_nested(letters: list[str], data: st.DataObject) -> None:
    shapes = [
        r"\frac{%s}{%s}",
        r"%s_{%s}",
        r"%s^{%s}",
        r"\sqrt[%s]{%s}",
        r"\left(%s+%s\right)",
        r"\sum_{%s}^{%s}",
        r"\begin{pmatrix}%s&%s\end{pmatrix}",
        r"\begin{cases}%s\\%s\end{cases}",
        r"\underbrace{%s}_{%s}",
        r"\overset{%s}{%s}",
        r"\binom{%s}{%s}",
        r"\begin{aligned}%s&=%s\end{aligned}",
    ]
    tex = "q"
    for letter in letters:
        shape = data.draw(st.sampled_from(shapes))
        tex = shape % tuple(data.draw(st.permutations([f"{{{letter}}}", f"{{{tex}}}"])))
    for width in (20, 76):
        assert not signs_of("q" + "".join(letters)) - signs_of(to_display(tex, width))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=100), st.integers(-1, 100))
def test_anything_is_drawn(text: str, width: int) -> None:
    to_display(text, width)


def test_what_is_longer_than_anyone_writes_is_drawn_too() -> None:
    for tex in (r"\frac{1}" * 12_000, "x_{" * 30_000, r"\left(" * 15_000, "a+" * 50_000):
        assert to_display(tex, 76)


@pytest.mark.corpus
def test_formulas_of_models_are_whole_and_fit(capsys: pytest.CaptureFixture[str]) -> None:
    source = SHARED / "latex" / "llm_display.json"
    if not source.exists():
        pytest.skip(f"no formulas written by models at {source}")
    formulas: list[str] = json.loads(source.read_text(encoding="utf-8"))
    drawings_of = [to_display(tex, 76) for tex in formulas]
    fits = sum(all(cells(line) <= 76 for line in drawing.split("\n")) for drawing in drawings_of)
    whole = sum(re.search(r"\\[A-Za-z]|\$", drawing) is None for drawing in drawings_of)
    with capsys.disabled():
        print(f"\n{len(formulas)} display formulas: {fits} within 76 cells, {whole} without a rest of TeX")
    assert fits == len(formulas)
    assert whole / len(formulas) >= 0.999


def test_a_formula_longer_than_anyone_writes_stays_as_written() -> None:
    formula = "|" * 100_000
    lines = to_display(formula, 50).split("\n")
    assert "".join(lines) == formula
    assert max(map(len, lines)) <= 50
