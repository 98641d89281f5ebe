"""What of a paper a model is shown."""

from __future__ import annotations

from tests.fulltext.pages import paragraph, read, section
from tests.fulltext.test_addresses import statement
from tui_digest.fulltext.addresses import PlaceFinder
from tui_digest.fulltext.blocks import Document
from tui_digest.fulltext.selection import estimated_tokens, select, select_place

PROOF = f'<div class="ltx_proof"><h6 class="ltx_title">Proof.</h6>{paragraph("Hence the secret step.")}</div>'


def paper(filler: int = 1) -> Document:
    return read(
        f'<div class="ltx_authors">Nobody</div><div class="ltx_abstract">{paragraph("In short.")}</div>'
        + section("Introduction", paragraph("Why."), "1", "S1")
        + section("Related work", paragraph("Others."), "2", "S2")
        + section("Setup", paragraph("Let it be. " * filler) + paragraph("Late words."), "3", "S3")
        + section("Results", statement("Theorem 1", paragraph('By <a href="#D1">Definition 2</a>.')) + PROOF
                  + statement("Definition 2", paragraph("A thing."), "D1", "definition"), "4", "S4")
        + section("Conclusion", paragraph("So."), "5", "S5")
        + section("References", "", "", "bib", "bibliography")
        + section("More", paragraph("Extra."), "Appendix A", "A1", "appendix")
    )  # fmt: skip


def test_a_paper_that_fits_is_sent_without_proofs_related_work_and_appendices() -> None:
    chosen = select(paper())
    assert chosen.sections == ("Abstract", "§1", "§3", "§4", "§5")
    assert chosen.partly == ()
    for left_out in ("secret", "Others.", "Extra.", "Nobody"):
        assert left_out not in chosen.text


def test_the_order_is_the_papers_own() -> None:
    text = select(paper()).text
    places = [text.index(words) for words in ("In short.", "Why.", "Let it be.", "Theorem 1", "So.")]
    assert places == sorted(places)


def test_statements_and_the_conclusion_come_before_the_rest_when_there_is_little_room() -> None:
    chosen = select(paper(filler=400), 400)
    assert chosen.tokens <= 400
    for kept in ("In short.", "Why.", "So.", "Theorem 1", "Definition 2"):
        assert kept in chosen.text
    assert "Let it be." not in chosen.text
    assert chosen.sections == ("Abstract", "§1", "§4", "§5")


def test_a_section_that_fits_in_part_is_named_as_such() -> None:
    document = read(section("Long", paragraph("One. " * 50) + paragraph("Two. " * 400), "1", "S1"))
    chosen = select(document, 200)
    assert (chosen.sections, chosen.partly) == (("§1",), ("§1",))
    assert "Two." not in chosen.text


def test_a_letter_without_sections_is_sent_too() -> None:
    assert "All of it." in select(read(paragraph("All of it."))).text


def test_no_budget_sends_nothing() -> None:
    assert select(paper(), 0).text == ""


def test_a_statement_is_sent_with_its_proof_and_what_it_uses() -> None:
    document = paper()
    theorem = PlaceFinder(document).find("Theorem 1")
    assert theorem is not None
    chosen = select_place(document, theorem)
    for kept in ("Theorem 1", "secret step", "Definition 2. A thing.", "In short."):
        assert kept in chosen.text
    assert "Others." not in chosen.text


def test_tokens_are_estimated_from_above() -> None:
    assert estimated_tokens("") == 0
    assert estimated_tokens(r"\mathcal{O}(1/\sqrt{T})") >= 8
