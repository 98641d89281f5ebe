"""Pages that are broken, cut, mutated or hostile: a document results, and none misleads a terminal."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fulltext.pages import cell, equation, math, page, paragraph, read, section, table
from tui_digest.fulltext import page_tree
from tui_digest.fulltext.blocks import Document, TextParagraph, content_text
from tui_digest.fulltext.read_page import read_page
from tui_digest.fulltext.stored_text import decode_document, encode_document
from tui_digest.render.fulltext.layout import TextLayout, lay_out_text
from tui_digest.text.sanitise import sanitise

WHOLE = page(
    section(
        "Convergence of <b>methods</b>",
        paragraph(
            f'Let {math("x^{2}")} be <a href="#S1.E1">1</a>, see <cite>[<a href="#bib.bib1">12</a>]</cite>.'
        )
        + equation((["a", "=b"], "(1)"), (["", "+c"], ""))
        + table(cell("Name", 'rowspan="2"') + cell("Scores", 'colspan="2"'), cell("1") + cell("2"))
        + f'<ol class="ltx_enumerate"><li class="ltx_item">{paragraph("one")}</li></ol>'
        + '<pre class="ltx_verbatim">a\n  b</pre>',
    )
    + section(
        "References",
        '<ul><li id="bib.bib1" class="ltx_bibitem"><span class="ltx_tag ltx_tag_bibitem">[12]'
        '</span><span class="ltx_bibblock">A. Author.</span></li></ul>',
        "",
        "bib",
        "bibliography",
    )
)

TAGS = (
    "div",
    "p",
    "span",
    "td",
    "tr",
    "table",
    "li",
    "ol",
    "math",
    "annotation",
    "section",
    "figure",
    "svg",
    "g",
    "foreignObject",
    "a",
    "pre",
    "sup",
)
CLASSES = (
    "ltx_para",
    "ltx_p",
    "ltx_section",
    "ltx_title",
    "ltx_tag",
    "ltx_theorem",
    "ltx_proof",
    "ltx_equation",
    "ltx_eqn_row",
    "ltx_eqn_cell",
    "ltx_eqn_eqno",
    "ltx_tabular",
    "ltx_tr",
    "ltx_td",
    "ltx_figure",
    "ltx_caption",
    "ltx_listing",
    "ltx_listingline",
    "ltx_note",
    "ltx_note_content",
    "ltx_ERROR",
    "ltx_bibitem",
    "ltx_item",
    "ltx_picture",
    "ltx_markedasmath",
    "ltx_authors",
    "ltx_creator",
    "ltx_minipage",
    "ltx_verbatim",
    "ltx_document",
    "ltx_graphics",
    "ltx_missing_label",
    "ltx_indexentry",
    "ltx_abstract",
    "ltx_title_document",
    "ltx_break",
)


def check(document: Document) -> None:
    """Whatever the page was, its document can be stored and drawn, and says nothing that misleads."""
    packed = encode_document(document)
    assert decode_document(packed) == document
    for width in (40, 100):
        for line in lay_out_text(document, TextLayout(width)):
            assert "\n" not in line.text
            assert sanitise(line.text) == line.text
            assert all(0 <= span.start < span.end <= len(line.text) for span in line.spans)
    for place in document.places:
        assert 0 <= place.first < place.end <= len(document.blocks)
    assert all(0 <= number < max(1, len(document.blocks)) for number in document.anchors.values())


@given(st.binary(max_size=400))
def test_any_bytes_give_a_document(data: bytes) -> None:
    check(read_page(data))


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(TAGS), st.sampled_from(CLASSES), st.booleans(), st.text(max_size=12)),
        max_size=40,
    )
)
def test_any_nesting_of_the_converters_elements_gives_a_document(
    elements: list[tuple[str, str, bool, str]],
) -> None:
    html = ""
    for tag, name, closes, text in elements:
        html += f'<{tag} id="i{len(html)}" class="{name}" colspan="3" rowspan="2">{text}'
        html += f"</{tag}>" if closes else ""
    check(read_page(page(html)))


@pytest.mark.parametrize(
    "piece",
    [
        "<![foo[ a ]]>",
        "<![",
        "<![CDATA[ a",
        f"&#{'9' * 5000};",
        f"<p title='&#x{'f' * 5000}'>",
        '<svg class="ltx_picture"><path d="M 1.2.3 4 L 5 6"></path></svg>',
        '<svg class="ltx_picture"><path d="M . . L . ."></path></svg>',
    ],
)
def test_what_the_standard_library_does_not_read_is_no_end_of_the_page(piece: str) -> None:
    document = read_page(page(f'<p class="ltx_p">before</p>{piece}<p class="ltx_p">behind</p>'))
    check(document)
    assert "before" in repr(document.blocks)


@pytest.mark.parametrize("seed", range(60))
def test_mutated_pages_give_a_document(seed: int) -> None:
    chance = random.Random(seed)
    text = WHOLE
    for _ in range(chance.randrange(1, 30)):
        start = chance.randrange(len(text))
        end = min(len(text), start + chance.randrange(1, 80))
        piece = text[start:end]
        text = (
            text[:start] + chance.choice(["", piece * 2, piece[::-1], "<", "\x1b[31m", "</div>"]) + text[end:]
        )
    check(read_page(text))


@pytest.mark.parametrize("length", range(0, len(WHOLE), 97))
def test_pages_cut_anywhere_give_a_document(length: int) -> None:
    check(read_page(WHOLE[:length]))


@pytest.mark.parametrize(
    "name",
    ["ltx_para", "ltx_section", "ltx_theorem", "ltx_tabular", "ltx_item", "ltx_figure", "ltx_quote", "x"],
)
def test_nesting_without_end_is_flattened(name: str) -> None:
    depth = 10_000
    html = f'<div class="{name}">' * depth + "deep" + "</div>" * depth
    document = read_page(html)
    assert "deep" in repr(document)
    check(document)


def test_a_table_that_says_any_number_of_columns_stays_a_table() -> None:
    check(read(table(cell("a", 'colspan="99999999" rowspan="99999999"') * 300, cell("b"))))


def test_what_is_larger_than_a_paper_is_cut_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_tree, "LARGEST_PAGE", 3000)
    document = read(paragraph("word " * 2000))
    assert document.losses.cut
    monkeypatch.undo()
    monkeypatch.setattr(page_tree, "MOST_NODES", 200)
    assert read(paragraph("word") * 200).losses.cut


@pytest.mark.parametrize(
    "hostile",
    [
        "\x1b]0;title\x07",
        "&#27;[2J",
        "&#x9b;31m",
        "\u202egnp.exe",
        "a\u200bb",
        "&#8238;evil",
        "\x00",
        "\ud800",
        "&#xD800;",
        "\x85",
        "\u2028",
        "\r\n",
        "\t",
    ],
)
def test_nothing_reaches_the_terminal_that_misleads_it(hostile: str) -> None:
    html = (
        paragraph(f"text {hostile} text", hostile)
        + equation(([hostile, hostile], hostile))
        + table(cell(hostile))
        + f'<pre class="ltx_verbatim">{hostile}</pre>'
        + f'<figure class="ltx_figure"><img src="{hostile}" alt="{hostile}" class="ltx_graphics"></figure>'
        + section(hostile, paragraph(math(hostile, hostile)))
        + f'<a href="https://example.org/{hostile}">link</a>'
    )
    document = read(html)
    check(document)
    suspect = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]")
    assert suspect.search("".join(_all_strings(document))) is None


def _all_strings(record: object) -> list[str]:
    if isinstance(record, str):
        return [record]
    if isinstance(record, tuple):
        return [text for part in record for text in _all_strings(part)]
    if isinstance(record, dict):
        return [text for key in record for text in _all_strings(key)]
    fields = getattr(record, "__struct_fields__", ())
    return [text for field in fields for text in _all_strings(getattr(record, field))]


def test_a_formula_that_is_never_closed_ends_with_its_paragraph() -> None:
    html = '<p class="ltx_p">a <math><annotation encoding="application/x-tex">x</p><p class="ltx_p">after</p>'
    texts = [content_text(block.content) for block in read(html).blocks if isinstance(block, TextParagraph)]
    assert "after" in texts


def test_damaged_stored_text_is_no_text() -> None:
    packed = encode_document(read(paragraph("Text.")))
    assert decode_document(packed[:-9]) is None
    assert decode_document(b"not packed") is None
    assert decode_document(b"") is None
