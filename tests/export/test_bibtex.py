"""BibTeX that bibtexparser reads back, whatever a paper holds, and that TeX can only print."""

from __future__ import annotations

import re

import msgspec
import pytest
from bibtexparser.entrypoint import parse_string
from bibtexparser.model import Entry as BibtexEntry
from hypothesis import given

from tests.export.samples import COLLECTION, FIRST, SECOND, collection, hostile_entries, patient
from tui_digest.entry import Entry, Reading
from tui_digest.export.bibtex import render_bibtex
from tui_digest.settings import ExportContents

UNICODE = ExportContents(bibtex_accents="unicode")


def read(text: str) -> list[BibtexEntry]:
    library = parse_string(text)
    assert not library.failed_blocks
    return list(library.entries)


def one(**changes: object) -> str:
    """The BibTeX of the first paper, changed."""
    return render_bibtex(collection(Entry(paper=msgspec.structs.replace(FIRST.paper, **changes))))


def field(text: str, name: str) -> str:
    return str(read(text)[0].fields_dict[name].value)


def test_an_entry_has_the_fields_of_arxiv() -> None:
    first, second = read(render_bibtex(COLLECTION))
    assert (first.entry_type, first.key) == ("misc", "example-2611.01001")
    fields = {name: field.value for name, field in first.fields_dict.items()}
    assert fields["eprint"] == "2611.01001"
    assert fields["archivePrefix"] == "arXiv"
    assert fields["primaryClass"] == "math.OC"
    assert fields["doi"] == "10.1000/example_(1)"
    assert fields["year"] == "2026"
    assert second.key == "example-hep-th-9901001"
    assert second.fields_dict["journal"].value == "J. Examples 12 (1999) 3--14"


def test_the_formulas_of_a_note_stay_tex_and_all_else_is_as_it_was_written() -> None:
    note = "Is $\\|x\\|_2$ the *norm*?\n5% of $5, a_b \\foo\n\nSee \\(\\ell_1\\)."
    noted = msgspec.structs.replace(FIRST, reading=Reading(note=note))
    assert field(render_bibtex(collection(noted)), "annote") == (
        r"Is $\|x\|_2$ the *norm*? 5\% of \$5, a\_b \textbackslash{}foo \par See $\ell_1$."
    )


@pytest.mark.parametrize(
    ("title", "written"),
    [
        (r"On $\ell_2$ norms", r"On {$\ell_2$} norms"),
        (
            r"Some gradient flows after R\'enyi and {\L}oja",
            r"Some gradient flows after {R{\'e}nyi} and {{\L}oja}",
        ),
        ("Sequencing DNA with muP", "Sequencing {DNA} with {muP}"),
        ("Why Self-Supervised Methods Work", "Why Self-Supervised Methods Work"),
        ("Nesterov Momentum Is All You Need", "{Nesterov} Momentum Is All You Need"),
        ("we show that sheep follow Dolly home", "we show that sheep follow {Dolly} home"),
        ("S&P 500 at 5% & more #1", r"{S\&P} 500 at 5\% \& more \#1"),
        ("Learning α-decay", r"Learning ${\alpha}$-decay"),
        ("Symmetry of $μ→e$", r"Symmetry of {${\mu}{\to}e$}"),
        (r"On \Lambda-type {\mu}m films", r"On {$\Lambda$}-type {$\mu$}m films"),
        (r"{\alpha}-synuclein and b\bar b decays", r"{$\alpha$}-synuclein and b{$\bar b$} decays"),
        (r"Heated to 400 {\deg}C", r"Heated to 400 {$^\circ$C}"),
        ("A STUDY OF CAPITALS", "A STUDY OF CAPITALS"),
    ],
)
def test_titles_are_tex_and_keep_their_capitals(title: str, written: str) -> None:
    assert f"title = {{{written}}}," in one(title=title)


@pytest.mark.parametrize(
    ("author", "escaped", "unicode"),
    [
        (r"Bj\"orn von der Muster", r"von der Muster, Bj{\"o}rn", "von der Muster, Björn"),
        ("Cy Sample Jr.", "Sample, Jr., Cy", "Sample, Jr., Cy"),
        ("The Example Collaboration", "{The Example Collaboration}", "{The Example Collaboration}"),
        ("Madonna", "{Madonna}", "{Madonna}"),
        ("Søren Łuk", r"{\L}uk, S{\o}ren", "Łuk, Søren"),
        ("M. ~Musette", "Musette, M.", "Musette, M."),
        (r"Th\'{\u{a}}ng Nguy\~{\^e}n", r"Nguy{\~{\^e}}n, Th{\'{\u{a}}}ng", "Nguyễn, Thắng"),
        ("Việt Bệ", r"B{\d{\^e}}, Vi{\d{\^e}}t", "Bệ, Việt"),
        (r"{\DJ}or{\dj}e Sample", r"Sample, {\DJ}or{\dj}e", "Sample, Đorđe"),
        ("Jérôme Le Rousseau", r"Le Rousseau, J{\'e}r{\^o}me", "Le Rousseau, Jérôme"),
        ("Gemini Team", "{Gemini Team}", "{Gemini Team}"),
        ("Ada Example et al.", "Example, Ada and others", "Example, Ada and others"),
        ("数 学", "{数 学}", "{数 学}"),
        ("Black and White", "White, Black {and}", "White, Black {and}"),
    ],
)
def test_authors_are_split_and_written_by_setting(author: str, escaped: str, unicode: str) -> None:
    entry = Entry(paper=msgspec.structs.replace(FIRST.paper, authors=(author,)))
    assert f"author = {{{escaped}}}," in render_bibtex(collection(entry))
    assert f"author = {{{unicode}}}," in render_bibtex(collection(entry), UNICODE)


def test_a_key_stays_when_title_and_version_change() -> None:
    later = one(version=2, title="Another title altogether")
    assert read(later)[0].key == read(one())[0].key
    both = render_bibtex(collection(FIRST, Entry(paper=msgspec.structs.replace(FIRST.paper, version=2))))
    assert [entry.key for entry in read(both)] == ["example-2611.01001v1", "example-2611.01001v2"]


@pytest.mark.parametrize(
    "abstract",
    [
        r"\input{/etc/passwd}",
        r"\write18{rm}",
        r"$\input{/etc/passwd}$",
        r"$\def\x{\write18{rm}}\x$",
        r"$\csname input\endcsname{a}$",
        r"$^^5cinput{a}$",
        r"{\catcode`\@=0 @input{a}}",
    ],
)
def test_no_command_that_acts_reaches_tex(abstract: str) -> None:
    tex = field(one(abstract=abstract), "abstract")
    assert not re.search(r"\\(?:input|write|def|csname|catcode|immediate)(?![a-z])|\^\^", tex)


@pytest.mark.parametrize("formula", [r"$\{x$", r"$\left\{ x \right.$", "${x$", "$x}$", r"$x\\\}$"])
def test_braces_balance_where_a_formula_has_one_too_many(formula: str) -> None:
    value = field(one(abstract=f"so {formula} holds"), "abstract")
    assert value.count("{") == value.count("}")
    assert value.startswith("so ")
    assert value.endswith(" holds")


@patient
@given(hostile_entries())
def test_hostile_papers_are_read_back_as_as_many_entries(entry: Entry) -> None:
    for contents in (ExportContents(), UNICODE):
        text = render_bibtex(collection(entry, SECOND, FIRST), contents)
        entries = read(text)
        assert [item.fields_dict["eprint"].value for item in entries] == [
            entry.paper.id,
            "hep-th/9901001",
            "2611.01001",
        ]
        for item in entries:
            for value in item.fields_dict.values():
                assert _depths(str(value.value))


def _depths(value: str) -> bool:
    depth = 0
    for character in value:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def test_paragraphs_of_an_abstract_stay_paragraphs() -> None:
    assert field(one(abstract="One thing.\n  Another\nline."), "abstract") == r"One thing. \par Another line."
