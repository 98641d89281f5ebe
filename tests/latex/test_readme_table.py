"""What README.md shows of mathematics is what the program makes of it."""

from __future__ import annotations

import re
from pathlib import Path

from tests.latex.readme_table import table

README = Path(__file__).parents[2] / "README.md"
MARKED = re.compile(r"<!-- latex:begin -->\n(.*?)\n<!-- latex:end -->", re.DOTALL)


def test_the_table_of_the_readme_is_made_by_the_program() -> None:
    marked = MARKED.search(README.read_text(encoding="utf-8"))
    assert marked is not None, "README.md has no table between latex:begin and latex:end"
    assert marked[1].strip() == table()
