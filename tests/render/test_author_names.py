"""Author names in their parts."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from tests.export.samples import hostile_text, patient
from tui_digest.render.author_names import AuthorName, author_line, read_authors

PERSONS = [
    ("Ada Example", AuthorName("Example", "Ada")),
    ("A. B. Example", AuthorName("Example", "A. B.")),
    ("Anna-Maria Muster-Sample", AuthorName("Muster-Sample", "Anna-Maria")),
    ("Bo van der Sample", AuthorName("Sample", "Bo", "van der")),
    ("Gerard 't Sample", AuthorName("Sample", "Gerard", "'t")),
    ("Lieven De Exemplar", AuthorName("De Exemplar", "Lieven")),
    ("Jérôme Le Rousseau", AuthorName("Le Rousseau", "Jérôme")),
    ("Carlo La Muster", AuthorName("La Muster", "Carlo")),
    ("Nguyen Van Example", AuthorName("Example", "Nguyen Van")),
    ("Thị Mũi Nguyễn", AuthorName("Nguyễn", "Thị Mũi")),
    ("Hoang Le Minh", AuthorName("Minh", "Hoang Le")),
    ("Xin Da Wang", AuthorName("Wang", "Xin Da")),
    ("Cy Sample Jr.", AuthorName("Sample", "Cy", suffix="Jr.")),
    ("Martin Luther King Jr.", AuthorName("King", "Martin Luther", suffix="Jr.")),
    ("John Smith III", AuthorName("Smith", "John", suffix="III")),
    ("Cy Sample, III", AuthorName("Sample", "Cy", suffix="III")),
    ("Cy Sample, PhD", AuthorName("Sample", "Cy")),
    ("Alice B V", AuthorName("Alice B V")),
    ("Arun Muster K. R.", AuthorName("Muster K. R.", "Arun")),
    ("David J. Muster C.", AuthorName("Muster C.", "David J.")),
    ("A. B.", AuthorName("B.", "A.")),
    ("Li E", AuthorName("E", "Li")),
    ("Ada B O", AuthorName("O", "Ada B")),
    ("J.C.Muster", AuthorName("Muster", "J.C.")),
    ("Carlos E.Muster-Sample", AuthorName("Muster-Sample", "Carlos E.")),
    ("A. -L. Muster", AuthorName("Muster", "A.-L.")),
    ("C. --P. Muster", AuthorName("Muster", "C.-P.")),
    ("Maria Muster - Sampleová", AuthorName("Muster-Sampleová", "Maria")),
    ("J. K. Sample.", AuthorName("Sample", "J. K.")),
    (". Bo Sample", AuthorName("Sample", "Bo")),
    ("Paulo A. Muster Neto", AuthorName("Muster Neto", "Paulo A.")),
    ("Maria J. Neto", AuthorName("Neto", "Maria J.")),
    ("Alain Muster des Étangs", AuthorName("Étangs", "Alain Muster", "des")),
    ("Alessio Muster o Sample", AuthorName("Muster o Sample", "Alessio")),
    ("I. Muster-de La Sample", AuthorName("Muster-de La Sample", "I.")),
    ("王 小明", AuthorName("王 小明")),
    ("Dr. Ada Example", AuthorName("Example", "Ada")),
    ("Prof. Dr. Bo Sample", AuthorName("Sample", "Bo")),
    ("Xin Ai", AuthorName("Ai", "Xin")),
    ("Phan van Tin", AuthorName("Tin", "Phan van")),
    ("Philip St. J. Sample", AuthorName("Sample", "Philip St. J.")),
    ("R. D. St. Sample", AuthorName("St. Sample", "R. D.")),
    ('J"urg Fr"ohsample', AuthorName("Fröhsample", "Jürg")),
    ("Bo Samplov`o", AuthorName("Samplovò", "Bo")),
    ("Esra D. van`t Sample", AuthorName("Sample", "Esra D.", "van't")),
    ("with an appendix by Ada Example", AuthorName("Example", "Ada")),
    ("José Sample y Muster", AuthorName("Sample y Muster", "José")),
    ("de Sample, Bo", AuthorName("Sample", "Bo", "de")),
    ("Plato", AuthorName("Plato")),
    ("数学", AuthorName("数学")),
    (r"Andr\'e {\O}rsted", AuthorName("Ørsted", "André")),
    (r"Th\'{\u{a}}ng {\DJ}\`{\u{a}}ng", AuthorName("Đằng", "Thắng")),
    ("Yu (Jeffrey) Sample", AuthorName("Sample", "Yu (Jeffrey)")),
    ("Gabriel Sample*†", AuthorName("Sample", "Gabriel")),
    ("Ada Example (CERN)", AuthorName("Example", "Ada")),
    ("Ada Example (1)", AuthorName("Example", "Ada")),
    ("Black and White", AuthorName("White", "Black and")),
]
GROUPS = [
    " The Example Collaboration",
    "Survey Team of Examples",
    "Gemini Team",
    "LIGO Scientific Collaboration",
    "Team GLM",
    "NVIDIA Corporation",
    "Google DeepMind",
    "Meta AI",
    "Invented Research",
    "Universität zu Example",
]


@pytest.mark.parametrize(("text", "name"), PERSONS)
def test_persons_are_split(text: str, name: AuthorName) -> None:
    assert read_authors((text,)).names == (name,)


@pytest.mark.parametrize("text", GROUPS)
def test_groups_stay_whole(text: str) -> None:
    assert read_authors((text,)).names == (AuthorName(text.strip(), whole=True),)


@pytest.mark.parametrize(
    "text", ["", ":", " : ", "10 figures", "19 pages", "(CERN)", "1", "latex", "available on request"]
)
def test_what_names_nobody_is_left_out(text: str) -> None:
    assert read_authors((text,)).names == ()


@pytest.mark.parametrize(
    ("authors", "full", "others"),
    [
        (
            ("LIGO Scientific Collaboration", ":", "A. Example"),
            ["LIGO Scientific Collaboration", "A. Example"],
            0,
        ),
        ((" The Example Collaboration", ": B. P. Sample"), ["The Example Collaboration", "B. P. Sample"], 0),
        (("Fermi-LAT Collaboration:", "M. Sample"), ["Fermi-LAT Collaboration", "M. Sample"], 0),
        (("Ada Example", "et al."), ["Ada Example"], 1),
        (("Ada Example", "Bo Sample et al."), ["Ada Example", "Bo Sample"], 1),
        (("Ada Example (for the X Collaboration)",), ["Ada Example", "the X Collaboration"], 0),
        (("Ada Example on behalf of the CMS Collaboration",), ["Ada Example", "the CMS Collaboration"], 0),
        (("Ada Example (IECN", "INRIA\n Lorraine / MMAS)", "Bo Sample"), ["Ada Example", "Bo Sample"], 0),
        (
            ("Ada Example (1)", "Bo Sample (2) ((1) A", "Town", "(2) B)"),
            ["Ada Example", "Bo Sample"],
            0,
        ),
        (("Ada Example (LJLL (UMR\\_7598))", "Bo Sample"), ["Ada Example", "Bo Sample"], 0),
        (("Ada Example,\n  Bo Sample",), ["Ada Example", "Bo Sample"], 0),
        (("Ada Example,",), ["Ada Example"], 0),
        (("Ada Example (Town", "X) Bo Sample (Y)"), ["Ada Example", "Bo Sample"], 0),
        (("A. Example and B. Sample",), ["A. Example", "B. Sample"], 0),
    ],
)
def test_lists_are_taken_apart(authors: tuple[str, ...], full: list[str], others: int) -> None:
    names = read_authors(authors)
    assert [name.full for name in names.names] == full
    assert names.others == bool(others)


def test_a_name_has_its_forms() -> None:
    (name,) = read_authors(("Bo van der Sample Jr.",)).names
    assert (name.full, name.short) == ("Bo van der Sample Jr.", "van der Sample")
    assert name.inverted == "van der Sample, Bo, Jr."
    (group,) = read_authors(("The Example Collaboration",)).names
    assert (group.full, group.short) == ("The Example Collaboration", "Example Collaboration")
    assert group.inverted == "The Example Collaboration"


def test_a_line_of_authors() -> None:
    assert author_line(("Ada Example", "Bo Sample", "Cy Muster"), 2) == "Ada Example, Bo Sample and 1 more"
    assert author_line(("Ada Example", "et al.")) == "Ada Example et al."
    assert author_line(()) == ""


@patient
@given(hostile_text)
@example("a${{ b }})$x$")
@example(r"Ada \verb|\07\0| Example (for the B)")
@example(r"Ada (Bo) Example \verb|\01\0|")
def test_every_text_is_read(text: str) -> None:
    for name in read_authors((text,)).names:
        assert name.family
        assert name.full == " ".join(name.full.split())
