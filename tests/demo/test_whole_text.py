"""The demo paper with a whole text: every kind of block, all of it readable without a network."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import get_args

import pytest

from tui_digest.arxiv.errors import BrokenAnswerError, NoHtmlError
from tui_digest.arxiv.html_pages import HtmlPages
from tui_digest.arxiv.urls import PageAddresses
from tui_digest.demo.fake_arxiv import DemoArxiv
from tui_digest.demo.papers import load_papers
from tui_digest.fulltext import blocks
from tui_digest.fulltext.addresses import place_texts
from tui_digest.fulltext.read_page import read_page
from tui_digest.latex.symbols.glyphs import cells
from tui_digest.paper import ArxivId
from tui_digest.render.fulltext.layout import TextLayout, lay_out_text
from tui_digest.settings import ArxivSettings

PAPER = ArxivId.parse("0612.90012v1")
DAY = date(2026, 11, 24)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def pages() -> HtmlPages:
    made_up = DemoArxiv(DAY, lambda: NOW)
    return HtmlPages(made_up, made_up, PageAddresses(ArxivSettings()))


async def test_the_whole_text_has_every_kind_of_block(pages: HtmlPages) -> None:
    document = read_page((await pages.page(PAPER)).body)
    kinds = {type(block) for block in document.blocks}
    assert kinds == set(get_args(blocks.Block))
    assert {"Theorem 3.2", "(5)", "Table 1", "Figure 2", "Algorithm 1", "[1]", "§4.1"} <= set(
        place_texts(document)
    )
    assert document.losses == blocks.Losses(commands=6, parts=1)


@pytest.mark.parametrize("width", [40, 80, 120])
async def test_no_formula_shows_its_tex_and_no_line_is_too_wide(pages: HtmlPages, width: int) -> None:
    lines = lay_out_text(read_page((await pages.page(PAPER)).body), TextLayout(width))
    assert max(cells(line.text) for line in lines) <= width
    assert [line.text for line in lines if "\\" in line.text and "\\ourmethod" not in line.text] == []


async def test_its_title_is_the_papers(pages: HtmlPages) -> None:
    document = read_page((await pages.page(PAPER)).body)
    (paper,) = [paper for paper in load_papers() if paper.id == PAPER.number]
    assert blocks.content_text(document.title) == paper.title


async def test_a_picture_comes_from_the_same_place(pages: HtmlPages) -> None:
    assert (await pages.picture(PAPER, "x1.png")).startswith(b"\x89PNG")
    with pytest.raises(BrokenAnswerError, match="no picture"):
        await pages.picture(PAPER, "x2.png")


@pytest.mark.parametrize("name", ["0612.90013v1", "0612.90012v2"])
async def test_other_papers_have_no_whole_text_and_say_which_has(pages: HtmlPages, name: str) -> None:
    with pytest.raises(NoHtmlError, match=r"no HTML of .* 0612\.90012"):
        await pages.page(ArxivId.parse(name))
