"""Each format of the made-up day, compared with a file that was read by eye."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from tests.export.samples import COLLECTION, collection, hostile_entries
from tui_digest.entry import Entry
from tui_digest.errors import UsageError
from tui_digest.export import FORMATS
from tui_digest.export.rendering import file_name, render, render_files
from tui_digest.settings import ExportContents

GOLDEN = Path(__file__).parent / "golden"
NAMES = {
    "markdown": "digest.md",
    "jekyll": "post.md",
    "bibtex": "digest.bib",
    "ris": "digest.ris",
    "csl-json": "digest.csl.json",
    "json": "digest.json",
    "jsonl": "digest.jsonl",
    "obsidian": "notes.md",
    "atom": "digest.atom",
    "html": "digest.html",
    "eml": "digest.eml",
}


@pytest.mark.parametrize("format_name", FORMATS)
def test_the_made_up_day_is_as_in_its_file(format_name: str) -> None:
    expected = (GOLDEN / NAMES[format_name]).read_bytes().decode()
    assert render(format_name, COLLECTION) == expected


@settings(deadline=None, max_examples=15)
@given(hostile_entries())
def test_the_same_input_gives_the_same_text(entry: Entry) -> None:
    for format_name in FORMATS:
        once = render(format_name, collection(entry, entry))
        assert once == render(format_name, collection(entry, entry))
        assert once.encode("utf-8", "surrogateescape")


@pytest.mark.parametrize("format_name", FORMATS)
def test_what_is_left_out_is_not_there(format_name: str) -> None:
    contents = ExportContents(abstract=False, explanation=False, notes=False, marks=False)
    text = render(format_name, COLLECTION, contents)
    for left_out in ("Old ids have a slash", "Problem setup", "a-model", "last* week", "to-read", "to read"):
        assert left_out not in text


def test_an_unknown_format_is_told_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="no export format 'docx'; formats are markdown, jekyll"):
        render("docx", COLLECTION)


def test_files_are_named_by_day_paper_or_both() -> None:
    assert file_name("jekyll", COLLECTION) == "2026-11-20-arxiv-digest.md"
    assert file_name("bibtex", COLLECTION) == "2026-11-20-arxiv-digest.bib"
    assert list(render_files("obsidian", COLLECTION)) == ["2611.01001.md", "hep-th-9901001.md"]
