"""Scripts and primes: from the tokens behind a nucleus to a `Scripts` node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_digest.latex.nodes import EMPTY, Alphabet, Brace, Kind, Name, Node, Row, Scripts, Stack, Symbol
from tui_digest.latex.symbols.table import INTEGRALS

if TYPE_CHECKING:
    from tui_digest.latex.formula.parse import Parser

PRIMES = {"'": 1, "’": 1, "′": 1, "″": 2, "‴": 3}
_LIMITS = frozenset(("\\limits", "\\nolimits", "\\displaylimits"))
ATTACHED = frozenset(("^", "_", "\\_", "\\sp", "\\sb", *PRIMES, *_LIMITS))
"""The tokens that belong to the nucleus before them."""


def read_scripts(parser: Parser, nucleus: Node | None) -> Node | None:
    """The nucleus, just read, with the scripts and primes that follow it.

    Where a second subscript or superscript begins, the scripts end: that one stands at nothing.
    """
    subscript: Row | None = None
    superscript: Row | None = None
    primes = 0
    limits: bool | None = None
    tokens = parser.tokens
    while (token := tokens[parser.position]) in ATTACHED:
        if subscript is None and (token == "_" or token == "\\sb" or _is_escaped_subscript(parser, token)):
            parser.position += 1
            argument = parser.argument(Alphabet.NORMAL)
            subscript = argument if argument.items else None
        elif superscript is None and token in ("^", "\\sp"):
            parser.position += 1
            argument = parser.argument(Alphabet.NORMAL)
            marks = _count_primes(argument)
            primes += marks
            superscript = argument if argument.items and not marks else None
        elif token in PRIMES:
            parser.position += 1
            primes += PRIMES[token]
        elif token in _LIMITS:
            parser.position += 1
            limits = token == "\\limits" or (token == "\\displaylimits" and _has_limits(nucleus))
        else:
            break
    if subscript is None and superscript is None and not primes:
        return nucleus
    if limits is None:
        limits = _has_limits(nucleus)
    return Scripts(nucleus if nucleus is not None else EMPTY, subscript, superscript, primes, limits)


def _is_escaped_subscript(parser: Parser, token: str) -> bool:
    r"""Whether this is the `\_` of a formula that went through Markdown, not of a name."""
    if token != "\\_" or parser.alphabet != Alphabet.NORMAL:
        return False
    first, second = parser.tokens[parser.position + 1 : parser.position + 3]
    return not (first.isalpha() and second.isalpha())


def _has_limits(nucleus: Node | None) -> bool:
    """Whether the scripts of this nucleus stand over and under it in a display."""
    if isinstance(nucleus, Symbol):
        return nucleus.kind == Kind.OPERATOR and nucleus.text not in INTEGRALS
    if isinstance(nucleus, Name):
        return nucleus.limits
    if isinstance(nucleus, Row):
        return nucleus.kind == Kind.OPERATOR
    return isinstance(nucleus, (Brace, Stack))


def _count_primes(row: Row) -> int:
    """How many primes a superscript is made of; 0 when it says anything else."""
    for item in row.items:
        if not isinstance(item, Symbol) or item.text != "′":
            break
    else:
        return len(row.items)
    if len(row.items) == 1 and isinstance(inner := row.items[0], Scripts) and _is_empty(inner.base):
        bare = inner.subscript is None and inner.superscript is None
        return inner.primes if bare else 0
    return 0


def _is_empty(node: Node) -> bool:
    return isinstance(node, Row) and not node.items
