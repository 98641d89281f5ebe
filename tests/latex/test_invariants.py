"""What holds of every text: nothing raises, no word is lost, plain text stays, pieces make the whole."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.latex.hostile_tex import hostile_tex
from tui_digest.latex import (
    markdown,
    notation,
    paper_notation,
    search_key,
    spoken,
    to_display,
    to_segments,
    to_unicode,
)
from tui_digest.latex.formula.parse import parse_formula
from tui_digest.latex.inline.layout import formula_to_unicode
from tui_digest.latex.nodes import FormulaNode, Name, Symbol
from tui_digest.latex.speech.formula import row_in_words
from tui_digest.latex.symbols.glyphs import Level
from tui_digest.text.sanitise import sanitise

FRAGMENTS = r"""
\frac \sqrt \left( \right) \left \right \begin{cases} \end{cases} \begin{ \end{ \hat \mathbb \mathbf \text{
\emph{ \cite{ \href{ \footnote{ \limits \not \over \middle| \binom \xrightarrow[ \unknownmacro \\ \, \ \( \)
\[ \] \' \" \_ \$ \{ \} \operatorname* \substack{ \overset \tag{ \verb| \item[ \rm \bf \sum \int \log α 𝒪
{ } [ ] ( ) $ $$ ^ _ & % ~ ` ' '' `` -- --- # | < > = + - * / , ; : ! 0 1 12 1,000 3.5 x y word and the
\right. \bigl. \big. \middle.
"""

tex = st.lists(st.sampled_from([*FRAGMENTS.split(), " ", "\n", "\n\n"]), max_size=40).map("".join)
words = st.lists(st.from_regex(r"[A-Za-z]{2,9}", fullmatch=True), min_size=1, max_size=12)
levels = st.sampled_from(["full", "basic", "ascii"])
formulas = st.one_of(tex, hostile_tex)
texts = st.one_of(formulas, formulas.map("Let ${}$ be.".format), st.text())


@given(texts, levels)
def test_every_text_is_read(text: str, level: Level) -> None:
    read = to_unicode(text, level)
    assert "".join(segment.text for segment in to_segments(text, level)) == read


@given(texts)
def test_every_text_has_a_key_and_a_card(text: str) -> None:
    assert search_key(text) == " ".join(search_key(text).split())
    for lines in (notation(text), paper_notation([("1", text), ("2", f"x_{text}")])):
        assert all(line.text and line.tex and line.occurrences > 0 for line in lines)


@given(texts)
def test_every_text_is_spoken(text: str) -> None:
    assert spoken(text).split() or not re.search(r"[^\W_]", to_unicode(text))


@given(texts)
def test_every_text_is_markdown(text: str) -> None:
    markdown.parse_markdown(f"- {text}\n\n$$\n{text}\n$$\n| a | {text} |")


@given(formulas, st.sampled_from([76, 9, 1]), levels)
def test_every_formula_is_drawn(formula: str, width: int, level: Level) -> None:
    assert to_display(f" {formula}", width, level) == to_display(formula, width, level)


@given(formulas)
def test_no_node_of_a_formula_has_an_empty_name(formula: str) -> None:
    parts: list[object] = [parse_formula(formula)]
    for part in parts:
        assert not isinstance(part, (Symbol, Name)) or part.text
        parts += part.fields() if isinstance(part, FormulaNode) else part if isinstance(part, tuple) else ()


@given(tex)
def test_a_formula_keeps_its_letters_and_digits(formula: str) -> None:
    hidden = re.sub(r"\\[A-Za-z]+|\\.|[$%&~]", " ", formula)
    if re.search(r"[{}\[\]\\]|1,000", formula):
        return
    shown = unicodedata.normalize("NFKD", formula_to_unicode(formula).replace("∛", "3√").replace("∜", "4√"))
    for letter in set(re.findall(r"[A-Za-z0-9]", hidden)):
        assert shown.count(letter) >= hidden.count(letter)


@given(words, st.sampled_from(["$x^2$", r"\emph{so}", r"R\'enyi", "~", "``a''", r"\(y\)", r"\cite{a}"]))
def test_no_word_is_lost_around_tex(before: list[str], between: str) -> None:
    text = f"{' '.join(before)} {between} {' '.join(reversed(before))}"
    read = to_unicode(text)
    assert read.startswith(" ".join(before))
    assert read.endswith(" ".join(reversed(before)))


@given(st.text(alphabet=st.characters(exclude_characters="\\${}~`'-")))
def test_a_text_without_tex_is_the_same_object(text: str) -> None:
    assert to_unicode(text) is text


@given(formulas, levels)
def test_a_formula_is_one_line_in_composed_form(formula: str, level: Level) -> None:
    line = formula_to_unicode(formula, level)
    assert line == unicodedata.normalize("NFC", line)
    assert line == line.strip()


@given(st.text(alphabet=st.characters(exclude_characters="\\${}~`'-"), max_size=60))
def test_the_key_of_a_plain_text_is_its_own_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


DEEP = [
    "$" + "{" * 3000 + "$",
    "$x" + "^{x" * 800 + "$",
    "$" + r"\frac{" * 600 + "$",
    "$" + r"\left(" * 600 + "$",
    "$" + r"\overset{" * 400 + "x" + "}{=}" * 400 + "$",
    "$" + r"\hat" * 900 + "x$",
    "$" + "_" * 3000 + "$",
    "$" + "|x" * 1500 + "$",
    "$" + "%" * 3900 + "$",
    r"\def\a{" * 3000,
    r"\end" * 5000,
    r"\emph{" * 1000 + "x" + "}" * 1000,
    "\\'" * 2000,
    r"\begin{align}" * 3000,
    "$" + r"\begin{matrix}" * 200 + "$",
    "`a" * 20000,
    "$5 a " * 5000,
]


@pytest.mark.parametrize("text", DEEP, ids=lambda text: text[:20])
def test_what_is_nested_too_deep_is_read_all_the_same(text: str) -> None:
    assert "".join(segment.text for segment in to_segments(text)) == to_unicode(text)


def in_every_output(formula: str) -> list[str]:
    """The formula as every text it becomes; its cards are made, but may be empty."""
    text = f"${formula}$"
    notation(text)
    paper_notation([("1", formula)])
    lines = [formula_to_unicode(formula, level) for level in ("full", "basic", "ascii")]
    return [*lines, to_display(formula, 76), spoken(text), search_key(text), to_unicode(text)]


@pytest.mark.parametrize(
    "formula",
    [
        r"\sqrt{TeV}",
        r"\widetilde{GeV}",
        r"\bigr\center",
        r"\Bigg\size*",
        r"\sqrt{\ss uma}",
        r"x\textit\left\_\,",
        r"\left.x\right._a^2",
        r"\left(x\right._a",
        r"\si{\end{matrix}{ }}",
        r"\SI{3}{m^{}}",
        r"\SI{3}{m^{-}}",
        r"a\hspace{- 5pt}b",
    ],
)
def test_what_is_empty_or_longer_than_it_seems_is_read(formula: str) -> None:
    assert all(in_every_output(formula))


@pytest.mark.parametrize(
    "shape",
    [
        r"\to(x_{%s}",
        r"[0,b^{x<%s}",
        r"\overline{x_{%s}}",
        r"\overline{ab}\,\overline{c%s}",
        r"\dv[%s]{x}",
        r"\ketbra{%s}",
        r"\ev{A}{%s}",
        r"\overset{a}{%s}",
        r"\left(%s",
    ],
)
def test_what_is_nested_in_itself_is_read_once(shape: str) -> None:
    """Twice at each of forty levels would never come to an end."""
    formula = "x"
    for _ in range(40):
        formula = shape.replace("%s", formula)
    assert all(in_every_output(formula))


@pytest.mark.parametrize(
    "shape", ["%s/2", r"\frac{%s}{2}", "%s-%s1", "[%s,1]", r"\ion{H}{%s}", r"\hspace{%spt}x"]
)
def test_numbers_longer_than_python_reads(shape: str) -> None:
    formula = shape.replace("%s", "9" * 5000)
    assert all(in_every_output(formula))
    assert row_in_words(parse_formula(formula).items)


@pytest.mark.parametrize(
    "text",
    [
        "IoU$=0.7$ so",
        r"the$\in x$",
        r"$a$$= b$",
        r"{\nolinkurl\a}\product\b",
        r"\emph{a \verb|}| b} $x$",
        r"{\em a \verb|}|} \bar b",
    ],
)
def test_pieces_are_the_whole(text: str) -> None:
    assert to_unicode(text) == "".join(segment.text for segment in to_segments(text))
    assert spoken(text)


def test_a_large_object_of_a_diagram_is_told_once() -> None:
    formula = r"\xymatrix{" * 40 + "x" * 1000 + r"\ar[r]\ar[r]&B}" * 40
    assert len(formula_to_unicode(formula)) < 3 * len(formula)


def test_what_a_text_defines_does_not_grow_beyond_measure() -> None:
    doubling = "".join(rf"\def\a{one}{{\a{other}\a{other}}}" for one, other in pairwise("abcdefghijklmnop"))
    repeating = rf"\newcommand{{\a}}[1]{{{'#1' * 400}}}"
    assert len(to_unicode(rf"{doubling} $\aa$")) < 1000
    assert len(to_unicode(rf"{repeating} \a{{{'x' * 3900}}}")) < 30_000
    assert len(to_unicode(rf"$\SI{{{'1;' * 900}2}}{{{'m.' * 900}s}}$")) < 10_000


@pytest.mark.parametrize("entity", ["&#27;[31m", "&#x9b;31m", "&#8238;", "&#x200b;", "&#133;", "&#8;"])
def test_an_entity_in_a_formula_does_not_become_what_misleads_a_terminal(entity: str) -> None:
    for read in (formula_to_unicode(f"x{entity}y"), to_unicode(f"Let $x{entity}y$ be.")):
        assert sanitise(read) == read
