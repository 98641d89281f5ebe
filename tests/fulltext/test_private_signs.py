"""Names of signs that only a page's MathML explains."""

from __future__ import annotations

import pytest

from tests.fulltext.pages import math, page, paragraph
from tui_digest.fulltext.blocks import TextParagraph, content_text
from tui_digest.fulltext.read_page import read_page


def shown(*formulas: tuple[str, str]) -> str:
    """The text of a paragraph of formulas, each given as its TeX and the text of its MathML."""
    body = " ".join(math(tex, said) for tex, said in formulas)
    [block] = read_page(page(paragraph(body))).blocks
    assert isinstance(block, TextParagraph)
    return content_text(block.content)


@pytest.mark.parametrize(
    ("tex", "said"),
    [
        (r"x\ownminus y", "x−y"),
        (r"x\ownminus y", "x \u2062− y"),
        (r"\mathbb{R}^{n}\ownminus\frac{a}{b}", "ℝn−ab"),
        (r"\ownminus", "−"),
        (r"\sum_{i=1}^{n}x_{i}\ownminus 12", "∑i=1nxi−12"),
        (r"\hat{a}+b\ownminus f^{\prime}", "a^+b−f′"),
    ],
)
def test_a_sign_is_read_off_the_mathml_beside_it(tex: str, said: str) -> None:
    assert r"\ownminus" not in shown((tex, said))
    assert "−" in shown((tex, said))


def test_a_sign_known_from_one_formula_is_known_in_all() -> None:
    text = shown((r"x\ownstar y", "x⧆y"), (r"a\cdot\ownstar\cdot b", "a⋅⧆⋅b"))
    assert r"\ownstar" not in text
    assert text.count("⧆") == 2


@pytest.mark.parametrize(
    "formulas",
    [
        [(r"x\own y", "xy")],
        [(r"x\own y", "x−z")],
        [(r"x\own y", "x−−y")],
        [(r"a\cdot\own b", "a⋅−b")],
        [(r"x\own y", "x−y"), (r"x\own y", "x+y")],
        [(r"x\own y", r"x\owny")],
        [(r"x\own y", "x{y")],
        [(r"x\own y", "")],
    ],
    ids=str,
)
def test_a_name_stays_where_the_mathml_leaves_a_doubt(formulas: list[tuple[str, str]]) -> None:
    assert shown(*formulas).count(r"\own") == len(formulas)
