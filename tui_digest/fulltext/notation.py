"""Notation of a whole paper: its symbols, their counts and first occurrences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from tui_digest.fulltext.addresses import PlaceFinder
from tui_digest.fulltext.blocks import Block, Document, Equation, runs_in
from tui_digest.latex import paper_notation
from tui_digest.latex.symbols.glyphs import Level

MOST_SYMBOLS = 400
"""Symbols that are listed; papers have some 50 to 150."""


class NotationSymbol(NamedTuple):
    """A symbol as shown, its TeX, its count, and the block and place it first is in."""

    text: str
    tex: str
    occurrences: int
    block: int
    address: str


def text_notation(document: Document, glyphs: Level = "full") -> tuple[NotationSymbol, ...]:
    """The symbols of a paper in the order in which they first appear."""
    finder = PlaceFinder(document)
    formulas = (
        (str(number), tex) for number, block in enumerate(document.blocks) for tex in formulas_of(block)
    )
    symbols = []
    for entry in islice(paper_notation(formulas, glyphs), MOST_SYMBOLS):
        number = int(entry.place)
        place = finder.around(number)
        address = place.address if place is not None else ""
        symbols.append(NotationSymbol(entry.text, entry.tex, entry.occurrences, number, address))
    return tuple(symbols)


def formulas_of(block: Block) -> Iterator[str]:
    """The TeX of all formulas in a block, in order."""
    if isinstance(block, Equation):
        for row in block.rows:
            yield " ".join(cell for cell in row.cells if cell)
            yield from _formulas(row.words)
    else:
        yield from _formulas(block)


def _formulas(record: object) -> Iterator[str]:
    return (run.text for run in runs_in(record) if run.role == "formula")
