"""What holds of every text: nothing raises, no word is lost, plain text stays, pieces make the whole."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_digest.latex import notation, search_key, spoken, to_display, to_segments, to_unicode
from tui_digest.latex.inline.layout import formula_to_unicode
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


@given(st.one_of(tex, st.text()), levels)
def test_every_text_is_read(text: str, level: Level) -> None:
    read = to_unicode(text, level)
    assert "".join(segment.text for segment in to_segments(text, level)) == read


@given(st.one_of(tex, st.text()))
def test_every_text_has_a_key_and_a_card(text: str) -> None:
    assert search_key(text) == " ".join(search_key(text).split())
    assert all(line.text and line.tex and line.occurrences > 0 for line in notation(text))


@given(st.one_of(tex, st.text()))
def test_every_text_is_spoken(text: str) -> None:
    assert spoken(text).split() or not re.search(r"[^\W_]", to_unicode(text))


@given(tex)
def test_every_formula_is_drawn(formula: str) -> None:
    assert to_display(f" {formula}", 76) == to_display(formula, 76)


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


@given(tex)
def test_a_formula_is_one_line_in_composed_form(formula: str) -> None:
    line = formula_to_unicode(formula)
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


@pytest.mark.parametrize("entity", ["&#27;[31m", "&#x9b;31m", "&#8238;", "&#x200b;", "&#133;", "&#8;"])
def test_an_entity_in_a_formula_does_not_become_what_misleads_a_terminal(entity: str) -> None:
    for read in (formula_to_unicode(f"x{entity}y"), to_unicode(f"Let $x{entity}y$ be.")):
        assert sanitise(read) == read
