"""Formulas are found, money is not; prose is readable; nothing in a formula acts."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.export.samples import hostile_text, patient
from tui_digest.export.bibtex_accents import accents_to_tex, fold
from tui_digest.export.mathjax_safety import formulas, harmless
from tui_digest.export.segments import readable, text_segments


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a $x$ b", ["x"]),
        ("from $5 to $10", []),
        ("costs $5 and $10, for $x$", ["x"]),
        ("$630K). Our few-step distillation of the $x$ costs $630", ["x"]),
        ("about $2$ and $10^{-3}$ GeV", ["2", "10^{-3}"]),
        ("$5$ GeV or $3 \\text{ if it is so }$", ["5", "3 \\text{ if it is so }"]),
        (r"\(a\) and \[b\] and $$c$$", ["a", "b", "c"]),
        (r"\$5 and \$6", []),
        ("an odd $ is none", []),
        ("$ x $", ["x"]),
        ("$a$$b$", ["a", "b"]),
        ("$a\n\nb$", []),
        (r"\begin{align} a &= b \end{align}", [r"\begin{aligned} a &= b \end{aligned}"]),
        (r"\begin{equation*}a\end{equation*}", ["a"]),
        ("$a % why\n b$", ["a b"]),
        ("$95%$", [r"95\%"]),
        (r"\(a\ \)", ["a\\ {}"]),
        (r"$\text{so \$ it is}$", [r"\text{so \$ it is}"]),
    ],
)
def test_formulas_are_found(text: str, found: list[str]) -> None:
    assert [formula.tex for formula in formulas(text)] == found


@pytest.mark.parametrize(
    ("tex", "written"),
    [
        (r"\href{javascript:a}{b}", r"\backslash href {javascript:a}{b}"),
        (r"\def\x{a}", r"\backslash def \x{a}"),
        (r"\hreflike x", r"\hreflike x"),
        (r"\require{html}\class{a}{b}", r"\backslash require {html}\backslash class {a}{b}"),
        (r"\frac12 \left\{ x \right.", r"\frac12 \left\{ x \right."),
    ],
)
def test_commands_that_act_are_printed(tex: str, written: str) -> None:
    assert harmless(tex) == written


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        (
            r"Erd\H{o}s, R\'enyi, Schr{ö}dinger, Na\"{\i}ve, {\L}uk, stra\ss e",
            "Erdős, Rényi, Schrödinger, Naïve, Łuk, straße",
        ),
        (r"\emph{so} \textbf{it} {\em is}, $k$", "so it is, $k$"),
        (r"\emph{$k$-lists, {\bf nested}} after", "$k$-lists, nested after"),
        ("pages 3--14 --- and ``so'' it `is'", "pages 3–14 — and “so” it ‘is’"),
        (r"Theorem~5 of ~1.5, 5\% \& more\ldots", "Theorem 5 of ~1.5, 5% & more…"),
        ("http://x.example/~user/a--b", "http://x.example/~user/a--b"),
        (
            r"\url{http://a.example} \href{http://b.example}{words}",
            "http://a.example words (http://b.example)",
        ),
        (r"unknown \foo{bar} and {{ templates }}", "unknown foo bar and {{ templates }}"),
        ("a\x1b[31m b\u202e\n  c", "a b c"),
    ],
)
def test_prose_is_readable(text: str, plain: str) -> None:
    assert readable(text) == plain


@patient
@given(hostile_text)
def test_reading_is_total_and_on_one_line(text: str) -> None:
    assert "\n" not in readable(text)
    assert all(segment.text or segment.tex for segment in text_segments(text))


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("Rényi", r"R{\'e}nyi"),
        ("Erdős ŁÅßøĳ", "Erd{\\H{o}}s {\\L}{\\AA}{\\ss}{\\o}ĳ"),
        ("Şaş — “x”…", "{\\c{S}}a{\\c{s}} --- ``x''\\ldots{}"),
        ("数学", "数学"),
    ],
)
def test_unicode_becomes_tex_and_comes_back(text: str, tex: str) -> None:
    assert accents_to_tex(text) == tex
    assert readable(tex) == text


def test_letters_are_folded_for_keys() -> None:
    assert fold("Łukasz-Ørsted Müller") == "lukaszorstedmuller"
    assert fold("数学") == ""
