"""Pages to blocks: each part of a paper."""

from __future__ import annotations

from tests.fulltext.pages import blocks, cell, equation, math, page, paragraph, read, said, section, table
from tui_digest.fulltext.blocks import (
    Caption,
    CodeListing,
    Equation,
    Picture,
    Reference,
    Run,
    TextHeading,
    TextParagraph,
    TextTable,
    content_text,
)
from tui_digest.fulltext.read_page import read_page


def test_a_paragraph_keeps_its_words_formulas_and_emphasis() -> None:
    html = (
        f'Let <em class="ltx_emph ltx_font_italic">every</em> {math("x^{2}")}\n be <b>bold</b>, '
        '<span class="ltx_text ltx_font_typewriter">code</span>.'
    )
    (block,) = blocks(paragraph(html))
    assert isinstance(block, TextParagraph)
    assert said(block.content) == "Let [emphasis:every] $x^{2}$ be [strong:bold], [code:code]."


def test_the_converter_and_the_title_are_told() -> None:
    document = read(paragraph("Text."))
    assert document.generator == "LaTeXML oxide (version 0.7.6)"
    assert content_text(document.title) == "On made-up pages"


def test_what_is_around_the_article_is_no_part_of_it() -> None:
    assert "Contents" not in repr(read(paragraph("Text.")))
    assert "Generated" not in repr(read(paragraph("Text.")).blocks)


def test_the_licence_is_read() -> None:
    box = (
        '<div id="infobox" class="infobox"><a id="license-tr">License: CC BY 4.0</a>'
        '<div id="watermark-tr">arXiv:2401.00596v3 [hep-ph] 08 Jul 2024</div></div>'
    )
    document = read_page(page(paragraph("Text.")).replace('<div class="ltx_page_main">', f"<div>{box}", 1))
    assert document.licence == "CC BY 4.0"


def test_sections_are_places_with_the_addresses_that_readers_see() -> None:
    inner = section("Rates", paragraph("Text."), "1.1", "S1.SS1", "subsection")
    document = read(section("Convergence", inner) + section("Proofs", "", "Appendix A", "A1", "appendix"))
    found = [(place.address, place.title, place.level, place.appendix) for place in document.places]
    assert found == [
        ("§1", "Convergence", 1, False),
        ("§1.1", "Rates", 2, False),
        ("Appendix A", "Proofs", 1, True),
    ]
    assert [type(block) for block in document.blocks] == [
        TextHeading,
        TextHeading,
        TextParagraph,
        TextHeading,
    ]
    assert document.anchors["S1.SS1"] == 1


def test_a_section_reaches_to_the_end_of_what_is_in_it() -> None:
    document = read(
        section("One", paragraph("a") + paragraph("b")) + section("Two", paragraph("c"), "2", "S2")
    )
    one, two = document.places
    assert (one.first, one.end, two.first, two.end) == (0, 3, 3, 5)


def test_aligned_equations_keep_their_cells_and_numbers() -> None:
    rows = equation((["a", "=b+c"], "(1)"), (["", "\\leq d"], "(2)"))
    (block,) = blocks(section("One", rows))[1:]
    assert isinstance(block, Equation)
    assert [(row.cells, row.number) for row in block.rows] == [
        (("a", "=b+c"), "(1)"),
        (("", "\\leq d"), "(2)"),
    ]
    assert block.columns == "rl"


def test_a_numbered_row_is_a_place_of_its_own() -> None:
    document = read(equation((["a", "=b"], "(1)"), (["c", "=d"], "(2)")))
    assert [(place.address, place.row) for place in document.places] == [("(1)", 0), ("(2)", 1)]


def test_a_reference_leads_to_its_place_and_a_link_outside() -> None:
    document = read(
        paragraph(
            'See (<a href="#S1.E1" class="ltx_ref"><span class="ltx_text ltx_ref_tag">1</span></a>) and '
            '<a href="https://example.org/a">this</a>.'
        )
        + equation((["a", "=b"], "(1)"))
    )
    first = document.blocks[0]
    assert isinstance(first, TextParagraph)
    assert Run("1", target="S1.E1") in first.content
    assert Run("this", url="https://example.org/a") in first.content
    assert document.anchors["S1.E1"] == 1


def test_a_link_to_the_page_itself_is_a_reference() -> None:
    document = read(paragraph('<a href="https://arxiv.org/html/2501.11120v1#A1">Appendix A</a>'))
    (block,) = document.blocks
    assert isinstance(block, TextParagraph)
    assert block.content == (Run("Appendix A", target="A1"),)


def test_only_the_web_and_mail_are_linked_to() -> None:
    (block,) = blocks(paragraph('<a href="javascript:alert(1)">a</a> <a href="file:///etc/passwd">b</a>'))
    assert isinstance(block, TextParagraph)
    assert block.content == (Run("a b"),)


def test_a_theorem_has_its_head_run_in_and_stands_in_a_margin() -> None:
    theorem = (
        '<div id="Thm1" class="ltx_theorem ltx_theorem_theorem">'
        '<h6 class="ltx_title ltx_runin ltx_title_theorem">'
        '<span class="ltx_tag ltx_tag_theorem"><span class="ltx_text ltx_font_bold">Theorem 2.1</span></span>'
        '<span class="ltx_text ltx_font_bold"> </span>(Cauchy)'
        '<span class="ltx_text ltx_font_bold">.</span></h6>'
        + paragraph(
            '<span class="ltx_text ltx_font_italic">All is <em class="ltx_emph ltx_font_upright">well'
            "</em>.</span>"
        )
        + "</div>"
    )
    document = read(theorem)
    (block,) = document.blocks
    assert isinstance(block, TextParagraph)
    assert content_text(block.lead) == "Theorem 2.1 (Cauchy)."
    assert said(block.content) == "All is [emphasis:well]."
    assert [margin.kind for margin in block.margins] == ["statement"]
    (place,) = document.places
    assert (place.address, place.kind, place.title) == ("Theorem 2.1", "statement", "Cauchy")


def test_a_proof_without_a_name_is_that_of_the_statement_before_it() -> None:
    def environment(kind: str, head: str, text: str) -> str:
        return f'<div class="ltx_{kind}"><h6 class="ltx_title">{head}</h6>{paragraph(text)}</div>'

    lemma = environment(
        "theorem ltx_theorem_lemma", '<span class="ltx_tag ltx_tag_theorem">Lemma 3</span>.', "a"
    )
    document = read(lemma + environment("proof", "Proof.", "b"))
    assert [place.address for place in document.places] == ["Lemma 3", "Proof of Lemma 3"]


def test_a_name_in_parentheses_has_a_space_before_it_in_a_head_of_one_piece() -> None:
    document = read(
        '<div class="ltx_theorem ltx_theorem_definition"><h6 class="ltx_title ltx_title_theorem">'
        f'<span class="ltx_tag ltx_tag_theorem">Definition 1</span>(Ledger)</h6>{paragraph("A")}</div>'
    )
    (block,) = document.blocks
    assert isinstance(block, TextParagraph)
    assert content_text(block.lead) == "Definition 1 (Ledger)"
    assert [(place.address, place.title) for place in document.places] == [("Definition 1", "Ledger")]


def test_the_mark_of_a_note_alone_is_no_paragraph() -> None:
    thanks = (
        '<span class="ltx_note ltx_role_footnotetext"><sup class="ltx_note_mark">†</sup><span '
        'class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">†</sup>'
        "Equal contribution.</span></span></span>"
    )
    one, two = read(paragraph(thanks) + paragraph("Text.")).blocks
    assert isinstance(one, TextParagraph)
    assert isinstance(two, TextParagraph)
    assert (content_text(one.content), [margin.marker for margin in one.margins]) == (
        "Equal contribution.",
        ["†"],
    )
    assert content_text(two.content) == "Text."


def test_items_carry_their_marks_on_their_first_line() -> None:
    item = '<li class="ltx_item"><span class="ltx_tag ltx_tag_item">{}</span>{}</li>'
    one, two = item.format("(i)", paragraph("a")), item.format("(ii)", paragraph("b") + paragraph("c"))
    document = read(f'<ol class="ltx_enumerate">{one}{two}</ol>')
    marks = [(block.margins[0].marker, block.margins[0].opens) for block in document.blocks]
    assert marks == [("(i)", True), ("(ii)", True), ("(ii)", False)]


def test_a_footnote_stands_behind_its_paragraph() -> None:
    note = (
        '<span id="fn1" class="ltx_note ltx_role_footnote"><sup class="ltx_note_mark">1</sup><span '
        'class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">1</sup>'
        '<span class="ltx_tag ltx_tag_note">1</span>A note.</span></span></span>'
    )
    first, second, third = blocks(paragraph(f"Text{note} goes on.") + paragraph("Next."))
    assert isinstance(first, TextParagraph)
    assert said(first.content) == "Text[note:1] goes on."
    assert isinstance(second, TextParagraph)
    assert (content_text(second.content), second.margins[0].marker) == ("A note.", "1")
    assert third.margins == ()


def test_a_table_keeps_spans_heads_and_rules() -> None:
    rows = (
        cell("Name", 'rowspan="2"', "ltx_align_left ltx_border_t")
        + cell("Scores", 'colspan="2"', "ltx_border_t"),
        cell("a") + cell("b", classes="ltx_align_right"),
    )
    caption = '<figcaption class="ltx_caption"><span class="ltx_tag">Table 1: </span>Of scores.</figcaption>'
    document = read(f'<figure id="S1.T1" class="ltx_table">{table(*rows)}{caption}</figure>')
    above, block = document.blocks
    assert isinstance(above, Caption)
    assert (above.kind, above.label, content_text(above.content)) == ("table", "Table 1", "Of scores.")
    assert isinstance(block, TextTable)
    assert block.columns == 3
    assert [(cell.width, cell.height) for cell in block.rows[0].cells] == [(1, 2), (2, 1)]
    assert block.rows[0].ruled
    assert block.rows[1].cells[1].align == "r"
    assert document.places[0].address == "Table 1"


def test_a_figure_is_its_caption_and_its_pictures() -> None:
    figure = (
        '<figure id="S1.F1" class="ltx_figure"><img src="x1.png" class="ltx_graphics" alt="Refer to caption">'
        '<img src="" class="ltx_graphics ltx_missing ltx_missing_image" alt="">'
        '<figcaption class="ltx_caption"><span class="ltx_tag">Figure 4: </span>Curves.</figcaption></figure>'
    )
    document = read(figure)
    caption, picture = document.blocks
    assert isinstance(caption, Caption)
    assert isinstance(picture, Picture)
    assert (caption.label, picture.sources, picture.missing) == ("Figure 4", ("x1.png",), 1)
    assert (document.places[0].address, document.places[0].title) == ("Figure 4", "Curves.")
    assert document.losses.pictures == 1


def test_panels_are_addressed_with_their_figure() -> None:
    panel = (
        '<figure id="F1.sf1" class="ltx_figure ltx_figure_panel"><img src="a.png" class="ltx_graphics">'
        '<figcaption class="ltx_caption"><span class="ltx_tag">(a) </span>left</figcaption></figure>'
    )
    caption = '<figcaption class="ltx_caption"><span class="ltx_tag">Figure 1: </span>Both.</figcaption>'
    document = read(f'<figure id="F1" class="ltx_figure">{panel}{caption}</figure>')
    assert [place.address for place in document.places] == ["Figure 1", "Figure 1(a)"]


def test_a_picture_from_elsewhere_is_not_asked_for() -> None:
    sources = ("https://evil.example/x.png", "//evil.example/x.png", "data:image/png;base64,AA")
    for source in sources:
        (block,) = blocks(f'<figure class="ltx_figure"><img src="{source}" class="ltx_graphics"></figure>')
        assert isinstance(block, Picture)
        assert (block.sources, block.missing) == ((), 1)


def test_the_bibliography_has_labels_and_no_backward_links() -> None:
    item = (
        '<li id="bib.bib1" class="ltx_bibitem"><span class="ltx_tag ltx_tag_bibitem">[12]</span>'
        '<span class="ltx_bibblock">D. Author. </span>\n<span class="ltx_bibblock">A title.</span>'
        '<span class="ltx_bibblock ltx_bib_cited">Cited by: <a href="#S1">§1</a>.</span></li>'
    )
    document = read(section("References", f'<ul class="ltx_biblist">{item}</ul>', "", "bib", "bibliography"))
    reference = document.blocks[1]
    assert isinstance(reference, Reference)
    assert (reference.label, content_text(reference.content)) == ("[12]", "D. Author. A title.")
    assert [place.address for place in document.places] == ["References", "[12]"]


def test_code_is_as_its_author_wrote_it() -> None:
    data = "ZGVmIGYoeCk6CiAgICByZXR1cm4geCAgIyAkeCQK"  # def f(x):, and four spaces in the next line
    lines = "".join(
        f'<div class="ltx_listingline"><span class="ltx_tag ltx_tag_listingline">{number}</span>tight</div>'
        for number in (1, 2)
    )
    listing = (
        '<div class="ltx_listing ltx_lst_language_Python ltx_lstlisting"><div class="ltx_listing_data">'
        f'<a href="data:text/plain;base64,{data}">⬇</a></div>{lines}</div>'
    )
    (block,) = blocks(listing)
    assert isinstance(block, CodeListing)
    assert [(line.number, content_text(line.content)) for line in block.lines] == [
        ("1", "def f(x):"),
        ("2", "    return x  # $x$"),
    ]
    assert block.language == "Python"


def test_raised_and_lowered_words_keep_their_place() -> None:
    (block,) = blocks(paragraph('H<sub class="ltx_sub">2</sub>O and 3<sup class="ltx_sup">rd</sup>'))
    assert isinstance(block, TextParagraph)
    assert said(block.content) == "H[sub:2]O and 3[super:rd]"


def test_a_formula_folded_over_lines_is_one() -> None:
    (block,) = blocks(paragraph(math("a_{%\n i}+b")))
    assert isinstance(block, TextParagraph)
    assert block.content == (Run("a_{i}+b", "formula"),)
