"""Questions about scripts: whether they stand above and below, whether one is nothing but primes."""

from __future__ import annotations

from tui_digest.latex.symbols import INTEGRALS
from tui_digest.latex.tree import EMPTY, Brace, Kind, Name, Node, Row, Scripts, Stack, Symbol


def has_limits(nucleus: Node | None) -> bool:
    """Whether the scripts of this nucleus stand over and under it in a display."""
    if isinstance(nucleus, Symbol):
        return nucleus.kind == Kind.OPERATOR and nucleus.text not in INTEGRALS
    if isinstance(nucleus, Name):
        return nucleus.limits
    if isinstance(nucleus, Row):
        return nucleus.kind == Kind.OPERATOR
    return isinstance(nucleus, (Brace, Stack))


def count_primes(row: Row) -> int:
    """How many primes a superscript is made of; 0 when it says anything else."""
    for item in row.items:
        if not isinstance(item, Symbol) or item.text != "′":
            break
    else:
        return len(row.items)
    if len(row.items) == 1 and isinstance(inner := row.items[0], Scripts) and inner.base is EMPTY:
        bare = inner.subscript is None and inner.superscript is None
        return inner.primes if bare else 0
    return 0
