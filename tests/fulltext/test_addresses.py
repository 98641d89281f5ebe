"""Places by what readers and models call them."""

from __future__ import annotations

import pytest

from tests.fulltext.pages import equation, math, paragraph, read, section
from tui_digest.fulltext.addresses import PlaceFinder, address_key, place_blocks, place_texts, targets_in
from tui_digest.fulltext.blocks import Document, Equation


def statement(head: str, html: str, name: str = "Thm1", kind: str = "theorem") -> str:
    tag = f'<span class="ltx_tag ltx_tag_theorem">{head}</span>.'
    title = f'<h6 class="ltx_title">{tag}</h6>'
    return f'<div id="{name}" class="ltx_theorem ltx_theorem_{kind}">{title}{html}</div>'


@pytest.fixture
def document() -> Document:
    reference = '<a href="#S1.E1">1</a>'
    return read(
        section(
            "Rates",
            section(
                "Upper bounds",
                statement("Theorem 2.1", paragraph(f"By ({reference}), {math('x^{2}')} is small."))
                + equation((["a", "=b"], "(1)"), (["c", "=d"], "(2)")),
                "3.1",
                "S3.SS1",
                "subsection",
            ),
            "3",
            "S3",
        )
        + section("Proofs", paragraph("Long."), "Appendix A", "A1", "appendix")
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("§3.1", "Section 3.1"),
        ("§3.1", "Sec. 3.1"),
        ("§ 3.1.", "section 3.1"),
        ("Appendix A", "App. A"),
        ("§A.1", "Appendix A.1"),
        ("Theorem 2.1", "Thm. 2.1"),
        ("Theorem 2.1", "theorem  2.1"),
        ("(5)", "Eq. (5)"),
        ("(5)", "Equation 5"),
        ("(5)", "equation (5)"),
        ("(⋆)", "eq. (⋆)"),
        ("Figure 4", "Fig. 4"),
        ("Table 1", "Tab. 1"),
        ("Proof of Theorem 2.1", "proof of the Thm 2.1"),
        ("Abstract", "abstract"),
    ],
)
def test_addresses_agree_however_they_are_spelled(one: str, other: str) -> None:
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("§3", "(3)"), ("Theorem 2", "Lemma 2"), ("§3.1", "§31"), ("[1]", "(1)")]
)
def test_different_addresses_differ(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


def test_a_place_is_found_by_its_address_or_its_name(document: Document) -> None:
    finder = PlaceFinder(document)
    found = [
        finder.find(address)
        for address in ("Sec. 3.1", "3.1", "A", "upper bounds", "Thm 2.1", "Eq. (2)", "§9")
    ]
    addresses = ["§3.1", "§3.1", "Appendix A", "§3.1", "Theorem 2.1", "(2)", None]
    assert [place and place.address for place in found] == addresses


def test_a_reference_is_followed_to_the_row_of_its_equation(document: Document) -> None:
    (target,) = targets_in(document.blocks)
    place = PlaceFinder(document).of_target(target)
    assert place is not None
    (block,) = place_blocks(document, place)
    assert isinstance(block, Equation)
    assert [row.number for row in block.rows] == ["(1)"]


def test_a_block_is_in_its_innermost_section(document: Document) -> None:
    finder = PlaceFinder(document)
    section_of = [finder.section_of(number) for number in range(len(document.blocks))]
    assert [place and place.address for place in section_of][:3] == ["§3", "§3.1", "§3.1"]


def test_the_texts_of_places_have_their_tex(document: Document) -> None:
    texts = place_texts(document)
    assert texts["Theorem 2.1"] == "Theorem 2.1. By (1), $x^{2}$ is small."
    assert texts["(2)"] == "$$c =d$$ (2)"
    assert "Upper bounds" in texts["§3"]
    assert "Long." not in texts["§3"]


def test_places_of_one_address_share_their_text() -> None:
    texts = place_texts(
        read(statement("Remark", paragraph("One."), "R1") + statement("Remark", paragraph("Two."), "R2"))
    )
    assert texts["Remark"] == "Remark. One.\n\nRemark. Two."
