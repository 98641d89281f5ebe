"""Lines of notes that name a place of a paper, and the places they lead to."""

from __future__ import annotations

import pytest

from tests.fulltext.pages import page as made_page
from tests.fulltext.pages import paragraph, section
from tests.tui.fake_texts import made_up_paper
from tui_digest.fulltext.addresses import PlaceFinder
from tui_digest.fulltext.note_anchors import anchor_line, find_anchor, read_anchor
from tui_digest.fulltext.read_page import read_page

DOCUMENT = read_page(made_up_paper())
FINDER = PlaceFinder(DOCUMENT)


def test_the_line_of_every_section_and_statement_leads_back_to_it() -> None:
    for place in DOCUMENT.places:
        if place.kind == "section":
            assert find_anchor(DOCUMENT, anchor_line(place)) == place
        if place.kind == "statement":
            assert find_anchor(DOCUMENT, anchor_line(FINDER.section_of(place.first), place)) == place


def test_lines_say_number_title_and_statement() -> None:
    theorem, rates, abstract = (FINDER.find(one) for one in ("Theorem 1", "§2", "Abstract"))
    assert anchor_line(rates, theorem) == "§2 Rates · Theorem 1"
    assert anchor_line(abstract) == "§ Abstract"
    assert anchor_line(None) == ""


@pytest.mark.parametrize("line", ["§2 Rates", "  - §2 Rates", "> §2 Rates", "## §2 Rates", "§2 Rates  "])
def test_an_anchor_is_read_from_a_line_of_markdown(line: str) -> None:
    assert read_anchor(line) == "§2 Rates"


@pytest.mark.parametrize("line", ["", "§", "As §2 says", "2 Rates", "Rates"])
def test_other_lines_are_none(line: str) -> None:
    assert read_anchor(line) == ""


def test_a_section_that_has_another_number_now_is_found_by_its_title() -> None:
    page = made_page(
        section("New", paragraph("Before.")) + section("Setup", paragraph("Here."), "2", "S2"), title="T"
    )
    document = read_page(page)
    place = find_anchor(document, "§1 Setup")
    assert place is not None
    assert (place.address, place.title) == ("§2", "Setup")
    renamed = find_anchor(document, "§2 Gone")
    assert renamed is not None
    assert renamed.address == "§2"


@pytest.mark.parametrize("anchor", ["§9 Nothing", "§ Nothing", "§", "§9 Nothing · Lemma 7"])
def test_what_the_paper_has_not_is_none(anchor: str) -> None:
    assert find_anchor(DOCUMENT, anchor) is None


def test_a_statement_that_is_gone_leads_to_its_section() -> None:
    place = find_anchor(DOCUMENT, "§2 Rates · Lemma 7")
    assert place is not None
    assert place.address == "§2"
