"""TeX to Unicode: one line, two dimensions, and speech.

The text of a title, an abstract or a model's answer goes through the stages of a small compiler:
`scan` finds the formulas, `prose` reads what stands between them, `parse` makes a formula's tree,
and `line` lays the tree out on one line. A name is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_digest.latex.card import Notation, notation
    from tui_digest.latex.read import to_segments, to_unicode
    from tui_digest.latex.search import search_key
    from tui_digest.latex.segment import Segment, Style

__all__ = ["Notation", "Segment", "Style", "notation", "search_key", "to_segments", "to_unicode"]

_HOMES = {
    "Notation": "card",
    "Segment": "segment",
    "Style": "segment",
    "notation": "card",
    "search_key": "search",
    "to_segments": "read",
    "to_unicode": "read",
}


def __getattr__(name: str) -> object:
    """Import a public name from its module.

    Raises:
        AttributeError: there is no such name.
    """
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
    return value
