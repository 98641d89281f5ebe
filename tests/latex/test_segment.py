"""The same reading as styled pieces: emphasis is emphasis, a formula knows its TeX, a link where it leads."""

from __future__ import annotations

from tui_digest.latex import Segment, Style, to_segments


def test_a_plain_text_is_one_piece() -> None:
    assert to_segments("plain words") == (Segment("plain words"),)
    assert to_segments("") == ()


def test_a_formula_carries_its_source() -> None:
    assert to_segments("let $x^2$ be") == (
        Segment("let "),
        Segment("x²", Style.FORMULA, tex="x^2"),
        Segment(" be"),
    )


def test_a_display_says_so() -> None:
    (formula,) = to_segments(r"\[ x^2 \]")
    assert formula.style == Style.FORMULA | Style.DISPLAY
    assert formula.tex == " x^2 "


def test_an_environment_keeps_its_rows_in_the_source() -> None:
    (formula,) = to_segments(r"\begin{align}a&=b\\c&=d\end{align}")
    assert formula.tex == r"\begin{align}a&=b\\c&=d\end{align}"


def test_styles_combine_and_end_with_their_group() -> None:
    assert to_segments(r"\textbf{a \emph{$x$} b} c") == (
        Segment("a ", Style.STRONG),
        Segment("x", Style.STRONG | Style.EMPHASIS | Style.FORMULA, tex="x"),
        Segment(" b", Style.STRONG),
        Segment(" c"),
    )


def test_a_switch_holds_until_its_group_ends() -> None:
    assert to_segments(r"{\em all} of it") == (Segment("all", Style.EMPHASIS), Segment(" of it"))


def test_code() -> None:
    assert to_segments(r"run \texttt{a\_b}") == (Segment("run "), Segment("a_b", Style.CODE))


def test_addresses_are_links_without_the_sentence_around_them() -> None:
    assert to_segments("see https://a.org/b_c.") == (
        Segment("see "),
        Segment("https://a.org/b_c", Style.LINK, url="https://a.org/b_c"),
        Segment("."),
    )
    assert to_segments("(https://a.org/x(1))")[1].url == "https://a.org/x(1)"


def test_href_leads_where_it_says() -> None:
    assert to_segments(r"\href{https://x.org}{page}") == (
        Segment("page (https://x.org)", Style.LINK, url="https://x.org"),
    )
