"""Where formulas begin and end: braces count, prices are prose, and every reader finds the same ones."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus import SHARED
from tui_digest.explain.checking.spans import find_spans
from tui_digest.export.mathjax_safety import formulas as exported_formulas
from tui_digest.latex.find import find_code, find_formulas, find_split_formulas, split_at_dollars
from tui_digest.latex.markdown import parse_markdown
from tui_digest.latex.markdown.blocks import DisplayFormula, Paragraph
from tui_digest.latex.segment import Style

ABSTRACTS = SHARED / "data" / "abstracts.jsonl.gz"

NESTED = [
    (r"$f=1$ $\text{if $x$ is odd}$", ["f=1", r"\text{if $x$ is odd}"]),
    (r"$\{d: d=p-1, \mbox{$p$ is a prime}\}$", [r"\{d: d=p-1, \mbox{$p$ is a prime}\}"]),
    (r"$f(x)=1 \text{ if $x>0$}$ so", [r"f(x)=1 \text{ if $x>0$}"]),
    (r"$\textit{$\epsilon$-approximate $t$-designs}$", [r"\textit{$\epsilon$-approximate $t$-designs}"]),
    (r"a ${\texttt{C$\rightarrow$Y}}$ map", [r"{\texttt{C$\rightarrow$Y}}"]),
    (
        r"$\begin{cases} 1 & \mbox{if $x>0$} \\ 0 & \text{if $x\le0$} \end{cases}$",
        [r"\begin{cases} 1 & \mbox{if $x>0$} \\ 0 & \text{if $x\le0$} \end{cases}"],
    ),
    (r"$\text{a $b_{\text{c $d$}}$ e}$ f", [r"\text{a $b_{\text{c $d$}}$ e}"]),
    (r"\(\text{if $x$}\) and $$\text{if $y$}$$", [r"\text{if $x$}", r"\text{if $y$}"]),
    (r"$\mathbf{x$ and $\mathbf{y}$", [r"\mathbf{x", r"\mathbf{y}"]),
    ("${x$ and $y}$", ["{x", "y}"]),
    (r"$\text{if x$ and $y$", [r"\text{if x", "y"]),
    (r"$\{x$ and $y\}$", [r"\{x", r"y\}"]),
]

MONEY = [
    ("We spend $500 on $k$ GPUs and $20 on $m$ CPUs.", ["k", "m"]),
    ("NZ$2 per 100g fat (SAFA) tax, NZ$0.4 per litre", []),
    ("HK$100 to HK$200 a night", []),
    (r"costs $10k for $\epsilon=1$ and $20k for $\delta=0$", [r"\epsilon=1", r"\delta=0"]),
    ("costs $5 and $10, for $x$", ["x"]),
    ("from $10/month to $20/month for $n$ users", ["n"]),
    ("$5-$10 for $x$", ["x"]),
    ("$5, $10 and $20", []),
    ("costs $5M–$10M and $x$", ["x"]),
    ("$100 (about $120) for $n$", ["n"]),
    ("$1 per $n$ tokens", ["n"]),
    ("$n$ up to $100", ["n"]),
    ("US$5 to US$10 for $x$ and C$20", ["x"]),
    ("$k$ agents pay $3.50, and $n$ agents pay $2.25 per $m$ hours", ["k", "n", "m"]),
    (r"saves $1.2 million (of $3 million) when $\alpha<1$", [r"\alpha<1"]),
    ("$2^{10}$ for $20 and $20 for $2^{10}$ nodes", ["2^{10}", "2^{10}"]),
    (r"$\sim$$5 per 1k", [r"\sim"]),
    ("for $<$5 per $x$", ["<", "x"]),
    ("use $HOME and $PATH", []),
]

FORMULAS_WITH_NUMBERS = [
    ("$5$ and $10$", ["5", "10"]),
    ("about $2$ and $10^{-3}$ GeV", ["2", "10^{-3}"]),
    ("$1 < x$ and $y$", ["1 < x", "y"]),
    (r"$2 n$ and $13 TeV$ and $3 \text{ if it is so }$", ["2 n", "13 TeV", r"3 \text{ if it is so }"]),
    ("$3$D, $2$-D and $1,000$", ["3", "2", "1,000"]),
    (r"$0.5\%$ of $1$", [r"0.5\%", "1"]),
    ("$SML, MED, LRG, MULTI$", ["SML, MED, LRG, MULTI"]),
]

STRAY_SIGNS = [
    ("an odd $ sign and $x$ and $y$", ["x", "y"]),
    ("$O(n$ and $k$ and $m", ["O(n", "k"]),
    (r"\$5 and \$6 and $x$", ["x"]),
    ("$a\n\nb$", []),
]


@pytest.mark.parametrize(("text", "found"), [*NESTED, *MONEY, *FORMULAS_WITH_NUMBERS, *STRAY_SIGNS])
def test_formulas_are_found(text: str, found: list[str]) -> None:
    assert [formula.tex for formula in find_formulas(text)] == found
    assert [formula.tex for formula in find_formulas(text, markdown=True)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("`$x$` and $y$", ["y"]),
        ("```\n$x$\n```\n$y$", ["y"]),
        ("``a ` $x$`` $y$", ["y"]),
        (r"as in \[1, 2\] and \[x\]", ["x"]),
        ("$a `b$ c` d$", []),
        ("$10 for `$x$` or $y$", ["y"]),
    ],
)
def test_code_and_citations_of_markdown_are_no_formulas(text: str, found: list[str]) -> None:
    assert [formula.tex for formula in find_formulas(text, markdown=True)] == found


def test_code_spans_close_with_as_many_backticks() -> None:
    text = "`a``b` ``c`d`` `open\n\n```py\ncode\n```\nafter"
    assert [text[code.start : code.end] for code in find_code(text)] == [
        "`a``b`",
        "``c`d``",
        "```py\ncode\n```",
    ]


dollars = st.lists(
    st.sampled_from(["$", "$5", "$20", r"\$", "$$", r"\text{", "{", "}", " ", "\n\n", "x", "and", "`"]),
    max_size=30,
).map("".join)


@given(dollars, st.booleans())
def test_formulas_are_in_order_and_apart(text: str, markdown: bool) -> None:
    position = 0
    for formula in find_formulas(text, markdown=markdown):
        assert position <= formula.start < formula.end
        assert formula.tex in text[formula.start : formula.end]
        position = formula.end


@pytest.mark.parametrize(
    "text",
    [r"$\text{" * 3000, "$5 a " * 5000, "$" * 9999, r"\(" * 9999, "`" * 9999, "$x{" * 9999],
    ids=lambda text: text[:12],
)
def test_hostile_texts_take_no_time(text: str) -> None:
    assert len(find_formulas(text)) <= len(text)
    assert len(find_formulas(text, markdown=True)) <= len(text)


@pytest.mark.corpus
@pytest.mark.skipif(not ABSTRACTS.exists(), reason=f"there are no abstracts at {ABSTRACTS}")
def test_all_readers_find_the_same_formulas() -> None:
    def texts() -> Iterator[str]:
        with gzip.open(ABSTRACTS, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                yield from (record["title"], record["abstract"])

    for number, text in enumerate(texts()):
        if "$" not in text and "\\" not in text:
            continue
        places = [(formula.start, formula.end) for formula in find_formulas(text)]
        assert [(span.start, span.end) for span in find_spans(text, markdown=False)] == places
        exported = [(formula.start, formula.end) for formula in exported_formulas(text)]
        assert exported == places or len(exported) < len(places)
        if number % 10 == 1 and "`" not in text and "\n" not in text and "|" not in text:
            found = [formula.tex for formula in find_formulas(text, markdown=True)]
            assert [tex.strip() for tex in found] == _formulas_of_markdown(text)


def _formulas_of_markdown(text: str) -> list[str]:
    found: list[str] = []
    for block in parse_markdown(text):
        if isinstance(block, DisplayFormula):
            found.append(block.tex)
        elif isinstance(block, Paragraph):
            found += [segment.tex for segment in block.content if Style.FORMULA in segment.style]
    return found


PIECES = [
    "$", " ", "x", "AB", "5", "10 ", "US", "a word", r"\alpha", "{", "}", ".", ", ", "-", "\n", "x^2",
    r"\text{", r"\L", r"\$", "$ x^2 $", "$y $", "$2$", "$n$", "$5 for ", " GPUs", r"$\beta$", "$ so it is $",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_the_short_way_finds_what_the_long_way_finds(text: str) -> None:
    assert find_split_formulas(text, split_at_dollars(text)) == find_split_formulas(text, None)
