"""Environments of formulas: matrices, arrays, cases, aligned equations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_digest.latex.nodes import Matrix, Node

if TYPE_CHECKING:
    from tui_digest.latex.formula.parser import FormulaParser

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
_WITH_COLUMNS = frozenset(("array", "tabular", "subarray", "alignat", "alignedat", "gatheredat", "xalignat"))
_FORMULAS = frozenset(("equation", "displaymath", "math"))


def read_environment(parser: FormulaParser, name: str) -> Node:
    r"""An environment, its `\begin` being taken: a `Matrix`, or the formula of an `equation`."""
    environment = parser.raw().strip().rstrip("*")
    columns = ""
    if environment in _WITH_COLUMNS:
        parser.optional()
        columns = "".join(letter for letter in parser.raw() if letter in "lcr")
    elif environment.startswith(("aligned", "gathered", "split")) or environment.endswith("matrix"):
        parser.optional()
    grid = parser.grid("\\end")
    if parser.tokens[parser.position - 1] == "\\end":
        parser.raw()
    if environment in _FORMULAS and len(grid) == 1 and len(grid[0]) == 1:
        return grid[0][0]
    rows = tuple(cells for cells in grid if any(cell.items for cell in cells))
    left, right = _DELIMITERS.get(environment, ("", ""))
    return Matrix(environment, rows, left, right, columns)


def read_substack(parser: FormulaParser, name: str) -> Node:
    r"""The lines of `\substack{…}`, as a `Matrix` when there is more than one."""
    if not parser.skip("{"):
        return parser.argument()
    return parser.block("}", "substack")


def skip_end(parser: FormulaParser, name: str) -> Node | None:
    r"""An `\end` that ends nothing prints nothing."""
    parser.raw()
    return None
