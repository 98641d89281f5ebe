"""Notation of a whole paper: its symbols, their counts and first occurrences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tui_digest.fulltext.addresses import PlaceFinder
from tui_digest.fulltext.blocks import Block, Document, Equation, Run
from tui_digest.latex import notation
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
    counts: dict[str, int] = {}
    found: dict[str, NotationSymbol] = {}
    for number, block in enumerate(document.blocks):
        formulas = " ".join(f"${tex}$" for tex in formulas_of(block))
        for entry in notation(formulas, glyphs) if formulas else ():
            if not entry.is_symbol:
                continue
            counts[entry.text] = counts.get(entry.text, 0) + entry.occurrences
            if entry.text not in found and len(found) < MOST_SYMBOLS:
                section = finder.around(number)
                address = section.address if section is not None else ""
                found[entry.text] = NotationSymbol(entry.text, entry.tex, 0, number, address)
    return tuple(symbol._replace(occurrences=counts[text]) for text, symbol in found.items())


def formulas_of(block: Block) -> Iterator[str]:
    """The TeX of all formulas in a block, in order."""
    if isinstance(block, Equation):
        for row in block.rows:
            yield " ".join(cell for cell in row.cells if cell)
            yield from _runs(row.words)
    else:
        yield from _runs(block)


def _runs(record: object) -> Iterator[str]:
    if isinstance(record, Run):
        if record.role == "formula":
            yield record.text
    elif isinstance(record, tuple):
        for part in record:
            yield from _runs(part)
    else:
        for field in getattr(record, "__struct_fields__", ()):
            yield from _runs(getattr(record, field))
