r"""The signs of a formula that mean something by where they are.

Bars, `<`, `\div`, what is overprinted.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from tui_digest.latex.formula.delimiters import (
    join_comparisons,
    join_double_bars,
    name_divergences,
    pair_angles,
    pair_bars,
    pair_relations,
    pair_reversed_brackets,
    pair_states,
    place_dots,
)
from tui_digest.latex.formula.fixed_nodes import FIXED_NODES
from tui_digest.latex.formula.overprint import join_overprinted
from tui_digest.latex.nodes import Kind, Node, Space, Symbol

_BARS = {
    token
    for token, node in FIXED_NODES.items()
    if isinstance(node, Symbol) and node.text in ("|", "‖") and node.kind != Kind.RELATION
} | {"‖"}
_DOUBLE_BARS = r"(?:\||vert)\s*(?:\\[A-Za-z]+\s*)?(?:\||\\[lr]?vert)"
_MOVING = {token for token, node in FIXED_NODES.items() if isinstance(node, Space) and node.width < 0} | {
    f"\\{name}" for name in ("kern", "mkern", "hskip", "mskip", "hspace", "mspace", "mathop", "vcentcolon")
}
_DOTS = {
    token for token, node in FIXED_NODES.items() if isinstance(node, Symbol) and node.text in ("…", "⋯")
} | {"…", "⋯"}
_REVERSED_BRACKETS = r"[\[\]][^\[\]]*,[^\[\]]*\["
_OPENING_ANGLES = frozenset(("<", "\\lt", "\\textless"))
PLACED = frozenset(_BARS | _MOVING | _DOTS | {"<", ">", "\\div", "\\mid", "∣", "\\parallel"})
"""The tokens that mean something, or make others mean something, by where they are."""


def has_reversed_brackets(source: str) -> bool:
    """Tell whether a formula may have an interval such as `[0,1[`."""
    return re.search(_REVERSED_BRACKETS, source) is not None


class PlacedSigns:
    """Which of these signs a formula has, to look for them in its rows."""

    def __init__(self, source: str, tokens: Collection[str]) -> None:
        """Look through a formula that has any of `PLACED`, given as TeX and as its tokens."""
        found = PLACED.intersection(tokens)
        self.has_overprints = not _MOVING.isdisjoint(found)
        self.has_bars = not _BARS.isdisjoint(found)
        self.has_double_bars = self.has_bars and re.search(_DOUBLE_BARS, source) is not None
        self.has_comparisons = "<" in found or ">" in found
        # Nothing is between angles that do not open.
        self.has_angles = self.has_comparisons and not _OPENING_ANGLES.isdisjoint(tokens)
        self.has_relations = "\\mid" in found or "∣" in found or "\\parallel" in found
        self.has_dots = not _DOTS.isdisjoint(found)
        self.has_division = "\\div" in found
        self.has_reversed_brackets = "[" in source and has_reversed_brackets(source)

    def adjust(self, items: list[Node]) -> list[Node]:
        """The items of a row with what characters mean by where they are."""
        if self.has_overprints:
            items = join_overprinted(items)
        if self.has_double_bars:
            items = join_double_bars(items)
        if self.has_relations:
            items = pair_relations(items)
        if self.has_bars:
            items = pair_bars(pair_states(items) if self.has_comparisons else items)
        if self.has_comparisons:
            items = join_comparisons(pair_angles(items) if self.has_angles else items)
        if self.has_dots:
            items = place_dots(items)
        if self.has_reversed_brackets:
            items = pair_reversed_brackets(items)
        if self.has_division:
            items = name_divergences(items)
        return items
