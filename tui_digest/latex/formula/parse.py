"""From the TeX of one formula to its tree."""

from __future__ import annotations

from tui_digest.latex.formula.macros import HANDLERS
from tui_digest.latex.formula.parser import FormulaParser
from tui_digest.latex.nodes import EMPTY, Row

# A macro in prose is looked at no further than this: no author's argument is longer.
_LONGEST_MACRO = 2000


def parse(source: str) -> Row:
    r"""The tree of a formula, given as TeX without its delimiters.

    Every letter, digit and bracket of the source is somewhere in the tree; macros that nobody
    knows are `Unknown` nodes. Rows separated by `\\` and `&` outside an environment become one
    `Matrix` of the environment `aligned`. Never raises.
    """
    return FormulaParser(source, HANDLERS).formula()


def parse_macro(text: str, start: int, end: int | None = None) -> tuple[Row, int]:
    r"""The tree of one macro in running text, and where in the text it ends.

    The macro begins with the backslash at `start` and takes its arguments as in a formula, with
    braces or without (`\bar b`, `\tfrac12`, `\mathbb Z_2`); the scripts behind it belong to it.

    Args:
        text: The running text.
        start: Where the macro begins.
        end: What may not be passed, such as the beginning of the next formula.
    """
    stop = min(start + _LONGEST_MACRO, len(text) if end is None else end)
    parser = FormulaParser(text[start:stop], HANDLERS)
    node = parser.nucleus(parser.take())
    if text[start + parser.offset() : stop].startswith(("^", "_")):
        node = parser.scripts(node)
    row = EMPTY if node is None else node if isinstance(node, Row) else Row((node,))
    return row, start + parser.offset()
