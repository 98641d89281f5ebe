"""Names as the daily feeds write them."""

from __future__ import annotations

import pytest

from tui_digest.demo.accents import to_tex_accents
from tui_digest.demo.papers import load_papers


@pytest.mark.parametrize(
    ("unicode", "tex"),
    [
        ("Erdős", r"Erd\H{o}s"),
        ("Przemysław", r"Przemys{\l}aw"),
        ("André Çelik", r"Andr\'e \c{C}elik"),
        ("Václav Vavryčuk", r"V\'aclav Vavry\v{c}uk"),
        ("Lundström", r"Lundstr\"om"),
        ("Åsa Ångström", r"{\AA}sa {\AA}ngstr\"om"),
        ("Sarıoğlu", r"Sar{\i}o\u{g}lu"),
        ("Iñaki", r"I\~naki"),
        ("Kalnbērzone", r"Kalnb\=erzone"),
        ("Nova\u0301k", r"Nov\'ak"),
        ("Jane Doe", "Jane Doe"),
    ],
)
def test_accents_are_written_as_tex(unicode: str, tex: str) -> None:
    assert to_tex_accents(unicode) == tex


def test_a_letter_without_an_accent_in_tex_is_named() -> None:
    with pytest.raises(ValueError, match="世"):
        to_tex_accents("世")


def test_every_author_can_be_written() -> None:
    for paper in load_papers():
        assert all(to_tex_accents(author).isascii() for author in paper.authors)
