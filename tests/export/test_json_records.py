"""JSON with the documented fields, the same for every paper."""

from __future__ import annotations

import json

from hypothesis import given

from tests.export.samples import COLLECTION, FIRST, SECOND, collection, hostile_entries, patient
from tui_digest.entry import Entry
from tui_digest.export.collection import Collection
from tui_digest.export.json_records import paper_fields
from tui_digest.export.rendering import render

FIELDS = (
    "id version title authors abstract categories primary announce_type announced published updated comment "
    "journal_ref doi abs_url pdf_url mark read note tags reasons explanation"
)


def test_a_paper_has_the_documented_fields_null_where_unknown() -> None:
    paper = json.loads(render("json", COLLECTION))["papers"][1]
    assert " ".join(paper) == FIELDS
    assert paper["id"] == "hep-th/9901001"
    assert (paper["published"], paper["doi"], paper["mark"], paper["note"], paper["explanation"]) == (
        None,
    ) * 5
    assert paper["read"] is False
    assert paper["journal_ref"] == "J. Examples 12 (1999) 3--14"


def test_title_and_abstract_are_tex_as_arxiv_has_them() -> None:
    paper = json.loads(render("jsonl", COLLECTION).split("\n")[0])
    assert paper["title"] == FIRST.paper.title
    assert paper["abstract"] == FIRST.paper.abstract
    assert paper["published"] == "2026-11-18T09:30:00Z"
    assert paper["mark"] == "to-read"
    assert paper["explanation"]["receipt"]["tokens_out"] == 903


def test_a_digest_says_how_complete_it_is() -> None:
    digest = json.loads(render("json", COLLECTION))
    assert list(digest) == ["date", "categories", "completeness", "papers"]
    assert digest["date"] == "2026-11-20"
    assert digest["completeness"] == {
        "state": "partial",
        "shown": 2,
        "announced": 3,
        "counts": {"new": 1, "replace": 1},
        "note": "One paper could not be fetched.",
    }
    assert json.loads(render("json", Collection(entries=())))["completeness"] is None


@patient
@given(hostile_entries())
def test_hostile_papers_are_read_back_equal(entry: Entry) -> None:
    lines = render("jsonl", collection(entry, SECOND)).encode().split(b"\n")
    assert len(lines) == 3
    paper = json.loads(lines[0])
    for name in ("title", "abstract", "comment", "journal_ref", "doi"):
        assert paper[name] == getattr(entry.paper, name).encode("utf-16", "surrogatepass").decode(
            "utf-16", "replace"
        )


def test_the_fields_are_ready_to_be_written_without_an_encoder() -> None:
    assert paper_fields(FIRST)["mark"] == "to-read"
