"""Thousands of real titles and abstracts through every format and back, where they are at hand."""

from __future__ import annotations

import gzip
import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

from tests.corpus import SHARED
from tui_digest.entry import Entry
from tui_digest.export.collection import Collection
from tui_digest.export.markdown_escape import Dialect, paragraph_markdown
from tui_digest.export.rendering import render
from tui_digest.export.segments import is_formula_segment, readable, text_segments
from tui_digest.latex import to_unicode
from tui_digest.paper import Paper
from tui_digest.text.sanitise import sanitise

ABSTRACTS = SHARED / "data" / "abstracts.jsonl.gz"
EVERY = 12

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not ABSTRACTS.exists(), reason="no abstracts beside the repository"),
]


@pytest.fixture(scope="module")
def papers() -> tuple[Paper, ...]:
    with gzip.open(ABSTRACTS, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for number, line in enumerate(lines) if number % EVERY == 0]
    names = ("id", "title", "abstract", "primary")
    return tuple(
        Paper(
            **{name: row[name] for name in names},
            version=1,
            authors=tuple(row["authors"]),
            categories=tuple(row["categories"]),
        )
        for row in rows
    )


@pytest.fixture(scope="module")
def collection(papers: tuple[Paper, ...]) -> Collection:
    return Collection(entries=tuple(Entry(paper=paper) for paper in papers))


def bare(text: str) -> str:
    """What of a text must not change: all but spaces, typography and the delimiters of formulas."""
    text = text.translate(str.maketrans("“”‘’–—", "\"\"''--")).replace("…", "...")
    return re.sub(r"\s+|-+|\$|\\[()\[\]]", "", text)


def expected(text: str) -> str:
    """What a reader of Markdown is to see of a text: its words, and its formulas as TeX."""
    return bare("".join(part.tex if is_formula_segment(part) else part.text for part in text_segments(text)))


@pytest.mark.skipif(shutil.which("ruby") is None, reason="Ruby is not installed")
def test_kramdown_shows_every_abstract_as_it_reads(papers: tuple[Paper, ...]) -> None:
    texts = [text for paper in papers for text in (paper.title, paper.abstract)]
    lines = [json.dumps(f"> {paragraph_markdown(text, Dialect.KRAMDOWN)}\n") for text in texts]
    command = ["ruby", str(Path(__file__).with_name("kramdown.rb"))]
    ruby = subprocess.run(command, input="\n".join(lines).encode(), capture_output=True, timeout=300)
    if b"cannot load such file" in ruby.stderr:
        pytest.skip("kramdown is not installed")
    pages = [json.loads(line) for line in ruby.stdout.splitlines()]
    assert len(pages) == len(texts)
    for text, page in zip(texts, pages, strict=True):
        shown = html.unescape(re.sub(r"</?(?:blockquote|p|em|strong|span)>", "", page))
        assert bare(shown) == expected(text)


def test_markdown_shows_every_abstract_as_it_reads(papers: tuple[Paper, ...]) -> None:
    reader = MarkdownIt("gfm-like", {"linkify": False}).use(dollarmath_plugin, double_inline=True)
    for paper in papers:
        quotation = reader.parse(f"> {paragraph_markdown(paper.abstract, Dialect.MARKDOWN)}\n")
        children = quotation[2].children or []
        assert bare("".join(token.content for token in children)) == expected(paper.abstract)
        formulas = [token for token in children if token.type.startswith("math_inline")]
        assert bool(formulas) == any(map(is_formula_segment, text_segments(paper.abstract)))


def test_every_paper_is_read_back_from_every_reference_format(collection: Collection) -> None:
    papers = [entry.paper for entry in collection.entries]
    bibtex = parse_string(render("bibtex", collection))
    assert not bibtex.failed_blocks
    assert [entry.fields_dict["eprint"].value for entry in bibtex.entries] == [paper.id for paper in papers]
    assert len({entry.key for entry in bibtex.entries}) == len(papers)
    titles = [readable(paper.title) for paper in papers]
    assert [record["title"] for record in rispy.loads(render("ris", collection))] == titles
    assert [item["title"] for item in json.loads(render("csl-json", collection))] == titles


def test_exports_read_what_the_screen_reads(papers: tuple[Paper, ...]) -> None:
    for paper in papers:
        for text in (paper.title, paper.abstract, *paper.authors):
            exported = "".join(segment.text for segment in text_segments(text))
            assert exported.split() == to_unicode(sanitise(text)).split()


def test_no_macro_reaches_a_bibliography_as_a_backslash(collection: Collection) -> None:
    entries = parse_string(render("bibtex", collection)).entries
    values = [(field, entry.fields_dict[field].value) for entry in entries for field in ("title", "abstract")]
    printed = [value for field, value in values if "textbackslash" in value]
    assert len(printed) <= len(values) / 1000, printed
