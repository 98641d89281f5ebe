"""Full-text search over stored texts of whole papers."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.fulltext.pages import math, paragraph, read, section
from tui_digest.fulltext.blocks import Document
from tui_digest.latex import search_key
from tui_digest.library.text_index import TextIndex
from tui_digest.paper import ArxivId

FIRST, SECOND = ArxivId("2611.00001", 1), ArxivId("2611.00002", 1)


def paper(word: str) -> Document:
    return read(
        section("Rates", paragraph(f"The {word} rate in {math(chr(92) + 'ell_2')}."), "1", "S1")
        + section("Proofs", paragraph("Long and dull."), "2", "S2")
    )


@pytest.fixture
def index(tmp_path: Path) -> TextIndex:
    return TextIndex(tmp_path / "cache" / "texts.sqlite3", search_key)


def test_a_section_is_found_by_its_words_and_formulas(index: TextIndex) -> None:
    index.add(FIRST, paper("sublinear"))
    index.add(SECOND, paper("geometric"))
    (match,) = index.find("sublinear rate")
    assert (match.paper, match.address, match.title) == (FIRST, "§1", "Rates")
    assert "sublinear" in match.excerpt
    assert {found.paper for found in index.find("l2")} == {FIRST, SECOND}
    assert index.find("nowhere") == ()
    assert index.find(' " ') == ()


def test_a_later_text_takes_the_place_of_the_earlier(index: TextIndex) -> None:
    index.add(FIRST, paper("sublinear"))
    index.add(ArxivId("2611.00001", 2), paper("geometric"))
    assert index.find("sublinear") == ()
    assert index.papers() == {ArxivId("2611.00001", 2)}


def test_it_is_made_again_from_what_is_stored(index: TextIndex, tmp_path: Path) -> None:
    texts = {FIRST: paper("sublinear"), SECOND: paper("geometric")}
    assert index.refresh(texts, texts.get) == 2
    assert index.refresh(texts, texts.get) == 0
    (tmp_path / "cache" / "texts.sqlite3").write_bytes(b"ruined")
    assert index.refresh(texts, texts.get) == 2
    assert len(index.find("rate")) == 2
    assert index.refresh([FIRST], texts.get) == 1
    assert index.papers() == {FIRST}


def test_the_file_is_its_owners(index: TextIndex, tmp_path: Path) -> None:
    index.add(FIRST, paper("sublinear"))
    assert stat.S_IMODE((tmp_path / "cache" / "texts.sqlite3").stat().st_mode) == 0o600


def test_a_long_line_is_cut_around_the_match(index: TextIndex) -> None:
    index.add(FIRST, read(paragraph("before " * 80 + "needle " + "after " * 80)))
    (match,) = index.find("needle")
    assert "needle" in match.excerpt
    assert len(match.excerpt) < 170
