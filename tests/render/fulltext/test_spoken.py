"""A whole text in words: every kind of block of the demo paper, and none of its TeX."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest

from tui_digest.demo.whole_text import html_page
from tui_digest.fulltext.blocks import Block, Document
from tui_digest.fulltext.read_page import read_page
from tui_digest.latex import to_unicode
from tui_digest.paper import ArxivId
from tui_digest.render.fulltext.spoken import spoken_blocks, spoken_lines


@pytest.fixture(scope="module")
def document() -> Document:
    page = html_page(ArxivId.parse("0612.90012v1"))
    assert page is not None
    return read_page(page)


def kinds(blocks: Iterable[Block], name: str) -> list[Block]:
    return [block for block in blocks if type(block).__name__ == name]


def test_no_tex_and_nothing_drawn_is_said(document: Document) -> None:
    said = "\n".join(spoken_lines(document, ("A source · with parts.",)))
    assert said.startswith(
        "A One-Page Proof That the Last Iterate Needs No Logarithm.\nA source, with parts.\n\n"
    )
    assert re.findall(r"\\\w+|\$", said) == [r"\ourmethod"]
    assert not re.search("[\u2500-\u259f]", said)


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("TextHeading", "Section 4.1: An example in the plane."),
        ("TextParagraph", "Footnote 1: It is theirs in other words: the comparison points z sub t move "
                          "towards the iterates."),
        ("TextParagraph", "capital Pi sub C: the projection onto C, which brings no two points further "
                          "apart;"),
        ("TextParagraph", "Quotation: The logarithm was never in the iterate. It was in the paper."),
        ("TextTable", "16, 0.0080, 0.1206, 0.1161, 0.1096, 0.5000"),
        ("CodeListing", "Line 6: return x sub T"),
        ("CodeListing", "    for t in range(1, steps):"),
        ("Caption", "Figure 1: The iterates and the points they are compared with."),
        ("Drawing", "from x sub t to x sub t plus 1 end sub: step"),
        ("Reference", "Reference 2: Y. Nesterov. Lectures on Convex Optimization, second edition. "
                      "Springer, 2018."),
        ("Notice", "Not converted by arXiv: 5 commands it does not know. The PDF has it."),
        ("Picture", "A picture."),
    ],
)  # fmt: skip
def test_each_kind_of_block_has_lines_of_its_own(document: Document, kind: str, line: str) -> None:
    assert line in spoken_blocks(kinds(document.blocks, kind))


def test_equations_are_said_with_their_numbers(document: Document) -> None:
    lines = list(spoken_blocks(kinds(document.blocks, "Equation")))
    assert "Equation A.1: " in lines[-1]
    assert any(line.startswith("With d sub t equals") for line in lines)


def test_formulas_can_be_in_symbols(document: Document) -> None:
    assert "Line 6: return x_T" in spoken_blocks(kinds(document.blocks, "CodeListing"), to_unicode)
