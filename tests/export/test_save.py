"""Exports in their files: names, files that are there already, notes written again."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from tests.export.samples import COLLECTION, DAY, FIRST, SECOND, collection
from tui_digest.entry import Entry
from tui_digest.errors import ExportError
from tui_digest.export.files import WriteOutcome
from tui_digest.export.rendering import render
from tui_digest.export.save import save_beside, save_collection


def test_a_folder_gets_the_file_under_its_own_name(tmp_path: Path) -> None:
    (written,) = save_collection("jekyll", COLLECTION, tmp_path / "_posts")
    assert written == (tmp_path / "_posts" / "2026-11-20-arxiv-digest.md", WriteOutcome.NEW)
    assert written.path.read_bytes().decode() == render("jekyll", COLLECTION)


def test_a_file_named_is_the_file_written(tmp_path: Path) -> None:
    (written,) = save_collection("bibtex", COLLECTION, tmp_path / "my.bib")
    assert written.path == tmp_path / "my.bib"


def test_another_post_is_overwritten_only_by_force(tmp_path: Path) -> None:
    post = tmp_path / "2026-11-20-arxiv-digest.md"
    post.write_text("---\ntitle: my own\n---\n")
    with pytest.raises(
        ExportError, match=r"is there already, and is not a post that was written here.*--force"
    ):
        save_collection("jekyll", COLLECTION, tmp_path)
    assert post.read_text() == "---\ntitle: my own\n---\n"
    assert save_collection("jekyll", COLLECTION, tmp_path, force=True)[0].outcome is WriteOutcome.REPLACED


def test_our_post_of_the_day_is_written_again_until_somebody_edits_it(tmp_path: Path) -> None:
    (first,) = save_collection("jekyll", collection(FIRST), tmp_path)
    assert save_collection("jekyll", collection(FIRST), tmp_path)[0].outcome is WriteOutcome.UNCHANGED
    assert save_collection("jekyll", collection(FIRST, SECOND), tmp_path)[0].outcome is WriteOutcome.REPLACED
    first.path.write_text(first.path.read_text().replace("### Abstract", "I was there.\n\n### Abstract", 1))
    with pytest.raises(ExportError, match="is there already"):
        save_collection("jekyll", collection(FIRST), tmp_path)


@pytest.mark.parametrize("format_name", ["markdown", "bibtex", "ris", "csl-json", "json"])
def test_a_file_that_is_there_is_left_alone(tmp_path: Path, format_name: str) -> None:
    (first,) = save_collection(format_name, COLLECTION, tmp_path)
    assert save_collection(format_name, COLLECTION, tmp_path)[0].outcome is WriteOutcome.UNCHANGED
    before = first.path.read_bytes()
    with pytest.raises(ExportError, match="is there already"):
        save_collection(format_name, collection(SECOND), tmp_path)
    assert first.path.read_bytes() == before


def test_beside_another_file_the_next_name_is_taken(tmp_path: Path) -> None:
    names = [
        save_beside("csl-json", each, tmp_path)[0].path.name for each in (COLLECTION, collection(SECOND))
    ]
    assert names == ["2026-11-20-arxiv-digest.csl.json", "2026-11-20-arxiv-digest-2.csl.json"]
    again = save_beside("csl-json", collection(SECOND), tmp_path)
    assert again[0].outcome is WriteOutcome.UNCHANGED
    assert again[0].path.name == names[1]


def test_notes_are_written_into_a_folder_and_merged(tmp_path: Path) -> None:
    written = save_collection("obsidian", COLLECTION, tmp_path / "vault")
    assert [file.path.name for file in written] == ["2611.01001.md", "hep-th-9901001.md"]
    note = written[0].path
    note.write_text(note.read_text(encoding="utf-8") + "\nMine.\n", encoding="utf-8")
    newer = Entry(paper=msgspec.structs.replace(FIRST.paper, version=2))
    assert (
        save_collection("obsidian", collection(newer), tmp_path / "vault")[0].outcome is WriteOutcome.REPLACED
    )
    assert note.read_text(encoding="utf-8").endswith("\nMine.\n")
    assert "\nversion: 2\n" in note.read_text(encoding="utf-8")


def test_a_note_links_to_earlier_notes_that_share_an_author(tmp_path: Path) -> None:
    (earlier,) = save_collection("obsidian", collection(SECOND), tmp_path)
    rewritten = re.sub(
        r"authors: .*", "authors:\n  - The Example Collaboration\n  - Ada Example", earlier.path.read_text()
    )
    earlier.path.write_text(rewritten)
    (tmp_path / "mine.md").write_text("---\nauthors: [Ada Example]\n---\nNot an export.\n")
    (later,) = save_collection("obsidian", collection(FIRST), tmp_path)
    text = later.path.read_text(encoding="utf-8")
    assert "- [[hep-th-9901001]] A note on Lyapunov exponents of M-theory — also by Ada Example\n" in text
    assert "[[mine]]" not in text
    assert save_collection("obsidian", collection(FIRST), tmp_path)[0].outcome is WriteOutcome.UNCHANGED


def test_a_note_that_is_not_text_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "2611.01001.md").write_bytes(b"\xff\xfe")
    with pytest.raises(ExportError, match="not UTF-8"):
        save_collection("obsidian", collection(FIRST), tmp_path)
    assert (tmp_path / "2611.01001.md").read_bytes() == b"\xff\xfe"


def test_notes_with_windows_line_ends_keep_the_readers_text(tmp_path: Path) -> None:
    (written,) = save_collection("obsidian", collection(FIRST), tmp_path)
    windows = (written.path.read_bytes() + b"Mine.\n").replace(b"\n", b"\r\n")
    written.path.write_bytes(windows)
    save_collection("obsidian", collection(FIRST), tmp_path)
    assert b"Mine." in written.path.read_bytes()
    assert written.path.read_bytes().count(b"tui-digest: begin") == 1
    assert DAY.isoformat().encode() in written.path.read_bytes()
