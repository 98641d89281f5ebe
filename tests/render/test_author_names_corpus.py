"""Over real lists of authors, where they are at hand: one reading of names in all that names them."""

from __future__ import annotations

import gzip
import json
import re

import pytest

from tests.corpus import SHARED
from tui_digest.entry import Entry
from tui_digest.export.collection import Collection
from tui_digest.export.rendering import render
from tui_digest.paper import Paper
from tui_digest.render.author_names import author_line, read_authors
from tui_digest.render.plain import plain_page, plain_row
from tui_digest.settings import ExportContents
from tui_digest.tui.page.blocks import lay_out
from tui_digest.tui.page.builder import PageOptions, page
from tui_digest.tui.widgets.paper_row import short_authors

pytestmark = pytest.mark.corpus

ABSTRACTS = SHARED / "data" / "abstracts.jsonl.gz"
USUAL = re.compile(r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*)? [^\W\d_][\w'’-]*")
AFFILIATION = re.compile(r"[():;{}\\$\"]|\bUMR\b|\bpages\b|^(?:CNRS|LJLL|IRMA|China|Germany)$")


@pytest.fixture(scope="module")
def unusual() -> list[Entry]:
    """A quarter of the papers with an author who has not two or three plain words."""
    if not ABSTRACTS.exists():
        pytest.skip(f"no real abstracts at {ABSTRACTS}; set TUI_DIGEST_SHARED")
    with gzip.open(ABSTRACTS, "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    records = [record for record in records if not all(map(USUAL.fullmatch, record["authors"]))][::4]
    return [
        Entry(
            paper=Paper(
                id=record["id"],
                version=1,
                title="Untitled",
                authors=tuple(record["authors"]),
                abstract="",
                categories=("math.AP",),
                primary="math.AP",
            )
        )
        for record in records
    ]


def test_names_are_names(unusual: list[Entry]) -> None:
    assert len(unusual) > 300
    for entry in unusual:
        for name in read_authors(entry.paper.authors).names:
            assert name.family, entry.paper.authors
            assert not AFFILIATION.search(name.full), (name, entry.paper.authors)
            assert "  " not in name.full


def test_references_have_the_same_names(unusual: list[Entry]) -> None:
    papers, contents = Collection(entries=tuple(unusual)), ExportContents(abstract=False)
    csl = json.loads(render("csl-json", papers, contents))
    ris = render("ris", papers, contents).split("ER  - ")
    bibtex = re.findall(r"\n  author = \{(.*)\},\n", render("bibtex", papers, contents))
    atom = render("atom", papers, contents).split("</entry>")
    for entry, item, reference, field, feed in zip(unusual, csl, ris, bibtex, atom, strict=False):
        names = read_authors(entry.paper.authors).names
        assert re.findall(r"^AU  - (.*)$", reference, re.M) == [name.inverted for name in names]
        parts = [
            {"literal": name.family}
            if name.whole
            else {
                "family": name.family,
                "given": name.given,
                "non-dropping-particle": name.particle,
                "suffix": name.suffix,
            }
            for name in names
        ]
        assert item["author"] == [{key: text for key, text in each.items() if text} for each in parts]
        assert len(re.split(r" and (?![^{}]*\})", field.removesuffix(" and others"))) == len(names)
        assert feed.count("<author>") == len(names)
    assert len(csl) == len(bibtex) == len(unusual) == len(ris) - 1 == len(atom) - 1


def test_rows_and_pages_have_the_same_names(unusual: list[Entry]) -> None:
    papers = Collection(entries=tuple(unusual))
    markdown = render("markdown", papers, ExportContents(abstract=False))
    lines = [line for line in markdown.splitlines() if line.startswith("- **Authors:** ")]
    for entry, written in zip(unusual, lines, strict=True):
        authors = entry.paper.authors
        first = read_authors(authors).names[0]
        line = author_line(authors)
        assert short_authors(authors, 3).startswith(first.short)
        assert author_line(authors, 3) in _joined(plain_row(entry, 1000))
        assert line in _joined(plain_page(entry, 10_000))
        options = PageOptions(all_authors=True)
        shown = "\n".join(each.content.plain for each in lay_out(page(entry, options), 10_000))
        assert line in _joined(shown)
        assert re.sub(r"\W", "", f"Authors{line}") == re.sub(r"\W|&\w+;", "", written)


def _joined(text: str) -> str:
    return " ".join(text.split())
