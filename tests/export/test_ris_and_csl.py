"""RIS that rispy reads back and CSL-JSON that fits the schema, whatever a paper holds."""

from __future__ import annotations

import json

import jsonschema
import msgspec
import pytest
import rispy
from hypothesis import given

from tests.export.samples import COLLECTION, FIRST, SECOND, collection, hostile_entries, patient
from tui_digest.entry import Entry
from tui_digest.export.csl import render_csl
from tui_digest.export.ris import render_ris
from tui_digest.export.segments import readable, readable_paragraphs
from tui_digest.paper import Paper
from tui_digest.text.sanitise import one_line

_TEXT = {"type": "string", "minLength": 1}
_NAME = {
    "type": "object",
    "properties": dict.fromkeys(
        ("family", "given", "non-dropping-particle", "dropping-particle", "suffix", "literal"), _TEXT
    ),
    "additionalProperties": False,
    "minProperties": 1,
}
_DAY = {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3}
_TEXTS = (
    "title",
    "abstract",
    "note",
    "keyword",
    "publisher",
    "archive",
    "number",
    "DOI",
    "URL",
    "container-title",
)
# The part of CSL 1.0.2's csl-data.json that concerns what is written here.
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "id": _TEXT,
            "type": {"const": "article"},
            "author": {"type": "array", "items": _NAME},
            "issued": {
                "type": "object",
                "properties": {"date-parts": {"type": "array", "items": _DAY, "minItems": 1, "maxItems": 2}},
                "required": ["date-parts"],
                "additionalProperties": False,
            },
            **dict.fromkeys(_TEXTS, _TEXT),
        },
        "required": ["id", "type"],
        "additionalProperties": False,
    },
}


def test_ris_says_what_is_known() -> None:
    first, second = rispy.loads(render_ris(COLLECTION))
    assert first["type_of_reference"] == "UNPB"
    assert (
        first["title"]
        == r"Sampling with PDE constraints: a bound of $\mathcal{O}(1/\sqrt{T})$ for Rényi flows"
    )
    assert first["authors"] == ["Example, Ada", "von der Muster, Björn", "Sample, Cy, Jr."]
    assert first["accession_number"] == "arXiv:2611.01001v1"
    assert first["date"] == "2026/11/18"
    assert second["year"] == "1999"
    assert second["journal_name"] == "J. Examples 12 (1999) 3–14"


@patient
@given(hostile_entries())
def test_hostile_papers_are_read_back_from_ris_equal(entry: Entry) -> None:
    first, second = rispy.loads(render_ris(collection(entry, SECOND)))
    assert first.get("title", "") == one_line(readable(entry.paper.title))
    assert first.get("abstract", "") == one_line(readable_paragraphs(entry.paper.abstract))
    assert first["accession_number"] == "arXiv:2611.01001v1"
    assert second["accession_number"] == "arXiv:hep-th/9901001v3"
    assert "unknown_tag" not in first


@patient
@given(hostile_entries())
def test_hostile_papers_fit_the_csl_schema(entry: Entry) -> None:
    items = json.loads(render_csl(collection(entry, SECOND)))
    jsonschema.validate(items, CSL)
    assert [item["number"] for item in items] == ["arXiv:2611.01001v1", "arXiv:hep-th/9901001v3"]
    assert items[0].get("title", "") == readable(entry.paper.title)


def test_csl_has_names_in_parts_and_dates_as_far_as_known() -> None:
    first, second = json.loads(render_csl(COLLECTION))
    assert first["author"][1] == {"family": "Muster", "given": "Björn", "non-dropping-particle": "von der"}
    assert first["author"][2] == {"family": "Sample", "given": "Cy", "suffix": "Jr."}
    assert first["issued"] == {"date-parts": [[2026, 11, 18]]}
    assert second["author"][0] == {"literal": "The Example Collaboration"}
    assert second["issued"] == {"date-parts": [[1999, 1]]}


@pytest.mark.parametrize(
    ("id_", "parts"), [("0704.0001", [2007, 4]), ("9912.00001", [1999, 12]), ("math/0311001", [2003, 11])]
)
def test_the_month_is_known_from_the_id(id_: str, parts: list[int]) -> None:
    paper: Paper = msgspec.structs.replace(FIRST.paper, id=id_, published=None)
    (item,) = json.loads(render_csl(collection(Entry(paper=paper))))
    assert item["issued"] == {"date-parts": [parts]}


def test_paragraphs_of_an_abstract_stay_paragraphs() -> None:
    paper = msgspec.structs.replace(FIRST.paper, abstract="One thing.\n  TY  - another\nline.")
    entry = Entry(paper=paper)
    assert "AB  - One thing.\nTY - another line.\n" in render_ris(collection(entry))
    (item,) = json.loads(render_csl(collection(entry)))
    assert item["abstract"] == "One thing.\n\nTY - another line."
