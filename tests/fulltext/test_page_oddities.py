"""What pages of arXiv's have that a reader of HTML stumbles over, a made-up page for each."""

from __future__ import annotations

import pytest

from tests.fulltext.pages import blocks, cell, equation, math, page, paragraph, read, said, section, table
from tui_digest.fulltext.blocks import (
    CodeListing,
    Drawing,
    Equation,
    Notice,
    Reference,
    TextParagraph,
    TextTable,
    content_text,
)
from tui_digest.fulltext.builder import Builder
from tui_digest.fulltext.page_tree import Element
from tui_digest.fulltext.read_page import HANDLERS, read_page
from tui_digest.latex.symbols.glyphs import cells
from tui_digest.render.fulltext.layout import TextLayout, lay_out_text

SECTION_SIGN = r"\lx@sectionsign"
POEM = r"\poem"


def error(name: str) -> str:
    return f'<span class="ltx_ERROR undefined">{name}</span>'


def test_a_display_equation_inside_a_table_cell_takes_nothing_else_down() -> None:
    inner = (
        '<span class="ltx_inline-block ltx_parbox"><span class="ltx_equation ltx_eqn_table"><span><span '
        'class="ltx_equation ltx_eqn_row"><span class="ltx_eqn_cell ltx_eqn_center_padleft"></span>'
        f'<span class="ltx_eqn_cell">{math("a>0")}</span><span class="ltx_eqn_cell ltx_eqn_eqno">'
        '<span class="ltx_tag ltx_tag_equation">(19)</span></span></span></span></span></span>'
    )
    before, block, after = blocks(paragraph("Before.") + table(cell("x") + cell(inner)) + paragraph("After."))
    assert isinstance(block, TextTable)
    assert said(block.rows[0].cells[1].content) == "$a>0$ (19)"
    assert isinstance(before, TextParagraph)
    assert isinstance(after, TextParagraph)


def test_a_part_that_cannot_be_read_becomes_a_notice() -> None:
    def broken(_: Builder, __: Element) -> None:
        raise ZeroDivisionError

    builder = Builder({**HANDLERS, "ltx_tabular": broken}, frozenset())
    tree = Element("div", {})
    holder = Element("table", {"class": "ltx_tabular"})
    tree.children = ["before", holder, "after"]
    builder.walk(tree)
    builder.end_lead()
    assert [type(block) for block in builder.blocks] == [TextParagraph, Notice, TextParagraph]


def test_verbatim_keeps_spaces_and_line_numbers_stand_apart() -> None:
    verbatim, listing = blocks(
        '<pre class="ltx_verbatim">\nif $x$:\n    \\alpha   &lt;tag&gt;\n</pre>'
        '<div class="ltx_listing"><div class="ltx_listingline">'
        '<span class="ltx_tag ltx_tag_listingline">7</span>'
        '\n<span class="ltx_rule"> </span>&nbsp;<span class="ltx_text ltx_font_bold">end</span></div></div>'
    )
    assert isinstance(verbatim, CodeListing)
    assert [content_text(line.content) for line in verbatim.lines] == ["if $x$:", "    \\alpha   <tag>"]
    assert isinstance(listing, CodeListing)
    assert (listing.lines[0].number, content_text(listing.lines[0].content)) == ("7", "│ end")


def test_a_formula_of_the_converters_own_macro_is_what_its_mathml_says() -> None:
    (block,) = blocks(paragraph(f"See {math(SECTION_SIGN, '§')}2"))
    assert isinstance(block, TextParagraph)
    assert said(block.content) == "See $§$2"


def test_a_commutative_diagram_is_objects_and_arrows() -> None:
    def label(tex: str, x: float, y: float) -> str:
        return (
            f'<g transform="translate({x},{y})"><foreignObject width="8" height="8">'
            f'<span class="ltx_foreignobject_container">{math(tex)}</span></foreignObject></g>'
        )

    def line(x0: float, y0: float, x1: float, y1: float) -> str:
        return f'<path class="droprule" d="M {x0} {y0} L {x1} {y1}"></path>'

    svg = (
        '<svg class="ltx_picture ltx_markedasmath"><g transform="matrix(1 0 0 -1 0 0)">'
        + label("\\textstyle{A\\ignorespaces}", -4, -4)
        + label("\\textstyle{B}", 46, -4)
        + label("\\textstyle{C}", -4, -54)
        + label("\\scriptstyle{f}", 21, 6)
        + label("\\scriptstyle{g}", -14, -29)
        + line(8, 0, 42, 0)
        + '<g transform="translate(42,0)"><path d="M 0 0 A 13 13 45 0 0 -6.92 2.77"/></g>'
        + line(0, -42, 0, -8)
        + '<g transform="translate(0,-42)"><path d="M 0 0 A 13 13 45 0 0 2.77 6.92"/></g>'
        + "</g></svg>"
    )
    document = read(equation((["x", "=y"], "")) + svg)
    drawing = document.blocks[1]
    assert isinstance(drawing, Drawing)
    assert [content_text(label) for label in drawing.labels] == ["{A}", "{B}", "{C}"]
    arrows = [(arrow.start, arrow.end, content_text(arrow.label)) for arrow in drawing.arrows]
    assert arrows == [(0, 1, "{f}"), (0, 2, "{g}")]
    assert "Diagram: A → B (f),  A → C (g)" in [line.text for line in lay_out_text(document, TextLayout(80))]
    assert document.losses.drawings == 0


def test_words_between_the_lines_of_a_display_are_a_row_of_their_own() -> None:
    rows = equation((["a", "=b"], "(1)"), (["c", "=d"], f"({math(chr(92) + 'star')})"))
    words = (
        '<tbody><tr class="ltx_eqn_row"><td class="ltx_eqn_cell ltx_align_left" colspan="5">so that</td></tr>'
        "</tbody><tbody"
    )
    (block,) = blocks(words.join(rows.rsplit("<tbody", 1)))
    assert isinstance(block, Equation)
    assert [row.number for row in block.rows] == ["(1)", "", "(⋆)"]
    assert content_text(block.rows[1].words) == "so that"


def test_the_conversions_date_is_not_the_papers() -> None:
    assert "2026" not in repr(read('<div class="ltx_dates">August 24, 2026</div>' + paragraph("Text.")))


def test_authors_are_names_with_what_is_noted_of_them() -> None:
    contact = '<span class="ltx_contact ltx_role_{}"><span class="ltx_contact_name">{}: </span>{}</span>'
    notes = (
        contact.format("affiliation", "Affiliation", "A University\n, Town")
        + contact.format("orcid", "OrcID", '<a href="https://orcid.org/"></a>')
        + contact.format("email", "Email", "a@example.org")
    )
    creator = (
        '<span class="ltx_creator ltx_role_author"><span class="ltx_personname">Ann Author\n</span>'
        f'<span class="ltx_author_notes"><span class="ltx_author_notes_content">{notes}</span></span></span>'
    )
    thanks = (
        '<span class="ltx_pubnotes"><span class="ltx_pubnotes_content">'
        '<span class="ltx_pubnote ltx_role_thanks">'
        '<span class="ltx_note_name">Thanks: </span>Nobody.</span></span></span>'
    )
    document = read_page(
        page(f'<div class="ltx_authors">{creator}</div>' + paragraph("Text.")).replace(
            "</h1>", f"{thanks}</h1>"
        )
    )
    assert content_text(document.title) == "On made-up pages"
    texts = [content_text(block.content) for block in document.blocks if isinstance(block, TextParagraph)]
    assert texts == ["Thanks: Nobody.", "Ann Author", "A University, Town; a@example.org", "Text."]


@pytest.mark.parametrize("text", ["", "LABEL:eq:main"])
def test_a_reference_to_nothing_is_a_question_mark_and_counted(text: str) -> None:
    document = read(paragraph(f'Theorem <span class="ltx_ref ltx_missing_label">{text}</span>.'))
    (block,) = document.blocks
    assert isinstance(block, TextParagraph)
    assert said(block.content) == "Theorem [unknown:?]."
    assert document.losses.labels == 1


def test_the_arguments_of_an_unknown_theorem_environment_become_its_head() -> None:
    html = (
        f'<div class="ltx_para">{error("{restatable}")}<p class="ltx_p">lemmasmooth\n\nUp to sets.</p></div>'
    )
    document = read(html)
    (block,) = document.blocks
    assert isinstance(block, TextParagraph)
    assert (content_text(block.lead), content_text(block.content)) == ("Lemma.", "Up to sets.")
    assert document.losses.commands == 1


def test_an_unknown_command_is_named_inside_a_sentence_and_counted_elsewhere() -> None:
    sentence = f'<p class="ltx_p">In {error(POEM)}we trust.</p>'
    document = read(f'<div class="ltx_para">{error("{minted}")}{sentence}</div>')
    (block,) = document.blocks
    assert isinstance(block, TextParagraph)
    assert said(block.content) == f"In [unknown:{POEM}] we trust."
    assert document.losses.commands == 2


def test_a_part_of_commands_alone_becomes_one_sentence() -> None:
    plot = " ".join(f"{error(chr(92) + 'addplot')}[mark={number}]" for number in range(6))
    caption = '<figcaption class="ltx_caption"><span class="ltx_tag">Figure 2: </span>A plot.</figcaption>'
    document = read(
        paragraph(plot) + f'<figure class="ltx_figure"><p class="ltx_p">{plot}</p>{caption}</figure>'
    )
    sentence = "Not converted by arXiv: 6 commands it does not know. The PDF has it."
    assert [block.text for block in document.blocks if isinstance(block, Notice)] == [sentence, sentence]
    assert (document.losses.commands, document.losses.parts) == (12, 2)


def test_prose_with_a_few_unknown_commands_stays_prose() -> None:
    words = " and many more words than commands are in here, as in any paragraph of prose"
    (block,) = blocks(paragraph(" ".join(f"{error(chr(92) + 'name')}{words}" for _ in range(5))))
    assert isinstance(block, TextParagraph)


def test_the_preamble_before_the_title_is_left_out_and_told() -> None:
    preamble = (
        f'<div class="ltx_para">{error(chr(92) + "usetikzlibrary")}<p class="ltx_p">positioning</p></div>'
    )
    html = page(paragraph("Text.")).replace("<h1 ", f"{preamble}<h1 ")
    document = read_page(html)
    assert isinstance(document.blocks[0], Notice)
    assert "positioning" not in repr(document.blocks)


def test_tables_in_cells_and_stacked_words_are_lines() -> None:
    nested = table(cell("n") + cell("m"), cell("o") + cell("p"))
    stacked = '<span class="ltx_inline-block"><span class="ltx_p">a</span><span class="ltx_p">b</span></span>'
    (block,) = blocks(table(cell(nested) + cell(stacked)))
    assert isinstance(block, TextTable)
    assert [content_text(one.content) for one in block.rows[0].cells] == ["n  m\no  p", "a\nb"]


def test_that_a_long_table_goes_on_in_print_is_not_said() -> None:
    html = table(cell("a") + cell("b")).replace(
        "</table>",
        '<tfoot class="ltx_tfoot"><tr class="ltx_tr"><th class="ltx_td ltx_th" colspan="2">Continued on next'
        "</th></tr></tfoot></table>",
    )
    (block,) = blocks(html)
    assert isinstance(block, TextTable)
    assert len(block.rows) == 1


def test_a_description_list_runs_its_terms_into_the_text() -> None:
    html = (
        '<dl class="ltx_description"><dt class="ltx_item"><span class="ltx_tag ltx_tag_item">Term</span></dt>'
        f'<dd class="ltx_item">{paragraph("means this.")}</dd></dl>'
    )
    (block,) = blocks(html)
    assert isinstance(block, TextParagraph)
    assert (said(block.lead), content_text(block.content)) == ("[strong:Term]", "means this.")


def test_a_note_in_the_margin_and_an_index_are_read() -> None:
    margin = (
        '<span class="ltx_note ltx_marginpar ltx_role_margin"><sup class="ltx_note_mark">†</sup><span '
        'class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">†</sup><span '
        'class="ltx_note_type">margin: </span><span class="ltx_p">Aside</span></span></span></span>'
    )
    index = (
        '<ul class="ltx_indexlist"><li class="ltx_indexentry"><span class="ltx_indexphrase">entry</span>'
        '<span class="ltx_indexrefs"> <a href="#S1">§1</a></span></li></ul>'
    )
    texts = [
        content_text(block.content)
        for block in blocks(paragraph(f"Text.{margin}") + section("Index", index, "", "idx", "index"))
        if isinstance(block, TextParagraph)
    ]
    assert texts == ["Text.†", "Aside", "entry §1"]


def test_lines_are_measured_in_cells() -> None:
    accented = "Đặng Văn " + "n\u0303o\u0301\u0323 " * 40 + "漢字" * 40
    for width in (40, 60, 80):
        lines = lay_out_text(read(paragraph(accented)), TextLayout(width))
        assert max(cells(line.text) for line in lines) <= width


def test_a_bibliography_in_names_and_years_keeps_them_as_labels() -> None:
    item = (
        '<li id="bib.bib4" class="ltx_bibitem"><span class="ltx_tag ltx_tag_bibitem">Meier <em '
        'class="ltx_emph ltx_font_italic">et al.</em> (2007)</span>'
        '<span class="ltx_bibblock">Granular.</span></li>'
    )
    (reference,) = blocks(f'<ul class="ltx_biblist">{item}</ul>')
    assert isinstance(reference, Reference)
    assert reference.label == "Meier et al. (2007)"


def test_a_level_of_an_algorithm_is_two_cells_however_its_spaces_are_made() -> None:
    spaces = ("", "\u2003\u2002", "\u2003\u2003\u2003", "\u2003\u2003\u2003\u2003\u2002")
    lines = "".join(f'<div class="ltx_listingline">{one}x</div>' for one in spaces)
    (block,) = blocks(f'<div class="ltx_listing">{lines}</div>')
    assert isinstance(block, CodeListing)
    assert [content_text(line.content) for line in block.lines] == ["x", "  x", "    x", "      x"]
