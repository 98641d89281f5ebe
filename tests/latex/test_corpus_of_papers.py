"""Formulas of real papers and abstracts: no command is left, no line too wide, spelling changes nothing."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator

import pytest

from tests.corpus import SHARED
from tui_digest.latex.display import to_display
from tui_digest.latex.find import find_formulas
from tui_digest.latex.formula.parse import parse_formula
from tui_digest.latex.inline.layout import formula_to_unicode
from tui_digest.latex.nodes import FormulaNode, Node, Unknown
from tui_digest.latex.symbols.alphabets import ACCENTS
from tui_digest.latex.symbols.glyphs import cells

PAPERS = SHARED / "data" / "html"
ABSTRACTS = SHARED / "data" / "abstracts.jsonl.gz"

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not PAPERS.exists(), reason=f"there are no papers at {PAPERS}"),
]

_MATH = re.compile(r"<math\b[^>]*?\balttext=\"([^\"]*)\"", re.DOTALL)
_ANNOTATION = re.compile(r"<annotation encoding=\"application/x-tex\"[^>]*>(.*?)</annotation>", re.DOTALL)
_NO_BRACES = "|".join(["mathbb", "mathcal", "mathbf", "mathrm", "mathfrak", "boldsymbol", "sqrt", *ACCENTS])
_BARE = re.compile(rf"\\({_NO_BRACES})(?:\s+([A-Za-z])(?![A-Za-z])|\s*([0-9])(?![0-9]))")
_BRACED = re.compile(rf"\\({_NO_BRACES})\s*\{{([A-Za-z])\}}")


# What the converter itself did not know, and shows by its name.
_UNDEFINED = re.compile(r"ltx_ERROR undefined[^\"]*\"[^>]*>(?:<mtext[^>]*>)?\\([A-Za-z]+)")


@pytest.fixture(scope="module")
def pages() -> list[str]:
    def read() -> Iterator[str]:
        for path in sorted(PAPERS.glob("*.html.gz")):
            with gzip.open(path, "rt", encoding="utf-8", errors="replace") as file:
                yield file.read()

    return list(read())


@pytest.fixture(scope="module")
def papers(pages: list[str]) -> list[str]:
    def read() -> Iterator[str]:
        for page in pages:
            for pattern in (_MATH, _ANNOTATION):
                yield from (html.unescape(match[1]) for match in pattern.finditer(page))

    return list(dict.fromkeys(read()))


@pytest.fixture(scope="module")
def formulas(papers: list[str]) -> list[str]:
    found: dict[str, None] = {}
    with gzip.open(ABSTRACTS, "rt", encoding="utf-8") as lines:
        for line in lines:
            found.update((formula.tex, None) for formula in find_formulas(json.loads(line)["abstract"]))
    return [*found, *papers]


def _nodes(part: object) -> Iterator[Node]:
    if isinstance(part, FormulaNode):
        yield part  # type: ignore[misc]
        part = tuple(part.fields())
    if isinstance(part, tuple):
        for field in part:
            yield from _nodes(field)


def test_no_formula_of_a_paper_keeps_a_command(papers: list[str], pages: list[str]) -> None:
    left = [tex for tex in papers if re.search(r"\\[A-Za-z]", formula_to_unicode(tex))]
    empty = [tex for tex in papers if not formula_to_unicode(tex).strip()]
    undefined = {match[1] for page in pages for match in _UNDEFINED.finditer(page)}
    names = [
        {node.name for node in _nodes(parse_formula(tex)) if isinstance(node, Unknown)} for tex in papers
    ]
    print(f"\n{len(papers)} formulas, {sum(map(bool, names))} with a macro that their page does not define")
    assert left == empty == []
    assert set().union(*names) - undefined == set()


@pytest.mark.parametrize("width", [40, 80, 90])
def test_no_line_of_a_formula_is_too_wide(papers: list[str], width: int) -> None:
    too_wide = [
        tex for tex in papers if max(cells(line) for line in to_display(tex, width).split("\n")) > width
    ]
    assert too_wide == []


def test_braces_around_one_letter_change_nothing(formulas: list[str]) -> None:
    changed = [(tex, _BARE.sub(r"\\\1{\2\3}", tex)) for tex in formulas]
    changed += [(tex, _BRACED.sub(r"\\\1 \2 ", tex)) for tex in formulas]
    changed = [(tex, other) for tex, other in changed if tex != other and "\\text" not in tex]
    different = [tex for tex, other in changed if formula_to_unicode(tex) != formula_to_unicode(other)]
    print(f"\n{len(changed)} formulas spelled otherwise")
    assert different == []


@pytest.mark.parametrize("between", [" ", r"\!", r"\,", "{}", "\n"])
def test_a_space_after_not_changes_nothing(formulas: list[str], between: str) -> None:
    negated = [tex for tex in formulas if re.search(r"\\not(?![A-Za-z])", tex)]
    for tex in negated:
        moved = re.sub(r"\\not(?![A-Za-z])\s*", lambda _: rf"\not{between}", tex)
        assert formula_to_unicode(moved) == formula_to_unicode(tex)
