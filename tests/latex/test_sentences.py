"""Sentences as abstracts of many fields have them, with what a reader of that field would write."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_digest.latex import to_unicode

SENTENCES = [
    line.split("\t")
    for line in Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("tex", "read"), SENTENCES)
def test_sentence(tex: str, read: str) -> None:
    assert to_unicode(tex) == read
