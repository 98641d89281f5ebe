"""Formulas that are wider than the page.

Where they are broken, and how the lines are aligned.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui_digest.latex.display.atoms import Atom, is_bracket, join_atoms
from tui_digest.latex.display.boxes import Box, boxes_beside, extend_box, text_box
from tui_digest.latex.display.grid import is_aligned, is_cases, pile_rows
from tui_digest.latex.display.layout import Layout
from tui_digest.latex.inline.spacing import Slot
from tui_digest.latex.nodes import (
    Delimited,
    FormulaText,
    Fraction,
    Kind,
    Matrix,
    Name,
    Node,
    Row,
    Scripts,
    Space,
    Symbol,
)
from tui_digest.latex.symbols.glyphs import cells

_INDENT = 4
# A line is not broken so early that less than this share of it is used, if it can be helped.
_SHORTEST = 0.4

_FACTOR_ENDS = frozenset((Slot.CLOSING, Slot.DELIMITED))
_FACTOR_BEGINNINGS = frozenset((Slot.ORDINARY, Slot.OPENING, Slot.DELIMITED))
_PRODUCTS = frozenset("⋅·×∘⊗⊙∗*∧")
_NOT_LAST = frozenset((Slot.OPENING, Slot.OPERATOR, Slot.NAME, Slot.SIGN, Slot.TIGHT))


class Breaker:
    """Fits formulas into a width."""

    def __init__(self, layout: Layout, width: int) -> None:
        """Take the layout to draw with, and how many cells a line may take."""
        self._layout = layout
        self._width = width
        self._indent = _INDENT if width > 4 * _INDENT else 0

    def fit(self, row: Row) -> Box:
        """The formula or a part of it, as it is or broken into lines where it is too wide."""
        for lay_out in (self._layout.row, self._break_row, self.wrap_line):
            box = lay_out(row)
            if box.width <= self._width:
                break
        return box

    def wrap_line(self, row: Row) -> Box:
        """The formula on one line, wrapped wherever the width asks for it."""
        lines: list[list[str]] = [[]]
        used = -1
        for word in self._layout.line(row).split():
            for piece in _cut_word(word, self._width):
                used += 1 + cells(piece)
                if used > self._width and lines[-1]:
                    lines.append([])
                    used = cells(piece)
                lines[-1].append(piece)
        return below_each_other([text_box(" ".join(line)) for line in lines])

    def _break_row(self, row: Row) -> Box:
        """The formula broken into lines."""
        for place, node in enumerate(row.items):
            before, after = row.items[:place], row.items[place + 1 :]
            if isinstance(node, Matrix) and node.rows and is_aligned(node):
                rows = [_one_row(cells) for cells in node.rows]
                rows[0], rows[-1] = [*before, *rows[0]], [*rows[-1], *after]
                continues = [number > 0 and not cells[0].items for number, cells in enumerate(node.rows)]
                return below_each_other(list(map(self._equation, rows, continues)))
            if isinstance(node, Matrix) and is_cases(node) and not self._fits(node):
                parts = [self.fit(Row(before)), self._cases(node), self.fit(Row(after))]
                return below_each_other([part for part in parts if part.width])
        atoms = self._layout.atoms(Row(tuple(self._narrow(row.items))))
        return below_each_other(self._lines(atoms))

    def _equation(self, items: Sequence[Node], continues: bool) -> Box:
        """A row of a system.

        One that continues the row before is indented, and its sign is apart.
        """
        if not continues or not items:
            return self.fit(Row(tuple(items)))
        first, *rest = items
        if isinstance(first, Symbol) and first.kind == Kind.BINARY:
            items = [first, Space(1 / 3), *rest]
        inner = Breaker(self._layout, self._width - self._indent)
        return boxes_beside([text_box(" " * self._indent), inner.fit(Row(tuple(items)))])

    def _cases(self, matrix: Matrix) -> Box:
        """Cases too wide to be in columns: each is fitted on its own."""
        inner = Breaker(self._layout, max(self._width - 3, 1))
        lines = [inner.fit(Row(tuple(_one_row(cells)))) for cells in matrix.rows]
        return self._layout.enclose(matrix.left, pile_rows(matrix, lines), matrix.right)

    def _fits(self, *nodes: Node) -> bool:
        """Tell whether nodes side by side are narrow enough for any line."""
        return self._layout.row(Row(nodes)).width <= self._width - self._indent

    def _narrow(self, items: Sequence[Node]) -> list[Node]:
        """The items of a row; those that are too wide are taken apart until none is."""
        narrow: list[Node] = []
        for index, item in enumerate(items):
            before = _leading_signs(items[:index]) if isinstance(item, Delimited) else []
            if isinstance(item, Space) or self._fits(*before, item):
                narrow.append(item)
            elif parts := _parts(item):
                narrow.extend(self._narrow(parts))
            else:
                is_list = not isinstance(item, FormulaText)
                narrow.extend(_words(self._layout.line(Row((item,))), self._width - self._indent, is_list))
        return narrow

    def _lines(self, atoms: Sequence[Atom]) -> list[Box]:
        """The atoms as lines that are narrow enough; all but the first are indented."""
        lines: list[Box] = []
        while atoms:
            indent = self._indent if lines else 0
            count = _first_line(atoms, self._width - indent)
            lines.append(boxes_beside([text_box(" " * indent), self._line(atoms[:count])]))
            atoms = atoms[count:]
        return lines

    def _line(self, atoms: Sequence[Atom]) -> Box:
        """One line, each bracket without a partner on it as high as what it is with."""
        opened: list[int] = []
        alone: list[int] = []
        for index, atom in enumerate(atoms):
            if is_bracket(atom, Slot.OPENING):
                opened.append(index)
            elif is_bracket(atom, Slot.CLOSING) and opened:
                opened.pop()
            elif is_bracket(atom, Slot.CLOSING):
                alone.append(index)
        line = list(atoms)
        for index in (*alone, *opened):
            beside_it = range(index + 1, len(atoms)) if index in opened else range(index)
            body = join_atoms([atoms[place] for place in beside_it if place not in (*alone, *opened)])
            line[index] = self._layout.as_high_as(body, atoms[index])
        return join_atoms(line)


def _one_row(cells_of_row: Sequence[Row]) -> Sequence[Node]:
    """The cells of a row of equations or cases, one after the other."""
    items: list[Node] = []
    for cell in cells_of_row:
        items += [Space(1 / 3), *cell.items] if items else cell.items
    return items


def _leading_signs(items: Sequence[Node]) -> list[Node]:
    """The last of these items, as far as no line should end with them.

    Names and signs.
    """
    start = len(items)
    while start and (isinstance(items[start - 1], Name) or _is_sign(items[start - 1])):
        start -= 1
    return list(items[start:])


def _is_sign(node: Node) -> bool:
    return isinstance(node, Symbol) and node.kind in (Kind.BINARY, Kind.RELATION)


def _parts(node: Node) -> list[Node]:
    """Return what a node can be taken apart into without another meaning.

    Nothing where it cannot.
    """
    match node:
        case Row(items):
            return [*items]
        case Delimited(left, right, body):
            return [Symbol(left, Kind.OPENING), *body.items, Symbol(right, Kind.CLOSING)]
        case Scripts(base=Delimited(left, right, body)):
            closing = node.on(Symbol(right, Kind.CLOSING))
            return [Symbol(left, Kind.OPENING), *body.items, closing]
        case Fraction(numerator, denominator, True):
            return [Delimited("(", ")", numerator), Symbol("/"), Delimited("(", ")", denominator)]
        case _:
            return []


def _words(line: str, width: int, is_list: bool) -> list[Node]:
    """A line of text as words no wider than `width`.

    In a list, what ends with a comma is one word where it fits.
    """
    words: list[Node] = []
    for word in re.split(r"(?<=[,;])( +)" if is_list else r"( +)", line):
        if is_list and cells(word) > width:
            words += _words(word, width, is_list=False)
            continue
        words += (
            [Space(1 / 3)] if word.isspace() else [FormulaText((piece,)) for piece in _cut_word(word, width)]
        )
    return words


def _cut_word(word: str, width: int) -> list[str]:
    """A word in pieces no wider than `width`; marks stay with their letters."""
    if cells(word) <= width:
        return [word] if word else []
    pieces = [""]
    for character in word:
        if pieces[-1] and cells(pieces[-1] + character) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _first_line(atoms: Sequence[Atom], width: int) -> int:
    """Return how many atoms the first line takes.

    As far as the best place for a break that fits.
    """
    best, best_worth = 1, float("-inf")
    used = atoms[0].box.width
    for index in range(1, len(atoms)):
        worth = _worth(atoms[index - 1], atoms[index])
        worth -= 3.5 * max(0, 1 - used / (_SHORTEST * width))
        if worth >= best_worth:
            best, best_worth = index, worth
        used += atoms[index].gap + atoms[index].box.width
        if used > width:
            return best
    return len(atoms)


def _worth(before: Atom, after: Atom) -> float:
    """Return how good a place for a break there is between two atoms."""
    if before.slot == Slot.PUNCTUATION:
        worth = 5.0 if after.gap > 1 else 2.5
    elif after.slot == Slot.RELATION and before.slot != Slot.RELATION:
        worth = 4.0
    elif after.slot == Slot.BINARY:
        # A sum is broken before its signs rather than inside a product.
        worth = 2.2 if isinstance(after.node, Symbol) and after.node.text in _PRODUCTS else 3.0
    elif before.slot in _NOT_LAST or after.slot in (Slot.CLOSING, Slot.PUNCTUATION):
        worth = -2.0
    elif before.slot in _FACTOR_ENDS and after.slot in _FACTOR_BEGINNINGS and not _is_differential(after):
        worth = 1.5
    else:
        worth = 1.0 if after.gap else -1.0 if after.slot == Slot.OPENING else 0.0
    return worth - 1.5 * min(after.depth, 4)


def _is_differential(atom: Atom) -> bool:
    return isinstance(atom.node, Symbol) and atom.node.text == "d"


def below_each_other(lines: Sequence[Box]) -> Box:
    """Lines from top to bottom, left-aligned.

    An empty row between them where one is high.
    """
    width = max((line.width for line in lines), default=0)
    loose = any(line.height > 2 for line in lines)
    rows: list[str] = []
    for line in lines:
        grown = extend_box(line, int(loose and bool(rows)), 0)
        rows.extend(row + " " * (width - line.width) for row in grown.rows)
    return Box(tuple(rows), lines[0].baseline if lines else 0, width, tall=len(rows) > 1)
