"""The demo's PDFs: made where others are downloaded, whole by the program's own check."""

from __future__ import annotations

import re
from pathlib import Path

from tests.tui.fakes import make_paper
from tests.tui.pictures import MORNING
from tui_digest.cli.container import Parts
from tui_digest.demo.pdf import one_page_pdf
from tui_digest.pdf.folder import is_whole_pdf


def test_a_pdf_is_made_in_the_demos_own_folder(tmp_path: Path) -> None:
    with Parts(home=tmp_path, demo=True, now=lambda: MORNING) as parts:
        path = parts.run(parts.pdfs().fetch(make_paper(1), lambda words: None))
    assert is_whole_pdf(path)
    assert path.is_relative_to(tmp_path)
    assert b"A made-up paper of the demo" in path.read_bytes()


def test_the_table_of_a_pdf_points_at_its_objects() -> None:
    data = one_page_pdf(iter(["Brackets (and \\ backslashes)", "𝒪(1/√T) and é"]))
    assert rb"(Brackets \(and \\ backslashes\)) Tj" in data
    places = [int(place) for place in re.findall(rb"(?m)^(\d{10}) 00000 n", data)]
    assert [data[place : place + 7] for place in places] == [
        b"%d 0 obj" % n for n in range(1, len(places) + 1)
    ]
    start = int(re.findall(rb"startxref\n(\d+)", data)[0])
    assert data[start : start + 4] == b"xref"
    (stream,) = re.findall(rb"/Length (\d+) >>\nstream\n(.*)\nendstream", data, re.DOTALL)
    assert int(stream[0]) == len(stream[1])
