"""Whether arXiv's HTML seems to be the whole paper."""

from __future__ import annotations

import pytest

from tests.fulltext.pages import paragraph, read, section
from tui_digest.fulltext.quality import assess_quality, promised_pages

BIBLIOGRAPHY = section(
    "References",
    '<ul><li class="ltx_bibitem"><span class="ltx_tag ltx_tag_bibitem">[1]</span>'
    '<span class="ltx_bibblock">A. Author.</span></li></ul>',
    "", "bib", "bibliography",
)  # fmt: skip


@pytest.mark.parametrize(
    ("comment", "pages"),
    [
        ("79 pages, 47 tables", 79),
        ("15+3 pages", 18),
        ("12 pp.", 12),
        ("1 page", 1),
        (None, 0),
        ("ICML 2026", 0),
    ],
)
def test_comments_say_how_many_pages_there_are(comment: str | None, pages: int) -> None:
    assert promised_pages(comment) == pages


def test_a_whole_paper_has_no_warning() -> None:
    document = read(paragraph("word " * 4000) + BIBLIOGRAPHY)
    quality = assess_quality(document, "20 pages")
    assert (quality.pages, quality.references, quality.warnings) == (20, 1, ())


def test_far_fewer_words_than_the_pages_promise_are_told() -> None:
    (warning,) = assess_quality(read(paragraph("word " * 400) + BIBLIOGRAPHY), "40 pages").warnings
    assert warning.startswith("The text seems to stop early: about ")
    assert "for 40 pages" in warning


def test_no_references_are_told() -> None:
    (warning,) = assess_quality(read(paragraph("word " * 4000)), "20 pages").warnings
    assert "no references" in warning


def test_a_page_without_text_is_told() -> None:
    assert assess_quality(read("")).warnings == ("arXiv's page holds no text of the paper; the PDF has it.",)
