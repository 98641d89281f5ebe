"""From the tree of a formula to a box.

Each construct in two dimensions where that helps.

What reads as well on one line stays on it: scripts that have characters of their own, fractions and
roots inside scripts. Where limits and scripts are put is TeX's rule (The TeXbook, chapter 17), reduced
to whole cells.
"""

from __future__ import annotations

from enum import Enum, auto

from tui_digest.latex.display import signs
from tui_digest.latex.display.atoms import (
    LEAVES,
    Atom,
    children,
    has_limits,
    is_bracket,
    join_atoms,
    slot_of,
    wants_space,
)
from tui_digest.latex.display.boxes import EMPTY_BOX, Box, boxes_beside, stack_boxes, text_box
from tui_digest.latex.display.grid import grid, is_aligned
from tui_digest.latex.display.scripts import DisplayLine, at_corners, raised_and_lowered
from tui_digest.latex.inline.context import has_same_scripts, is_evaluation, with_arrow_below
from tui_digest.latex.inline.spacing import LinePiece, Mode, Slot, space_pieces
from tui_digest.latex.nodes import (
    EMPTY,
    Accent,
    Binomial,
    Brace,
    Delimited,
    FormulaText,
    Fraction,
    Kind,
    Matrix,
    Node,
    Root,
    Row,
    Scripts,
    Stack,
    Symbol,
)
from tui_digest.latex.symbols.alphabets import MARKS_BELOW, STROKE
from tui_digest.latex.symbols.glyphs import Level, glyphs_of
from tui_digest.latex.symbols.table import INTEGRALS

# How marks look that are as wide as what they are on: left end, line, right end.
_WIDE_MARKS = {
    "\u0302": "╱─╲",
    "\u0303": "╭─╯",
    "\u0311": "╭─╮",
    "\u0304": "───",
    "\u0305": "───",
    "\u0332": "───",
    "\u20d7": "──→",
    "\u20d6": "←──",
    "\u20e1": "←─→",
}
_STRETCHED = 5


class MathStyle(Enum):
    """How much room there is, after TeX.

    Limits are stacked in displays, not inside fractions.
    """

    DISPLAY = auto()
    TEXT = auto()


class Layout:
    """Lays out the parts of one formula with the characters of one level of glyphs."""

    def __init__(self, formula: Row, level: Level = "full") -> None:
        """Take the formula that everything laid out here belongs to."""
        self._glyphs = glyphs_of(level)
        self._ascii = self._glyphs.ascii
        self._line = DisplayLine(self._glyphs, formula)

    def row(self, row: Row, style: MathStyle = MathStyle.DISPLAY) -> Box:
        """Nodes side by side."""
        only = row.bare().single()
        # A script at nothing has nothing to be higher or lower than.
        is_lone_script = isinstance(only, Scripts) and isinstance(only.base, Row) and not only.base.items
        if is_lone_script or all(self._is_flat(node, style) for node in row.items):
            return text_box(self.line(row))
        return join_atoms(self.atoms(row, style))

    def line(self, row: Row, mode: int = Mode.LOOSE) -> str:
        """Nodes on one line."""
        return self._line.row(row, mode)

    def atoms(self, row: Row, style: MathStyle = MathStyle.DISPLAY) -> list[Atom]:
        """The nodes of a row laid out one by one, brackets as high as what they enclose."""
        boxes = [None if self._is_flat(node, style) else self._node(node, style) for node in row.items]
        drawn = [_HOLE if box else node for node, box in zip(row.items, boxes, strict=True)]
        pieces = self._line.pieces(drawn, Mode.LOOSE)
        for index, box in enumerate(boxes):
            if box is not None:
                node = row.items[index]
                # Behind a name a bar is apart, and a bracket is not.
                text = node.left if isinstance(node, Delimited) and node.left else "xx"
                pieces[index] = LinePiece(text, slot_of(node))
        atoms: list[Atom] = []
        for index, space, text, slot in space_pieces(pieces):
            shown = self._glyphs.plain(text) if self._ascii else text
            atom = Atom(row.items[index], boxes[index] or text_box(shown), slot, len(space))
            if atoms and wants_space(atoms[-1], atom):
                atom = atom._replace(gap=max(atom.gap, 1))
            atoms.append(atom)
        return self._with_brackets(atoms)

    def _is_flat(self, node: Node, style: MathStyle) -> bool:
        """Tell whether a node reads as well on one line."""
        kind = type(node)
        if kind in LEAVES:
            return True
        if kind in _NEVER_FLAT:
            return False
        if isinstance(node, Scripts):
            scripts_are_flat = (
                not (has_limits(node) and style is MathStyle.DISPLAY and (node.subscript or node.superscript))
                and self._line.reads_well(node.subscript, raised=False)
                and self._line.reads_well(node.superscript, raised=True)
            )
            return scripts_are_flat and self._is_flat(node.base, style)
        if isinstance(node, Accent) and node.mark != STROKE and not self._has_short_mark(node):
            return False
        inner = MathStyle.TEXT if kind is Root else style
        return all(self._is_flat(child, inner) for child in children(node))

    def _has_short_mark(self, accent: Accent) -> bool:
        return _is_letter(accent.base) and not self._line.covers_index(accent)

    def _with_brackets(self, atoms: list[Atom]) -> list[Atom]:
        """The atoms, with brackets as high as the tall atoms between them."""
        opened: list[int] = []
        for index, atom in enumerate(atoms):
            closes = is_bracket(atom, Slot.CLOSING) and opened
            start = opened.pop() if closes else None
            atoms[index] = atom._replace(depth=len(opened))
            if start is not None:
                body = join_atoms(atoms[start + 1 : index])
                if body.tall:
                    atoms[start] = self.as_high_as(body, atoms[start])
                    atoms[index] = self.as_high_as(body, atoms[index])
            elif is_bracket(atom, Slot.OPENING):
                opened.append(index)
            elif index and is_evaluation(atom.node) and atoms[index - 1].box.tall:
                atoms[index] = self.as_high_as(atoms[index - 1].box, atom)._replace(gap=0)
        return atoms

    def as_high_as(self, body: Box, bracket: Atom) -> Atom:
        """A bracket, with its scripts, as high as a body is if it is tall."""
        node = bracket.node.base if isinstance(bracket.node, Scripts) else bracket.node
        if not isinstance(node, Symbol):
            return bracket
        box = self._bracket(node.text, body)
        if isinstance(bracket.node, Scripts):
            box = self._beside_scripts(box, bracket.node)
        return bracket._replace(box=box)

    def _bracket(self, sign: str, body: Box) -> Box:
        if body.tall:
            return signs.bracket(sign, body, self._ascii)
        return text_box(self._glyphs.draw(sign))

    def _node(self, node: Node, style: MathStyle) -> Box:
        """One node; what is flat is on one line."""
        if self._is_flat(node, style):
            return text_box(self.line(Row((node,))))
        match node:
            case Row():
                return self.row(node, style)
            case Scripts():
                return self._scripts(node, style)
            case Fraction():
                return self._fraction(node)
            case Binomial(upper, lower):
                parts = [self.row(upper, MathStyle.TEXT), text_box(""), self.row(lower, MathStyle.TEXT)]
                return self.enclose("(", stack_boxes(parts, on=1), ")")
            case Root():
                return self._root(node)
            case Delimited():
                return self._delimited(node, style)
            case Matrix():
                return self._matrix(node)
            case Stack():
                return self._stack(node, style)
            case Brace(base, over):
                inner = self.row(base, style)
                brace = signs.brace_box(inner.width, over, self._ascii)
                return stack_boxes([brace, inner], on=1) if over else stack_boxes([inner, brace], on=0)
            case Accent():
                return self._accent(node, style)
            case FormulaText(parts):
                return boxes_beside(
                    self.row(part, style) if isinstance(part, Row) else text_box(part) for part in parts
                )
            case _:
                return EMPTY_BOX

    def _script(self, row: Row) -> Box:
        """Small print on one line without spaces.

        Lines atop each other where the author says so.
        """
        match row.items:
            case (Matrix(_, rows),):
                lines = [Row(tuple(item for cell in cells for item in cell.items)) for cells in rows]
                return stack_boxes([self._script(line) for line in lines] or [EMPTY_BOX], on=0)
            case (Row() as only,):
                return self._script(only)
            case _:
                return text_box(self.line(row, Mode.CLOSE).strip())

    def _scripts(self, node: Scripts, style: MathStyle) -> Box:
        node = with_arrow_below(node) or node
        base = node.base
        if has_same_scripts(node):
            return self._beside_scripts(self.enclose("(", self._node(base, style), ")"), node)
        if isinstance(base, Row) and base.kind == Kind.ORDINARY and len(base.items) > 1:
            *before, last = base.items
            return self.row(Row((*before, node.on(last))), style)
        box = self._node(base, style)
        if has_limits(node) and (style is MathStyle.DISPLAY or not self._is_flat(node, style)):
            return self._limits(node, box)
        return self._beside_scripts(box, node)

    def _limits(self, node: Scripts, base: Box) -> Box:
        """Scripts over and under their base: limits of a sum, what a brace says."""
        if node.primes:
            base = boxes_beside([base, self._marks(None, None, node.primes)])
        parts = [base]
        small = self.row if isinstance(node.base, Brace) else self._script
        if node.subscript is not None:
            parts.append(small(node.subscript))
        if node.superscript is not None:
            parts.insert(0, small(node.superscript))
        return stack_boxes(parts, on=int(node.superscript is not None))

    def _beside_scripts(self, base: Box, node: Scripts) -> Box:
        """Scripts behind their base.

        As raised and lowered characters, or else in rows of their own.
        """
        upper, lower = node.superscript, node.subscript
        is_high = base.height > 1 and not self._ascii
        raises = not self._line.reads_well(upper, True, is_high)
        lowers = not self._line.reads_well(lower, False, is_high)
        if isinstance(node.base, Symbol) and node.base.text in INTEGRALS:
            raises = lowers = raises or lowers
        above = below = EMPTY_BOX
        if upper is not None and raises:
            above, upper = self._script(upper), None
        if lower is not None and lowers:
            below, lower = self._script(lower), None
        if base.tall and above is below is EMPTY_BOX:
            return at_corners(base, self._marks(upper, None, node.primes), self._marks(None, lower))
        if base.tall and not self._ascii:
            primes = self._marks(None, None, node.primes if above.width else 0)
            above = above if above.width else self._marks(upper, None, node.primes)
            below = below if below.width else self._marks(None, lower)
            return raised_and_lowered(base, primes, above, below)
        return raised_and_lowered(base, self._marks(upper, lower, node.primes), above, below)

    def _marks(self, superscript: Row | None, subscript: Row | None, primes: int = 0) -> Box:
        """Scripts as they are written on one line."""
        return text_box(self.line(Row((Scripts(EMPTY, subscript, superscript, primes),))))

    def _fraction(self, node: Fraction) -> Box:
        upper, lower = self.row(node.numerator, MathStyle.TEXT), self.row(node.denominator, MathStyle.TEXT)
        width = max(upper.width, lower.width) + 2
        middle = signs.bar(width, self._ascii) if node.bar else text_box("")
        return stack_boxes([upper, middle, lower], on=1)

    def _root(self, node: Root) -> Box:
        radicand = self.row(node.radicand, MathStyle.TEXT)
        degree = self.line(node.degree, Mode.CLOSE).strip() if node.degree is not None else ""
        return signs.root_box(radicand, degree, self._ascii)

    def _delimited(self, node: Delimited, style: MathStyle) -> Box:
        """A body between brackets as high as itself, and so are the bars in its middle."""
        atoms = self.atoms(node.body, style)
        body = join_atoms(atoms)
        for index, atom in enumerate(atoms):
            if isinstance(atom.node, Symbol) and atom.node.size == _STRETCHED:
                atoms[index] = atom._replace(box=self._bracket(atom.node.text, body))
        return self.enclose(node.left, join_atoms(atoms), node.right)

    def enclose(self, left: str, body: Box, right: str) -> Box:
        """A box between brackets, which are as high as it is if it is tall."""
        return boxes_beside([self._bracket(left, body), body, self._bracket(right, body)])

    def _stack(self, node: Stack, style: MathStyle) -> Box:
        base = self.row(node.base, style)
        over = self._script(node.over) if node.over else None
        under = self._script(node.under) if node.under else None
        if node.stretch and not self._ascii:
            width = max((part.width for part in (over, under) if part), default=0) + 2
            base = signs.arrow(base.rows[0], width)
        parts = [part for part in (over, base, under) if part is not None]
        return stack_boxes(parts, on=int(over is not None))

    def _accent(self, node: Accent, style: MathStyle) -> Box:
        """A mark on something flat is a combining character.

        On something tall it has its own row.
        """
        base = self.row(node.base, style)
        shape = _WIDE_MARKS.get(node.mark)
        line = shape[0] + shape[1] * (base.width - 2) + shape[2] if shape else f"\u00a0{node.mark}"
        mark = text_box(line)
        return (
            stack_boxes([base, mark], on=0) if node.mark in MARKS_BELOW else stack_boxes([mark, base], on=1)
        )

    def _matrix(self, node: Matrix) -> Box:
        """Rows and columns; those of a matrix in brackets as high as it is."""
        if node.environment in ("substack", "subarray"):
            return self._script(Row((node,)))
        style = MathStyle.DISPLAY if is_aligned(node) else MathStyle.TEXT
        atoms = [[self.atoms(cell, style) for cell in cells] for cells in node.rows]
        return self.enclose(node.left, grid(node, atoms, self._ascii), node.right)


_HOLE = EMPTY


def _is_letter(base: Row) -> bool:
    """Tell whether an accent is on a single character, perhaps with an index."""
    only = base.bare().single()
    if isinstance(only, Scripts) and only.superscript is None and not only.primes:
        only = only.base
    if isinstance(only, Accent):
        return _is_letter(only.base)
    return (isinstance(only, Symbol) and len(only.text) == 1) or (isinstance(only, Row) and not only.items)


_NEVER_FLAT = frozenset((Fraction, Binomial, Matrix, Brace, Stack))
