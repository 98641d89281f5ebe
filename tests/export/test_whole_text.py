"""Whole texts as Markdown."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.export import samples
from tests.fulltext.pages import cell, equation, math, page, paragraph, section, table
from tests.tui.fakes import make_explanation
from tui_digest.export.collection import Collection
from tui_digest.export.jekyll import is_untouched_post
from tui_digest.export.markdown_escape import Dialect
from tui_digest.export.rendering import render
from tui_digest.export.whole_text import ExportedText, text_section
from tui_digest.fulltext.read_page import read_page

LISTING = '<pre class="ltx_verbatim">a_b ``` $x$\n    indented</pre>'


def exported(html: str) -> ExportedText:
    return ExportedText(
        document=read_page(page(html)),
        source="arXiv's HTML of v1, fetched 20 Nov.",
        version=1,
        fetched_at=datetime(2026, 11, 20, 9, tzinfo=UTC),
        page_address="https://arxiv.org/html/2611.01001v1",
    )


def markdown(html: str, dialect: Dialect = Dialect.MARKDOWN) -> str:
    return "\n".join(text_section(exported(html), dialect, 2, ""))


def test_headings_are_below_the_texts_own() -> None:
    text = markdown(section("One", section("Two", paragraph("x"), "1.1", "S1.SS1", "subsection")))
    assert "## Text" in text
    assert "### 1 One" in text
    assert "#### 1.1 Two" in text


def test_tex_stays_as_it_is() -> None:
    text = markdown(paragraph(f"Let {math(chr(92) + 'mathcal{O}(1/' + chr(92) + 'sqrt{T})')} be."))
    assert r"$\mathcal{O}(1/\sqrt{T})$" in text


def test_aligned_equations_are_one_display_with_tags() -> None:
    text = markdown(equation((["a", "=b"], "(1)"), (["", "+c"], "(2)")))
    assert r"\begin{align} a & =b \tag{1} \\ & +c \tag{2} \end{align}" in text


def test_a_table_is_one_to_markdown_programs() -> None:
    text = markdown(table(cell("a|b") + cell("two", 'colspan="2"'), cell("1") + cell("2") + cell("3")))
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert html.count("<tr>") == 2
    assert "a|b" in html


def test_code_is_fenced_whatever_is_in_it() -> None:
    html = MarkdownIt("commonmark").render(markdown(LISTING))
    assert "a_b ``` $x$\n    indented" in html


def test_prose_means_nothing_to_markdown() -> None:
    html = MarkdownIt("commonmark").render(
        markdown(paragraph("1. not a list, *no* emphasis, <b> and # 3 [x](y)"))
    )
    assert "<ol>" not in html
    assert "<em>no</em>" not in html
    assert "<a " not in html


@given(st.text(alphabet="ab *_`<>[]()#$|\\-+=1.&~^!\n", max_size=30))
def test_no_words_become_markup(words: str) -> None:
    html = MarkdownIt("commonmark").render(
        markdown(paragraph(words.replace("&", "&amp;").replace("<", "&lt;").replace("$", "")))
    )
    body = html.split("</p>", 1)[1]
    assert re.search(r"<(?:em|strong|code|h\d|ul|ol|blockquote|a|img|pre|hr)\b", body) is None


def post(licence: str | None) -> str:
    first = samples.FIRST
    paper = msgspec.structs.replace(first.paper, licence=licence)
    entry = msgspec.structs.replace(first, paper=paper)
    collection = Collection(
        entries=(entry,), date=samples.DAY, texts={paper.id: exported(paragraph("The whole of it."))}
    )
    return render("jekyll", collection)


@pytest.mark.parametrize(
    "licence",
    ["http://creativecommons.org/licenses/by/4.0/", "http://creativecommons.org/publicdomain/zero/1.0/"],
)
def test_a_post_has_the_text_where_the_licence_allows_it(licence: str) -> None:
    text = post(licence)
    assert "The whole of it." in text
    assert "by the paper's authors, under CC" in text


@pytest.mark.parametrize(
    "licence",
    [
        None,
        "http://arxiv.org/licenses/nonexclusive-distrib/1.0/",
        "http://creativecommons.org/licenses/by-nc-nd/4.0/",
    ],
)
def test_a_post_leaves_the_text_out_where_it_does_not(licence: str | None) -> None:
    text = post(licence)
    assert "The whole of it." not in text
    assert "the paper's licence does not allow it" in text


def test_anchors_of_two_papers_in_a_file_differ() -> None:
    entries = samples.COLLECTION.entries[:2]
    texts = {entry.paper.id: exported(equation((["a", "=b"], "(1)"))) for entry in entries}
    text = render("markdown", Collection(entries=entries, texts=texts))
    anchors = re.findall(r'<a id="([^"]+)">', text)
    assert len(anchors) == len(set(anchors)) == 2


@pytest.mark.parametrize(
    ("changes", "notice"),
    [
        ({}, "an LLM reading only titles/abstracts."),
        ({"shown": "§1, §2, about 900 tokens"}, "reading titles, abstracts and, where it says so, texts."),
    ],
)
def test_a_post_says_what_the_model_read(changes: dict[str, str], notice: str) -> None:
    entry = samples.COLLECTION.entries[0]
    explanation = make_explanation(entry.paper.id, "### Intuition\nSteps. [interpretation]", **changes)
    entries = (msgspec.structs.replace(entry, explanation=explanation),)
    assert notice in render("jekyll", msgspec.structs.replace(samples.COLLECTION, entries=entries))


def test_a_post_with_a_whole_text_is_known_until_somebody_writes_into_it() -> None:
    text = post("http://creativecommons.org/licenses/by/4.0/")
    assert "The whole of it." in text
    assert is_untouched_post(text, samples.DAY)
    assert not is_untouched_post(text.replace("### Abstract", "My own view.\n\n### Abstract", 1), samples.DAY)
