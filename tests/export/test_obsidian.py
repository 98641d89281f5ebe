"""Notes that link to each other and keep what the reader wrote into them."""

from __future__ import annotations

import re

import msgspec
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.export.samples import COLLECTION, FIRST, SECOND, collection, hostile_entries, hostile_text, patient
from tui_digest.entry import Entry
from tui_digest.export.obsidian import render_notes
from tui_digest.export.obsidian_links import card_of_entry, card_of_note
from tui_digest.export.obsidian_merge import BEGIN, END, merge
from tui_digest.paper import Paper


def properties(note: str) -> dict[str, object]:
    return dict(yaml.safe_load(note.split("---\n")[1]))


def other(number: int) -> Entry:
    """One more paper, by an author of its own."""
    paper: Paper = msgspec.structs.replace(
        SECOND.paper, id=f"2611.{number:05}", authors=(f"Author {number}",), title=f"Paper {number}"
    )
    return Entry(paper=paper)


def test_a_note_of_an_earlier_version_is_merged_by_its_marks() -> None:
    begin = "%% tui-digest: begin. What stands up to the end mark is written anew by each export. %%"
    end = "%% tui-digest: end. What stands below is yours. %%"
    old = f"---\ntitle: a\n---\nmine\n{begin}\nold text\n{end}\nmy own\n"
    merged = merge(old, f"---\ntitle: b\n---\n{BEGIN}\nnew text\n{END}\n")
    assert merged == f"---\ntitle: b\n---\nmine\n{BEGIN}\nnew text\n{END}\nmy own\n"


def test_papers_link_by_shared_author_or_by_the_export() -> None:
    notes = render_notes(collection(FIRST, SECOND, other(3)))
    assert (
        "- [[hep-th-9901001]] A note on Lyapunov exponents of M-theory — also by Ada Example"
        in notes["2611.01001"]
    )
    assert "- [[2611.00003]] Paper 3 — exported together" in notes["2611.01001"]
    assert "[[2611.01001]]" in notes["2611.00003"]


def test_in_a_large_export_only_neighbours_and_shared_authors_are_linked() -> None:
    notes = render_notes(collection(*(other(number) for number in range(1, 60))))
    assert re.findall(r"\[\[(.*?)\]\]", notes["2611.00030"]) == ["2611.00029", "2611.00031"]


def test_properties_are_yaml_and_ids_stay_strings() -> None:
    fields = properties(render_notes(COLLECTION)["2611.01001"])
    assert fields["arxiv"] == "2611.01001"
    assert fields["authors"] == ["Ada Example", "Björn von der Muster", "Cy Sample Jr."]
    assert fields["mark"] == "to-read"
    assert "mark" not in properties(render_notes(COLLECTION)["hep-th-9901001"])


def test_the_readers_text_properties_and_tags_stay_when_exported_again() -> None:
    old = render_notes(collection(FIRST))["2611.01001"]
    old = old.replace(
        'tags: ["arxiv"]', "tags:\n  - arxiv\n  - mine\nrating: 5\n# a comment\ndue: 2026-12-01"
    )
    old = f"{old.replace(BEGIN, f'My own opening.{chr(10)}{BEGIN}')}\n## My thoughts\n\nUse $T$ here.\n"
    newer = Entry(paper=msgspec.structs.replace(FIRST.paper, version=2, title="A new title"))
    merged = merge(old, render_notes(collection(newer))["2611.01001"])

    fields = properties(merged)
    assert (fields["title"], fields["version"]) == ("A new title", 2)
    assert (fields["tags"], fields["rating"]) == (["arxiv", "mine"], 5)
    assert "mark" not in fields
    assert "# a comment" in merged
    assert "My own opening.\n" in merged
    assert merged.endswith("\n## My thoughts\n\nUse $T$ here.\n")
    assert "Problem setup" not in merged
    assert merged.count(BEGIN) == merged.count(END) == 1


@pytest.mark.parametrize(
    "old",
    [
        "Only my text.\n",
        "---\nrating: 5\n---\nMy text.\n",
        "---\n# mine\ntitle: theirs\n# after\nno property\n'a: b': 1\nlist:\n- one\n- two\n---\n  My text.\n",
        "---\nan unclosed rule\n",
        f"My text.\n{BEGIN}\nthe end mark is gone\n",
        f"My text.\n{END}\nthe wrong way round\n{BEGIN}\n",
        "",
    ],
)
def test_a_note_without_our_marks_keeps_every_line(old: str) -> None:
    new = render_notes(collection(FIRST))["2611.01001"]
    merged = merge(old, new)
    kept = merged.split("\n")
    assert all(line in kept for line in old.split("\n") if line != "title: theirs")
    assert "Sampling with PDE constraints" in merged
    assert merge(merged, new) == merged


@patient
@given(hostile_entries(), hostile_text)
def test_writing_again_changes_nothing_of_the_readers(entry: Entry, text: str) -> None:
    (new,) = render_notes(collection(entry)).values()
    assert new.count(BEGIN) == new.count(END) == 1
    mine = text.replace(BEGIN, "").replace(END, "")
    once = merge(f"{new}{mine}", new)
    assert once == f"{new}{mine}"
    assert merge(once, new) == once


@patient
@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\n")), max_size=5))
def test_whatever_lines_the_reader_adds_to_the_properties_stay(lines: list[str]) -> None:
    new = render_notes(collection(FIRST))["2611.01001"]
    added = [f"# {line}" for line in lines] + [f"own{line}" for line in lines]
    old = new.replace("\ntags:", "".join(f"\n{line}" for line in added) + "\ntags:")
    head = merge(old, new).split("\n---\n")[0].split("\n")
    assert all(line in head for line in added)


@patient
@given(hostile_entries())
def test_no_field_links_embeds_or_hides_text(entry: Entry) -> None:
    (note,) = render_notes(collection(entry)).values()
    body = note.split(BEGIN)[1].split(END)[0]
    assert "[[" not in body
    assert "%%" not in body
    yaml.safe_load(note.split("\n---\n")[0].removeprefix("---\n"))


@patient
@given(hostile_entries())
def test_a_note_is_known_again_by_its_properties(entry: Entry) -> None:
    ((name, note),) = render_notes(collection(entry)).items()
    card = card_of_note(name, note)
    assert card is not None
    assert card == card_of_entry(entry)
