"""No word of a page is lost: its visible words against the words of its blocks, over whole papers."""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest

from tests.corpus import SHARED
from tui_digest.fulltext.blocks import Document, Equation, Notice, Run, TextMargin
from tui_digest.fulltext.read_page import read_page
from tui_digest.fulltext.stored_text import decode_document, encode_document
from tui_digest.latex.inline.layout import formula_to_unicode
from tui_digest.latex.symbols.glyphs import cells
from tui_digest.render.fulltext.layout import TextLayout, lay_out_text
from tui_digest.text.sanitise import sanitise

PAGES = SHARED / "data" / "html"
NAMES = sorted(path.name.removesuffix(".html.gz") for path in PAGES.glob("*.html.gz"))

# What is no part of the paper, or is told as not converted.
LEFT_OUT = {
    "ltx_dates",
    "ltx_date",
    "ltx_rdf",
    "ltx_page_footer",
    "ltx_TOC",
    "ltx_bib_cited",
    "ltx_contact_name",
    "ltx_note_type",
    "ltx_listing_data",
    "infobox",
    "ltx_ERROR",
    "ltx_note_mark",
    "ltx_tag_note",
    "ltx_page_navbar",
    "ltx_missing_label",
    "ltx_tag_listingline",
}
TAGS_LEFT_OUT = ("script", "style", "math", "head", "nav", "footer")
VOID = ("br", "img", "meta", "link", "hr", "input", "base", "col", "wbr")
PARTS = (
    "p",
    "div",
    "td",
    "th",
    "li",
    "section",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "tr",
    "figcaption",
    "text",
    "foreignobject",
    "dt",
    "dd",
)
PART_CLASSES = {
    "ltx_p",
    "ltx_tag",
    "ltx_bibblock",
    "ltx_note",
    "ltx_td",
    "ltx_pubnote",
    "ltx_contact",
    "ltx_author_notes",
    "ltx_creator",
    "ltx_indexrefs",
}
# How the words of a page are lost in a notice, by page: broken plots, a preamble, a restated
# theorem's name, that a table is continued.
TOLD = {
    "xaiood_llncs": 5300,
    "anysphere_acmart": 90,
    "1707.08043": 4,
    "relconv_tmlr": 10,
    "mcllh_jhep": 2,
    "cfrgame_elsarticle": 3,
    "synthetic_structures": 1,
}

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not NAMES, reason=f"there are no pages in {PAGES}"),
]


class Visible(HTMLParser):
    """The words that a browser shows of the paper itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            self.text.append(" ")
            return
        classes = set((dict(attrs).get("class") or "").split())
        hidden = tag in TAGS_LEFT_OUT or bool(LEFT_OUT & classes)
        self._open.append((tag, hidden))
        self._hidden += hidden
        if tag in PARTS or PART_CLASSES & classes or hidden:
            self.text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                while len(self._open) > place:
                    self._hidden -= self._open.pop()[1]
                self.text.append(" " if tag in PARTS else "")
                return

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text.append(data)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", text.replace("␣", " "))))


def strings(record: object) -> Iterator[str]:
    """All words of a record, formulas left out: those of displays are in their `text`."""
    match record:
        case Run(role="formula" | "note"):
            yield " "
        case Run(text=text):
            yield text
        case TextMargin(marker=marker, opens=opens):
            yield f" {marker} " if opens else ""
        case Notice():
            yield " "
        case Equation(rows=rows):
            for row in rows:
                yield " ".join(re.findall(r"\\text\{([^}]*)", " ".join(row.cells)))
                yield f" {row.number} "
                yield from strings(row.words)
        case msgspec.Struct():
            for name in ("margins", "number", "label", "lead", "content", "labels", "lines", "rows", "cells"):
                yield " "
                yield from strings(getattr(record, name, ()))
            yield " "
        case str():
            yield record
        case tuple():
            for part in record:
                yield " " if isinstance(part, tuple) else ""
                yield from strings(part)


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def source(name: str) -> bytes:
    return gzip.decompress((PAGES / f"{name}.html.gz").read_bytes())


@pytest.fixture(scope="module")
def document(source: bytes) -> Document:
    return read_page(source)


def test_every_visible_word_is_in_a_block(name: str, source: bytes, document: Document) -> None:
    visible = Visible()
    visible.feed(source.decode())
    kept = (
        "".join(strings(document.title))
        + " "
        + " ".join("".join(strings(block)) for block in document.blocks)
    )
    lost = words(sanitise("".join(visible.text))) - words(kept)
    assert lost.total() <= TOLD.get(name, 0), lost.most_common(20)


def test_stored_blocks_come_back_as_they_were(document: Document) -> None:
    assert decode_document(encode_document(document)) == document


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("glyphs", ["full", "ascii"])
def test_no_line_is_wider_than_the_terminal(document: Document, width: int, glyphs: str) -> None:
    signs = "ascii" if glyphs == "ascii" else "unicode"
    lines = lay_out_text(document, TextLayout(width, glyphs, signs))  # type: ignore[arg-type]
    assert [line.text for line in lines if cells(line.text) > width] == []


def test_formulas_show_no_raw_tex(document: Document) -> None:
    formulas = list(_formulas(document.blocks))
    raw = [tex for tex in formulas if "\\" in formula_to_unicode(tex).replace("∖", "")]
    allowed = len(formulas) // 1000
    assert len(raw) <= allowed, raw[:5]


def _formulas(record: object) -> Iterator[str]:
    match record:
        case Run(role="formula", text=tex):
            yield tex
        case Equation(rows=rows):
            for row in rows:
                yield from filter(None, row.cells)
        case msgspec.Struct():
            for field in record.__struct_fields__:
                yield from _formulas(getattr(record, field))
        case tuple():
            for part in record:
                yield from _formulas(part)


def test_there_are_pages_of_both_converters() -> None:
    generators = {
        read_page(gzip.decompress(Path(PAGES / f"{one}.html.gz").read_bytes())).generator for one in NAMES
    }
    assert any("oxide" in generator for generator in generators)
    assert any("0.8.8" in generator for generator in generators)
