"""The notation of a text: its formulas and symbols, as a card to have beside it while reading."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple, get_args

from tui_digest.latex.find import find_formulas
from tui_digest.latex.formula.parse import parse
from tui_digest.latex.inline.layout import formula_to_unicode
from tui_digest.latex.nodes import Accent, Alphabet, Node, Row, Scripts, Symbol
from tui_digest.latex.symbols.alphabets import ACCENTS
from tui_digest.latex.symbols.glyphs import Level
from tui_digest.latex.symbols.table import COMMANDS

_RECORDS = get_args(Node)
_ALPHABETS = {
    Alphabet.ROMAN: "mathrm",
    Alphabet.BOLD: "mathbf",
    Alphabet.BLACKBOARD: "mathbb",
    Alphabet.CALLIGRAPHIC: "mathcal",
    Alphabet.FRAKTUR: "mathfrak",
}
_ACCENTS = {mark: name for name, (mark, _) in reversed(ACCENTS.items())}
_LETTERS = {
    symbol.text: f"\\{name}"
    for name, symbol in reversed(COMMANDS.items())
    if isinstance(symbol, Symbol) and symbol.alphabet == Alphabet.NORMAL and not symbol.text.isascii()
}


class Notation(NamedTuple):
    """One line of the card: a formula or symbol as it is shown, its TeX, and how often it occurs.

    `is_symbol` is true for a letter, perhaps in an alphabet or with an accent; false for a formula.
    """

    text: str
    tex: str
    is_symbol: bool
    occurrences: int


def notation(text: str, glyphs: Level = "full") -> tuple[Notation, ...]:
    r"""The distinct formulas and symbols of a text, in the order in which they first appear.

    A formula comes before the symbols that it introduces. Symbols are the letters of formulas with
    their alphabets and accents, without scripts: of `\hat{x}_i^2` it is `\hat{x}`, then `i`.
    """
    counts: dict[tuple[str, bool], int] = {}
    sources: dict[tuple[str, bool], str] = {}
    for formula in find_formulas(text):
        row = parse(formula.tex)
        entries = [(formula.tex.strip(), _is_symbol(row))]
        if not entries[0][1]:
            entries += [(tex, True) for tex in _symbols(row)]
        for tex, is_symbol in entries:
            key = (formula_to_unicode(tex, glyphs), is_symbol)
            if key[0]:
                counts[key] = counts.get(key, 0) + 1
                sources.setdefault(key, tex)
    return tuple(Notation(shown, sources[shown, symbol], symbol, n) for (shown, symbol), n in counts.items())


def _is_symbol(row: Row) -> bool:
    return len(row.items) == 1 and _symbol_tex(row.items[0]) != ""


def _symbols(node: Node) -> Iterator[str]:
    """The TeX of every symbol in a tree, from left to right."""
    tex = _symbol_tex(node)
    if tex:
        yield tex
        return
    for part in _parts(node):
        yield from _symbols(part)


def _parts(node: Node | tuple[object, ...]) -> Iterator[Node]:
    """The nodes directly inside a node: its fields, and what its fields hold."""
    if isinstance(node, Scripts):
        for script in (node.base, node.subscript, node.superscript):
            if script is not None:
                yield script
        return
    for field in node if isinstance(node, tuple) else node.fields():
        if isinstance(field, _RECORDS):
            yield field
        elif isinstance(field, tuple):
            yield from _parts(field)


def _symbol_tex(node: Node) -> str:
    """The TeX of a letter with its alphabet and accents; "" when the node is anything else."""
    if isinstance(node, Symbol) and len(node.text) == 1 and _is_letter(node.text):
        letter = _LETTERS.get(node.text, node.text)
        alphabet = _ALPHABETS.get(node.alphabet)
        return f"\\{alphabet}{{{letter}}}" if alphabet else letter
    if isinstance(node, Accent) and node.mark in _ACCENTS and len(node.base.items) == 1:
        base = _symbol_tex(node.base.items[0])
        return f"\\{_ACCENTS[node.mark]}{{{base}}}" if base else ""
    return ""


def _is_letter(character: str) -> bool:
    return unicodedata.category(character) in ("Lu", "Ll", "Lo") or character in "ℓℏ"
