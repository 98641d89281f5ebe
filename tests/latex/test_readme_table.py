"""What README.md shows of mathematics is what the program makes of it."""

from __future__ import annotations

import re
from pathlib import Path

from pylatexenc.latex2text import LatexNodes2Text

from tests.latex.readme_table import table
from tui_digest.latex import to_unicode

README = Path(__file__).parents[2] / "README.md"
MARKED = re.compile(r"<!-- latex:begin -->\n(.*?)\n<!-- latex:end -->", re.DOTALL)


def test_the_table_of_the_readme_is_made_by_the_program() -> None:
    marked = MARKED.search(README.read_text(encoding="utf-8"))
    assert marked is not None, "README.md has no table between latex:begin and latex:end"
    assert marked[1].strip() == table()


def test_the_comparison_with_pylatexenc_holds() -> None:
    lines = README.read_text(encoding="utf-8").split("| TeX | `latex2text` |")[1].split("\n\n")[0]
    rows = [line.strip("| ").split(" | ") for line in lines.split("\n")[2:]]
    assert len(rows) > 6
    for tex, theirs, ours in rows:
        assert to_unicode(tex.strip("`")) == ours
        assert LatexNodes2Text().latex_to_text(tex.strip("`")).strip() == theirs
