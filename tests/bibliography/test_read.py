"""Bibliographies of reference managers: arXiv ids, keywords and collections, and files that are none."""

from __future__ import annotations

import pytest

from tui_digest.bibliography.read import read_references
from tui_digest.bibliography.references import ImportedReference, tag_of
from tui_digest.errors import UsageError

BIBTEX = r"""
@comment{ @article{x, eprint={2301.99999}} }
@string{ar = "arXiv preprint arXiv:"}
@article{a1, title = {A {Nice} Title on $\ell_2$}, journal = ar # {2301.00001},
  keywords = {Convex opt, later; +x}, abstract={see arXiv:2301.00009}}
@misc{a2,
  title="On {"}quotes{"} by Erd\H{o}s",
  eprint = {hep-th/9901001v2}, archivePrefix = "arXiv", year=2020
}
@article{a3, title = {No preprint}, doi={10.1000/2301.00001}, url = {https://doi.org/10.1/5}}
@article{a4, doi={10.48550/arXiv.2312.12345}, groups={Reading Group}}
@article{broken, title={never closed
@article{a5, title={After it}, note={arXiv: 2301.00007 [math.OC]}}
@misc{a6, eprint={2301.00008}, archivePrefix={PubMed}}
"""

RIS = """TY  - JOUR
TI  - A title
   that goes on
DO  - 10.48550/arXiv.2301.00002
KW  - one two
KW  - b
AB  - as in arXiv:2301.00009
ER  -

TY  - GEN
T1  - Old
UR  - http://arxiv.org/abs/math.GT/0309136v1
ER  -
"""

CSL = """[
  {"title": "C", "URL": "https://arxiv.org/pdf/2301.00003v2.pdf", "keyword": "a, b"},
  {"title": "D", "note": "arXiv:2301.00004 [cs]", "issued": {"date-parts": [[2023]]}},
  {"title": "none", "DOI": "10.1/2"}
]"""

RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:z="http://www.zotero.org/namespaces/export#" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:dcterms="http://purl.org/dc/terms/" xmlns:bib="http://purl.org/net/biblio#">
  <bib:Article rdf:about="#item_1">
    <dc:title>E</dc:title>
    <dc:subject>my tag</dc:subject>
    <dc:subject><z:AutomaticTag><rdf:value>Computer Science - ML</rdf:value></z:AutomaticTag></dc:subject>
    <dc:identifier><dcterms:URI><rdf:value>http://arxiv.org/abs/2301.00005</rdf:value></dcterms:URI></dc:identifier>
    <dcterms:abstract>as in arXiv:2301.00009</dcterms:abstract>
  </bib:Article>
  <z:Collection rdf:about="#c1">
    <dc:title>Seminar 26</dc:title><dcterms:hasPart rdf:resource="#item_1"/>
  </z:Collection>
  <z:Attachment rdf:about="#i"><dc:title>arXiv:2301.00009.pdf</dc:title></z:Attachment>
</rdf:RDF>"""


def test_bibtex_is_read_with_its_mistakes() -> None:
    found = read_references(BIBTEX.encode())
    assert [(each.number, each.tags) for each in found] == [
        ("2301.00001", ("convex-opt", "later", "x")),
        ("hep-th/9901001", ()),
        ("", ()),
        ("2312.12345", ("reading-group",)),
        ("", ()),
        ("2301.00007", ()),
        ("", ()),
    ]
    assert found[0].title == "A Nice Title on ℓ₂"
    assert found[1].title == 'On "quotes" by Erdős'
    assert found[5].title == "After it"


def test_ris_is_read() -> None:
    assert read_references(f"\ufeff{RIS}".replace("\n", "\r\n").encode()) == (
        ImportedReference(title="A title that goes on", number="2301.00002", tags=("one-two", "b")),
        ImportedReference(title="Old", number="math/0309136"),
    )


def test_csl_json_is_read() -> None:
    assert read_references(CSL.encode()) == (
        ImportedReference(title="C", number="2301.00003", tags=("a", "b")),
        ImportedReference(title="D", number="2301.00004"),
        ImportedReference(title="none"),
    )


def test_zotero_rdf_is_read_with_collections() -> None:
    tags = ("my-tag", "computer-science-ml", "seminar-26")
    assert read_references(RDF.encode()) == (ImportedReference(title="E", number="2301.00005", tags=tags),)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"just words", "no bibliography"),
        (b"", "no bibliography"),
        (b"SQLite format 3\0 @ article{", "is not text"),
        (b"[1, 2]", "not CSL-JSON"),
        (b"{", "no JSON"),
        (b"<rdf", "no XML"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "declares entities"),
    ],
)
def test_what_is_no_bibliography_is_told(content: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_references(content)


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_other_encodings_are_read(encoding: str) -> None:
    (found,) = read_references("@article{a, title={Über}, eprint={2301.00001}}".encode(encoding))
    assert (found.title, found.number) == ("Über", "2301.00001")


@pytest.mark.parametrize(
    ("words", "tag"),
    [
        ("Machine Learning", "machine-learning"),
        ("Statistics - Theory", "statistics-theory"),
        ('"quoted, twice"', "quoted-twice"),
        (" +#  ", ""),
        ("x" * 80, "x" * 60),
        ("\x1b[31mred", "red"),
    ],
)
def test_a_keyword_becomes_a_tag(words: str, tag: str) -> None:
    assert tag_of(words) == tag
