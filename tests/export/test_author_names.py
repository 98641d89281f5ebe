"""Author names in their parts."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.export.samples import hostile_text, patient
from tui_digest.export.author_names import Name, split_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Example", Name("Example", "Ada")),
        ("A. B. Example", Name("Example", "A. B.")),
        ("Anna-Maria Muster-Sample", Name("Muster-Sample", "Anna-Maria")),
        ("Bo van der Sample", Name("Sample", "Bo", "van der")),
        ("Lieven De Exemplar", Name("De Exemplar", "Lieven")),
        ("Nguyen Van Example", Name("Example", "Nguyen Van")),
        ("Cy Sample Jr.", Name("Sample", "Cy", suffix="Jr.")),
        ("Cy Sample, III", Name("Sample", "Cy", suffix="III")),
        ("José Sample y Muster", Name("Sample y Muster", "José")),
        ("de Sample, Bo", Name("Sample", "Bo", "de")),
        ("Plato", Name("Plato")),
        ("数学", Name("数学")),
        (r"Andr\'e {\O}rsted", Name("Ørsted", "André")),
        (" The Example Collaboration", Name("The Example Collaboration", whole=True)),
        ("Survey Team of Examples", Name("Survey Team of Examples", whole=True)),
        ("", Name("", whole=True)),
    ],
)
def test_names_are_split(text: str, name: Name) -> None:
    assert split_name(text) == name


@patient
@given(hostile_text)
def test_no_name_is_lost(text: str) -> None:
    name = split_name(text)
    assert name.family or not (name.given or name.particle)


def test_a_particle_comes_before_the_family_name() -> None:
    assert split_name("Bo van der Sample Jr.").inverted == "van der Sample, Bo, Jr."
