"""Environments of formulas: matrices, arrays, cases, aligned equations."""

from __future__ import annotations

import re

from tui_digest.latex.formula.context import FormulaContext
from tui_digest.latex.formula.text import read_text
from tui_digest.latex.formula.tokens import cells_of
from tui_digest.latex.nodes import EMPTY, Kind, Matrix, Node, Row, Symbol, Unknown

_DELIMITERS = {
    "pmatrix": ("(", ")"),
    "psmallmatrix": ("(", ")"),
    "bmatrix": ("[", "]"),
    "bsmallmatrix": ("[", "]"),
    "Bmatrix": ("{", "}"),
    "Bsmallmatrix": ("{", "}"),
    "vmatrix": ("|", "|"),
    "vsmallmatrix": ("|", "|"),
    "Vmatrix": ("‖", "‖"),
    "Vsmallmatrix": ("‖", "‖"),
    "cases": ("{", ""),
    "dcases": ("{", ""),
    "numcases": ("{", ""),
    "rcases": ("", "}"),
    "drcases": ("", "}"),
}
_MATRICES = frozenset(name for name in _DELIMITERS if name.endswith("matrix")) | {"matrix"}
_WITH_COLUMNS = frozenset(("array", "tabular", "subarray", "alignat", "alignedat", "gatheredat", "xalignat"))
_DIAGRAMS = frozenset(("CD", "tikzcd", "tikz-cd", "codi"))
# Commands of plain TeX that are environments of LaTeX.
_PLAIN = {"eqalign": "aligned", "eqalignno": "aligned", "leqalignno": "aligned", "displaylines": "gathered"}
_PLAIN |= {"bordermatrix": "pmatrix"}
_WORD = r"(?<![\\A-Za-z])[A-Za-z]{2,}(?![A-Za-z]*\})"
_EQUATIONS = frozenset(("align", "aligned", "alignat", "alignedat", "flalign", "split", "eqnarray"))
_FORMULAS = frozenset(("equation", "displaymath", "math"))


def read_environment(parser: FormulaContext, name: str) -> Node:
    r"""An environment, its `\begin` being taken.

    A `Matrix`, or the formula of an `equation`.
    """
    environment = parser.raw().strip().rstrip("*")
    if "Nice" in environment:
        environment = environment.replace("NiceM", "m").replace("NiceA", "a")
        parser.skip_options()
    if environment in _DIAGRAMS:
        from tui_digest.latex.formula.diagrams import read_diagram

        parser.skip_options()
        return read_diagram(parser, environment, parser.raw_environment())
    columns = ""
    if environment in _WITH_COLUMNS:
        parser.skip_options()
        columns = re.sub(r"[@!><p]\s*\{[^{}]*\}|[^lcr|]", "", parser.raw())
    elif environment.startswith(("aligned", "gathered", "split")) or environment.endswith("matrix"):
        columns = _placement(parser)
    grid, lines = parser.ruled_grid("\\end")
    if parser.tokens[parser.position - 1] == "\\end":
        parser.raw()
    if environment in _FORMULAS and len(grid) == 1 and len(grid[0]) == 1:
        return grid[0][0]
    return _matrix(environment, grid, lines, columns)


def _placement(parser: FormulaContext) -> str:
    r"""The columns of an option such as `[t]` or `[c|c]`.

    Another bracket is the first cell's.
    """
    start = parser.position
    option = parser.raw_option().strip()
    if re.fullmatch(r"[tbclr|]*", option) is None:
        parser.position = start
        return ""
    return re.sub(r"[^lcr|]", "", option)


def read_plain_matrix(parser: FormulaContext, name: str) -> Node:
    r"""`\pmatrix{a&b\cr c&d}`, `\cases{…}` and `\eqalign{…}` of plain TeX."""
    if parser.peek() != "{":
        return Unknown(name)
    if name == "cases":
        return _matrix(name, [_case(parser, cells) for cells in cells_of(parser.raw())], ())
    parser.take()
    grid, lines = parser.ruled_grid("}")
    return _matrix(_PLAIN.get(name, name), grid, lines)


def read_xy_diagram(parser: FormulaContext, name: str) -> Node:
    r"""`\xymatrix{…}`: a diagram in words."""
    from tui_digest.latex.formula.diagrams import read_diagram

    while parser.peek() not in ("{", ""):
        parser.take()
    return read_diagram(parser, name, parser.raw())


def _case(parser: FormulaContext, cells: list[str]) -> tuple[Row, ...]:
    """A case of plain TeX: a formula, and words that say when."""
    first, *others = cells
    return (parser.nested_parser(first).formula(), *(_case_words(parser, cell) for cell in others))


def _case_words(parser: FormulaContext, cell: str) -> Row:
    """What says when: words with formulas, or a formula without dollar signs."""
    if not cell.strip():
        return EMPTY
    if "$" not in cell and re.search(_WORD, cell) is None:
        return parser.nested_parser(cell).formula()
    return Row((read_text(parser, " ".join(cell.split())),))


def _matrix(
    environment: str, grid: list[tuple[Row, ...]], lines: tuple[int, ...], columns: str = ""
) -> Matrix:
    """The matrix of a grid, without empty rows, with the bars of its columns."""
    if len(grid) == 1 and environment in _MATRICES:
        grid = _with_lost_breaks(grid[0])
    kept = [number for number, cells in enumerate(grid) if any(cell.items for cell in cells)]
    rows = tuple(grid[number] for number in kept)
    if environment in _EQUATIONS:
        rows = tuple(map(_with_leading_signs, rows))
    left, right = _DELIMITERS.get(environment, ("", ""))
    bars = tuple(column for column, part in enumerate(re.split("[lcr]", columns)) if part)
    drawn = tuple(sorted({sum(number < line for number in kept) for line in lines})) if rows else ()
    return Matrix(environment, rows, left, right, columns.replace("|", ""), bars, drawn)


def _with_lost_breaks(cells: tuple[Row, ...]) -> list[tuple[Row, ...]]:
    r"""The rows of a matrix in one row, where their ends were lost: `m_3&\ast 0&m_1`.

    A star is a whole entry there: it multiplies nothing. Rows that are not of one length were not lost.
    """
    rows: list[tuple[Row, ...]] = []
    row: list[Row] = []
    for cell in cells:
        star, *others = cell.items or (EMPTY,)
        if others and isinstance(star, Symbol) and star.text == "*":
            rows.append((*row, Row((star,))))
            row = [Row(tuple(others))]
        else:
            row.append(cell)
    rows.append(tuple(row))
    return rows if len(set(map(len, rows))) == 1 else [cells]


def _with_leading_signs(cells: tuple[Row, ...]) -> tuple[Row, ...]:
    """The cells of an equation, with an operator before an `&` behind it.

    It joins what follows.
    """
    moved = list(cells)
    for column in range(len(cells) - 1):
        here, following = moved[column].items, moved[column + 1].items
        last = here[-1] if len(here) > 1 else None
        if isinstance(last, Symbol) and last.kind == Kind.BINARY and following:
            moved[column : column + 2] = Row(here[:-1]), Row((last, *following))
    return tuple(moved)


def read_substack(parser: FormulaContext, name: str) -> Node:
    r"""The lines of `\substack{…}`, as a `Matrix` when there is more than one."""
    if not parser.skip("{"):
        return parser.argument()
    return parser.block("}", "substack")


def skip_end(parser: FormulaContext, name: str) -> Node | None:
    r"""An `\end` that ends nothing prints nothing."""
    parser.raw()
    return None
